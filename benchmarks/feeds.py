"""RSS entries and gold cases as the shared collection has them."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from allegedly.linking.events import Story

if TYPE_CHECKING:
    from pathlib import Path

BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt"),
        *("figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
        *("li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    }
)


class _Strip(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skip = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")
        self.skip += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")
        if tag in {"script", "style"} and self.skip:
            self.skip -= 1

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self.parts.append(data)


def plain(markup: str | None) -> str:
    """Markup without tags, white space collapsed line by line, no empty lines."""
    parser = _Strip()
    parser.feed(markup or "")
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).splitlines())
    return "\n".join(line for line in lines if line)


def stories(folder: Path) -> list[Story]:
    """The entries of a folder of feeds, each link once, text composed as offsets count it."""
    found: dict[str, Story] = {}
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                entry: dict[str, Any] = json.loads(line)
                title = " ".join(plain(entry["title"]).split())
                found.setdefault(
                    entry["link"],
                    Story(
                        id=entry["link"],
                        title=title,
                        text=f"{title}\n{plain(entry['description'])}",
                        published=entry["published"],
                        language=entry["language"],
                        publisher=entry["domain"],
                    ),
                )
    return list(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A gold case: what belongs, what careful readers would dispute, which texts are copies."""

    name: str
    members: frozenset[str]
    ignored: frozenset[str]
    origins: tuple[frozenset[str], ...]


def gold(folder: Path) -> list[Gold]:
    """The gold cases of a folder."""
    read = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return [
        Gold(
            name=case["case"],
            members=frozenset(case["members"]),
            ignored=frozenset(case["ignore"]),
            origins=tuple(map(frozenset, case["origins"])),
        )
        for case in read
    ]
