"""docs/acts.md defines what the code knows, no more and no less."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from allegedly.claims.lexicon import table
from allegedly.records import ACTS, ASSESSMENT_KINDS, MODALITIES, RELATIONS
from allegedly.records.claims import Form

PAGE = (Path(__file__).parents[2] / "docs" / "acts.md").read_text("utf-8")


def rows(heading: str) -> list[str]:
    """The first cells of the table under a heading, its own head left out."""
    section = re.split(r"\n## ", PAGE.split(f"\n## {heading}\n", maxsplit=1)[1])[0]
    return re.findall(r"^\| ([\w ]+?) \|", section, re.MULTILINE)[1:]


def test_every_act_is_defined() -> None:
    assert rows("Acts") == list(ACTS)


def test_every_assessment_is_defined() -> None:
    assert rows("Assessments") == list(ASSESSMENT_KINDS)


def test_every_modality_is_defined() -> None:
    assert rows("Polarity and modality") == ["negative", *MODALITIES]


def test_every_relation_is_defined() -> None:
    assert set(rows("Links between claims")) == set(RELATIONS)


def test_every_form_is_defined() -> None:
    assert all(f"`{form}`" in PAGE for form in get_args(Form))


def test_every_class_of_cues_says_what_its_columns_need() -> None:
    for row in table("cues")["class"]:
        assert {"name", "act", "reading", "searle", "levin", "factuality", "words"} <= row.keys()
        assert row["act"] in ACTS
        assert row.get("negated", "assert") in ACTS
