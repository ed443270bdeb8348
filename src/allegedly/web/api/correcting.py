"""A form's corrections as the ledger JSON has them: places, hops of a chain, numbers of claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports.numbering import in_text_order
from allegedly.web.app.problems import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from allegedly.store import View

PLACES: Final = frozenset({"content", "cue", "spans", "hedges"})
_HOP: Final = re.compile(r"hop-(\d{1,3}|new)-(name|kind|role|spans|gone|at)")
NOBODY: Final = "none"  # how a form writes a name that nobody has
OUTERMOST: Final = 0


def fields(view: View, subject: str, value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """Corrected fields in the form of the ledger JSON; what is in that form already stays.

    A form writes spans as `12-40 51-60`, the hops of a chain as `hop-0-name` and so on, with `gone`
    to take one out and `hop-new-…` to put one in before the place `at`; who is silent as `who-name`
    and `who-spans`; the claims that an assessment is about as their numbers in the story.
    """
    if not isinstance(value, dict):
        return value
    hops = {name: given for name, given in value.items() if _HOP.fullmatch(name)}
    who = {name: value[name] for name in ("who-name", "who-spans") if name in value}
    found = {
        name: _field(view, subject, name, given)
        for name, given in value.items()
        if name not in hops and name not in who
    }
    if hops:
        found |= _sources(_standing(view, subject).get("sources", []), hops, found)
    if who:
        found |= _silent(_standing(view, subject).get("who", {}), who)
    return found


def _field(view: View, subject: str, name: str, given: Any) -> Any:  # noqa: ANN401  # any JSON value
    if name in PLACES and isinstance(given, str):
        return pairs(given)
    if name == "about" and isinstance(given, str) and view.find(subject)[0] == "assessment":
        return _numbered(view, subject, given)
    return given


def pairs(given: str) -> list[list[int]]:
    """Places as a form writes them, `12-40 51-60`, in the order of the text."""
    try:
        return sorted([int(part) for part in pair.split("-", 1)] for pair in given.split())
    except ValueError as error:
        raise ProblemError(422, f"{given!r} are no places: write 12-40 51-60.") from error


def _standing(view: View, subject: str) -> Mapping[str, Any]:
    """The record as read, with what people corrected of it."""
    record = view.record(view.find(subject)[1])
    return {**record.body, **(record.stands.corrected or {})}


def _sources(
    standing: list[dict[str, Any]], hops: Mapping[str, Any], found: Mapping[str, Any]
) -> dict[str, Any]:
    """The whole chain anew, where a form changed anything in it."""
    if "sources" in found or "source" in found:
        raise ProblemError(422, "Give the chain as `sources`, as `source` or hop by hop.")
    asked: dict[str, dict[str, Any]] = {}
    for name, given in hops.items():
        at, _, part = name.removeprefix("hop-").partition("-")
        asked.setdefault(at, {})[part] = given
    made = list(_kept(standing, asked))
    if (new := asked.get("new")) and (new.get("name") or new.get("spans")):
        made.insert(_place(new.get("at"), len(made)), _changed(_NOBODY, new))
    return {"sources": made} if made != standing else {}


_NOBODY: Final[dict[str, Any]] = {"spans": [], "name": None, "kind": "person", "role": None}


def _kept(
    standing: list[dict[str, Any]], asked: Mapping[str, dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for number, source in enumerate(standing):
        changes = asked.get(str(number), {})
        if not changes.get("gone"):
            yield _changed(source, changes)


def _changed(source: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(source)
    for part in ("name", "kind", "role"):
        if part in changes:
            found[part] = str(changes[part]).strip()
    if changes.get("spans"):
        found["spans"] = pairs(str(changes["spans"]))
    for part in ("name", "role"):
        found[part] = None if found[part] in {None, "", NOBODY} else found[part]
    return found


def _place(given: Any, most: int) -> int:  # noqa: ANN401  # any JSON value
    try:
        return max(OUTERMOST, min(most, int(given if given is not None else OUTERMOST)))
    except (TypeError, ValueError) as error:
        raise ProblemError(422, "A hop's place in the chain is a number, 0 outermost.") from error


def _silent(standing: Mapping[str, Any], who: Mapping[str, Any]) -> dict[str, Any]:
    name = str(who.get("who-name", standing.get("name") or "")).strip()
    spans = who.get("who-spans")
    made = {
        "name": None if name in {"", NOBODY} else name,
        "spans": pairs(str(spans)) if spans else standing.get("spans", []),
    }
    return {"who": made} if made != standing else {}


def _numbered(view: View, subject: str, given: str) -> list[str]:
    """Claims by their numbers in the story, or by ids."""
    document = view.record(view.find(subject)[1]).document
    ordered = in_text_order(view.reading(document).claims)
    found = []
    for each in given.replace(",", " ").split():
        word = each.removeprefix("#")
        if word.isascii() and word.isdigit() and len(word) < 6:  # noqa: PLR2004  # a number, no id
            if not 1 <= int(word) <= len(ordered):
                raise ProblemError(422, f"The story has no claim {word}.")
            found.append(ordered[int(word) - 1].id)
        else:
            found.append(word)
    return found
