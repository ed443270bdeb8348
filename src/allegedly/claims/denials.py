"""Which claims a denial rejects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from allegedly.claims.lexicon import tokens, word_lists
from allegedly.claims.overlap import gist, holds, overlap, same_party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.clauses import Layout
    from allegedly.claims.overlap import Gist

# What a denial is of: the words of the clause before it, what others have claimed, what has been
# reported, a part in a wrong, something that is not claimed but offered, or a matter in its own
# words.
DenialOf = Literal["clause", "claims", "report", "part", "offer", "matter"]

_PRONOUN = re.compile(r"\W*(?:which|that|this|it|so|both|these)\W*", re.IGNORECASE)
_CLAIMS = re.compile(
    r"\b(?:allegation|accusation|claim|rumou?r|assertion|suggestion|insinuation)s?\b",
    re.IGNORECASE,
)
_CLAIM_THAT = re.compile(rf"{_CLAIMS.pattern} that\b(?! (?:is|are|was|were)\b)", re.IGNORECASE)
_MANY = re.compile(
    r"\b(?:these|both|all|those|such|the|any|his|her|their|its|no|of) (?:[\w’'-]+ ){0,2}?"
    r"(?:allegations|accusations|claims|rumou?rs|assertions|suggestions|insinuations)\b"
    r"|\bsubstantiate (?:[\w’'-]+ ){0,2}?(?:allegations|accusations|claims)\b"
    r"|^\W*(?:\w+ )?(?:allegations|accusations|claims)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"^\W*(?:(?:the|this|that|those|these|such|any|both|media|press|news|[\w’']+[’']s?) )?"
    r"(?:[\w’'-]+ ){0,2}?(?:reports?|stor(?:y|ies)|accounts?|versions?|narratives?|information)"
    r"\W*$",
    re.IGNORECASE,
)
# The words before a claim's noun, and those after it that tell by whom it was made.
_WHOSE = re.compile(
    r"((?:[\w’'-]+ ){0,3})(?:allegation|accusation|claim|rumou?r|assertion|suggestion)s?\b"
    r"((?: made| put forward)? (?:by|from)(?: [\w’'-]+){1,5})?",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\bboth\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:involve(?:ment|d)|(?:any|no) (?:\w+ )?(?:role|part|hand|responsibility|knowledge|link)"
    r"|responsible|wrongdoing|guilt[y]?|misconduct|innocen(?:t|ce)|unaware|to blame"
    r"|nothing to do with|(?:the|all) charges)\b",
    re.IGNORECASE,
)
_BLAMELESS = re.compile(
    r"\b(?:innocen(?:t|ce)|unaware|not (?:guilty|responsible|to blame)|nothing to do with)\b",
    re.IGNORECASE,
)
_TURNS_DOWN = re.compile(
    r"\b(?:reject|dismiss|rul(?:e|ed|es|ing) out|rebuff|refus|turn)", re.IGNORECASE
)
_OFFER = re.compile(
    r"\W*(?:an?|the|any|that|this|his|her|their|its|all|such|both)?\W*(?:[\w’'-]+\W+){0,3}?"
    r"(?:proposals?|offers?|requests?|plans?|appeals?|ideas?|bids?|calls?|demands?|motions?"
    r"|bills?|applications?|deals?|invitations?|resignations?|amendments?|petitions?)\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:alleged|allegedly|purported|purportedly|suspected|accused)\b", re.IGNORECASE
)
_UNSAID = frozenset({"ask", "demand", "praise", "promise", "announce", "deny", "threaten"})
_SOMEBODY = frozenset({"suspect", "defendant", "accused", "detainee", "culprit", "perpetrator"})
# Weights and thresholds are set by hand: how much a claim accuses, whether of the denier, whether
# by the accuser that is named, how much of the matter is the same, and how near it is before.
_ABOUT, _BY, _SAME, _ACCUSES, _FAR, _LATER = 0.6, 0.8, 0.8, 1.0, 0.05, 0.7
_SENTENCE = 1.0
_LEAST: dict[DenialOf, float] = {"claims": 0.4, "report": 0.5, "part": 0.5, "matter": 0.5}
_FARTHEST, _MOST, _SOON, _FRONT = 6, 6, 3, 160
_WRONGED, _ALSO, _AKIN = 0.4, 0.5, 0.5


def denied(text: str, page: Layout, one: Gist, known: Sequence[Gist]) -> list[Gist]:
    """The claims that a denial rejects, best first; several where it speaks of them all."""
    what = _kind(one)
    if what == "offer":
        return []
    others = [other for other in known if _deniable(one, other)]
    if what == "clause":
        return _clause_before(page, one, others)
    others = [other for other in others if other.claim.zone != "headline"] or others
    scored = [(_fit(page, what, one, other), other) for other in others]
    fitting = [(score, other) for score, other in scored if score >= _LEAST[what]]
    fitting.sort(key=lambda pair: (-pair[0], abs(one.at - pair[1].at)))
    if not fitting:
        return _told_later(page, what, one, others)
    earlier = [other for _, other in fitting if other.at < one.at]
    best = earlier[0] if earlier and what == "claims" else fitting[0][1]
    if what == "claims" and _BOTH.search(_around(text, one)):
        return [best, *_second(one, best, scored)]
    if what != "claims" or not _MANY.search(_around(text, one)):
        return [best]
    more = [other for other in others if other is not best and _also(page, one, best, other)]
    return [best, *more[-_MOST:]]


def _second(one: Gist, best: Gist, scored: Sequence[tuple[float, Gist]]) -> list[Gist]:
    """The other one of both claims: the next best before the denial, with some wrong in it."""
    rest = [
        (score, other.at, other)
        for score, other in scored
        if other is not best and other.at < one.at and accusing(other) >= _WRONGED
    ]
    return [max(rest, key=lambda row: row[:2])[2]] if rest else []


def _kind(one: Gist) -> DenialOf:
    front = one.words[:_FRONT]
    if _PRONOUN.fullmatch(one.words):
        return "clause"
    if _CLAIMS.search(front) and not _BLAMELESS.search(front):
        return "matter" if _CLAIM_THAT.search(front) else "claims"
    if _REPORT.match(one.words):
        return "report"
    if _BLAMELESS.search(front) or _PART.search(front):
        return "part"
    return "offer" if _TURNS_DOWN.search(one.cue) and _OFFER.match(one.words) else "matter"


def speaks_of_claims(one: Gist) -> bool:
    """Whether a denial is put as one of what others claim: no truth in the allegations."""
    return _kind(one) == "claims"


def _deniable(one: Gist, other: Gist) -> bool:
    return (
        other is not one
        and other.claim.act not in _UNSAID
        and not same_party(one, other)
        and not holds(other, one)
    )


def _clause_before(page: Layout, one: Gist, others: Sequence[Gist]) -> list[Gist]:
    """Which somebody denies: what was said last before it."""
    near = [
        other
        for other in others
        if other.at < one.at and page.sentence(one.at) - page.sentence(other.at) <= 1
    ]
    return near[-1:]


def _told_later(page: Layout, what: DenialOf, one: Gist, others: Sequence[Gist]) -> list[Gist]:
    """Whoever denies a wrong before it is told denies the first accusation that follows soon."""
    if what == "matter":
        return []
    return [
        other
        for other in others
        if (other.claim.act == "accuse" or (accusing(other) >= _WRONGED and is_about(one, other)))
        and other.at > one.at
        and page.sentence(other.at) - page.sentence(one.at) <= _SOON
    ][:1]


def _fit(page: Layout, what: DenialOf, one: Gist, other: Gist) -> float:
    """How well a claim fits what is denied; 0 where it cannot be meant."""
    accuses = accusing(other)
    about = is_about(one, other)
    if what == "report":
        return _reported(page, one, other)
    told = other.matter | other.party
    shared = len(one.matter & told)
    alike = overlap(one.matter, told) * min(1.0, shared / 2)
    if what == "part" and not (about or (accuses >= _WRONGED and alike >= _WRONGED / 2)):
        return 0.0
    together = page.sentence(one.at) == page.sentence(other.at)
    same = shared > 1 or (shared and about) or (together and accuses >= _WRONGED)
    if what == "matter" and not same:
        return 0.0
    named = what == "claims" and _named(one, other)
    score = _ACCUSES * accuses + _ABOUT * about + _BY * named + _SAME * alike
    if other.at > one.at:
        later = page.sentence(other.at) - page.sentence(one.at)
        return score - _LATER - _FAR * min(later, _FARTHEST)
    score += _SENTENCE * (together and other.claim.act in {"accuse", "speculate"})
    far = page.sentence(one.at) - page.sentence(other.at)
    return score - _FAR * min(far, _FARTHEST)


def _reported(page: Layout, one: Gist, other: Gist) -> float:
    """How well a claim fits a report that is denied: one about the denier, by the press, near."""
    far = page.sentence(one.at) - page.sentence(other.at)
    if other.at > one.at:
        return 0.0
    press = any(source.kind == "media" for source in other.claim.sources)
    named = bool(other.party & one.matter)
    about = is_about(one, other)
    return _ABOUT * about + _BY * (press or named) + _WRONGED - _FAR * min(far, _FARTHEST)


def is_about(one: Gist, other: Gist) -> bool:
    """Whether a claim is about a source: by name or work, or as the suspect of the story."""
    if one.party & other.matter or one.work & other.matter:
        return True
    source = one.claim.sources[-1] if one.claim.sources else None
    unnamed = source is not None and source.kind == "person" and (source.name or "a").islower()
    return unnamed and not _SOMEBODY.isdisjoint(other.words.lower().split())


def _also(page: Layout, one: Gist, best: Gist, other: Gist) -> bool:
    """Whether a claim is one more of the accusations that are denied together."""
    if other.at > one.at or other.claim.act == "condemn":
        return False
    if _named(one, best) and not _named(one, other):
        return False  # allegations made by former employees are not those of a manager
    akin = same_party(best, other) or overlap(best.party, other.party) >= _AKIN
    far = page.sentence(one.at) - page.sentence(other.at)
    if best.claim.act == other.claim.act == "accuse":
        akin = akin or far <= _FARTHEST
    return akin and (far <= 1 or accusing(other) >= _ALSO)


def _named(one: Gist, other: Gist) -> bool:
    """Whether a denial says whose claim it is: the teachers' claim, claims made by employees."""
    said = " ".join(" ".join(match.groups("")) for match in _WHOSE.finditer(one.words))
    return bool(gist(said) & (other.party | other.work))


def accusing(one: Gist) -> float:
    """How much a claim says that somebody did wrong, 0 to 1: by its act, else by its words."""
    if one.claim.act == "accuse":
        return 1.0
    heard = [token.word for token in tokens(one.words)]
    harms = sum(1 for _ in word_lists("content")["harms"].find(heard))
    score = _WRONGED * min(harms, 1) + 0.2 * min(max(harms - 1, 0), 1)
    return score + 0.2 * (_HEDGED.search(one.words) is not None)


def _around(text: str, one: Gist) -> str:
    spans = (*one.claim.cue, *one.claim.content)
    return text[min(s.start for s in spans) : max(s.end for s in one.claim.content[:1])]
