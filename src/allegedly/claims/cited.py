"""Sources that another source is said to cite become hops of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.clauses import layout
from allegedly.claims.lexicon import table
from allegedly.claims.naming.lists import table as naming_table
from allegedly.claims.nested import is_source, with_nested
from allegedly.claims.relays import with_relays
from allegedly.claims.subjects import with_subjects
from allegedly.records import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.records import Spans

# A quotation and who is the subject of the passive after it.
_QUOTED = re.compile(r"(?P<said>[“\"].+[”\"]),? (?P<who>[^“”\"\n]{2,160})", re.DOTALL)
# The subject between a quotation and the passive, where the quotation alone was read.
_SUBJECT = re.compile(r"[,”\"]* (?P<who>[^,;:.“”\"\n]{2,160}) ")
# A clause before whoever quotes it, and what tells no more than when and where.
_FRONTED = re.compile(r"\s*(?P<said>[^\n]{12,}?),[”\"]? ")
_CIRCUMSTANCE = re.compile(
    r"\W*(?:$|(?:on|in|at|after|before|during|by|to|for|from|via|over|late|early|earlier|later|last"
    r"|this|today|yesterday|when|while|as|with|amid|following|according)\b(?!.*\bthat\b))",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being) (?:\w+ly )?(?:quoted|cited)$")
_RELATIVE = 12  # code points of *which* before a verb that cites
# One noun phrase and no clause: nothing is quoted in it, and no comma parts it.
_NOUN_PHRASE = re.compile(r"[^,;:.“”\"\n]{2,160}(?:\b[A-Z][a-z]{0,3}\.[^,;:.“”\"\n]*)?")
LONGEST = 160  # code points of a cited source; a longer stretch is a clause and no name


def _any_of(key: str) -> str:
    """A pattern of the words of one list."""
    lists = naming_table("relays") if key in naming_table("relays") else table("events", "en")
    return "|".join(map(re.escape, lists[key]))


@cache
def _opening() -> re.Pattern[str]:
    """A content that opens with whom its source cites: *citing officials, that …*."""
    return re.compile(
        rf"(?P<cue>{_any_of('citing')})\s+(?P<who>[^,;:.“”\"]{{2,{LONGEST}}}?),\s+", re.IGNORECASE
    )


@cache
def _who() -> re.Pattern[str]:
    """A cited source with the comma that parts it from what it said."""
    return re.compile(rf"(?P<who>[^,;:.“”\"]{{2,{LONGEST}}}?),\s+")


def _is_citing(text: str, a: Attribution) -> bool:
    last = max(a.cue, key=lambda s: s.end, default=None)
    if last is None:
        return False
    low = max(0, last.start - _RELATIVE)
    return re.search(rf"\b(?:{_any_of('citing')})$", text[low : last.end].lower()) is not None


@cache
def _closing() -> re.Pattern[str]:
    """A source that ends with whom it cites: *CNN, citing two officials*."""
    return re.compile(
        rf",?\s+(?P<cue>{_any_of('citing')})\s+(?P<who>[^,;:“”\"]{{2,{LONGEST}}}?),?$",
        re.IGNORECASE,
    )


def with_cited(text: str, attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    """Give every source that another passes on a layer of its own within the other.

    An attribution whose source cites another becomes two, the cited one within the other; one that
    only tells whom a neighbour cites joins that neighbour; whoever was told, or passed the words
    on, becomes a layer around; sources inside contents that were not read before are added.
    """
    joined = list(_split(text, _with_citations(text, list(with_subjects(text, attributions)))))
    joined = list(_with_unread(text, joined))
    yield from with_relays(text, list(with_nested(text, joined)))


def _with_citations(text: str, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """Join *citing two officials*, read as an attribution, to what its source says beside it."""
    hosts = {id(a): host for a in attributions if (host := _host(text, a, attributions))}
    citing = {id(hosts[id(a)]): a for a in attributions if id(a) in hosts}
    moved: dict[int, Attribution] = {}
    for a in attributions:
        outer = moved.get(id(a.within)) if a.within else None
        current = replace(a, within=outer) if outer is not None else a
        cited = citing.get(id(a))
        if id(a) not in hosts:
            yield current
        if cited is not None:
            cue = _with_cue(a.cue, *cited.cue)
            inner = replace(current, source=cited.content[:1], cue=cue, within=current)
            yield inner
            current = inner
        if current is not a:
            moved[id(a)] = current


def _host(text: str, a: Attribution, attributions: Sequence[Attribution]) -> Attribution | None:
    """The attribution of the same source and sentence for which this one only tells its source."""
    if not _is_citing(text, a) or not _NOUN_PHRASE.fullmatch(text, *_ends(a.content[0])):
        return None
    page = layout(text)
    number = page.sentence(a.cue[0].start)
    for other in attributions:
        beside = other is not a and other.within is a.within and other.cue and other.source
        if (
            not beside
            or _is_citing(text, other)
            or any(a.content[0].overlaps(c) for c in other.content)
        ):
            continue
        same = not a.source or a.source[0].overlaps(other.source[0])
        if same and page.sentence(other.cue[0].start) == number:
            return other
    return None


def _with_cue(cue: Spans, *added: Span) -> Spans:
    """A cue with words that it has not yet, in the order of the text."""
    fresh = (span for span in added if not any(span.overlaps(own) for own in cue))
    return tuple(sorted((*cue, *fresh)))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _split(text: str, attributions: Iterable[Attribution]) -> Iterator[Attribution]:
    read = list(attributions)
    holding = {id(a.within) for a in read}
    moved: dict[int, Attribution] = {}
    for a in read:
        outer = moved.get(id(a.within)) if a.within else None
        current = replace(a, within=outer) if outer is not None else a
        layers = (
            _quoted_as(text, current) or _in_content(text, current) or _in_source(text, current)
        )
        if not layers and id(a) not in holding:
            layers = _as_saying(text, current)
        layers = layers or (current,)
        if layers[-1] is not a:
            moved[id(a)] = layers[-1]
        yield from layers


def _with_unread(text: str, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """Add whom a source cites in words beside it that no attribution has."""
    taken = [s for a in attributions for s in (*a.source, *a.cue, *a.content)]
    moved: dict[int, Attribution] = {}
    for a in attributions:
        outer = moved.get(id(a.within)) if a.within else None
        current = replace(a, within=outer) if outer is not None else a
        yield current
        match = _unread(text, a) if a.within is None and a.source and a.cue else None
        if match is not None:
            who = Span(*match.span("who"))
            if not any(who.overlaps(span) for span in taken):
                cue: Spans = (Span(*match.span("cue")),)
                if match.re is not _frame_before():
                    cue = _with_cue(a.cue, *cue)
                current = replace(current, source=(who,), cue=cue, within=current)
                yield current
        if current is not a:
            moved[id(a)] = current


def _unread(text: str, a: Attribution) -> re.Match[str] | None:
    """*, citing two officials* right after the source, or at the end of all that is said."""
    last = max(span.end for span in (*a.source, *a.cue, *a.content))
    beside = (_beside().match(text, at, at + 2 * LONGEST) for at in (a.source[-1].end, last))
    return next((match for match in beside if match), None) or _according(text, a)


def _according(text: str, a: Attribution) -> re.Match[str] | None:
    """*According to the union, the pit is shut, the Courier said*: the union within the Courier."""
    if not a.content:
        return None
    start = a.content[0].start
    if any(cue.end < start for cue in a.cue):
        return None
    low = layout(text).sentence_range(start, len(text))[0]
    match = _frame_before().match(text, low, start)
    return match if match and is_source(match["who"]) else None


@cache
def _frame_before() -> re.Pattern[str]:
    """All of a sentence up to a clause, where that is a phrase that names whose words they are."""
    cues = "|".join(map(re.escape, table("events", "en")["framing"]))
    joins = "|".join(table("events", "en")["joins_clauses"])
    return re.compile(
        rf"\s*(?i:(?:{joins}),? )?(?P<cue>(?i:according to|{cues})) "
        rf"(?P<who>[^,;:“”\"\n]{{2,{LONGEST}}}), $"
    )


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(
        rf",?[”\"]? (?P<cue>{_any_of('citing')}) (?P<who>[^,;:.“”\"\n]{{2,{LONGEST}}})(?=[,.;]|$)",
        re.IGNORECASE | re.MULTILINE,
    )


@cache
def _said_as() -> re.Pattern[str]:
    who = rf"[^,;:.“”\"]{{2,{LONGEST}}}?(?:, [^,;:.“”\"]{{2,{LONGEST // 2}}}?)?"
    return re.compile(rf"(?P<who>{who}),? (?P<cue>{_any_of('as_saying')})(?:,? |(?=[,.]?$))")


def _as_saying(text: str, a: Attribution) -> tuple[Attribution, ...]:
    """*quoted the minister as saying …*: the minister speaks within whoever quotes."""
    if not a.content or not a.source:
        return ()
    first, *rest = a.content
    match = _said_as().match(text, first.start, first.end)
    if match is None:
        return ()
    cue = _with_cue(a.cue, Span(*match.span("cue")))
    said = _said_before(text, a, match.end())
    if said is None and match.end() >= first.end:
        return ()
    left = (said,) if said else (Span(match.end(), first.end), *rest)
    return a, replace(a, source=(Span(*match.span("who")),), cue=cue, content=left, within=a)


def _said_before(text: str, a: Attribution, at: int) -> Span | None:
    """The clause before *…, Tass quoted the minister as saying on Monday*, which is what he says.

    What follows is no more than when and where, and what stands before is more than that.
    """
    if not _CIRCUMSTANCE.match(text[at : a.content[0].end]):
        return None
    start = a.source[0].start
    match = _FRONTED.fullmatch(text, layout(text).sentence_range(start, len(text))[0], start)
    if match is None or _CIRCUMSTANCE.match(match["said"]):
        return None
    return Span(*match.span("said"))


def _quoted_as(text: str, a: Attribution) -> tuple[Attribution, ...]:
    """*Lupu was quoted as saying …*: the subject of the passive speaks, whoever quotes it."""
    a = _with_manner(text, a)
    if not any(_passive().search(c.cut(text)) for c in a.cue) and not _is_broken(text, a):
        return ()
    a = _parted(text, a)
    subject = next((c for c in a.content if _touches(text, c, a.cue[0])), None)
    if subject is None or not a.content[1:]:
        subject = _unread_subject(text, a)
    if subject is None:
        return ()
    outer = replace(a, content=tuple(c for c in a.content if c is not subject))
    if not a.source:
        return (replace(outer, source=(subject,)),)
    return outer, replace(outer, source=(subject,), within=outer)


def _with_manner(text: str, a: Attribution) -> Attribution:
    """*The minister was quoted by Tass as saying …*: the end of the cue, read with the content."""
    if not a.content or not a.cue or not _PASSIVE.search(a.cue[-1].cut(text)):
        return a
    last = a.content[-1]
    match = _manner().match(text, last.start, last.end)
    if match is not None and last.start >= a.cue[-1].end:
        left = (*a.content[:-1], Span(match.end(), last.end))
        return replace(a, cue=(*a.cue, Span(*match.span("cue"))), content=left)
    behind = bool(a.source) and a.source[0].start > a.cue[-1].end
    match = _manner().match(text, a.source[-1].end + 1) if behind else None
    return a if match is None else replace(a, cue=(*a.cue, Span(*match.span("cue"))))


def _is_broken(text: str, a: Attribution) -> bool:
    """Whether *was quoted … as saying* is the cue, with who quotes in its midst."""
    return len(a.cue) > 1 and _manner().fullmatch(f"{a.cue[-1].cut(text)} ") is not None


@cache
def _manner() -> re.Pattern[str]:
    return re.compile(rf"(?P<cue>{_any_of('as_saying')}),? ")


def _unread_subject(text: str, a: Attribution) -> Span | None:
    """*“It is over,” Ana Lupu was quoted as saying by the Courier*, read without its Ana Lupu."""
    before = [c.end for c in a.content if c.end <= a.cue[0].start]
    if not before or not a.source or a.source[0].start < a.cue[0].end:
        return None
    match = _SUBJECT.fullmatch(text, max(before), a.cue[0].start)
    return Span(*match.span("who")) if match and is_source(match["who"]) else None


def _parted(text: str, a: Attribution) -> Attribution:
    """The attribution with a quotation and the subject after it, read as one content, apart."""
    last = a.content[-1]
    match = _QUOTED.fullmatch(text, last.start, last.end)
    if match is None:
        return a
    parts = Span(*match.span("said")), Span(*match.span("who"))
    return replace(a, content=(*a.content[:-1], *parts))


def _touches(text: str, span: Span, cue: Span) -> bool:
    return span.end <= cue.start and not text[span.end : cue.start].strip(" ,")


@cache
def _passive() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of('quoted_as')})\b", re.IGNORECASE)


def _in_content(text: str, a: Attribution) -> tuple[Attribution, ...]:
    if not a.source or not a.content:
        return ()
    first, *rest = a.content
    match = _opening().match(text, first.start, first.end)
    cue = a.cue
    if match is not None:
        cue = _with_cue(a.cue, Span(*match.span("cue")))
    elif _is_citing(text, a):
        match = _who().match(text, first.start, first.end)
    if match is None or match.end() >= first.end:
        return ()
    left = Span(match.end(), first.end)
    inner = replace(
        a,
        source=(Span(*match.span("who")),),
        cue=cue,
        content=(left, *rest),
        within=a,
    )
    return a, inner


def _in_source(text: str, a: Attribution) -> tuple[Attribution, ...]:
    if len(a.source) != 1 or not a.content:
        return ()
    [source] = a.source
    match = _closing().search(text, source.start, source.end)
    if match is None or match.start() <= source.start:
        return ()
    outer = replace(a, source=(Span(source.start, match.start()),))
    inner = replace(
        a,
        source=(Span(*match.span("who")),),
        cue=_with_cue(a.cue, Span(*match.span("cue"))),
        within=outer,
    )
    return outer, inner
