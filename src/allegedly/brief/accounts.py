"""What is said in a case, once for all who say it, with who denies and who confirms it."""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Final

from allegedly.linking.events.stems import stems
from allegedly.records import Claim, words
from allegedly.store import independent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from allegedly.records import Reading, Span, Statement
    from allegedly.store import Stands, StoredCase, StoredDocument, StoredOrigin

ABOUT: Final = 0.12  # weight from which a claim is about the case and not beside it
SURE: Final = 0.5  # a claim less probable than this is no ground for a brief
_ZONES: Final = frozenset({"story", "headline", "caption", "social_post"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What joins claims across stories, by their ids.

    `groups` hold claims that say one thing, the one to be quoted first; `relations` are what the
    left claim does to the right: denies, contradicts, confirms, updates.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    relations: tuple[tuple[str, str, str], ...] = ()


NOTHING_LINKED: Final = Linked()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a brief is made from: a case, what was read in its stories, what joins the claims.

    `statements` are what outlets say in their own voice, and parts of claims.

    `decided` is what people decided about claims, by their ids; `terms` weigh the stems of the
    case, so that what a live page tells of other things stays out.
    """

    case: StoredCase
    readings: tuple[Reading, ...]
    statements: tuple[Statement, ...] = ()
    linked: Linked = NOTHING_LINKED
    decided: Mapping[str, Stands] = field(default_factory=dict)
    terms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One claim in one story: who says it, in which words.

    `own_voice` is an outlet's own, `stated` what is no claim of the story's own list.
    """

    claim: Claim
    document: StoredDocument
    speaker: str | None
    role: str | None
    quote: str
    weight: float
    own_voice: bool = False
    stated: bool = False

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One thing that is said, with everybody who says it and what others do to it.

    `origins` is how many texts or cited statements the sayings come from; `weight` how much its
    words are those of the case.
    """

    shown: Saying
    sayings: tuple[Saying, ...]
    origins: int
    weight: float
    denied: tuple[Saying, ...] = ()
    contradicted: tuple[Saying, ...] = ()
    confirmed: tuple[Saying, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who says it by name, each once, in the order of the stories.

        Outlets that say it in their own voice are named where nobody else is.
        """
        named = dict.fromkeys(s.speaker for s in self.sayings if s.speaker and not s.own_voice)
        return tuple(named or dict.fromkeys(s.speaker for s in self.sayings if s.speaker))

    @property
    def documents(self) -> tuple[str, ...]:
        """The stories that have it, each once."""
        return tuple(dict.fromkeys(s.document.id for s in self.sayings))


def accounts(material: Material) -> tuple[Account, ...]:
    """What is said in a case, what most origins have first."""
    said = {saying.id: saying for saying in _sayings(material)}
    against = _relations(material, said)
    made = [_account(material, group, against) for group in _groups(material, said)]
    made.sort(key=lambda a: (-a.origins, -a.weight, _when(a.shown), a.shown.id))
    return tuple(made)


def _when(saying: Saying) -> tuple[str, int]:
    return saying.document.published or "9999", saying.document.seq


def _sayings(material: Material) -> Iterable[Saying]:
    """The claims of a case that are sure enough and that no person rejected."""
    documents = {member.document.id: member.document for member in material.case.members}
    for reading in material.readings:
        document = documents[reading.document.id]
        for claim in reading.claims:
            stands = material.decided.get(claim.id)
            accepted = stands is not None and stands.status in {"accepted", "corrected"}
            if stands is not None and stands.status == "rejected":
                continue
            if claim.zone in _ZONES and (accepted or claim.probability >= SURE):
                yield _saying(reading, document, claim, material)
    yield from _stated(material, documents)


def _stated(material: Material, documents: Mapping[str, StoredDocument]) -> Iterable[Saying]:
    """What is compared across stories beside the claims: an outlet's own voice, parts of claims."""
    readings = {reading.document.id: reading for reading in material.readings}
    claims = {claim.id: claim for reading in material.readings for claim in reading.claims}
    for found in material.statements:
        reading, whole = readings.get(found.document), claims.get(found.of or "")
        if reading is None or found.zone not in _ZONES or found.probability < SURE:
            continue
        claim = _as_claim(found, whole)
        saying = replace(_saying(reading, documents[found.document], claim, material), stated=True)
        if whole is None and found.kind != "reported":
            publisher = reading.document.publisher or "the story"
            saying = replace(saying, speaker=publisher, own_voice=True)
        yield saying


def _as_claim(statement: Statement, whole: Claim | None) -> Claim:
    return Claim(
        id=statement.id,
        zone=statement.zone,
        content=statement.content,
        cue=statement.cue,
        sources=whole.sources if whole is not None else statement.sources,
        act=statement.act,
        form="indirect",
        polarity=statement.polarity,
        modality="certain",
        time=statement.time,
        places=statement.places,
        quantities=statement.quantities,
        probability=statement.probability,
    )


def _saying(reading: Reading, document: StoredDocument, claim: Claim, material: Material) -> Saying:
    stands = material.decided.get(claim.id)
    corrected = (stands.corrected if stands is not None else None) or {}
    if "act" in corrected:
        claim = replace(claim, act=corrected["act"])
    source = claim.sources[-1] if claim.sources else None
    speaker = None
    if source is not None:
        speaker = source.name or words(reading.document.text, source.spans)
        if speaker.casefold() in _pronouns():
            speaker = None  # nobody could tell who is meant
    if corrected.get("sources"):
        speaker = corrected["sources"][-1]["name"] or speaker
    quote = words(reading.document.text, claim.content)
    role = source.role if source is not None else None
    return Saying(
        claim=claim,
        document=document,
        speaker=speaker,
        role=role,
        quote=quote,
        weight=_weight(quote, material.terms),
    )


@cache
def _pronouns() -> frozenset[str]:
    """Words that stand for somebody and name nobody."""
    text = (files("allegedly.claims.naming") / "en" / "pronouns.toml").read_text("utf-8")
    return frozenset(chain.from_iterable(tomllib.loads(text).values()))


def _weight(quote: str, terms: Mapping[str, float]) -> float:
    """How much the words of a claim are those of the case; 1 where nobody knows the case's."""
    found = set(stems(quote))
    if not terms:
        return 1.0
    return sum(terms.get(stem, 0.0) for stem in found) / math.sqrt(len(found) or 1)


def _groups(material: Material, said: Mapping[str, Saying]) -> list[list[Saying]]:
    """Claims that say one thing; one that is in no group is one of its own."""
    found, left = [], dict(said)
    for group in material.linked.groups:
        sayings = [left.pop(claim) for claim in group if claim in left]
        if sayings:
            found.append(sayings)
    return found + [[saying] for saying in left.values()]


def _relations(
    material: Material, said: Mapping[str, Saying]
) -> dict[tuple[str, str], list[Saying]]:
    """For each claim and relation those that stand so to it, within stories and across them."""
    pairs = [
        (claim.id, target.claim, str(target.relation))
        for reading in material.readings
        for claim in reading.claims
        for target in claim.targets
    ]
    found: defaultdict[tuple[str, str], dict[str, Saying]] = defaultdict(dict)
    for left, right, relation in (*pairs, *material.linked.relations):
        if left in said and right in said:
            found[right, relation][left] = said[left]
    return {key: list(sayings.values()) for key, sayings in found.items()}


def _account(
    material: Material,
    sayings: Sequence[Saying],
    against: Mapping[tuple[str, str], Sequence[Saying]],
) -> Account:
    own = {saying.id for saying in sayings}

    def others(relation: str) -> tuple[Saying, ...]:
        met = [o for s in sayings for o in against.get((s.id, relation), ()) if o.id not in own]
        return tuple({saying.id: saying for saying in met}.values())

    named = (saying for saying in sayings if saying.speaker and not saying.own_voice)
    return Account(
        shown=next(named, sayings[0]),
        sayings=tuple(sorted(sayings, key=_when)),
        origins=_origins(sayings, material.case.origins),
        weight=max(saying.weight for saying in sayings),
        denied=others("denies"),
        contradicted=others("contradicts"),
        confirmed=others("confirms"),
    )


def _origins(sayings: Iterable[Saying], origins: Sequence[StoredOrigin]) -> int:
    """From how many texts and cited statements some sayings come."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for saying in sayings:
        spans[saying.document.id] += saying.claim.content
    touching = [_touched(origin, spans) for origin in origins]
    return len(independent(spans, [origin for origin in touching if origin is not None]))


def _touched(origin: StoredOrigin, spans: Mapping[str, Sequence[Span]]) -> StoredOrigin | None:
    """An origin with the copies that have the words that are asked for; None where too few do.

    A copy without spans is of the whole story.
    """
    copies = tuple(
        copy
        for copy in origin.copies
        if copy.document in spans
        and (
            not copy.spans
            or any(own.overlaps(span) for own in copy.spans for span in spans[copy.document])
        )
    )
    return replace(origin, kind="text", copies=copies) if len(copies) > 1 else None
