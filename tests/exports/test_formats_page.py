"""docs/formats.md shows the formats, their losses and examples as they are.

`python -m tests.exports.test_formats_page` writes the generated parts anew.
"""

from __future__ import annotations

import re
from pathlib import Path

from allegedly.exports.formats import FORMATS, holdings

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


GENERATED = {"losses": loss_table, "parts": reasons}


def renewed(text: str) -> str:
    """The page with its generated parts made anew."""
    for name, make in GENERATED.items():
        pattern = rf"(<!-- {name} -->\n).*?(\n<!-- end -->)"
        text = re.sub(pattern, lambda m: m[1] + make() + m[2], text, flags=re.DOTALL)  # noqa: B023
    return text


def test_the_page_shows_the_table_of_losses() -> None:
    text = PAGE.read_text("utf-8")
    assert all(f"<!-- {name} -->" in text for name in GENERATED)
    assert text == renewed(text)


def test_the_page_names_every_format() -> None:
    text = PAGE.read_text("utf-8")
    for name, wanted in FORMATS.items():
        assert f"### {wanted.title} (`{name}`)" in text


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf-8")), "utf-8")
