from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from allegedly.exports.terminal import Record, plain
from allegedly.records import Document, Reading, Span, Zone


def test_a_record_tells_everything(bells: Reading) -> None:
    record = plain(bells)
    assert "8 claims · 1 assessment · 1 silence" in record
    assert "Ana Ruk (“Warden Ana Ruk”, bell warden) › villagers — told" in record
    assert "“Warden Ana Ruk”" in record
    assert "when   2031-05-04T12:00 (“at noon on 4 May”)" in record
    assert "count  man: 2 (“two men”)" in record
    assert "#2 ACCUSES  mixed" in record
    assert "denied by #5" in record
    assert "denies #2" in record
    assert "nobody named" in record
    assert "NO EVIDENCE GIVEN  says the publisher, about #2, #4" in record
    assert "mayor  “why”" in record
    assert "line 5 · " in record


def test_a_plain_record_fits_eighty_columns_without_escapes(bells: Reading) -> None:
    record = plain(bells)
    assert "\x1b" not in record
    assert max(map(cell_len, record.splitlines())) <= 80
    assert all(line == line.rstrip() for line in record.splitlines())


@pytest.mark.parametrize("width", [20, 40, 80, 300])
def test_any_width_is_kept(bells: Reading, width: int) -> None:
    sink = StringIO()
    Console(file=sink, width=width, color_system=None).print(Record(bells))
    assert max(map(cell_len, sink.getvalue().splitlines())) <= width


def test_a_story_cannot_drive_the_terminal() -> None:
    text = "\x1b[2J\x9b2J\x07 [red]said[/red] :smile: \u202eback"
    document = Document(id="d", text=text, title=text)
    zone = Zone(span=Span(0, len(text)), kind="story")
    shown = plain(Reading(document=document, zones=(zone,), claims=(), assessments=(), silences=()))
    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(shown)
    assert "␛[2J" in shown
    assert "[red]said[/red] :smile:" in shown


def test_a_reading_without_claims_is_a_header(bells: Reading) -> None:
    bare = replace(bells, claims=(), assessments=(), silences=())
    assert "0 claims · 0 assessments · 0 silences" in plain(bare)
