"""Pictures: where things stand on them, at their edges."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegedly.web.charts.atlas import EDGE, Spot, drawn
from allegedly.web.charts.network import MOST, network
from allegedly.web.charts.outlines import clipped
from allegedly.web.charts.ranges import Report, ranges
from allegedly.web.charts.scales import MARGIN, WIDTH, Times, instant
from allegedly.web.charts.timeline import TALLEST, Event, timeline

BOX = (30.0, 52.0, 34.0, 54.0)
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
moments = st.datetimes(timezones=st.just(UTC))


@given(st.lists(moments, min_size=1, max_size=8))
def test_every_moment_is_on_the_axis_and_the_ticks_are_few(found: list[datetime]) -> None:
    times = Times.over(found)
    assert all(MARGIN <= times.at(when) <= WIDTH - MARGIN for when in found)
    ticks = times.ticks()
    assert len(ticks) <= 10
    assert [tick.at for tick in ticks] == sorted({tick.at for tick in ticks})


def event(when: datetime | None, recorded: datetime | None = None) -> Event:
    return Event(published=when, recorded=recorded, label="a story", href="/x")


def test_a_column_of_dots_is_counted_where_it_is_too_tall() -> None:
    chart = timeline([event(NOON)] * (TALLEST + 5))
    assert chart
    assert len(chart.published) == TALLEST
    assert [each.count for each in chart.more] == [5]


def test_stories_with_a_denial_are_told_apart_and_counted() -> None:
    denial = replace(event(NOON, NOON + timedelta(hours=1)), denies=True)
    chart = timeline([event(NOON)] * (TALLEST + 2) + [denial])
    assert chart
    assert (chart.plain, chart.denials) == (TALLEST + 2, 1), "those without room, too"
    assert [dot.denies for dot in chart.recorded] == [True]
    plain = timeline([event(NOON), event(None, NOON)])
    assert plain
    assert (plain.plain, plain.denials) == (1, 0), "what has no date is not drawn above the line"


def test_two_clocks_share_an_axis_only_where_both_can_be_read() -> None:
    near = timeline([event(NOON, NOON + timedelta(hours=2)), event(NOON + timedelta(hours=9))])
    far = timeline([event(NOON, NOON + timedelta(days=900))])
    assert near
    assert far
    assert (len(near.recorded), len(far.recorded)) == (1, 0)
    assert re.search(r"recorded here (between|on) \d+ \w+ 2033, \d\d:\d\d UTC", far.note)
    assert timeline([event(None)]) is None
    unpublished = timeline([event(None, NOON)])
    assert unpublished
    assert len(unpublished.recorded) == 1


def spot(name: str, lat: float, lon: float, precision: float = 5, count: int = 1) -> Spot:
    return Spot(
        name=name, lat=lat, lon=lon, precision_km=precision, label=name, href="#", count=count
    )


def test_a_map_shows_its_places_and_land() -> None:
    chart = drawn(
        (
            spot("Naples", 40.85, 14.27),
            spot("Rome", 41.89, 12.48),
        )
    )
    assert chart
    assert {mark.name for mark in chart.marks} == {"Naples", "Rome"}
    assert all(0 < m.x < chart.width and 0 < m.y < chart.height for m in chart.marks)
    north, south = sorted(chart.marks, key=lambda mark: mark.y)
    assert (north.name, south.name) == ("Rome", "Naples")
    assert chart.land.startswith("M")
    assert chart.towns


def test_the_steps_of_an_outline_lead_along_what_is_in_view() -> None:
    chart = drawn((spot("Naples", 40.85, 14.27), spot("Rome", 41.89, 12.48)))
    assert chart
    for ring in chart.land.removesuffix("Z").split("Z"):
        first, *steps = re.findall(r"[Ml](-?\d+) (-?\d+)", ring)
        points = np.cumsum([list(map(int, each)) for each in (first, *steps)], axis=0)
        assert len(points) >= 3
        assert points.min() >= -EDGE - 1
        assert (points.max(axis=0) <= (chart.width + EDGE + 1, chart.height + EDGE + 1)).all()
        assert ("0", "0") not in steps


def test_a_country_is_no_spot() -> None:
    assert drawn((spot("Russia", 60, 100, precision=2_500),)) is None
    assert drawn(()) is None


def test_a_place_told_of_once_does_not_stretch_the_map() -> None:
    chart = drawn(
        (
            spot("Kyiv", 50.45, 30.5, count=40),
            spot("Washington", 38.9, -77.0),
        )
    )
    assert chart
    assert [mark.name for mark in chart.marks] == ["Kyiv"]


@pytest.mark.parametrize("lon", [-179.9, 179.9])
@pytest.mark.parametrize("lat", [-89.0, 0.0, 89.0])
def test_maps_at_the_ends_of_the_world(lat: float, lon: float) -> None:
    assert drawn((spot("there", lat, lon),))


def test_inside_land_all_is_land() -> None:
    square = np.array([(0.0, 0.0), (90.0, 0.0), (90.0, 80.0), (0.0, 80.0)])
    rings = np.zeros(4, dtype=np.int64)
    cut, _ = clipped(square, rings, BOX)
    assert set(map(tuple, cut)) == {(30.0, 52.0), (34.0, 52.0), (34.0, 54.0), (30.0, 54.0)}
    assert not len(clipped(square, rings, (100.0, 0.0, 104.0, 2.0))[0])


def test_rings_are_cut_each_for_itself() -> None:
    across = np.array([(-5.0, 1.0), (5.0, 1.0), (5.0, 9.0)])
    points, rings = np.concatenate([across, across + 1]), np.repeat([3, 7], 3)
    box = (0.0, 0.0, 10.0, 10.0)
    cut, of = clipped(points, rings, box)
    alone = [clipped(across + n, rings[:3], box)[0] for n in (0, 1)]
    assert [cut[of == ring].tolist() for ring in (3, 7)] == [each.tolist() for each in alone]


def test_who_cites_whom_runs_from_left_to_right() -> None:
    chart = network([("Post", "mayor", "clerk"), ("Post", "mayor"), ("Gazette",)])
    assert chart
    at = {node.name: node.x for node in chart.nodes}
    assert at["Post"] == at["Gazette"] < at["mayor"] < at["clerk"]
    assert {edge.label for edge in chart.edges} == {
        "Post cites mayor: 2",
        "mayor cites clerk: 1",
    }
    assert network([]) is None
    assert network([("Post",), ("Gazette",)]) is None, "nobody cites anybody"


def test_names_without_room_are_counted() -> None:
    chart = network([(f"outlet {n}", "mayor") for n in range(MOST + 3)])
    assert chart
    assert (len(chart.nodes), chart.left_out) == (MOST + 1, 3)


def report(value: float | None, low: float | None, high: float | None) -> Report:
    return Report(when=NOON, value=value, low=low, high=high, label="", href="#")


def test_figures_are_as_exact_as_they_were_told() -> None:
    chart = ranges([report(20, 20, 20), report(None, 10, 30), report(None, 5, None)])
    assert chart
    exact, between, least = chart.bars
    assert exact.top == exact.bottom == exact.dot
    assert between.top < exact.top < between.bottom
    assert least.open_above
    assert not least.open_below
    assert ranges([report(None, None, None)]) is None


def test_what_is_no_date_has_no_instant() -> None:
    assert instant("soon") is None
    assert instant(None) is None
    assert instant("2031-05-04") == datetime(2031, 5, 4, tzinfo=UTC)
