"""What an outlet says in its own voice, and the parts of a claim that tell something of their own.

Looked for where outlets tell what happened: in headlines, captions and the first sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from allegedly.linking.claims.clauses import VERBS, Clause, Tagged, clauses, phrase_end
from allegedly.linking.claims.reported import first_verb, reported, reporting, subject
from allegedly.linking.lexicon import (
    clause_end,
    is_furniture,
    is_mutual,
    lexicon,
    negates,
    parties_in,
)
from allegedly.records import Source, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.encoder import Encoded, HeadLabels
    from allegedly.linking.claims.reported import Reported
    from allegedly.records import Claim, Reading, StatementKind, Zone

LEAD: Final = 2  # sentences of a zone of running text that are looked at
SHORTEST: Final = 13  # characters of a clause that says anything: *Fighting goes on*
SHORTEST_CONTENT: Final = 8  # of what a verb or a cause governs
PART: Final = 0.6  # share of a claim's content above which a clause is no part but the whole
SAME: Final = 0.7  # of their characters together that two spans share which say the same
_TOLD: Final = frozenset({"headline", "story", "caption"})
_ENDS: Final = frozenset(".!?")
_INITIAL: Final = 2  # letters of an abbreviation whose full stop ends no sentence
_ATTRIBUTES: Final = frozenset({"VERB", "ADP", "NOUN"})  # words of a cue that show what it is
CHANCE: Final = {"headline": 0.39, "caption": 0.29, "story": 0.24}
"""How often a clause told in a zone was a mention of the case, on the development cases."""
REPORTED: Final = 0.57
"""How often what a verb reports was a mention of the case, on the development cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """A window of the encoder with its document, in words."""

    reading: Reading
    encoded: Encoded
    tagged: Tagged

    def span(self, start: int, end: int) -> Span:
        return Span(int(self.encoded.start[start]), int(self.encoded.end[end - 1]))

    def attributes(self, at: int) -> bool:
        """Whether a word belongs to the cue of a claim."""
        span = self.span(at, at + 1)
        return any(_within(span, cue) for claim in self.reading.claims for cue in claim.cue)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """Words [start, end) of a window in a zone."""

    start: int
    end: int
    zone: Zone
    asks: bool


def statements(
    reading: Reading, windows: Iterable[Encoded], labels: HeadLabels
) -> Iterator[Statement]:
    """Own-voice statements, what verbs report, parts and converses of claims, in the text's order.

    `windows` are the encoder's, with heads, over at least the headlines and the first sentences.
    What a claim or an earlier statement says in nearly the same words is not said again. Raises
    ValueError for a window without heads.
    """
    taken = [_extent(claim) for claim in reading.claims]
    for encoded in windows:
        for statement in _of_window(_window(reading, encoded, labels)):
            span = statement.content[0]
            if all(_shared(span, other) < SAME for other in taken):
                taken.append(span)
                yield statement
    for claim in reading.claims:
        if is_mutual(_extent_text(reading.document.text, claim)):
            yield from _of_both(reading, claim)


def _of_both(reading: Reading, claim: Claim) -> Iterator[Statement]:
    """What the second of two sides says of the first; and, where more follows, what each says.

    *Each other of breaking the truce as fighting goes on*: what is joined on, neither says.
    """
    own = _extent(claim)
    end = own.start + clause_end(reading.document.text[own.start : own.end])
    content = claim.content if end == own.end else (Span(own.start, end),)
    if end < own.end:
        yield _statement(reading, claim.zone, "part", content, whole=claim)
    yield _statement(reading, claim.zone, "converse", content, whole=claim)


