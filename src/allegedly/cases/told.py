"""Everything that is said in a case at a moment, read in a few questions whatever its size."""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from allegedly.linking.events.stems import stems
from allegedly.linking.lexicon import doubts, lexicon
from allegedly.linking.record import record_of
from allegedly.linking.standing import ABOUT
from allegedly.linking.telling import tell
from allegedly.records import (
    Outlet,
    Span,
    ToldAssessment,
    ToldClaim,
    ToldSilence,
    outlet_names,
    words,
)
from allegedly.records.ledger_json import claim_from_dict, claim_to_dict
from allegedly.store import CaseKeys, CaseRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from allegedly.linking.record import Record
    from allegedly.linking.telling import Telling
    from allegedly.records import Claim, Spans, Statement
    from allegedly.store import StoredCase, StoredClaim, StoredDocument, StoredRecord, View

    Bodies = Sequence[tuple[StoredClaim, Claim]]

SURE: Final = (
    0.5  # a claim less probable than this is no ground for anything that is said of a case
)
SHARE: Final = 0.4  # looked at on three cases of forty stories and more and on 24 of one; not swept
_ZONES: Final = frozenset({"story", "headline", "caption", "social_post"})
_ACCEPTED: Final = frozenset({"accepted", "corrected"})
_BETWEEN: Final = 80  # characters between a source and a content that belong to both
_OPENING: Final = " \n\t:,“”\"‘’'"  # may stand between a cue and the words that it brings
_OWNED: Final = ("'s", "’s", "s'", "s’")  # *Selm's claim of …*: the cue is a noun


def record(view: View, name: str, *, decided: bool = True) -> Record:
    """What is said in a case: as the desk decided, or as reported; raises NotInLedgerError.

    As the desk decided: without what people rejected, with their corrections, and with links as
    they left them.
    """
    return record_at(view, view.case(name), decided=decided)


def telling(view: View, name: str, *, decided: bool = True) -> Telling:
    """All that is told of a case: standing, figures, changes, open questions."""
    return tell(record(view, name, decided=decided))


def record_at(view: View, case: StoredCase, *, decided: bool = True) -> Record:
    """The same of a case as it stands in a view."""
    texts = view.texts([member.document for member in case.members])
    return record_in(view, case, view.told_in(case.documents), texts, decided=decided)


def record_in(
    view: View,
    case: StoredCase,
    claims: Bodies,
    texts: Mapping[str, str],
    *,
    decided: bool = True,
) -> Record:
    """The same of a case and the claims and texts of its documents that were read already.

    `claims` are those of `View.told_in`, the rejected among them; `texts` are by document. What an
    outlet says itself, a part of a claim and what a verb reports count where another says it too,
    or denies it.
    """
    asked = CaseRecord(view)
    reader = _Reader(view, case, texts, decided=decided)
    told, stated = list(reader.claims(claims)), asked.statements(case.documents)
    ties = asked.ties([*(claim.id for claim in told), *(row.id for row in stated)])
    joined = ties.joined
    told += reader.statements((row.read() for row in stated if row.id in joined), told)
    evidence = [r for r in asked.evidence(case.documents) if reader.stays(r)]
    return record_of(
        _levelled(told),
        ties.groups,
        ties.links_decided if decided else ties.links,
        assessments=map(reader.assessment, (r for r in evidence if r.kind == "assessment")),
        silences=map(reader.silence, (r for r in evidence if r.kind == "silence")),
        origins=case.origins,
        decided={claim.id: claim.stands.status for claim, _ in claims if claim.stands.decisions},
    )


def _levelled(told: Sequence[ToldClaim]) -> list[ToldClaim]:
    """Claims with weights by which as much of a young case is about it as of a grown one.

    The words of a case with one story are many and weigh little each. What weighs two fifths of
    what the middle claim does is about the case, and in any case what weighs `ABOUT`.
    """
    weights = [claim.weight for claim in told if claim.kind == "claim"]
    least = SHARE * median(weights) if weights else ABOUT
    if least >= ABOUT:
        return list(told)
    return [
        replace(claim, weight=ABOUT) if least <= claim.weight < ABOUT else claim for claim in told
    ]


