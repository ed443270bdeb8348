from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from allegedly.records import Document, Span, Zone
from allegedly.zones import READ, passages, zone


def part(start: int, end: int, kind: str) -> Zone:
    return Zone(span=Span(start=start, end=end), kind=kind)  # type: ignore[arg-type]


def test_one_passage_per_line() -> None:
    doc = Document(id="0" * 32, text="  One line. \n\n\tTwo\u00a0\n***\nThree")
    whole = part(0, len(doc.text), "story")
    assert [p.span.cut(doc.text) for p in passages(doc, [whole])] == ["One line.", "Two", "Three"]
    assert all(p.zone == whole for p in passages(doc, [whole]))


def test_only_kinds_that_are_read() -> None:
    doc = Document(id="0" * 32, text="words")
    kinds = ["teaser", "boilerplate", "byline", "code", *sorted(READ)]
    read = [kind for kind in kinds if list(passages(doc, [part(0, 5, kind)]))]
    assert read == ["caption", "headline", "social_post", "story"]


@given(st.text())
def test_passages_lie_in_their_zones_and_in_order(text: str) -> None:
    doc = Document(id="0" * 32, text=text)
    found = list(passages(doc, zone(doc)))
    assert all(p.zone.span.contains(p.span) for p in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(p.span.cut(text) == p.span.cut(text).strip() for p in found)
