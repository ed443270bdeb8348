"""Expressions of time in running text, as one pattern made from a language's word lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from allegedly.claims.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNITS = "day|week|weekend|month|year|decade|hour|minute"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWords:
    """The words of time of a language and the patterns that find them."""

    date: re.Pattern[str]
    clock: re.Pattern[str]
    place: re.Pattern[str]
    ahead: re.Pattern[str]
    deadline: re.Pattern[str]
    back: re.Pattern[str]
    opening: re.Pattern[str]
    data: dict[str, dict[str, Any]]


@cache
def calendar_words(language: str = "en") -> CalendarWords:
    """The calendar of a language; raises FileNotFoundError where there is none."""
    data = table("calendar", language)
    ahead = {kind: "|".join(words) for kind, words in data["ahead"].items()}
    return CalendarWords(
        date=re.compile(_dates(data), re.IGNORECASE),
        clock=re.compile(_clocks(data), re.IGNORECASE),
        place=re.compile(rf"\b(?:{_any(data['places'])})\b"),
        ahead=re.compile(
            rf"(?<!\w)(?:(?:{ahead['words']})\b|(?:{ahead['modals']})\b(?! (?:have|not)\b))",
            re.IGNORECASE,
        ),
        deadline=re.compile(rf"\b(?:{ahead['deadlines']})\s$", re.IGNORECASE),
        back=re.compile(rf"\b(?:{ahead['back']})\b", re.IGNORECASE),
        opening=re.compile(rf"(?:\W|\b(?:{ahead['opening']})\b)*", re.IGNORECASE),
        data=data,
    )


def _dates(data: dict[str, dict[str, Any]]) -> str:
    """Alternatives in the order in which they are tried at one place, each with an example."""
    month = rf"(?:{_any(data['months'])})"
    weekday = rf"(?:{_any(data['weekdays'])})"
    day = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
    count = rf"(?:\d{{1,4}}|{_any(data['numbers'])})"
    early = r"(?:(?:early|mid|late|the beginning of|the end of)[ \-](?:in[ ])?)?"
    in_ = _after("in", "since", "by", "until", "of", "during", "early", "late")
    shift = _any(data["shifts"])
    not_clock = r"(?!\d|:|[ ]?[ap]\.?m)"
    alternatives = {
        "iso": r"(?P<iso>\d{4}-\d{2}(?:-\d{2})?)",
        "May 4, 2001": rf"(?:{weekday},?[ ])?(?P<m1>{month})\.?[ ]"
        rf"(?P<d1>\d{{1,2}}(?:st|nd|rd|th)?){not_clock}(?:,?[ ](?P<y1>[12]\d{{3}}))?",
        "4 May 2001": rf"(?:{weekday},?[ ])?(?:the[ ])?(?P<d2>{day})[ ](?:of[ ])?"
        rf"(?P<m2>{month})\b\.?(?:,?[ ](?P<y2>[12]\d{{3}}))?",
        "May 2001": rf"{early}(?P<m3>{month})\b\.?(?:,?[ ](?:of[ ])?(?P<y3>[12]\d{{3}}))",
        "yesterday": rf"(?P<days>{_any(data['days'])})",
        "last May": rf"(?P<shift2>{shift})[ ](?P<m4>{month})",
        "Friday": rf"(?:(?P<shift1>{shift})[ ])?(?P<weekday>{weekday})"
        r"(?:[ ](?P<part>morning|afternoon|evening|night))?",
        "last week": rf"(?:(?:earlier|later|early|late)[ ])?(?P<shift3>{shift})[ ]"
        rf"(?P<unit3>{_UNITS}|{_any(data['seasons'])})",
        "two days ago": rf"(?P<count>{count})[ ](?P<unit4>{_UNITS})s?[ ](?P<dir>ago|earlier|later)",
        "in May": rf"(?:{in_}|(?<=mid-))(?P<m5>(?!may\b){month}|(?-i:May))\b(?![ ]\d)",
        "in 2001": rf"(?:{in_}|{_after('from', 'the')})(?P<y6>1[5-9]\d{{2}}|20\d{{2}})(?P<s6>s)?"
        r"(?![\d,.%]\d)",
    }
    return r"(?<![\w\-])(?:" + "|".join(alternatives.values()) + r")(?![\w])"


def _after(*words: str) -> str:
    """Look-behinds for one of some words and a blank."""
    return "(?:" + "|".join(rf"(?<={word}[ ])" for word in words) + ")"


def _clocks(data: dict[str, dict[str, Any]]) -> str:
    """A clock time with what tells its half of the day and its time zone."""
    zone = rf"(?:[ ](?P<zone>{_any(data['zones'])})\b|[ ](?P<local>local[ ]time))?"
    return (
        r"(?<![\w:.,])(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?:[ ]?(?P<half>[ap])\.?m\b\.?)"
        r"|(?P<hour24>\d{1,2}):(?P<minute24>\d{2})(?![\d:])"
        rf"|(?P<named>{_any(data['clocks'])})\b){zone}"
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
