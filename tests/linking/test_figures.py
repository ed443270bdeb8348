"""Which quantities are of one figure, and which only look so."""

from __future__ import annotations

import dataclasses

from msgspec.structs import replace
from tests.linking.cases import amount, place, said

from allegedly.linking.figures import figures
from allegedly.linking.record import record_of
from allegedly.records import ClaimGroup, Quantity, Span, Time, ToldClaim


def counting(name: str, story: int, words: str, *found: Quantity, **other: object) -> ToldClaim:
    claim = said(name, "Norland", story, words, **other)  # type: ignore[arg-type]  # its fields
    return replace(claim, quantities=found, amounts=tuple(f"{q.value} {q.unit}" for q in found))


def test_figures_of_one_thing_have_a_range_and_every_report() -> None:
    claims = [said("c2", "Sutland", 2, dead=20), said("c1", "Norland", 1, dead=12)]
    [figure] = figures(record_of(claims))
    assert (figure.name, figure.low, figure.high) == ("people (dead)", 12, 20)
    assert [(r.source, r.value, r.words) for r in figure.reports] == [
        ("Norland", 12, "12 people"),
        ("Sutland", 20, "20 people"),
    ]


def test_one_report_is_no_figure_and_a_vague_one_is_none() -> None:
    claims = [said("c1", "Norland", 1, dead=12), counting("c2", 2, "some", amount(None))]
    assert figures(record_of(claims)) == []


def test_two_towns_and_two_days_are_two_figures() -> None:
    north, south = place("Pem", 60.0), place("Orlo", 50.0)
    apart = [said("c1", "A", 1, dead=2, place=north), said("c2", "B", 2, dead=5, place=south)]
    assert figures(record_of(apart)) == []
    near = [said("c1", "A", 1, dead=2, place=north), said("c2", "B", 2, dead=5, place=north)]
    assert figures(record_of(near))[0].place == "Pem"

    def day(value: str) -> Time:
        return Time(value=value, span=Span(0, 3), earliest=value, latest=value)

    days = [said(f"c{n}", "A", n, dead=n, time=day(f"2031-03-0{n}")) for n in (1, 2)]
    assert figures(record_of(days)) == []


def test_what_is_counted_in_other_words_is_another_figure() -> None:
    plain = amount(12, "drone", "drones", None)
    shahed = amount(26, "drone", "Shahed drones", None)
    one = counting("c1", 1, "12 drones attacked the bridge", plain)
    two = counting("c2", 2, "26 Shahed drones attacked the bridge", shahed)
    same = counting("c3", 3, "12 drones reached the bridge", plain)
    assert [[r.claim for r in f.reports] for f in figures(record_of([one, two, same]))] == [
        ["c1", "c3"]
    ]
    joined = ClaimGroup(id="c1", members=("c1", "c2"), shown="c1", probability=0.9)
    [figure] = figures(record_of([one, two, same], [joined]))
    assert (figure.low, figure.high) == (12, 26)


def test_money_is_one_figure_within_a_group_alone() -> None:
    one = counting("c1", 1, "the bridge cost 3 million", amount(3e6, "USD", None, None))
    two = counting("c2", 2, "the bridge needs 5 million", amount(5e6, "USD", None, None))
    assert figures(record_of([one, two])) == []
    joined = ClaimGroup(id="c1", members=("c1", "c2"), shown="c1", probability=0.9)
    assert len(figures(record_of([one, two], [joined]))) == 1


def test_far_apart_numbers_are_of_one_event_only_in_much_the_same_words() -> None:
    def downed(count: float) -> Quantity:
        return amount(count, "drone", "drones", "destroyed")

    roof = counting("c1", 1, "two drones that Russia shot fell on the palace roof", downed(2))
    sea = counting("c2", 2, "18 drones from Russia were shot down over the sea", downed(18))
    again = counting("c3", 3, "18 drones were shot down at night", downed(18))
    together = [ClaimGroup(id="c1", members=("c1", "c2", "c3"), shown="c1", probability=0.9)]
    for groups in ((), together):
        [figure] = figures(record_of([roof, sea, again], groups))
        assert (figure.low, figure.high) == (18, 18)
    higher = counting("c2", 2, "18 drones fell on the palace roof", downed(18))
    assert figures(record_of([roof, higher]))[0].high == 18
    near = counting("c2", 2, "four were shot down over the sea", downed(4))
    assert figures(record_of([roof, near]))[0].high == 4

    def with_low(quantity: Quantity, low: float) -> Quantity:
        return dataclasses.replace(quantity, low=low)

    many = amount(None, "drone", "drones", "destroyed")
    vague = counting("c2", 2, "a dozen and more came", with_low(many, 12.0))
    least = counting("c1", 1, "at least two fell", with_low(many, 2.0))
    assert figures(record_of([least, vague]))[0].low == 2, "at least two may be twelve"


def test_what_is_counted_in_no_words_of_its_own_is_told_in_the_plural() -> None:
    hurt = [
        counting(f"c{n}", n, "five injured at the mill", amount(5, "person", None, "injured"))
        for n in (1, 2)
    ]
    assert figures(record_of(hurt))[0].name == "people (injured)"


def test_what_may_come_is_no_figure_of_what_is() -> None:
    one = said("c1", "A", 1, dead=800)
    assert figures(record_of([replace(one, modality="possible"), said("c2", "B", 2, dead=9)])) == []


def test_a_small_number_that_nobody_disputes_is_a_figure_where_three_tell_it() -> None:
    two = amount(2, "general", "generals", None)
    told = [counting(f"c{n}", n, "two generals met", two) for n in (1, 2, 3)]
    assert figures(record_of(told[:2])) == []
    assert len(figures(record_of(told))) == 1


def test_what_somebody_asks_for_is_no_figure_of_what_is() -> None:
    one, other = said("c1", "A", 1, dead=30), said("c2", "B", 2, act="demand", dead=60)
    assert figures(record_of([one, other])) == []


def test_two_numbers_of_one_claim_are_two_figures() -> None:
    both = [counting(f"c{n}", n, "12 and then 3", amount(12), amount(3)) for n in (1, 2)]
    assert [[r.value for r in f.reports] for f in figures(record_of(both))] == [[12, 12], [3, 3]]


def test_tolls_come_first_and_what_is_beside_the_case_not_at_all() -> None:
    drones = [
        counting(f"d{n}", n, "two drones at the bridge", amount(2, "drone", "drones", None))
        for n in (1, 2, 3)
    ]
    tolls = [said(f"c{n}", "A", n, dead=n) for n in (1, 2)]
    beside = [
        counting(f"g{n}", n, "four goats", amount(4, "goat", "goats", None), weight=0.01)
        for n in (1, 2)
    ]
    found = figures(record_of([*drones, *tolls, *beside]))
    assert [figure.counted for figure in found] == ["people", "drones"]


def test_words_that_a_claim_and_its_part_give_are_one_report() -> None:
    whole = said("c1", "Norland", 1, dead=12)
    part = replace(whole, id="s1", kind="part")
    assert figures(record_of([whole, part])) == []
    [figure] = figures(record_of([whole, part, said("c2", "Sutland", 2, dead=20)]))
    assert [report.claim for report in figure.reports] == ["c1", "c2"]
    two = [replace(part, id="s2", kind="own_voice"), replace(part, kind="converse")]
    assert figures(record_of(two)) == []
