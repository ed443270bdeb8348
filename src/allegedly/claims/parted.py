"""Contents that run on into the next attribution of their source are parted there."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.lexicon import table
from allegedly.claims.naming.lists import names, singular
from allegedly.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OPENING = '“"«„'
_CLOSING = '”"»“'
_WORD = re.compile(r"[\w'’-]+")
_QUOTATION = re.compile(rf"[:.!?]\s+(?=[{_OPENING}])")
_SENTENCE = re.compile(r"[.!?:][”\"’']?\s+\Z")
_LEAST = 5  # words of a clause of its own before a quotation, where no word opens one


def parted(text: str, attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    """Cut contents where their source begins to speak anew; what lay within the rest moves there.

    Three forms: a participle of saying or a new clause with *also* and a verb of saying (*urged
    them to leave, saying that …*, *but she also said that …*), and a quotation that stands apart
    after reported words (*warned that the wall could fall: “We have no money.”*).
    """
    moved: dict[int, list[Attribution]] = {}
    for a in attributions:
        current = _within(a, moved)
        if current is None:
            continue
        parts = _parts(text, current)
        moved[id(a)] = parts
        yield from parts


def _within(a: Attribution, moved: dict[int, list[Attribution]]) -> Attribution | None:
    """The attribution within that part of its layer which holds it; none where a part is it."""
    parts = moved.get(id(a.within)) if a.within else None
    if parts is None:
        return a
    if any(cue.overlaps(own) for part in parts[1:] for cue in part.cue for own in a.cue):
        return None  # the layer was parted here: this reads the same words as its own content
    holders = [p for p in parts if any(c.contains(own) for c in p.content for own in a.cue)]
    if not holders:
        return None
    left = tuple(kept for c in a.content for h in holders[0].content if (kept := _shared(c, h)))
    return replace(a, within=holders[0], content=left) if left else None


def _shared(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def _parts(text: str, a: Attribution) -> list[Attribution]:
    for number, span in enumerate(a.content):
        cut = _resumption(text, a, span) or _apart(text, a, span)
        if cut is not None:
            first, rest = cut
            before = replace(a, content=(*a.content[:number], first))
            after = replace(rest, content=(*rest.content, *a.content[number + 1 :]))
            return [before, *_parts(text, after)]
        if number and _stands_apart(text, a, span):
            before = replace(a, content=a.content[:number])
            return [before, replace(a, content=a.content[number:])]
    return [a]


@cache
def _resumed() -> re.Pattern[str]:
    lists = table("events", "en")
    besides, going = "|".join(lists["besides"]), "|".join(lists["going_on"])
    verbs = "|".join(lists["resumed"])
    return re.compile(
        rf"(?P<edge>,? )(?:(?P<cue>(?:(?P<also>{besides}) )?(?:{going}))"
        rf"|(?:and|but|while) (?P<who>he|she|it|they|[A-Z]\w+) (?P<verb>also (?:{verbs})))"
        rf" (?:\([^()\n]{{1,80}}\) )?(?=that\b|[{_OPENING}])"
    )


def _resumption(text: str, a: Attribution, span: Span) -> tuple[Span, Attribution] | None:
    """The content up to where its source speaks anew, and the attribution that begins there."""
    for match in _resumed().finditer(text, span.start, span.end):
        before = Span(span.start, match.start())
        said = before.cut(text)
        if match.end() >= span.end or not said.strip() or _is_open(said):
            continue
        if match["cue"] and not match["also"] and not _is_whole(said, comma="," in match["edge"]):
            continue
        cue = match.span("cue") if match["cue"] else match.span("verb")
        who = (Span(*match.span("who")),) if match["who"] else a.source
        rest = replace(a, source=who, cue=(Span(*cue),), content=(Span(match.end(), span.end),))
        return before, rest
    return None


def _is_open(said: str) -> bool:
    """Whether a quotation opened in the words is not closed in them."""
    straight = said.count('"') % 2
    return bool(straight) or said.count("“") > said.count("”")


def _is_whole(said: str, *, comma: bool) -> bool:
    """Whether the words are a clause, and do not end in a noun that the participle belongs to."""
    found = [w.lower() for w in _WORD.findall(said)]
    lists = table("events", "en")
    known = found[0] in lists["definite"] and found[0] not in lists["indefinite"]
    if known and found[-1] in lists["disputed"]:
        return True  # *dismissed the allegations saying that*: it is not they that say it
    if found[0] not in lists["opens_clause"] and not comma:
        return False
    last = _WORD.findall(said)[-1]
    speaks = singular(found[-1]) in names().nouns or singular(found[-1]) in names().roles
    named = last[:1].isupper() and len(found) > 1
    return not (speaks or named or set(lists["indefinite"]) & set(found[-4:-1])) or comma


def _apart(text: str, a: Attribution, span: Span) -> tuple[Span, Attribution] | None:
    """Reported words and the quotation that ends the content, where a stop or colon parts them."""
    if text[span.start] in _OPENING or text[span.end - 1] not in _CLOSING:
        return None
    for match in _QUOTATION.finditer(text, span.start, span.end):
        before = Span(span.start, match.start() + (text[match.start()] != ":"))
        inner = text[match.end() + 1 : span.end - 1]
        if _is_clause(before.cut(text)) and not _is_open(before.cut(text)) and '"' not in inner:
            return before, replace(a, content=(Span(match.end(), span.end),))
    return None


def _stands_apart(text: str, a: Attribution, span: Span) -> bool:
    """Whether a span is a quotation in a sentence of its own after words that are reported."""
    before = text[max(0, span.start - 4) : span.start]
    quoted = any(text[c.start] in _OPENING for c in a.content if c.start < span.start)
    return text[span.start] in _OPENING and not quoted and bool(_SENTENCE.search(before))


def _is_clause(said: str) -> bool:
    found = [w.lower() for w in _WORD.findall(said)]
    return bool(found) and (
        found[0] in table("events", "en")["opens_clause"] or len(found) >= _LEAST
    )
