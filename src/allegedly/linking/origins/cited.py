"""Cited origins: documents that pass on what one medium, document or account said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from allegedly.linking.events.stems import stems
from allegedly.linking.origins.joining import components
from allegedly.records import Copy, Origin, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Part of the shorter content's stems that another has too before both may be one statement, and
# how many they are at least. Not swept: the gold cases hold no cited origins.
ALIKE: Final = 0.5
FEWEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Words that a document has from a medium, a document or an account, not its own publisher.

    `name` is whom it names, `content` the words, at `span` of its text.
    """

    document: str
    publisher: str | None
    name: str
    content: str
    span: Span


def cited_origins(case: str, citations: Iterable[Citation]) -> list[Origin]:
    """The statements that several documents pass on from one place, and who is cited for them.

    Two citations are of one statement where they name the same place and share their words'
    stems. A name without a capital letter or a digit (*a statement*) names nobody.
    """
    by_name: defaultdict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        own = citation.publisher is not None and _folded(citation.publisher) == _folded(
            citation.name
        )
        if not own and citation.name != citation.name.lower():
            by_name[_folded(citation.name)].append(citation)
    return [origin for _, cited in sorted(by_name.items()) for origin in _statements(case, cited)]


def _folded(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _statements(case: str, cited: Sequence[Citation]) -> list[Origin]:
    said = [frozenset(stems(citation.content)) for citation in cited]
    alike = [
        (left, right)
        for left, right in combinations(range(len(cited)), 2)
        if _one_statement(said[left], said[right])
    ]
    groups = ([cited[n] for n in group] for group in components(len(cited), alike))
    return [_origin(case, group) for group in groups if len({c.document for c in group}) > 1]


def _one_statement(left: frozenset[str], right: frozenset[str]) -> bool:
    shared = len(left & right)
    return shared >= FEWEST and shared >= ALIKE * min(len(left), len(right))


def _origin(case: str, group: Sequence[Citation]) -> Origin:
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    for citation in group:
        spans[citation.document].add(citation.span)
    return Origin(
        case=case,
        kind="cited",
        name=group[0].name,
        copies=tuple(
            Copy(document=document, spans=tuple(_apart(found)))
            for document, found in sorted(spans.items())
        ),
        words=tuple(dict.fromkeys(citation.content for citation in group))[:3],
    )


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans in order; one that overlaps the span before is left out."""
    found: list[Span] = []
    for span in sorted(spans):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found
