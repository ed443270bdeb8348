"""What people decided about a record, and whether a record read anew is the one decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

Status = Literal["suggested", "accepted", "rejected", "corrected", "reopened"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
Body = dict[str, Any]
Key = tuple[str, str]  # the kind and the id of a record

# Two readings of one attribution differ by an adjunct or a clause at an end of the content. With
# the cue shared, half of the characters must be; without, four fifths. Not swept: there is no
# corpus of re-read decisions yet. Halves of one sentence under two cues stay apart at both.
SHARED_WITH_CUE: Final = 0.5
SHARED_ALONE: Final = 0.8
# What a new reading may change without the record being another than the one that was accepted.
_BESIDES: Final = frozenset({"id", "probability", "targets", "zone"})


@dataclass(frozen=True, slots=True)
class Word:
    """One person's word on one matter, recorded as entry `seq`."""

    seq: int
    id: str
    verdict: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands decided about one record; `seen` is the record that the person saw."""

    key: Key
    document: str
    decided: dict[str, Word]
    seen: Body
    seen_seq: int
    carried: bool = False


def matter(verdict: str, value: object, decision: str) -> str:
    """What a decision is about: a later one on the same matter replaces it; notes add up."""
    if verdict in {"accept", "reject"}:
        return "standing"
    if verdict == "correct" and isinstance(value, dict):
        return "correct:" + ",".join(sorted(value))
    if verdict in {"in", "out"}:
        return f"member:{value}"
    if verdict == "split" and isinstance(value, dict):
        return f"split:{value['case']}"
    return f"note:{decision}" if verdict == "note" else verdict


def status(standing: Standing, body: Body) -> Status:
    """How a record stands; an acceptance holds only for what was seen when it was given."""
    word = standing.decided.get("standing")
    if word is not None and word.verdict == "reject":
        return "rejected"
    if word is not None:
        return "accepted" if _same(standing.seen, body) else "reopened"
    return "corrected" if corrections(standing.decided) else "suggested"


def corrections(decided: dict[str, Word]) -> Body:
    """The corrected fields, each with its latest new value."""
    words = [word for word in decided.values() if word.verdict == "correct"]
    words.sort(key=lambda word: word.seq)
    return {field: value for word in words for field, value in word.value.items()}


def keeps(standing: Standing) -> bool:
    """Whether a person's word keeps the record although a later reading does not find it."""
    word = standing.decided.get("standing")
    if word is not None:
        return word.verdict == "accept"
    return bool(corrections(standing.decided))


def _same(seen: Body, body: Body) -> bool:
    return {k: v for k, v in seen.items() if k not in _BESIDES} == {
        k: v for k, v in body.items() if k not in _BESIDES
    }


def likeness(standing: Standing, body: Body) -> float:
    """How much of two records' words are the same if they are one suggestion, else 0.

    A record that a person corrected is also recognised as corrected.
    """
    kind, seen = standing.key[0], standing.seen
    if kind == "claim":
        corrected = {**seen, **corrections(standing.decided)}
        return max(_claim_likeness(seen, body), _claim_likeness(corrected, body))
    shared = _shared(seen["spans"], body["spans"])
    alike = kind != "assessment" or seen["kind"] == body["kind"]
    return shared if alike and shared >= SHARED_WITH_CUE else 0.0


def _claim_likeness(seen: Body, body: Body) -> float:
    shared = _shared(seen["content"], body["content"])
    least = SHARED_WITH_CUE if _touch(seen["cue"], body["cue"]) else SHARED_ALONE
    return shared if shared >= least and _one_source(seen, body) else 0.0


def _one_source(seen: Body, body: Body) -> bool:
    mine, other = seen["sources"], body["sources"]
    if not mine or not other:
        return not mine and not other
    named, called = mine[-1]["name"], other[-1]["name"]
    if named and called and named.casefold() == called.casefold():
        return True
    return _touch(mine[-1]["spans"], other[-1]["spans"])


def _shared(one: list[list[int]], two: list[list[int]]) -> float:
    both = _common(one, two)
    either = _length(one) + _length(two) - both
    return both / either if either else 0.0


def _touch(one: list[list[int]], two: list[list[int]]) -> bool:
    return _common(one, two) > 0


def _common(one: list[list[int]], two: list[list[int]]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in two)


def _length(spans: list[list[int]]) -> int:
    return sum(end - start for start, end in spans)
