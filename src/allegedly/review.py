"""A person's decisions: checked, then recorded beside what the machine read, never over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast, get_args

from allegedly.records import VERDICTS, Decision, Subject, Verdict
from allegedly.records.ledger_json import from_dict, to_dict
from allegedly.store import ANYTHING, NotInLedgerError, RefusedError, folded, matter, recording
from allegedly.store.seen import check, last_decision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegedly.store import Seen, Store, StoredDecision, StoredRecord, View
    from allegedly.store.writing import Writer

RELIABILITY: Final = tuple("ABCDEF")  # the Admiralty's letters, of a source
CREDIBILITY: Final = tuple("123456")  # and its figures, of what was said
SOURCE: Final = "source:"
_RECORDS: Final = frozenset({"claim", "assessment", "silence"})
# Who or what each verdict may be about.
_ABOUT: Final[Mapping[str, frozenset[str]]] = {
    "accept": _RECORDS,
    "reject": _RECORDS,
    "correct": _RECORDS,
    "reliability": frozenset({"source"}),
    "credibility": frozenset({"claim", "document"}),
    "note": frozenset(get_args(Subject)),
    **dict.fromkeys(("in", "out", "merge", "split"), frozenset({"case"})),
}
_MEMBER: Final = frozenset({"in", "out"})  # of these, words on other stories of a case do not count
_ABOUT_CASES: Final = frozenset(v for v, kinds in _ABOUT.items() if kinds == {"case"})
_FIXED: Final = frozenset({"id", "probability", "zone"})  # no person's business


def decide(  # noqa: PLR0913  # a decision's own fields
    store: Store,
    subject: str,
    verdict: str,
    *,
    reviewer: str,
    reason: str,
    value: object = None,
    seen: Seen = ANYTHING,
) -> StoredDecision:
    """Record what a person decided about a claim, assessment, silence, document or source.

    `subject` is an id or the beginning of one, `source:NAME` for a source, and for `undo` a
    decision's id. `value` is A–F for `reliability` (of a source), 1–6 for `credibility` (of a
    claim or document), and for `correct` a mapping of fields to new values in the form of the
    ledger JSON; `source` may stand for the innermost source's name. About a case, which its name
    stands for too, `value` is a document's id (`in`, `out`), the case that it becomes part of
    (`merge`), or an object of a `case` split off with its `documents` (`split`). A later decision
    on the same matter supersedes the earlier one.

    `seen` is the id of the last decision about the subject that the reviewer knew of, None for
    none, or the number of the last entry that they saw: a later one raises OvertakenError. About a
    case, one about a case that is part of it is a later one too; for `in` and `out` those about
    that document alone are, and for `undo` those about what is taken back. So does `undo` of what
    was replaced or taken back already. Raises RefusedError for what does not hold and
    NotInLedgerError for a subject that is not there.
    """
    with store.writing() as end:
        return put(end, subject, verdict, reviewer=reviewer, reason=reason, value=value, seen=seen)


def put(  # noqa: PLR0913  # a decision's own fields
    end: Writer,
    subject: str,
    verdict: str,
    *,
    reviewer: str,
    reason: str,
    value: object = None,
    seen: Seen = ANYTHING,
) -> StoredDecision:
    """Check and put a decision in a transaction that may put more; as for `decide`."""
    if verdict not in VERDICTS:
        raise RefusedError(f"{verdict!r} is no verdict: {', '.join(VERDICTS)}")
    check_said(reviewer, reason)
    view = end.now
    if verdict == "undo":
        target = _undone(view, subject)
        narrow = target.matter if target.verdict in _MEMBER else None
        check(last_decision(end.connection, target.kind, target.subject, narrow), seen)
        found = recording.undo(end, target.id, reviewer, reason)
    else:
        kind, name = _subject(view, subject, verdict)
        if kind not in _ABOUT[verdict]:
            raise RefusedError(f"{verdict} is not for a {kind}, but for {_listed(_ABOUT[verdict])}")
        # Before what does not hold because of others' words: who is late is told of these first.
        document = _document_id(view, str(value)) if verdict in _MEMBER else None
        narrow = matter(verdict, document, "") if document else None
        check(last_decision(end.connection, kind, name, narrow), seen)
        decision = Decision(
            kind=cast("Subject", kind),
            subject=name,
            verdict=cast("Verdict", verdict),
            reviewer=reviewer,
            reason=reason,
            value=_value(view, kind, name, verdict, value),
        )
        found = recording.decide(end, decision, _document(view, kind, name))
    return end.now.decision(found)


def check_said(reviewer: str, reason: str) -> None:
    """Raise RefusedError for a word, on a record or on a link, of nobody or without a reason."""
    for what, said in (("reviewer", reviewer), ("reason", reason)):
        if not said.strip():
            raise RefusedError(f"a decision needs a {what}")


def _subject(view: View, subject: str, verdict: str) -> tuple[str, str]:
    if verdict in _ABOUT_CASES:
        return "case", view.case(subject).id
    if not subject.startswith(SOURCE):
        return view.find(subject)
    name = folded(subject.removeprefix(SOURCE))
    if not view.knows_name(name):
        raise NotInLedgerError(f"nobody called {subject.removeprefix(SOURCE)} says anything here")
    return "source", name


def _undone(view: View, subject: str) -> StoredDecision:
    kind, name = view.find(subject)
    if kind != "decision":
        raise RefusedError(f"{subject} is a {kind}: only a decision can be undone")
    return view.decision(name)


def _document(view: View, kind: str, name: str) -> str | None:
    if kind in {"source", "case"}:
        return None
    return name if kind == "document" else view.record(name).document


def _value(view: View, kind: str, name: str, verdict: str, value: object) -> object:
    if verdict == "reliability":
        return _one_of(RELIABILITY, str(value).upper(), "reliability is a letter from A to F")
    if verdict == "credibility":
        return _one_of(CREDIBILITY, str(value), "credibility is a figure from 1 to 6")
    if verdict in _ABOUT_CASES:
        return _of_case(view, name, verdict, value)
    if verdict == "correct":
        if not isinstance(value, dict) or not value:
            raise RefusedError("a correction needs fields and their new values")
        return _correction(view, view.record(name), kind, value)
    if value is not None:
        raise RefusedError(f"{verdict} takes no value")
    return None


def _of_case(view: View, case: str, verdict: str, value: object) -> object:
    """What is decided about a case, by ids."""
    if verdict == "merge":
        into = view.case(str(value)).id
        if into == case:
            raise RefusedError(
                "a case cannot be merged into itself, nor into one that is part of it"
            )
        return into
    if verdict == "split":
        if not isinstance(value, dict) or set(value) != {"case", "documents"}:
            raise RefusedError("a split needs the `case` split off and its `documents`")
        documents = sorted(_document_id(view, str(name)) for name in value["documents"])
        return {"case": view.case(str(value["case"])).id, "documents": documents}
    return _document_id(view, str(value))


def _document_id(view: View, name: str) -> str:
    kind, found = view.find(name)
    if kind != "document":
        raise RefusedError(f"{name} is a {kind}, not a document")
    return found


def _one_of(choices: tuple[str, ...], value: str, complaint: str) -> str:
    if value not in choices:
        raise RefusedError(f"{complaint}, not {value!r}")
    return value


def _correction(
    view: View, record: StoredRecord, kind: str, fields: dict[str, Any]
) -> dict[str, Any]:
    """The corrected fields, sound together with the rest of what was read."""
    fields = _with_source(record.body, fields)
    if wrong := sorted(_FIXED.intersection(fields) | set(fields).difference(record.body)):
        raise RefusedError(f"a {kind} has no field {wrong[0]!r} to correct")
    corrected = {**record.body, **fields}
    ledger = to_dict(view.reading(record.document))
    others = [body for body in ledger[f"{kind}s"] if body["id"] != record.id]
    try:
        from_dict(ledger | {f"{kind}s": [*others, corrected]})
    except ValueError as error:
        raise RefusedError(f"the correction does not hold: {error}") from error
    changed = {name: value for name, value in fields.items() if value != record.body[name]}
    if not changed:
        raise RefusedError("the correction changes nothing")
    return changed


def _with_source(body: Mapping[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """A new name for the innermost source, written as the ledger JSON has it."""
    if "source" not in fields or "sources" not in body:
        return fields
    if not body["sources"]:
        raise RefusedError("it has no source to rename: correct `sources`, with the words")
    *outer, innermost = body["sources"]
    rest = {name: value for name, value in fields.items() if name != "source"}
    return {**rest, "sources": [*outer, {**innermost, "name": fields["source"]}]}


def _listed(kinds: frozenset[str]) -> str:
    return " or ".join(sorted(kinds))
