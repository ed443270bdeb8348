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
    from allegedly.store import Stands, StoredDecision, StoredDocument, View


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
    return Story(
        stored=stored,
        reading=_with_kept(view, reading, stands),
        stands=view.standings([document]) | stands,
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


def _linked(body: dict[str, Any], there: set[str]) -> dict[str, Any]:
    """A claim of an earlier reading, without its links to claims that are gone."""
    return body | {"targets": [each for each in body["targets"] if each["claim"] in there]}
