"""Frames of stories become frames of claims, whatever the library."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import polars as pl
import pytest
from tests.store.stories import TEXT

import allegedly
from allegedly.reading.frames import SCHEMA, _plain, read_frame

OTHER = "The ferryman said that the bridge had been closed since Monday.\n"
DATA: dict[str, list[Any]] = {
    "body": [TEXT, None, OTHER, "  "],
    "name": ["Bell", "Nothing", None, "Blank"],
    "when": ["2031-05-05", None, "2031-05-08", None],
}


@pytest.mark.parametrize("library", [pd, pl], ids=["pandas", "polars"])
def test_one_row_a_claim_in_the_same_library(library: Any) -> None:
    found = allegedly.read_frame(library.DataFrame(DATA), published="when")
    assert isinstance(found, library.DataFrame)
    rows = found.to_dict("records") if library is pd else found.to_dicts()
    assert list(rows[0]) == list(SCHEMA)
    assert {row["row"] for row in rows} == {0, 2}
    denial = next(row for row in rows if row["act"] == "deny")
    assert denial["row"] == 0
    assert "mayor" in denial["source"]
    assert TEXT[denial["start"] : denial["end"]] == denial["content"]
    closed = next(row for row in rows if row["row"] == 2)
    assert (closed["cue"], closed["time"]) == ("said", "2031-05-05 (since)")


def test_both_libraries_say_the_same() -> None:
    one = read_frame(pd.DataFrame(DATA), published="when", title="name")
    two = read_frame(pl.DataFrame(DATA), published="when", title="name")
    for name in SCHEMA:
        mine = [None if pd.isna(value) else value for value in one[name].to_list()]
        assert mine == two[name].to_list(), name


@pytest.mark.parametrize("library", [pd, pl], ids=["pandas", "polars"])
def test_no_stories_are_no_claims_with_every_column(library: Any) -> None:
    found = read_frame(library.DataFrame({"body": ["", None]}))
    assert list(found.columns) == list(SCHEMA)
    assert len(found) == 0


def test_another_column_and_columns_that_are_not_there() -> None:
    frame = pl.DataFrame({"text": [OTHER]})
    assert len(read_frame(frame, "text")) == 1
    with pytest.raises(KeyError, match="no column 'body': text"):
        read_frame(frame)
    with pytest.raises(KeyError, match="no column 'when'"):
        read_frame(frame, "text", published="when")
    with pytest.raises(TypeError):
        read_frame([OTHER])  # type: ignore[type-var]


def test_what_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rejected = allegedly.Rejected(uri="", reason="too long")
    monkeypatch.setattr("allegedly.reading.frames.read_story", lambda *_, **__: rejected)
    with pytest.warns(UserWarning, match=r"not read: row 0: too long; .* and 2 more"):
        assert len(read_frame(pl.DataFrame({"body": [OTHER] * 7}))) == 0


def test_dates_are_told_in_iso_8601() -> None:
    assert _plain(date(2031, 5, 5)) == "2031-05-05"
    assert _plain(datetime(2031, 5, 5)) == "2031-05-05"  # noqa: DTZ001
    assert _plain(pd.Timestamp("2031-05-05 07:00+02:00")) == "2031-05-05T07:00:00+02:00"
    assert [_plain(value) for value in (None, float("nan"), pd.NaT, "")] == [None] * 4
