"""What somebody is reported not to have said."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.clauses import layout
from allegedly.claims.naming.lists import names, table
from allegedly.claims.phrases import pronouns
from allegedly.records import Attribution, Silence, Span, Zone, content_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.clauses import Layout
    from allegedly.records import Document, Passage, Source

_STOP = re.compile(
    r"[;:!?\n\"“”]|,(?: |$)|\.(?=[\s\"”]|$)| (?:but|although|though|while|because|nor)\b"
    r"| and (?=(?:no one|nobody|he|she|they|it|the|has|have|had|did|said|was|were|is|\w+ed)\b)"
)
_CUT = re.compile(
    r"[;:\"“”()—–]|\b(?:and|but|or|although|though|while|because|that|said|says|whereas|if|as)\b"
)
_FROM = tuple(
    re.compile(rf"\b(?:{word}) ((?:the |an? )?[^.,;\n]{{2,60}})") for word in ("from|by", "on|in")
)
_ABOUT = re.compile(
    r"\b(?:on|about|of|for|regarding|concerning|if|whether|how|when|why|what|where|who|which)\b"
)
# What somebody did besides keeping silent is no part of the matter.
_AND_DID = re.compile(
    r",? (?:and|but) (?:\w+ly )?(?:\w+ed|hung|left|took|gave|went|made|did|ha[sd]|was|were|is)\b"
)
_PREPOSITION = re.compile(r"^(?:on|about|of|for|regarding|concerning)\b\s*", re.IGNORECASE)
_REQUEST = re.compile(
    r"(?:an?|any|further|more|immediate|\s)*(?:comments?|interviews?|details|information"
    r"|clarification|response|reaction)(?: (?:by|on|late|early|this|last) [\w ]{1,30})?",
    re.IGNORECASE,
)
_READ = frozenset({"story", "headline", "caption", "social_post"})
_LONGEST = 240
_FARTHEST = 160


def unsaid(
    document: Document,
    passages: Sequence[Passage],
    attributions: Sequence[Attribution] = (),
) -> tuple[Attribution, ...]:
    """The reported silences of a document's passages, in the order of the text.

    Each is written as an attribution without a cue, of what was not said to who did not say it, so
    that its subject can be resolved beside the sources. `attributions` are those already read: they
    tell who is meant where a clause leaves its subject out.
    """
    text = document.text
    page = layout(text)
    ordered = sorted(attributions, key=_begins)
    found: list[Attribution] = []
    for passage in passages:
        if passage.zone.kind in _READ:
            found.extend(_of_passage(text, page, passage, ordered))
    return tuple(found)


def silence(document: Document, found: Attribution, source: Source | None) -> Silence:
    """The record of one of those that `unsaid` found, its subject resolved to a source."""
    (span,) = found.content
    words = " ".join(part.cut(document.text) for part in found.source)
    return Silence(
        id=content_id("silence", document.id, span.start, span.end),
        name=source.name if source and not _nobody(words) else None,
        name_spans=found.source,
        spans=found.content,
        about=_matter(span.cut(document.text)),
    )


def _of_passage(
    text: str, page: Layout, passage: Passage, attributions: Sequence[Attribution]
) -> list[Attribution]:
    found: list[Attribution] = []
    last = passage.span.start
    for match in _pattern().finditer(text, passage.span.start, passage.span.end):
        if match.start() < last or page.quotation(match.start()) is not None:
            continue
        span = Span(match.start(), _clause_end(text, match, passage.span.end))
        subject = _subject(text, page, match, attributions)
        found.append(_unsaid(span, subject, passage.zone))
        last = span.end
    return found


def _clause_end(text: str, match: re.Match[str], limit: int) -> int:
    stop = _STOP.search(text, match.end(), min(limit, match.end() + _LONGEST))
    end = stop.start() if stop else min(limit, match.end() + _LONGEST)
    return max(match.end(), match.start() + len(text[match.start() : end].rstrip()))


def _subject(
    text: str, page: Layout, match: re.Match[str], attributions: Sequence[Attribution]
) -> Span | None:
    """The words of who kept silent: inside the pattern, else to the left in the clause."""
    for group in ("after", "nobody", "addressee", "pair"):
        if match.group(group):
            return Span(*match.span(group))
    if match.group("unclaimed") or match.group("nothing") or match.group("undisclosed"):
        return None
    if match.group("lack"):
        return _giver(text, match.end(), _clause_end(text, match, len(text)))
    if match.group().lower().startswith("without"):
        return _elided(page, match.start(), attributions)
    start = max(page.sentences[page.sentence(match.start())], match.start() - _FARTHEST)
    return _left(text, start, match.start()) or _elided(page, match.start(), attributions)


def _giver(text: str, start: int, end: int) -> Span | None:
    """From whom there was no word; *from* and *by* name him, else *on* and *in* where it stands."""
    for pattern in _FROM:
        found = pattern.search(text, start, end)
        if found:
            return _trim(text, *found.span(1))
    return None


def _left(text: str, start: int, end: int) -> Span | None:
    cuts = [start, *(cut.end() for cut in _CUT.finditer(text, start, end))]
    begin = cuts[-1]
    clause = text[begin:end]
    if clause.rstrip().endswith(","):
        return _apposed(text, start, end)
    return _trim(text, begin + clause.rfind(", ") + 2 if ", " in clause else begin, end)


def _apposed(text: str, start: int, end: int) -> Span | None:
    """A subject closed by a comma: Jane Roe, a spokeswoman, declined."""
    clause = text[start:end].rstrip(" ,")
    parts = clause.split(", ")
    while len(parts) > 1 and _adverbial(parts[0]):
        start += len(parts.pop(0)) + 2
    return _trim(text, start, start + len(", ".join(parts)))


def _adverbial(words: str) -> bool:
    found = words.lower().split()
    lists = names()
    if not found or found[0] in lists.prepositions:
        return True
    alone = len(found) == 1 and found[0] in lists.plain
    return alone and found[0] not in lists.plurals and found[0] not in pronouns()


_ADVERBS = re.compile(
    r"(?:\s|\b(?:so far|thus far|to date|until now|also|however|still|yet|again|then|later"
    r"|ha[sd]|have|was|were|but|\w+ly)\b)+$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:\s|(?:However|Meanwhile|Still|Yet|So|But|And|When|Although)\b)+", re.IGNORECASE
)


def _trim(text: str, start: int, end: int) -> Span | None:
    lead = _LEADING.match(text, start, end)
    start = lead.end() if lead else start
    tail = _ADVERBS.search(text, start, end)
    end = tail.start() if tail else end
    words = text[start:end].strip(" \"'“”‘’,.").split()
    if len(words) > 1 and words[-1].lower() in pronouns():
        start, words = end - len(words[-1]), words[-1:]
    return Span(start, end) if words and not _adverbial(" ".join(words)) else None


def _elided(page: Layout, at: int, attributions: Sequence[Attribution]) -> Span | None:
    """She said …, but declined to comment: the speaker of the same sentence."""
    # In document order, so those of one sentence stand together.
    first = bisect_left(attributions, at - _FARTHEST, key=_begins)
    near: list[Span] = []
    for attribution in attributions[first:]:
        if _begins(attribution) >= at:
            break
        near.extend(span for span in attribution.source if span.end <= at)
    same = [span for span in near if page.sentence(span.start) == page.sentence(at)]
    return max(same, default=None)


def _begins(attribution: Attribution) -> int:
    return min(span.start for span in (*attribution.source, *attribution.content))


def _unsaid(span: Span, subject: Span | None, zone: Zone) -> Attribution:
    return Attribution(
        source=(subject,) if subject else (),
        cue=(),
        content=(span,),
        zone=zone,
        score=1.0,
        method="silence",
    )


def _matter(words: str) -> str | None:
    """The matter without its preposition; None where only a request for words is told.

    A verb such as *discuss* or *identify* has its matter for an object.
    """
    thing = _objects().search(words)
    about = _ABOUT.search(words)
    first = thing.end() if thing and not (about and about.start() < thing.start()) else None
    if first is None and about is None:
        return None
    rest = words[first:] if first is not None else words[about.start() :] if about else ""
    bare = _AND_DID.split(_PREPOSITION.sub("", rest.strip()), maxsplit=1)[0].strip(" ,")
    return None if not bare or _REQUEST.fullmatch(bare) else bare


@cache
def _objects() -> re.Pattern[str]:
    verbs = "|".join(table("silences")["transitive"])
    return re.compile(rf"\b(?:{verbs})\b", re.IGNORECASE)


def _nobody(words: str) -> bool:
    return words.lower() in table("silences")["nobody"]


@cache
def _pattern() -> re.Pattern[str]:
    """All ways of not saying as one expression; nothing in it repeats without a bound.

    Its templates may use the lists, and the templates before them, by name in braces.
    """
    lists = table("silences")
    parts = {key: "|".join(words) for key, words in lists.items() if key != "templates"}
    parts["pronouns"] = "|".join(sorted(pronouns()))
    for name, template in lists["templates"].items():
        parts[name] = template.format(**parts)
    return re.compile(parts["all"], re.IGNORECASE)
