"""The house rules that no tool of the check knows."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(p for d in ("src", "tests", "benchmarks") for p in (ROOT / d).rglob("*.py"))
SAY_NOTHING = {"utils", "util", "helpers", "common", "misc", "core", "manager"}
LONGEST = 400


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_is_too_long_to_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


def test_no_module_or_folder_has_a_name_that_says_nothing() -> None:
    parts = {part for p in SOURCES for part in p.relative_to(ROOT).with_suffix("").parts}
    assert parts.isdisjoint(SAY_NOTHING)


def test_init_files_hold_a_docstring_and_names_alone() -> None:
    for path in SOURCES:
        if path.name == "__init__.py" and path.parent.name != "allegedly":
            code = path.read_text("utf-8")
            assert code.startswith('"""'), path
            assert "\ndef " not in code, path
            assert "\nclass " not in code, path


def test_locks_carry_hashes_and_no_addresses() -> None:
    for path in (ROOT / "requirements").glob("*.lock"):
        text = path.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text
