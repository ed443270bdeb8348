"""A brief as text, Markdown, HTML or JSON."""

from __future__ import annotations

import re
from dataclasses import asdict
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from allegedly.brief.saying import day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from allegedly.brief.parts import Brief, Reference, Section, Sentence

WIDTH: Final = 88
# What Markdown would read as its own, wherever it stands in somebody's words.
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")
_STARTS: Final = re.compile(r"^(\d+)([.)])|^([-+])")


def to_json(brief: Brief) -> dict[str, Any]:
    """The brief as plain data."""
    return asdict(brief)


def to_text(brief: Brief, *, width: int = WIDTH) -> str:
    """The brief for a terminal, wrapped."""
    lines = [fill(brief.title, width), *_wrapped(_about(brief), width)]
    for section in brief.sections:
        lines += ["", section.heading.upper()]
        for item in section.items:
            told = " ".join(f"{sentence.text}{_numbers(sentence)}" for sentence in item)
            lines.append(_item(told, "- ", width))
        lines += _wrapped(_more(section), width)
    lines += ["", "STORIES"]
    for each in brief.references:
        lines.append(_item(_reference(each), f"[{each.number}] ", width))
        lines += [f"    {each.uri}"] if each.uri else []
    return "\n".join(lines) + "\n"


def to_markdown(brief: Brief) -> str:
    """The brief in CommonMark; nothing in anybody's words is read as mark-up."""
    parts = [f"# {_plain(brief.title)}", *map(_plain, _about(brief))]
    for section in brief.sections:
        items = [f"- {' '.join(map(_told, item))}" for item in section.items]
        parts += [f"## {section.heading}", "\n".join(items), *map(_plain, _more(section))]
    listed = "\n".join(_listed(each) for each in brief.references)
    return "\n\n".join(part for part in [*parts, "## Stories", listed] if part) + "\n"


def to_html(brief: Brief) -> str:
    """The brief as a page of its own, without script and without anything loaded."""
    loader = PackageLoader("allegedly.brief")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.filters["day"] = day
    more: Callable[[Section], list[str]] = _more
    page = environment.get_template("brief.html.j2")
    return page.render(brief=brief, about=_about(brief), more=more) + "\n"


def _about(brief: Brief) -> list[str]:
    as_of = "" if brief.as_of == "now" else f" As it stood at {brief.as_of}."
    return [*filter(None, [brief.description]), f"{brief.summary}{as_of}"]


def _more(section: Section) -> list[str]:
    return [f"{section.left_out} more in the case."] if section.left_out else []


def _numbers(sentence: Sentence) -> str:
    return f" [{', '.join(map(str, sentence.references))}]" if sentence.references else ""


def _told(sentence: Sentence) -> str:
    return f"{_plain(sentence.text)}{_plain(_numbers(sentence))}"


def _reference(each: Reference) -> str:
    said = [each.publisher, each.title, day(each.published), each.document[:12]]
    return ". ".join(part for part in said if part)


def _listed(each: Reference) -> str:
    said = _plain(". ".join(filter(None, [each.publisher, each.title, day(each.published)])))
    link = f" <{each.uri}>" if each.uri and _is_link(each.uri) else ""
    return f"{each.number}. {said}.{link} `{each.document[:12]}`"


def _is_link(uri: str) -> bool:
    return re.fullmatch(r"https?://[^\s<>]+", uri) is not None


def _plain(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", text)
    return _STARTS.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)


def _item(text: str, mark: str, width: int) -> str:
    return fill(text, width, initial_indent=mark, subsequent_indent=" " * len(mark))


def _wrapped(paragraphs: list[str], width: int) -> Iterator[str]:
    for paragraph in paragraphs:
        yield fill(paragraph, width)