def sentences(words: Sequence[str], stretch: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Words [start, end) of each sentence; `stretch` numbers the line or passage of each word."""
    start = 0
    for at, word in enumerate(words):
        last = at + 1 == len(words) or stretch[at + 1] != stretch[at]
        if last or (word in _ENDS and _ends(words, at)):
            yield start, at + 1
            start = at + 1


def _ends(words: Sequence[str], at: int) -> bool:
    """Whether a mark ends a sentence and no initial or abbreviation (*E. Jean*, *U.S. spies*)."""
    before = words[at - 1] if at else ""
    initial = words[at] == "." and len(before) <= _INITIAL and before[:1].isupper()
    return words[at + 1][:1].isupper() and not initial


def _window(reading: Reading, encoded: Encoded, labels: HeadLabels) -> _Window:
    text, starts, ends = reading.document.text, encoded.start.tolist(), encoded.end.tolist()
    if encoded.heads is None:
        raise ValueError("a window without heads has no parts of speech")
    tags = [labels.tags[i] for i in encoded.heads.tags.argmax(1).tolist()]
    return _Window(
        reading=reading,
        encoded=encoded,
        tagged=Tagged(
            words=[text[a:b] for a, b in zip(starts, ends, strict=True)],
            tags=tags,
            spaced=[a > b for a, b in zip(starts, [0, *ends], strict=False)],
        ),
    )


def _of_window(window: _Window) -> Iterator[Statement]:
    for sentence in _told(window):
        before: tuple[int, int] | None = None
        for clause in clauses(window.tagged, sentence.start, sentence.end):
            own = before if clause.bare else _subject(window, clause)
            yield from _of_clause(window, sentence, clause, own)
            before = own
        yield from _causes(window, sentence)


def _told(window: _Window) -> Iterator[_Sentence]:
    """The sentences that are looked at: headlines, and the first of every other zone."""
    words, stretch = window.tagged.words, window.encoded.stretch.tolist()
    told: dict[int, int] = {}
    for start, end in sentences(words, stretch):
        zone = _zone(window.reading.zones, int(window.encoded.start[start]))
        if zone is None or zone.kind not in _TOLD:
            continue
        told[zone.span.start] = told.get(zone.span.start, 0) + 1
        if zone.kind == "headline" or told[zone.span.start] <= LEAD:
            asks = _asks(words[start:end], zone)
            yield _Sentence(start=start, end=end, zone=zone, asks=asks)


def _asks(words: Sequence[str], zone: Zone) -> bool:
    """Whether a line asks, or points to something instead of telling it."""
    opens = zone.kind == "headline" and words[0].lower() in lexicon().question
    return words[-1] == "?" or opens


def _subject(window: _Window, clause: Clause) -> tuple[int, int] | None:
    return subject(window.tagged, clause.start, first_verb(window.tagged, clause))


def _of_clause(
    window: _Window, sentence: _Sentence, clause: Clause, own: tuple[int, int] | None
) -> Iterator[Statement]:
    span = window.span(clause.start, clause.end)
    if is_furniture(span.cut(window.reading.document.text)):
        return
    verb = reporting(window.tagged, clause, window.attributes)
    if verb is not None:
        found = reported(window.tagged, clause, verb)
        if found is not None:
            yield from _reported(window, sentence, found, own)
        return
    if sentence.asks or _attributing(window, clause) or _connects(window, clause):
        return
    whole = _around(window.reading.claims, span)
    if whole is None and _hangs(window, clause):
        return
    if span.end - span.start < SHORTEST or (whole and _length(span) >= PART * _length(whole)):
        return
    yield _statement(
        window.reading, sentence.zone.kind, "part" if whole else "own_voice", (span,), whole=whole
    )


def _reported(
    window: _Window, sentence: _Sentence, found: Reported, own: tuple[int, int] | None
) -> Iterator[Statement]:
    span = window.span(found.start, found.end)
    if _length(span) < SHORTEST_CONTENT:
        return
    named = None if found.by_nobody else found.subject or own
    yield _statement(
        window.reading,
        sentence.zone.kind,
        "reported",
        (span,),
        cue=(window.span(found.verb, found.verb + 1),),
        act=found.act,
        sources=(_source(window.reading, window.span(*named)),) if named else (),
        probability=REPORTED,
    )


def _source(reading: Reading, span: Span) -> Source:
    """Who the words of a subject name: the source of a claim of the same name, where there is."""
    text = reading.document.text[span.start : span.end]
    for claim in reading.claims:
        for source in claim.sources:
            if source.name and source.name.split()[-1] in text:
                return Source(spans=(span,), name=source.name, kind=source.kind, role=source.role)
    return Source(spans=(span,), name=None, kind="government" if parties_in(text) else "group")


def _attributing(window: _Window, clause: Clause) -> bool:
    """Whether a clause is an attribution itself, and no deed of two sides (*agree to a truce*)."""
    words = range(clause.start, clause.end)
    if any(window.tagged.lower(i) in lexicon().agreeing for i in words):
        return False
    return any(window.tagged.tags[i] in _ATTRIBUTES and window.attributes(i) for i in words)


def _hangs(window: _Window, clause: Clause) -> bool:
    """Whether all verbs of a clause are participles that hang on another one (*ending the war*)."""
    verbs = [i for i in range(clause.start, clause.end) if window.tagged.tags[i] in VERBS]
    return all(window.tagged.lower(i).endswith("ing") for i in verbs)


def _connects(window: _Window, clause: Clause) -> bool:
    """Whether a clause tells no more than which person or thing is meant."""
    return window.tagged.lower(clause.start) in lexicon().connecting


def _causes(window: _Window, sentence: _Sentence) -> Iterator[Statement]:
    """What a sentence gives as a reason: it is said by whoever says the rest."""
    words = [word.lower() for word in window.tagged.words[sentence.start : sentence.end]]
    for row in lexicon().causes:
        for at in range(len(words) - len(row)):
            start = sentence.start + at + len(row)
            if tuple(words[at : at + len(row)]) != row:
                continue
            end = phrase_end(window.tagged, start, sentence.end)
            span = window.span(start, end)
            if _length(span) >= SHORTEST_CONTENT:
                whole = _around(window.reading.claims, span)
                kind: StatementKind = "part" if whole else "own_voice"
                yield _statement(window.reading, sentence.zone.kind, kind, (span,), whole=whole)


def _around(claims: Sequence[Claim], span: Span) -> Claim | None:
    """The shortest content that some words stand in."""
    around = (claim for claim in claims if _within(span, _extent(claim)))
    return min(around, key=_length, default=None)


def _statement(
    reading: Reading,
    zone: str,
    kind: StatementKind,
    content: tuple[Span, ...],
    *,
    whole: Claim | None = None,
    **told: Any,  # noqa: ANN401 - further fields of the record
) -> Statement:
    text = " ".join(reading.document.text[s.start : s.end] for s in content)
    told.setdefault("probability", whole.probability if whole else CHANCE[zone])
    return Statement(
        id=Statement.identity(reading.document.id, kind, content),
        document=reading.document.id,
        zone=zone,  # type: ignore[arg-type]  # a zone's own kind
        kind=kind,
        content=content,
        polarity="negative" if negates(text) else "positive",
        of=whole.id if whole else None,
        **told,
    )


def _zone(zones: Sequence[Zone], at: int) -> Zone | None:
    return next((zone for zone in zones if zone.span.start <= at < zone.span.end), None)


def _extent(claim: Claim) -> Span:
    return Span(claim.content[0].start, claim.content[-1].end)


def _length(told: Span | Claim) -> int:
    span = told if isinstance(told, Span) else _extent(told)
    return span.end - span.start


def _shared(one: Span, other: Span) -> float:
    """Characters of both as a share of those of either."""
    both = max(0, min(one.end, other.end) - max(one.start, other.start))
    return both / (_length(one) + _length(other) - both)


def _extent_text(text: str, claim: Claim) -> str:
    spans = [*claim.content, *claim.cue]
    return text[min(s.start for s in spans) : max(s.end for s in spans)]


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def stretches(reading: Reading) -> list[tuple[int, int]]:
    """What has to go through the encoder for `statements`: headlines and beginnings of zones."""
    found = []
    for zone in reading.zones:
        if zone.kind in _TOLD:
            found += list(_beginning(reading.document.text, zone))
    return found


def _beginning(text: str, zone: Zone) -> Iterator[tuple[int, int]]:
    """The lines of a zone until there are enough sentences, by their full stops."""
    at, ends = zone.span.start, 0
    marks = [i for i in range(zone.span.start, zone.span.end) if text[i] == "\n"]
    for start, end in pairwise([at, *marks, zone.span.end]):
        line = text[start:end]
        if line.strip():
            lead = start + len(line) - len(line.lstrip())
            yield lead, start + len(line.rstrip())
            ends += 1 + line.count(". ")
        if zone.kind != "headline" and ends > LEAD:
            return
