"""What leaves in one export: stories as a machine read them, with what people decided beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports import wording
from allegedly.exports.holdings import LINKED, RATINGS, count
from allegedly.records import in_text_order
from allegedly.records.ledger_json import claim_from_dict, claim_to_dict
from allegedly.store import ClaimLinks, Filter, NotInLedgerError, Stands, View, folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from allegedly.records import Assessment, Claim, Document, Reading, Silence, Target
    from allegedly.store import (
        Head,
        StoredCapture,
        StoredClaim,
        StoredDecision,
        StoredDocument,
        StoredLinkDecision,
        StoredRecord,
    )

    LinkWord = tuple[StoredLinkDecision, tuple[str, str]]

UNDECIDED: Final = Stands()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What of a ledger leaves; None means all of it.

    `documents` are ids in the order in which they leave. With `claims` only these claims of them
    do, in formats that can leave others out. `asked` says in words what was selected.
    """

    documents: tuple[str, ...] | None = None
    claims: frozenset[str] | None = None
    asked: str = "the whole ledger"


EVERYTHING: Final = Selection()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One document as it stood: `reading` is a machine's alone, `stands` and `decisions` people's.

    `reading` has every record that counts, those among them that a person kept though the latest
    run missed them. `claims` are the selected ones in the order of the text. `stands` and `runs`
    are by the record's id; `decisions` are about the document and its records, the oldest first.
    """

    stored: StoredDocument
    reading: Reading
    claims: tuple[Claim, ...]
    captures: tuple[StoredCapture, ...]
    decisions: tuple[StoredDecision, ...]
    stands: Mapping[str, Stands]
    runs: Mapping[str, str]

    @property
    def document(self) -> Document:
        """The document with its text."""
        return self.reading.document

    @property
    def title(self) -> str:
        """What to call the story: its title or headline, else its first words."""
        if self.document.title or any(zone.kind == "headline" for zone in self.reading.zones):
            return wording.title(self.reading)
        return wording.first_words(self.document.text)

    @property
    def address(self) -> str | None:
        """Where the story is: as it says itself, else where it was met first."""
        met = (capture.uri for capture in self.captures if capture.uri)
        return self.document.uri or next(met, None)

    @property
    def web_address(self) -> str | None:
        """The address where it is one of the web's."""
        address = self.address
        return address if address and address.startswith(("http://", "https://")) else None

    def links(self, claim: Claim) -> tuple[Target, ...]:
        """A claim's links to claims that leave with it."""
        chosen = {each.id for each in self.claims}
        return tuple(target for target in claim.targets if target.claim in chosen)

    def standing(self, record: str) -> Stands:
        """How people left a record."""
        return self.stands.get(record, UNDECIDED)

    def words_on(self, subject: str) -> tuple[StoredDecision, ...]:
        """What people decided about a record or the document and still stands, the oldest first."""
        mine = set(self.standing(subject).decisions)
        return tuple(
            word
            for word in self.decisions
            if word.id in mine or (word.subject == subject and word.current)
        )

    def corrected(self, claim: Claim) -> Claim | None:
        """A claim as people corrected it, None where nobody did."""
        fields = self.standing(claim.id).corrected
        if not fields:
            return None
        return claim_from_dict(claim_to_dict(claim) | dict(fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A ledger's selection at one moment, read document by document while it is written.

    `on_sources` are people's decisions about sources, the oldest first; `ratings` those ratings
    among them that stand, by the source's folded name. `on_links` are their words on two claims,
    with the documents of these. `tally` counts what leaves, `spoke` gathers the folded names of
    those who speak or publish, and `left` the documents that left, as `stories` yields it.
    """

    view: View
    selection: Selection
    head: Head
    moment: str
    ratings: Mapping[str, StoredDecision]
    decisions: Mapping[str, tuple[StoredDecision, ...]]
    on_sources: tuple[StoredDecision, ...] = ()
    tally: Counter[str] = field(default_factory=Counter)
    spoke: set[str] = field(default_factory=set)
    on_links: tuple[LinkWord, ...] = ()
    left: set[str] = field(default_factory=set)
    _runs: dict[str, dict[str, Any]] = field(default_factory=dict)

    def run(self, name: str) -> dict[str, Any]:
        """Code, model and settings of a run."""
        if name not in self._runs:
            self._runs[name] = self.view.entry("run", name)
        return self._runs[name]

    def stories(self) -> Iterator[Story]:
        """The documents that leave, in the order of the selection, else as they were recorded."""
        for stored in self._documents():
            try:
                reading = self.view.reading(stored.id)
            except NotInLedgerError:
                self.tally["unread"] += 1
                continue
            story = self._story(stored, reading)
            count(story, self.tally)
            new = _names(story) - self.spoke
            self.tally[RATINGS] += len(new & self.ratings.keys())
            self.spoke.update(new)
            self.left.add(stored.id)
            yield story
        self.tally[LINKED] = len(self.words_on_links())

    def words_on_sources(self) -> Iterator[StoredDecision]:
        """What people decided about those who spoke in the stories yielded, the oldest first."""
        return (word for word in self.on_sources if word.subject in self.spoke)

    def words_on_links(self) -> list[LinkWord]:
        """What people said of two claims in the stories yielded, the oldest first."""
        return [(word, ends) for word, ends in self.on_links if set(ends) <= self.left]

    def _documents(self) -> Iterator[StoredDocument]:
        if self.selection.documents is None:
            yield from reversed(self.view.documents())
        else:
            yield from map(self.view.document, self.selection.documents)

    def _story(self, stored: StoredDocument, reading: Reading) -> Story:
        counted = self.view.claims(Filter(document=stored.id))
        decisions = self.decisions.get(stored.id, ())
        reading = self._with_kept(reading, counted)
        stands = {claim.id: claim.stands for claim in counted}
        runs = {claim.id: claim.run for claim in counted}
        for record in self._others(reading):
            stands[record.id], runs[record.id] = record.stands, record.run
        chosen = self.selection.claims
        return Story(
            stored=stored,
            reading=reading,
            claims=tuple(c for c in reading.claims if chosen is None or c.id in chosen),
            captures=tuple(self.view.captures(stored.id)),
            decisions=decisions,
            stands=stands,
            runs=runs,
        )

    def _with_kept(self, reading: Reading, counted: list[StoredClaim]) -> Reading:
        """The reading with the claims that only a person's word keeps."""
        known = {claim.id for claim in reading.claims}
        missing = [claim.id for claim in counted if claim.id not in known]
        kept = [claim_from_dict(dict(self.view.record(name).body)) for name in missing]
        known |= set(missing)
        kept = [
            replace(claim, targets=tuple(t for t in claim.targets if t.claim in known))
            for claim in kept
        ]
        return replace(reading, claims=in_text_order([*reading.claims, *kept]))

    def _others(self, reading: Reading) -> Iterator[StoredRecord]:
        both: tuple[Assessment | Silence, ...] = (*reading.assessments, *reading.silences)
        for record in both:
            yield self.view.record(record.id)


def _names(story: Story) -> set[str]:
    """Everybody who is made to speak, and who published it, as the ledger folds names."""
    said = {source.name for claim in story.claims for source in claim.sources}
    return {folded(name) for name in {*said, story.stored.publisher} if name}


def snapshot(view: View, selection: Selection = EVERYTHING, *, moment: str = "now") -> Snapshot:
    """A selection of a ledger as of a view's moment, pinned so that later writes do not show.

    `moment` says the moment in words. Raises NotInLedgerError where nothing was recorded then.
    """
    head = view.head()
    pinned = View(view.database, replace(view.moment, seq=head.seq, recorded=None))
    by_document: dict[str, list[StoredDecision]] = defaultdict(list)
    on_sources = []
    for word in reversed(pinned.decisions()):
        if word.kind == "source":
            on_sources.append(word)
        elif word.document is not None:
            by_document[word.document].append(word)
    standing = [word for word in on_sources if word.current]
    ratings = {word.subject: word for word in standing if word.verdict == "reliability"}
    return Snapshot(
        view=pinned,
        selection=selection,
        head=head,
        moment=moment,
        ratings=ratings,
        on_sources=tuple(on_sources),
        on_links=tuple(ClaimLinks(pinned).all_words()),
        decisions={name: tuple(words) for name, words in by_document.items()},
    )