class _Reader:
    """Makes what is told in a case from what the ledger holds."""

    def __init__(
        self, view: View, case: StoredCase, texts: Mapping[str, str], *, decided: bool
    ) -> None:
        documents = [member.document for member in case.members]
        kept = CaseKeys(view).profile(case.id)
        self._decided = decided
        self._texts = texts
        self._weight = _weight({} if kept is None else kept[0].terms)
        self._outlets = _outlets(documents)

    def claims(self, claims: Bodies) -> Iterator[ToldClaim]:
        """The claims that are sure enough; as the desk decided, without those that it rejected."""
        for claim, read in claims:
            stands = claim.stands
            sure = claim.probability >= SURE or stands.status in _ACCEPTED
            rejected = self._decided and stands.status == "rejected"
            if claim.zone in _ZONES and sure and not rejected:
                corrected = stands.corrected if self._decided else None
                stood = claim_from_dict({**claim_to_dict(read), **corrected}) if corrected else read
                yield self._claim(stood, claim)

    def _claim(self, read: Claim, claim: StoredClaim) -> ToldClaim:
        text, content = self._texts[claim.document], read.content
        source = read.sources[-1] if read.sources else None
        said = _flat(words(text, content))
        who = source.spans if source else ()
        return ToldClaim(
            id=claim.id,
            outlet=self._outlets[claim.document],
            kind="claim",
            zone=read.zone,
            source=_name(text, source.name, who) if source else None,
            role=source.role if source else None,
            cue=_cue(text, read.cue, who, content),
            unsure=_unsure(text, who, content),
            act=read.act,
            polarity=read.polarity,
            modality=read.modality,
            words=said,
            content=content,
            probability=read.probability,
            weight=self._weight(said),
            time=read.time,
            places=read.places,
            quantities=read.quantities,
            amounts=tuple(_flat(q.span.cut(text)) for q in read.quantities),
            targets=read.targets,
        )

    def statements(
        self, found: Iterable[Statement], claims: Iterable[ToldClaim]
    ) -> list[ToldClaim]:
        """What outlets say themselves, and parts of the claims that are told."""
        wholes = {claim.id: claim for claim in claims}
        return [
            self._statement(statement, wholes.get(statement.of or ""))
            for statement in found
            if statement.zone in _ZONES and (statement.of is None or statement.of in wholes)
        ]

    def _statement(self, statement: Statement, whole: ToldClaim | None) -> ToldClaim:
        text = self._texts[statement.document]
        said = _flat(words(text, statement.content))
        hop = statement.sources[-1] if statement.sources else None
        own = _named(hop.name or _flat(words(text, hop.spans))) if hop else None
        return ToldClaim(
            id=statement.id,
            outlet=self._outlets[statement.document],
            kind=statement.kind,
            zone=statement.zone,
            source=whole.source if whole else own,
            role=whole.role if whole else hop.role if hop else None,
            cue=_cue(text, statement.cue, hop.spans if hop else (), statement.content),
            act=whole.act if whole and statement.kind == "part" else statement.act,
            polarity=statement.polarity,
            modality=whole.modality if whole else "certain",
            words=said,
            content=statement.content,
            probability=statement.probability,
            weight=self._weight(said),
            time=statement.time,
            places=statement.places,
            quantities=statement.quantities,
            amounts=tuple(_flat(q.span.cut(text)) for q in statement.quantities),
        )

    def stays(self, record: StoredRecord) -> bool:
        """Whether an assessment or silence is there: as reported all, else what nobody rejected."""
        return not self._decided or record.stands.status != "rejected"

    def assessment(self, record: StoredRecord) -> ToldAssessment:
        """What a story says of how claims stand."""
        outlet, body = self._outlets[record.document], record.body
        return ToldAssessment(
            id=record.id,
            outlet=outlet,
            kind=body["kind"],
            by=outlet.name if body["by"] == "publisher" else body["by"],
            words=_flat(words(self._texts[record.document], _spans(body["spans"]))),
            about=tuple(body["about"]),
        )

    def silence(self, record: StoredRecord) -> ToldSilence:
        """What somebody is reported not to have said."""
        text, who = self._texts[record.document], record.body["who"]
        return ToldSilence(
            id=record.id,
            outlet=self._outlets[record.document],
            name=_name(text, who["name"], _spans(who["spans"])),
            words=_flat(words(text, _spans(record.body["spans"]))),
            about=record.body["about"],
        )


def _outlets(documents: Sequence[StoredDocument]) -> dict[str, Outlet]:
    called = outlet_names(document.publisher for document in documents)
    return {
        d.id: Outlet(
            document=d.id,
            seq=d.seq,
            publisher=d.publisher,
            published=d.published,
            called=called.get(d.publisher or ""),
        )
        for d in documents
    }


def _spans(found: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(*span) for span in found)


def _flat(said: str) -> str:
    if said.isprintable() and "  " not in said:
        return said  # as most words do: of blanks the space alone is printable
    return re.sub(r"\s+", " ", said)


def _cue(text: str, cue: Spans, source: Spans, content: Spans) -> str:
    """The cue where it is a verb after its source, with nothing between it and the content."""
    if len(cue) != 1 or not source:
        return ""
    [verb], who, at = cue, source[-1], content[0].start
    ordered = who.end <= verb.start and verb.end <= at
    if not ordered or text[verb.end : at].strip(_OPENING) or who.cut(text).endswith(_OWNED):
        return ""
    said = _flat(verb.cut(text))
    return said if re.search(r"\w", said) and not said.endswith("ing") else ""


def _unsure(text: str, source: Spans, content: Spans) -> bool:
    """Whether the words between source and content tell of not knowing."""
    if not source or not 0 < content[0].start - source[-1].end <= _BETWEEN:
        return False
    between = text[source[-1].end : content[0].start]
    return "\n" not in between and doubts(between)


def _name(text: str, name: str | None, spans: Spans) -> str | None:
    """Who speaks: the name, else the words, unless these are a pronoun that names nobody."""
    return _named(name or _flat(words(text, spans))) if name or spans else None


def _named(name: str) -> str | None:
    """A name, None for a pronoun that names nobody."""
    bare = name.casefold()
    return None if bare in _pronouns() or bare in lexicon().stop else name


@cache
def _pronouns() -> frozenset[str]:
    """Words that stand for somebody and name nobody."""
    text = (files("allegedly.claims.naming") / "en" / "pronouns.toml").read_text("utf-8")
    return frozenset(chain.from_iterable(tomllib.loads(text).values()))


def _weight(terms: Mapping[str, float]) -> Callable[[str], float]:
    """How much some words are those of the case; 1 where nobody knows the case's."""

    def weight(said: str) -> float:
        found = _stems(said)
        return sum(terms.get(stem, 0.0) for stem in found) / math.sqrt(len(found) or 1)

    return weight if terms else lambda _: 1.0


@lru_cache(maxsize=20_000)  # a desk shows the same cases again and again
def _stems(said: str) -> frozenset[str]:
    return frozenset(stems(said))
