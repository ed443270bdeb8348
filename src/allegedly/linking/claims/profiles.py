"""What a claim is compared by, kept small: who says it of whom, in which words and figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from allegedly.linking.lexicon import (
    doubts,
    is_title,
    negates,
    of_self,
    opening_party,
    parties_in,
    rejects,
    terms,
    tokens,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegedly.records import (
        Act,
        Claim,
        Document,
        Place,
        Polarity,
        Quantity,
        Reading,
        Source,
        Span,
        Statement,
        Time,
    )

    Spans = tuple[Span, ...]

_FRAME = 80
"""Characters that a frame may hold beside its content: a longer way between source and content
leads over something else."""
_NAME = 3  # letters of the shortest word of a name that tells who it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of a document as somebody's claim, from whichever record they come."""

    id: str
    kind: str
    content: Spans
    cue: Spans = ()
    sources: tuple[Source, ...] = ()
    act: Act = "assert"
    polarity: Polarity = "positive"
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()
    time: Time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One claim or statement as it is compared; made once, from its own document alone.

    `at` is where the content begins and ends in its document; `frame` is source, cue and content
    as they stand together, the text that vectors are made of.
    `rejecting` says that it calls what somebody said wrong. `speaker` are the words of the
    innermost source's name, and `party` the parties it speaks for, both empty where the outlet
    speaks. `named` are the parties in the content, in order; `agent` the party that it opens with
    and so tells of; `terms` what the content is about; `setting` what the headline is about.
    `numbers` holds (what is counted, value), `day` the day of publication as an ordinal, None where
    unknown.
    """

    id: str
    document: str
    kind: str
    at: tuple[int, int] = (0, 0)
    words: str
    frame: str
    act: Act
    negative: bool
    rejecting: bool
    source: str | None
    speaker: frozenset[str]
    party: frozenset[str]
    named: tuple[str, ...]
    agent: str | None
    terms: frozenset[str]
    setting: frozenset[str]
    numbers: frozenset[tuple[str, float]]
    places: frozenset[str]
    time: tuple[str, str] | None
    day: int | None


def profiles(reading: Reading, statements: Sequence[Statement]) -> Iterator[Profile]:
    """Profiles of a document's claims and of its further statements, in that order."""
    claims = {claim.id: claim for claim in reading.claims}
    setting = frozenset(terms(headline(reading)))
    for claim in reading.claims:
        yield profile(reading.document, of_claim(claim), setting)
    for statement in statements:
        whole = claims.get(statement.of or "")
        yield profile(reading.document, of_statement(statement, whole), setting)


def headline(reading: Reading) -> str:
    """The document's first headline, else its title, else the first line of its text."""
    text = reading.document.text
    for zone in reading.zones:
        if zone.kind == "headline":
            return text[zone.span.start : zone.span.end].strip()
    return reading.document.title or text.strip().partition("\n")[0]


def of_claim(claim: Claim) -> Said:
    """A claim as it is compared: by its innermost source."""
    return Said(
        id=claim.id,
        kind="claim",
        content=claim.content,
        cue=claim.cue,
        sources=claim.sources[-1:],
        act=claim.act,
        polarity=claim.polarity,
        quantities=claim.quantities,
        places=claim.places,
        time=claim.time,
    )


def of_statement(statement: Statement, whole: Claim | None = None) -> Said:
    """A statement as it is compared; a part of a claim has that claim's source."""
    return Said(
        id=statement.id,
        kind=statement.kind,
        content=statement.content,
        cue=statement.cue,
        sources=whole.sources[-1:] if whole else statement.sources,
        act=statement.act,
        polarity=statement.polarity,
        quantities=statement.quantities,
        places=statement.places,
        time=statement.time,
    )


def profile(document: Document, said: Said, setting: frozenset[str] = frozenset()) -> Profile:
    """The profile of one claim or statement of a document."""
    text = document.text
    words = _words(text, said.content)
    source = said.sources[-1] if said.sources else None
    named = f"{source.name or ''} {source.role or ''}" if source else ""
    called = _words(text, source.spans) if source else ""
    frame = framed(text, said)
    party = frozenset(parties_in(f"{called}. {named}"))
    knows = not doubts(frame)
    negative = knows and (said.polarity == "negative" or negates(words))
    denies = knows and (said.act == "deny" or (negative and of_self(words, party)))
    return Profile(
        id=said.id,
        document=document.id,
        kind=said.kind,
        at=(said.content[0].start, said.content[-1].end),
        words=words,
        frame=frame,
        act=said.act,
        negative=negative and not denies,
        rejecting=denies or (knows and rejects(frame)),
        source=source.name or called if source else None,
        speaker=_name_words(f"{named} {called}"),
        party=party,
        named=parties_in(words),
        agent=opening_party(words),
        terms=frozenset(terms(words)),
        setting=setting,
        numbers=_numbers(said.quantities),
        places=frozenset(place.name for place in said.places),
        time=_span_of(said.time),
        day=_day(document.published),
    )


def framed(text: str, said: Said) -> str:
    """Source, cue and content as they stand together, or put together where they stand apart."""
    spans = [*said.content, *said.cue, *(s for source in said.sources for s in source.spans)]
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    whole = text[start:end]
    own = sum(s.end - s.start for s in said.content)
    if "\n" not in whole and len(whole) <= own + _FRAME:
        return whole
    called = _words(text, said.sources[-1].spans) if said.sources else ""
    parts = (called, _words(text, said.cue), _words(text, said.content))
    return " ".join(part for part in parts if part)


def _words(text: str, spans: Spans) -> str:
    return " ".join(text[s.start : s.end] for s in spans)


def _name_words(name: str) -> frozenset[str]:
    """The words of a name that tell who it is: those written with a capital, and no titles."""
    found = (t.text.lower() for t in tokens(name) if t.text[:1].isupper() and not t.party)
    return frozenset(w for w in found if len(w) >= _NAME and not is_title(w))


def _numbers(quantities: Sequence[Quantity]) -> frozenset[tuple[str, float]]:
    return frozenset((q.state or q.unit, q.value) for q in quantities if q.value is not None)


def _span_of(time: Time | None) -> tuple[str, str] | None:
    if time is None or time.earliest is None or time.latest is None:
        return None
    return time.earliest[:10], time.latest[:10]


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None
