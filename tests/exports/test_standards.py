"""Every export is what its standard asks for, by the standard's own library where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from benchmarks.export_standards import STANDARDS

from allegedly.exports.formats import FORMATS
from allegedly.exports.leaving import export
from allegedly.exports.selecting import select
from allegedly.store import Filter, Store

if TYPE_CHECKING:
    from pathlib import Path


def test_every_format_has_a_standard() -> None:
    assert STANDARDS.keys() == FORMATS.keys()


@pytest.mark.parametrize("name", FORMATS)
def test_a_ledger_with_everything_is_sound(name: str, sheep: Store, tmp_path: Path) -> None:
    target = tmp_path / f"out{FORMATS[name].suffix}"
    export(sheep.now, name, target)
    assert list(STANDARDS[name](target)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_part_of_it_is_sound(name: str, sheep: Store, tmp_path: Path) -> None:
    target = tmp_path / f"out{FORMATS[name].suffix}"
    export(sheep.now, name, target, selection=select(sheep.now, Filter(act="deny")))
    assert list(STANDARDS[name](target)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_ledger_is_sound(name: str, tmp_path: Path) -> None:
    target = tmp_path / f"out{FORMATS[name].suffix}"
    with Store.open(tmp_path / "empty.ledger", create=True) as store:
        left = export(store.now, name, target)
    assert (left.documents, left.claims) == (0, 0)
    assert list(STANDARDS[name](target)) == []
