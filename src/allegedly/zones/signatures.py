"""How embedded social posts sign themselves, and what of their text is not words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.zones.cues import DATE

if TYPE_CHECKING:
    from collections.abc import Iterator

_HANDLE: Final = r"@(?P<handle>\w[\w.]{0,40})"
_DASH: Final = r"[—–-]{1,2}"
# A clock before or after the date, "3h", "Edited" and what else platforms add.
_WHEN: Final = (
    rf"(?:[\s·•|,–—-]*(?:\d{{1,2}}:\d\d\s*(?:[AP]M)?\s*[·•–—-]?\s*)?(?P<date>{DATE})"
    r"(?:[\s,]+\d{1,2}:\d\d.{0,10})?|\s*[·•]\s*\d{1,2}\s?[smhd])"
)
_SHARED: Final = (
    r"(?:^|\s)(?:a|this) (?:post|photo|video|reel) (?:shared|posted) by [^\n@]{0,80}"
    rf"\(?{_HANDLE}\)?(?: on {DATE}.{{0,40}})?"
)
_CHANNEL: Final = (
    rf"(?:^|\s|(?=—)){_DASH}\s*[^\n@().]{{1,60}}\s(?:\(|on |via |/ ?)?"
    rf"(?:telegram|t\.me/(?P<channel>\w{{3,40}}))\)?"
)
# The forms of a signature at the end of a line. A handle in the midst of a sentence, or without
# a dash and a date, is only mentioned.
_FORMS: Final = tuple(
    re.compile(form + rf"{_WHEN}?[\s.]*$" if form.startswith(r"(?:^") else form, re.IGNORECASE)
    for form in (
        rf"(?:^|\s|(?=—)){_DASH}\s*[^\n@()]{{1,80}}\({_HANDLE}\)",
        rf"^[^\n@()]{{1,80}}\({_HANDLE}\){_WHEN}[\s.]*$",
        rf"^[^\n@.]{{0,60}}{_HANDLE}{_WHEN}[\s.]*$",
        _SHARED,
        rf"(?:^|\s|(?=—)){_DASH}\s*{_HANDLE}",
        _CHANNEL,
    )
)
_OPENING: Final = re.compile(
    r"(?:view (?:this|the) (?:post|profile) on (?:instagram|threads|facebook)"
    r"|(?:tweet|post|embed) (?:from|by) @)",
    re.IGNORECASE,
)
_FORWARDED: Final = re.compile(r"forwarded from:? (?P<author>\S.{0,80})$", re.IGNORECASE)
_LINK: Final = re.compile(
    r"(?:https?://[^\s—]+|\b(?:pic\.(?:twitter|x)\.com|t\.co|t\.me|instagr\.am|fb\.watch)/[^\s—]+)"
)
# Flags, faces and other pictures, and the joiners between them.
_PICTURE: Final = re.compile(
    "[\u203c\u2049\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    "[\ufe0f\u200d\u20e3\U0001f000-\U0001faff]*"
)
_PICTURES: Final = re.compile(rf"(?:{_PICTURE.pattern}|\s)+")
_SIGNATURE_LENGTH: Final = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Where in a line a post's signature starts, whose it is and the date words it shows."""

    start: int
    author: str | None
    shown: str


def signature_in(line: str) -> Signature | None:
    """The signature that ends a line; None where there is none."""
    cut = max(0, len(line) - _SIGNATURE_LENGTH)
    tail = line[cut:]
    if "@" not in tail and "t.me/" not in tail.lower() and "telegram" not in tail.lower():
        return None
    for form in _FORMS:
        # Lines are searched from the last dash on, so that a dash in the post's own words is
        # never taken for the signature's.
        match = _last(form, tail)
        if match and not (form.pattern.startswith("^") and cut):
            return _signature(match, cut)
    return None


def _last(form: re.Pattern[str], tail: str) -> re.Match[str] | None:
    dashes = [place.start() for place in re.finditer(rf"(?<!\S){_DASH}|—", tail)]
    for start in reversed([0, *(max(0, dash - 1) for dash in dashes)]):
        match = form.search(tail, start)
        if match:
            return match
    return None


def _signature(match: re.Match[str], cut: int) -> Signature:
    groups = match.groupdict()
    author = groups.get("handle") or groups.get("channel")
    lead = len(match[0]) - len(match[0].lstrip())
    return Signature(
        start=cut + match.start() + lead,
        author=author.rstrip(".") if author else None,
        shown=match[0],
    )


def opens_post(line: str) -> bool:
    """Whether the line is what a platform prints above a post."""
    return _OPENING.match(line) is not None or forwarded_from(line) is not None


def forwarded_from(line: str) -> str | None:
    """Whose post the next line is, where this one says that it was forwarded."""
    match = _FORWARDED.match(line)
    return match["author"].strip().lstrip("@") if match else None


def links(line: str) -> Iterator[tuple[int, int]]:
    """Where the links in a line are, as starts and ends in it."""
    return (match.span() for match in _LINK.finditer(line))


def media_link(line: str) -> bool:
    """Whether the line has a link of the kind that platforms put into posts."""
    return re.search(r"\b(?:pic\.(?:twitter|x)\.com|t\.co)/\w", line) is not None


def starts_with_picture(line: str) -> bool:
    """Whether the line starts with an emoji, as posts do and stories do not."""
    return _PICTURE.match(line) is not None


def without_pictures(line: str) -> int:
    """How many characters of emoji and blanks the line starts with."""
    match = _PICTURES.match(line)
    return match.end() if match else 0
