"""What an outlet says in its own voice, and the parts of a claim that tell something of their own.

Looked for where outlets tell what happened: in headlines, captions and the first sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from allegedly.encoder import tree
from allegedly.linking.claims.clauses import PREDICATES, clauses
from allegedly.linking.lexicon import is_mutual, lexicon, negates
from allegedly.records import Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.encoder import Encoded, HeadLabels, Tree
    from allegedly.linking.claims.clauses import Clause
    from allegedly.records import Claim, Reading, StatementKind, Zone

LEAD: Final = 2  # sentences of a zone of running text that are looked at
SHORTEST: Final = 15  # characters of a clause that says anything
PART: Final = 0.6  # share of a claim's content above which a clause is no part but the whole
_TOLD: Final = frozenset({"headline", "story", "caption"})
_ENDS: Final = frozenset(".!?")
_INITIAL: Final = 2  # letters of an abbreviation whose full stop ends no sentence
CHANCE: Final = {"headline": 0.39, "caption": 0.29, "story": 0.24}
"""How often a clause told in a zone was a mention of the case, on the development cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """A window of the encoder with its tree and its document's text."""

    text: str
    encoded: Encoded
    tree: Tree

    def word(self, at: int) -> str:
        return self.text[int(self.encoded.start[at]) : int(self.encoded.end[at])]

    def span(self, start: int, end: int) -> Span:
        return Span(int(self.encoded.start[start]), int(self.encoded.end[end - 1]))


def statements(
    reading: Reading, windows: Iterable[Encoded], labels: HeadLabels
) -> Iterator[Statement]:
    """Own-voice statements, parts of claims and converses of a document, in the text's order.

    `windows` are the encoder's, with heads, over at least the headlines and the first sentences.
    """
    seen: set[tuple[int, int]] = set()
    for encoded in windows:
        if encoded.heads is None:
            continue
        window = _Window(
            text=reading.document.text, encoded=encoded, tree=tree(encoded.heads, labels)
        )
        for statement in _of_window(reading, window):
            span = statement.content[0]
            if (span.start, span.end) not in seen:
                seen.add((span.start, span.end))
                yield statement
    for claim in reading.claims:
        if is_mutual(_extent_text(reading.document.text, claim)):
            yield _statement(reading, claim.zone, "converse", claim.content, claim)


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


def _of_window(reading: Reading, window: _Window) -> Iterator[Statement]:
    encoded = window.encoded
    words = [window.word(i) for i in range(len(encoded.start))]
    told: dict[int, int] = {}
    for start, end in sentences(words, encoded.stretch.tolist()):
        zone = _zone(reading.zones, int(encoded.start[start]))
        if zone is None or zone.kind not in _TOLD or _asks(words[start:end], zone):
            continue
        told[zone.span.start] = told.get(zone.span.start, 0) + 1
        if zone.kind == "headline" or told[zone.span.start] <= LEAD:
            for clause in clauses(window.tree, start, end):
                yield from _told(reading, window, clause, zone)


def _asks(words: Sequence[str], zone: Zone) -> bool:
    """Whether a line asks, or points to something instead of telling it."""
    opens = zone.kind == "headline" and words[0].lower() in lexicon().question
    return words[-1] == "?" or opens


def _told(reading: Reading, window: _Window, clause: Clause, zone: Zone) -> Iterator[Statement]:
    span, head = window.span(clause.start, clause.end), window.span(clause.head, clause.head + 1)
    agreed = window.word(clause.head).lower() in lexicon().agreeing
    if not agreed and any(_within(head, cue) for c in reading.claims for cue in c.cue):
        return  # the clause is the attribution itself
    around = [claim for claim in reading.claims if _within(head, _extent(claim))]
    if around:
        whole = min(around, key=lambda claim: _extent(claim).end - _extent(claim).start)
        part = _part(window, clause, span, whole)
        if part is not None:
            yield _statement(reading, zone.kind, "part", (part,), whole)
    elif _is_told(window, clause, span, zone):
        yield _statement(reading, zone.kind, "own_voice", (span,))


def _part(window: _Window, clause: Clause, span: Span, whole: Claim) -> Span | None:
    """The words of a clause inside a content, where they are no more than a part of it."""
    content = _extent(whole)
    part = Span(max(span.start, content.start), min(span.end, content.end))
    opens = {window.word(clause.start).lower(), window.word(clause.subject or clause.start).lower()}
    if clause.subject is None or opens & (lexicon().connecting - {"that"}):
        return None
    short = part.end - part.start < SHORTEST
    most = part.end - part.start >= PART * (content.end - content.start)
    return None if short or most else part


def _is_told(window: _Window, clause: Clause, span: Span, zone: Zone) -> bool:
    if span.end - span.start < SHORTEST or clause.end - clause.start < 2:  # noqa: PLR2004 - a word
        return False
    if window.word(clause.start).lower() in lexicon().connecting:
        return False
    if (
        clause.subject is None
    ):  # a headline may leave out its verb; a call to the reader has no more
        headed = clause.start == clause.head and window.tree.tags[clause.head] in PREDICATES
        return zone.kind == "headline" and not headed
    return True


def _statement(
    reading: Reading,
    zone: str,
    kind: StatementKind,
    content: tuple[Span, ...],
    whole: Claim | None = None,
) -> Statement:
    text = " ".join(reading.document.text[s.start : s.end] for s in content)
    return Statement(
        id=Statement.identity(reading.document.id, kind, content),
        document=reading.document.id,
        zone=zone,  # type: ignore[arg-type]  # a zone's own kind
        kind=kind,
        content=content,
        polarity="negative" if negates(text) else "positive",
        of=whole.id if whole else None,
        probability=whole.probability if whole else CHANCE[zone],
    )


def _zone(zones: Sequence[Zone], at: int) -> Zone | None:
    return next((zone for zone in zones if zone.span.start <= at < zone.span.end), None)


def _extent(claim: Claim) -> Span:
    return Span(claim.content[0].start, claim.content[-1].end)


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
