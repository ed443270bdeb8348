"""Rows for people and for programs."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import polars as pl
import pyarrow.parquet as pq
import pytest
from tests.exports.conftest import DOCUMENT, crossing, denial, formula
from tests.store.stories import capture, read, taken

from allegedly import review
from allegedly.exports.leaving import export
from allegedly.exports.selecting import of_claims, select
from allegedly.exports.tables import workbook
from allegedly.exports.tables.parquet import SCHEMA
from allegedly.exports.tables.rows import COLUMNS
from allegedly.exports.tables.safe import guarded
from allegedly.records import Case, Run
from allegedly.store import Filter, NotInLedgerError

if TYPE_CHECKING:
    from allegedly.store import Store


def written(store: Store, name: str, **other: Any) -> bytes:
    out = io.BytesIO()
    export(store.now, name, out, **other)
    return out.getvalue()


def table(store: Store, **other: Any) -> list[dict[str, str]]:
    text = written(store, "csv", **other).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def book(store: Store) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(store, "xlsx")))


def test_a_row_a_claim_in_the_order_of_the_text(sheep: Store) -> None:
    rows = table(sheep)
    assert [row["claim"] for row in rows] == [crossing().id, denial().id, formula().id]
    assert rows[0]["content"] == (
        "that 433 prize sheep perhapsy crossed\nOrrintown bridge … “before dawn”"
    )
    assert rows[0]["links"] == "contradicted by #2"
    assert rows[1]["links"] == "contradicts #1"
    assert rows[0]["through"] == "Outa Namm"
    assert rows[0]["time"] == "2031-05 (early)"
    assert rows[2]["source"] == "the poster 🐑"


def test_what_was_read_and_what_was_decided_are_columns_apart(sheep: Store) -> None:
    first, second, third = table(sheep)
    assert (first["act"], first["decided: act"]) == ("threaten", "condemn")
    assert first["decided: status"] == "accepted"
    assert (first["decided: credibility"], first["decided: reliability"]) == ("4", "E")
    assert second["decided: status"] == "rejected"
    decided = [name for name in third if name.startswith("decided")]
    assert not any(third[name] for name in decided)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "\t=1", " =1", "\n=1", "＝1"])
def test_no_cell_of_csv_calculates(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


def test_a_formula_in_a_story_is_text(sheep: Store) -> None:
    assert table(sheep)[2]["content"] == "'=cmd|'/C calc'!A0"
    sheet = book(sheep)["Claims"]
    column = [cell.value for cell in sheet[1]].index("content") + 1
    cell = sheet.cell(4, column)
    assert (cell.value, cell.data_type) == ("=cmd|'/C calc'!A0", "s")
    assert cell.quotePrefix


def test_csv_opens_in_a_spreadsheet(sheep: Store) -> None:
    data = written(sheep, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data


def test_the_workbook_is_laid_out_for_an_editor(sheep: Store) -> None:
    found = book(sheep)
    assert found.sheetnames == [
        "Claims",
        "Documents",
        "Assessments",
        "Silences",
        "Decisions",
        "About",
    ]
    sheet = found["Claims"]
    assert [cell.value for cell in sheet[1]] == [column.name for column in COLUMNS]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(4, len(COLUMNS)).coordinate}"
    heads = {cell.value: cell for cell in sheet[1]}
    published = sheet.cell(2, heads["published"].column)
    assert published.value == datetime(2031, 5, 6, 7, 8, 9)  # noqa: DTZ001  # Excel has no offsets
    assert published.number_format == "yyyy-mm-dd hh:mm"
    assert sheet.cell(2, heads["address"].column).hyperlink.target == "https://orrin.example/sheep"
    assert sheet.cell(3, 1).font.strike  # the rejected one
    decided = [list(row) for row in found["Decisions"].iter_rows(values_only=True)]
    assert decided[1][:3] == [datetime(2033, 1, 2, 3, 4, 4), "Reva Wer", "reject"]  # noqa: DTZ001
    assert decided[1][5].startswith("that 433 prize sheep perhapsy crossed")
    assert '{"act": "condemn"}' in [row[3] for row in decided if row[2] == "correct"]
    about = " ".join(str(row[0]) for row in found["About"].iter_rows(values_only=True))
    assert "never whether it is true" in about
    assert "zones of the text" in about


def test_what_excel_cannot_hold_is_cut_and_says_so() -> None:
    cut = workbook._cut("x" * 40_000)  # noqa: SLF001
    assert len(cut) == workbook.LONGEST
    assert cut.endswith("(cut: 40,000 characters)")
    assert workbook._date("1848-03-01") is None  # noqa: SLF001
    assert workbook._date("2031-05") is None  # noqa: SLF001
    assert workbook._date("2031-05-06") == date(2031, 5, 6)  # noqa: SLF001


def test_a_full_sheet_goes_on_in_the_next(sheep: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    found = book(sheep)
    assert found["Claims"].max_row == 3
    assert found["Claims (2)"].max_row == 2


def test_parquet_has_the_schema_and_the_words(sheep: Store) -> None:
    data = written(sheep, "parquet")
    found = pq.read_table(io.BytesIO(data))
    assert found.schema.equals(SCHEMA)
    first, second, third = found.to_pylist()
    assert first["content"][1]["text"] == "“before dawn”"
    assert first["time"]["earliest"] == "2031-05-01"
    assert first["decided"]["status"] == "accepted"
    assert [word["reason"] for word in first["decided"]["decisions"]][:1] == ["acceptreason"]
    assert second["decided"]["status"] == "rejected"
    assert third["decided"] is None
    assert pl.read_parquet(io.BytesIO(data)).height == 3


def test_a_search_leaves_alone(sheep: Store) -> None:
    chosen = select(sheep.now, Filter(), "sheep")
    assert [row["claim"] for row in table(sheep, selection=chosen)] == [crossing().id]
    mine = of_claims(sheep.now, [denial().id], "case bridge")
    assert [row["claim"] for row in table(sheep, selection=mine)] == [denial().id]


def test_documents_leave_as_they_were_recorded(sheep: Store) -> None:
    other = read(taken())
    sheep.record(other, capture(other), Run(code="a", model="b"))
    everything = [row["document"] for row in table(sheep)]
    assert everything == [DOCUMENT] * 3 + [other.document.id]
    chosen = select(sheep.now, Filter(since="2031-01-01"))
    assert chosen.documents == (DOCUMENT, other.document.id)


def test_a_case_leaves_with_its_documents(sheep: Store) -> None:
    other = read(taken())
    sheep.record(other, capture(other), Run(code="a", model="b"))
    case = Case(name="bell", title="The bell", seeds=(other.document.id,))
    sheep.record_case(case)
    review.decide(
        sheep, "bell", "in", reviewer="bo", reason="it is about it", value=other.document.id
    )
    chosen = select(sheep.now, Filter(), case="bell")
    assert chosen.documents == (other.document.id,)
    assert [row["claim"] for row in table(sheep, selection=chosen)] == [taken().id]
    assert select(sheep.now, Filter(act="deny"), case="bell").documents == ()
    with pytest.raises(NotInLedgerError):
        select(sheep.now, Filter(), case="tower")


def test_ratings_of_others_stay_at_home(sheep: Store) -> None:
    chosen = select(sheep.now, Filter(act="deny"))
    out = io.BytesIO()
    left = export(sheep.now, "xlsx", out, selection=chosen)
    rows = openpyxl.load_workbook(out)["Decisions"].iter_rows(values_only=True)
    assert "relreason" not in [row[6] for row in rows]
    assert not any("reliability" in line for line in left.losses)
