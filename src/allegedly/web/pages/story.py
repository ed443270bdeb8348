"""One document as it stood at a moment, with all that is needed to show it or a part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegedly.exports.numbering import in_text_order
from allegedly.records.ledger_json import from_dict, to_dict
from allegedly.store import Filter, NotInLedgerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegedly.records import Claim, Reading
    from allegedly.store import Stands, StoredDecision, StoredDocument, StoredRecord, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A document: what was read in it, how each record stands, what was decided, the latest first.

    The reading holds what people keep though the last run missed it. `seen` has for each subject
    the last decision about it.
    """

    stored: StoredDocument
    reading: Reading
    stands: Mapping[str, Stands]
    decisions: tuple[StoredDecision, ...]
    seen: Mapping[str, str]

    @property
    def text(self) -> str:
        """The stored text."""
        return self.reading.document.text

    def claim(self, name: str) -> tuple[int, Claim]:
        """A claim with its number; raises NotInLedgerError."""
        for number, claim in enumerate(in_text_order(self.reading.claims), start=1):
            if claim.id == name:
                return number, claim
        raise NotInLedgerError(f"no claim {name} at that moment")


def story(view: View, document: str) -> Story:
    """A document by its id; raises NotInLedgerError."""
    stored, reading = view.document(document), view.reading(document)
    stands = {claim.id: claim.stands for claim in view.claims(Filter(document=document))}
    decisions = tuple(view.decisions(document=document))
    standing = view.standings([document]) | stands
    return Story(
        stored=stored,
        reading=_with_notes(view, _with_kept(view, reading, stands), set(standing)),
        stands=standing,
        decisions=decisions,
        seen={word.subject: word.id for word in reversed(decisions)},
    )


def _with_kept(view: View, reading: Reading, stands: Mapping[str, Stands]) -> Reading:
    """The reading with the claims that a person's word keeps and that it does not list."""
    kept = sorted(set(stands) - {claim.id for claim in reading.claims})
    if not kept:
        return reading
    ledger = to_dict(reading)
    there = {body["id"] for body in ledger["claims"]} | set(kept)
    ledger["claims"] += [_linked(dict(view.record(name).body), there) for name in kept]
    return from_dict(ledger)


def _with_notes(view: View, reading: Reading, decided: set[str]) -> Reading:
    """The reading with the assessments and silences that people keep and that it does not list."""
    listed = {claim.id for claim in reading.claims}
    listed |= {each.id for each in reading.assessments} | {each.id for each in reading.silences}
    kept = [record for name in sorted(decided - listed) if (record := _kept(view, name))]
    if not kept:
        return reading
    ledger = to_dict(reading)
    there = {body["id"] for body in ledger["claims"]}
    for record in kept:
        body = dict(record.body)
        if record.kind == "assessment":
            body["about"] = [claim for claim in body["about"] if claim in there]
        ledger[f"{record.kind}s"].append(body)
    return from_dict(ledger)


def _kept(view: View, name: str) -> StoredRecord | None:
    """A record that counts though the reading does not list it, None where it does not count."""
    try:
        record = view.record(name)
    except NotInLedgerError:
        return None
    return None if record.kind == "claim" else record


def _linked(body: dict[str, Any], there: set[str]) -> dict[str, Any]:
    """A claim of an earlier reading, without its links to claims that are gone."""
    return body | {"targets": [each for each in body["targets"] if each["claim"] in there]}
