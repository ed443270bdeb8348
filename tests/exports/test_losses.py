"""The table of losses tells the truth: what it says is carried is there, and nothing else is."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from tests.exports.conftest import STORY, crossing

from allegedly.exports.formats import FORMATS, holdings
from allegedly.exports.holdings import COUNTED
from allegedly.exports.leaving import export
from allegedly.exports.selecting import select
from allegedly.exports.snapshot import snapshot
from allegedly.records import content_id
from allegedly.store import Filter

if TYPE_CHECKING:
    from pathlib import Path

    from allegedly.store import Store

# Words that are found only where a thing is carried; carried in part, some are there and some not.
SIGNS = {
    "text": ["Plainly nobody answers for this sentence."],
    "title": ["Titleword of sheep"],
    "publisher": ["Publisha Post"],
    "published": ["2031-05-06", "2031-05-06T07:08:09+03:00"],
    "uri": ["https://orrin.example/sheep"],
    "language": ["cy-GB"],
    "captures": ["https://mirra.example/second", "archivapointer"],
    "zones": ["caption", "zonehandle"],
    "content": ["that 433 prize sheep perhapsy crossed"],
    "spans": [str(STORY.index("that 433"))],
    "cue": ["muttered"],
    "source": ["Inna Keepa"],
    "chain": ["Outa Namm", "outarole"],
    "source_spans": ["the tall beekeeper", "Our stringer friend"],
    "source_kind": ["footage", "social_account"],
    "source_role": ["innarole", "outarole"],
    "act": ["threaten"],
    "form": ["mixed"],
    "polarity": ["negative"],
    "modality": ["conditional"],
    "hedges": ["wrote"],
    "time": ["2031-05"],
    "time_bounds": ["2031-05-01"],
    "places": ["Orrinville"],
    "coordinates": ["12.34", "12.345678", "471147"],
    "quantities": ["sheepunit"],
    "quantity_bounds": ["411", "prize sheep counted"],
    "targets": ["ontradicts"],
    "probability": ["0.765", "0.7654321"],
    "run": ["modelname-old", "codename-old", "settingname"],
    "assessments": ["Assa Ssor", "Nobody could check the crossing", "Lona Ssor"],
    "silences": ["Sila Nced"],
    "standing": ["acceptreason", "rejectreason", "assessaccepted"],
    "corrections": ["condemn", "correctedabout"],
    "credibility": ["credreason", "documentcred"],
    "notes": ["claimnote", "documentnote"],
    "reliability": ["relreason"],
    "link_words": ["linkreason"],
    "superseded": ["supersededreason", "takenback"],
    "history": [content_id("claim", "early")],
}
UNSIGNED = {"outside", "clock", "cases"}


def everything_in(path: Path) -> str:
    """What a reader of an export gets to see, as one text."""
    if path.is_dir():
        return "\n".join(file.read_text("utf-8") for file in sorted(path.rglob("*.*")))
    if path.suffix == ".xlsx":
        return _workbook(path)
    if path.suffix == ".parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        return str(parquet.read_table(io.BytesIO(path.read_bytes())).to_pylist())
    return path.read_text("utf-8")


def _workbook(path: Path) -> str:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path, read_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.title != "About"]
    cells = (cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells)


def test_every_holding_has_a_sign_and_every_sign_a_holding() -> None:
    assert {holding.key for holding in holdings()} == SIGNS.keys() | UNSIGNED


def test_everything_that_is_counted_is_in_the_table() -> None:
    assert {holding.key for holding in holdings()} >= COUNTED


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_carries_what_the_table_says(name: str, sheep: Store, tmp_path: Path) -> None:
    target = tmp_path / f"out{FORMATS[name].suffix}"
    export(sheep.now, name, target)
    shown = everything_in(target)
    carried = {holding.key: holding.carried[name] for holding in holdings()}
    # A text without places does not tell which of its words are a cue or a source.
    told = shown.replace(json.dumps(STORY.strip(), ensure_ascii=False), "")
    beside = told if carried["spans"] == "no" else shown
    wrong = []
    for holding in holdings():
        if holding.key in UNSIGNED:
            continue
        signs = SIGNS[holding.key]
        where = shown if holding.key == "text" else beside
        found = sum(sign in where for sign in signs)
        least, most = {
            "yes": (len(signs), len(signs)),
            "part": (int(len(signs) > 1), len(signs) - 1),
            "no": (0, 0),
        }[holding.carried[name]]
        if not least <= found <= most:
            here = [sign for sign in signs if sign in where]
            wrong.append(f"{holding.key}: {holding.carried[name]}, but found {here} of {signs}")
    assert not wrong


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_not_carried_has_a_reason(name: str) -> None:
    missing = [h.key for h in holdings() if h.carried[name] != "yes" and not h.why[name]]
    assert not missing


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_says_beside_it_what_it_could_not_carry(
    name: str, sheep: Store, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    left = export(sheep.now, name, target)
    told = (tmp_path / "out.losses.txt").read_text("utf-8")
    assert all(line in told for line in left.losses)
    lost = [h for h in holdings() if h.carried[name] != "yes" and h.key != "outside"]
    assert len(left.losses) == len(lost)
    assert re.search(r"entry \d+, recorded 2033-01-02", told)


def test_nothing_is_told_of_what_was_not_there(tmp_path: Path, sheep: Store) -> None:
    left = export(sheep.as_of(12), "csv", tmp_path / "out.csv")
    assert any(line.startswith("- silences") for line in left.losses)
    assert not any(line.startswith("- decisions: accepted") for line in left.losses)


def test_links_out_of_a_selection_are_counted(sheep: Store) -> None:
    chosen = select(sheep.now, Filter(act="deny"))
    assert chosen.claims is not None
    assert crossing().id not in chosen.claims
    leaving = snapshot(sheep.now, chosen)
    assert len(list(leaving.stories())) == 1
    assert leaving.tally["outside"] == 1
