"""docs/formats.md shows the formats, their losses and examples as they are.

`python -m tests.exports.test_formats_page` writes the generated parts anew.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.exports.format_examples import examples

from allegedly.exports.formats import FORMATS, holdings
from allegedly.exports.tables.parquet import SCHEMA
from allegedly.exports.tables.rows import COLUMNS

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
MARKS = {"yes": "yes", "part": "part", "no": "–"}


def loss_table() -> str:
    """What each format carries, a row a thing."""
    lines = [f"| | {' | '.join(FORMATS)} |", "|---" * (len(FORMATS) + 1) + "|"]
    for holding in holdings():
        cells = " | ".join(MARKS[holding.carried[name]] for name in FORMATS)
        lines.append(f"| {holding.words} | {cells} |")
    return "\n".join(lines)


def reasons() -> str:
    """What is missing where something is carried in part, formats of one reason together."""
    lines = ["| carried in part | what is missing |", "|---|---|"]
    for holding in holdings():
        why: dict[str, list[str]] = {}
        for name in FORMATS:
            if holding.carried[name] == "part":
                why.setdefault(holding.why[name], []).append(name)
        told = [f"{', '.join(names)}: {reason}" for reason, names in why.items()]
        if told:
            lines.append(f"| {holding.words} | {'; '.join(told)} |")
    return "\n".join(lines)


def column_table() -> str:
    """The columns of CSV and Excel."""
    lines = ["| column | whose words | what it is |", "|---|---|---|"]
    whose = {"read": "a machine's", "decided": "a person's", "story": "the story's"}
    lines += [f"| {c.name} | {whose[c.origin]} | {c.about} |" for c in COLUMNS]
    return "\n".join(lines)


def schema_table() -> str:
    """The schema of Parquet."""
    lines = ["| column | type |", "|---|---|"]
    lines += [f"| {f.name} | `{f.type}`{'' if f.nullable else ', never null'} |" for f in SCHEMA]
    return "\n".join(lines)


def generated(folder: Path) -> dict[str, str]:
    """What the program knows and the page shows."""
    shown = {f"example {name}": text for name, text in examples(folder).items()}
    tables = {"losses": loss_table(), "parts": reasons(), "columns": column_table()}
    return {**tables, "schema": schema_table(), **shown}


def renewed(text: str, parts: dict[str, str]) -> str:
    """The page with its generated parts made anew."""
    for name, made in parts.items():
        before, begin, rest = text.partition(f"<!-- {name} -->\n")
        assert begin, f"the page has no place for {name}"
        _, end, after = rest.partition("<!-- end -->")
        text = f"{before}{begin}{made}\n{end}{after}"
    return text


def test_the_page_shows_what_the_program_does(tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8")
    assert text == renewed(text, generated(tmp_path))


def test_the_page_names_every_format() -> None:
    text = PAGE.read_text("utf-8")
    for name, wanted in FORMATS.items():
        assert f"### {wanted.title} (`{name}`)" in text


if __name__ == "__main__":
    with TemporaryDirectory() as somewhere:
        PAGE.write_text(renewed(PAGE.read_text("utf-8"), generated(Path(somewhere))), "utf-8")
