"""Cue, content and what is done by them, as a table: see act_table.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from allegedly.claims.acts import act
from allegedly.claims.modality import modality, polarity

TABLE = Path(__file__).with_name("act_table.txt").read_text("utf-8")
ROWS = [line for line in TABLE.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("row", ROWS)
def test_act_polarity_and_modality(row: str) -> None:
    cue, content, acts, poles, modes = (cell.strip() for cell in row.split("|"))
    cue, content = (words.replace(" … ", " ") for words in (cue, content))
    done = act(cue, content)
    assert done in acts.split("/")
    if poles:
        assert polarity(content) in poles.split("/")
    if modes:
        assert modality(content, cue=cue, act=done) in modes.split("/")
