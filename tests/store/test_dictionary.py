"""The data dictionary names every table, view and column, and none beside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect

if TYPE_CHECKING:
    from allegedly.store import Store

PAGE = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text("utf-8")


def dictionary() -> dict[str, list[str]]:
    """Tables and views with their columns as the page tells them."""
    found = {}
    for names, table in re.findall(r"^### (.+)\n((?:(?!^### ).*\n)*)", PAGE, re.MULTILINE):
        columns = [
            column
            for cell in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
            for column in re.findall(r"`(\w+)`", cell)
        ]
        for name in re.findall(r"`(\w+)`", names):
            found[name] = columns
    return found


def test_the_dictionary_is_true(ledger: Store) -> None:
    told = dictionary()
    with ledger.database.reading() as connection:
        inspected = inspect(connection)
        names = {*inspected.get_table_names(), *inspected.get_view_names()}
        names = {n for n in names if "_index" not in n and n != "allegedly_schema"}
        assert set(told) == names
        for name in names:
            columns = {column["name"] for column in inspected.get_columns(name)}
            shown = set(told[name]) - ({"as_of"} if name.endswith("_current") else set())
            assert shown == columns, name
