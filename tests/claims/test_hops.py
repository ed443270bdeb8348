from __future__ import annotations

from dataclasses import replace

from allegedly.claims.hops import chain, depth
from allegedly.records import Attribution, Source, Span, Zone

PLAIN = Attribution(
    source=(Span(0, 1),),
    cue=(),
    content=(Span(2, 9),),
    zone=Zone(span=Span(0, 9), kind="story"),
    score=1.0,
    method="test",
)


def named(*names: str | None) -> list[str | None]:
    """The chain of attributions within one another, the first outermost, each with one source."""
    layers: list[Attribution] = []
    who: dict[int, Source | None] = {}
    for number, name in enumerate(names):
        content = (Span(2 + number, 9),)
        layers.append(replace(PLAIN, content=content, within=layers[-1] if layers else None))
        who[id(layers[-1])] = Source(spans=(Span(0, 1),), name=name, kind="person")
    return [hop.name for hop in chain(layers[-1], who)]


def test_outermost_first() -> None:
    assert named("A", "B", "C") == ["A", "B", "C"]


def test_a_chain_that_comes_back_is_cut() -> None:
    assert named("A", "B", "A") == ["B", "A"]
    assert named("X", "A", "B", "A") == ["B", "A"]


def test_unresolved_hops_are_not_one_another() -> None:
    assert named(None, "B", None) == [None, "B", None]


def test_a_source_that_cites_itself_is_one_hop() -> None:
    outer = replace(PLAIN)
    inner = replace(PLAIN, within=outer)
    source = Source(spans=(Span(0, 1),), name="A", kind="media")
    assert chain(inner, {id(outer): source, id(inner): source}) == (source,)


def test_attributions_that_hold_each_other_end() -> None:
    one = replace(PLAIN)
    other = replace(PLAIN, within=one)
    object.__setattr__(one, "within", other)
    assert depth(one) == 1
    assert chain(one, {}) == ()
