"""Which claims an assessment is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.claims.overlap import (
    content_words,
    gist,
    holds,
    overlap,
    read_gist,
    starts,
)
from allegedly.claims.phrases import pronouns
from allegedly.claims.standing import any_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allegedly.claims.clauses import Layout
    from allegedly.claims.standing import Standing
    from allegedly.records import AssessmentKind, Claim, Span

_BELONGS = re.compile(r"\b(?:its|their|his|her) (?:claim|allegation|accusation|assertion)s?\b")
# A claim that is stated there and then: the report that …, no evidence that …, whether ….
_STATED = re.compile(
    r"\b(?:allegation|claim|report|rumou?r|accusation|assertion)s? that\b", re.IGNORECASE
)
_MATTER = re.compile(
    r"\b(?:evidence|proof)(?: \w+){0,2}? (?:that|of|to|for|linking|connecting|supporting"
    r"|suggesting|against|behind|he|she|they|it|the)\b|\b(?:whether|if)\b",
    re.IGNORECASE,
)
_REJECTS: frozenset[AssessmentKind] = frozenset({"no_evidence", "false", "misleading"})
_OPEN_ACTS = frozenset({"accuse", "speculate"})
_UNTESTED = frozenset({"deny", "ask", "demand"})
# A claim is about the same matter when it shares this much of what is said; set by hand.
_SAME, _TESTED = 0.2, 0.1
_STATED_SHARES, _BESIDE = 3, 200
# An accusation or a guess is what stands open to be assessed.
_OPEN = 0.3
_MOST = 3
# How many words of meaning a clause and a claim share at least: tests and checks are named by
# little, while a lack of evidence is often an ordinary finding about something else.
_SHARED: dict[AssessmentKind, int] = {
    "could_not_verify": 1,
    "under_investigation": 1,
    "verified": 1,
    "no_evidence": 2,
    "false": 2,
    "misleading": 2,
}
_BACK, _NEAR_BY = 12, 3  # claims and sentences
_NOUNS = ("footage", "papers", "counts", "anything")
_HEAD = 60  # who lacks evidence stands within so many characters of the clause's beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """An assessment in its text: the mention, the span it takes and the claim it stands in."""

    text: str
    page: Layout
    each: Standing
    span: Span
    host: Claim | None

    @property
    def words(self) -> str:
        """The words of the assessment."""
        return self.span.cut(self.text)

    @property
    def nouns(self) -> str:
        """Where the noun stands that is pointed with: the clause, else the sentence before it."""
        if any(any_of(name).search(self.words) for name in _NOUNS):
            return self.words
        start, _ = self.page.sentence_range(self.span.start, len(self.text))
        return self.text[start : self.span.end]

    def far(self, claim: Claim) -> int:
        """How many sentences a claim stands before the assessment."""
        return self.page.sentence(self.span.start) - self.page.sentence(starts(claim))


def is_own_denial(text: str, each: Standing, host: Claim | None, claims: Sequence[Claim]) -> bool:
    """Whether somebody only calls false what he is himself accused of."""
    if host is None or host.act != "deny" or each.kind not in {"false", "misleading"}:
        return False
    if not any(part.start <= each.start < part.end for part in host.content):
        return False
    own = read_gist(text, host)
    denied = {target.claim for target in host.targets if target.relation == "denies"}
    accused = [read_gist(text, claim) for claim in claims if claim.id in denied]
    return any(own.party & other.matter for other in accused)


def meant(where: Setting, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that are meant, by the first of these that finds any.

    Beside: an adjunct is about the claim it stands in. Denied: a source's own finding is about
    what it denies there. Owed: whose claims lack evidence. Stated: the matter is told (evidence
    *that* …). Called: a noun points back (the footage, those figures, the report). Alike: what
    shares most words with the clause.
    """
    if where.each.manner == "aside":
        return _beside(where, claims)
    others = [c for c in claims if c is not where.host and not _layer(where, c)]
    if where.each.kind not in _REJECTS:
        named = _named_by(where, claims) if where.each.manner == "phrase" else []
        return named or _called(where, others) or _alike(where, others)
    others = [claim for claim in others if starts(claim) < where.span.start] or others
    rejected = _rejected(where, claims, others)
    if rejected or where.each.manner == "phrase":
        return rejected or _named_by(where, claims) or _called(where, others)
    return _owed(where, others) or _denied_matter(where, others)


def _denied_matter(where: Setting, others: Sequence[Claim]) -> list[Claim]:
    """What is called false or unproven: the matter that is stated, else what is pointed at."""
    words = where.words
    stated = _STATED.search(words) or _MATTER.search(words)
    if stated:
        shared = _STATED_SHARES - stated.group().endswith("that")
        found = _ranked(where.text, words[stated.start() :], others, shared)
        if found or _STATED.search(words):
            return found
        if where.each.kind == "no_evidence" and not any_of("anything").search(words):
            return []  # an ordinary finding: no evidence of harm, of rain
    return _called(where, others) or _alike(where, others)


def _layer(where: Setting, claim: Claim) -> bool:
    if where.host is None:
        return False
    return holds(read_gist(where.text, claim), read_gist(where.text, where.host))


def _beside(where: Setting, claims: Sequence[Claim]) -> list[Claim]:
    """The claim whose words stand nearest in the same sentence, else the last one before."""
    page, at = where.page, where.each.start
    here = page.sentence(at)
    near = [c for c in claims if any(page.sentence(p.start) == here for p in (*c.cue, *c.content))]
    around = near or [c for c in claims if starts(c) < at][-1:]
    return [min(around, key=lambda claim: _distance(where.each, claim))] if around else []


def _distance(each: Standing, claim: Claim) -> int:
    parts = claim.cue or claim.content
    return min(max(part.start - each.end, each.start - part.end, 0) for part in parts)


def _named_by(where: Setting, claims: Sequence[Claim]) -> list[Claim]:
    """Unconfirmed reports say …, a false claim that …: the claim whose source or cue they are."""
    each, text = where.each, where.text
    own = [
        claim
        for claim in claims
        if any(
            part.start < each.end and each.start < part.end
            for part in (*claim.cue, *(s for source in claim.sources[-1:] for s in source.spans))
        )
    ]
    after = [
        claim
        for claim in claims
        if text[each.end : claim.content[0].start + 5].strip() == "that" and claim not in own
    ]
    if own or after:
        return own or after
    start, end = where.page.sentence_range(each.start, len(text))
    earlier = [claim for claim in claims if starts(claim) < start]
    return _ranked(text, text[start:end], earlier, _SHARED["no_evidence"])


def _rejected(where: Setting, claims: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
    """What a source's own words on a claim are about, where a denial stands there and then."""
    host = where.host
    if host is None:
        return []
    beside = [c for c in claims if _stands_by(where, host, c) or _layer(where, c)]
    denied = {t.claim for c in (host, *beside) for t in c.targets if t.relation == "denies"}
    return [claim for claim in others if claim.id in denied]


def _stands_by(where: Setting, host: Claim, claim: Claim) -> bool:
    """Whether a claim comes right before the source's, by the same or in the same sentence."""
    near = 0 <= starts(host) - starts(claim) <= _BESIDE
    return near and (_same_source(claim, host) or where.far(claim) == 0)


def _owed(where: Setting, others: Sequence[Claim]) -> list[Claim]:
    """Whoever gave no evidence: his accusations, else what he last said."""
    if where.each.kind != "no_evidence" or not where.each.lacking:
        return []
    head = where.words[: max(1, min(_HEAD, where.each.start - where.span.start))]
    before = [claim for claim in others if starts(claim) < where.span.start and claim.sources]
    own = [c for c in before if gist(c.sources[-1].name or "") & gist(head)]
    if not own and head.split(maxsplit=1)[0].lower() in pronouns():
        own = [claim for claim in before if where.far(claim) <= _NEAR_BY][-1:]
    accused = [claim for claim in own if claim.act in _OPEN_ACTS]
    if any_of("many").search(where.words):
        return accused or own[-_MOST:]
    return (accused or own)[-1:]


def _called(where: Setting, others: Sequence[Claim]) -> list[Claim]:
    """The claims that a noun of the clause points back to."""
    before = [claim for claim in others if starts(claim) < where.span.end]
    foreign = [claim for claim in before if not _same_source(claim, where.host)]
    if _BELONGS.search(where.words):
        return _belonging(where, before)
    for name, found in (
        ("footage", _shown(where, before)),
        ("papers", _mentioning(where, "papers", before)),
        ("counts", [c for c in foreign if c.quantities or _counts(where, c)]),
    ):
        if found and any_of(name).search(where.nouns):
            return found[-1:]
    return _pointed_at(where, foreign) if any_of("anything").search(where.nouns) else []


def _counts(where: Setting, claim: Claim) -> bool:
    return re.search(r"\d", content_words(where.text, claim)) is not None


def _shown(where: Setting, before: Sequence[Claim]) -> list[Claim]:
    footage = [c for c in before if any(s.kind == "footage" for s in c.sources)]
    return footage or _mentioning(where, "footage", before)


def _mentioning(where: Setting, name: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims whose source, or else cue or content, has one of the clause's listed nouns."""
    named = {
        match.group().lower().removesuffix("s") for match in any_of(name).finditer(where.nouns)
    }
    if not named:
        return []
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(named))})s?\b", re.IGNORECASE)
    source = [c for c in claims if pattern.search(_source_words(where.text, c))]
    return source or [c for c in claims if pattern.search(_said(where.text, c))]


def _pointed_at(where: Setting, foreign: Sequence[Claim]) -> list[Claim]:
    """The claim, their account, these allegations: the nearest; for several, its neighbours."""
    accusing = [claim for claim in foreign if claim.act == "accuse"]
    candidates = [claim for claim in foreign if claim.act not in _UNTESTED]
    if any_of("accusing").search(where.words):
        candidates = accusing or candidates
    if any_of("many").search(where.words):
        ranked = [] if accusing else _ranked(where.text, where.words, candidates, 1)
        near = [c for c in candidates if where.far(c) <= _BACK]
        akin = [c for c in near if _same_source(c, near[-1])]
        return ranked or (near if accusing else akin)[-_MOST:]
    matter = gist(where.words)
    own = [c for c in candidates if c.sources and gist(c.sources[-1].name or "") & matter]
    return (own or candidates)[-1:]


def _alike(where: Setting, others: Sequence[Claim]) -> list[Claim]:
    """What shares most with the clause; a test that goes on is of what stands open near it."""
    foreign = [claim for claim in others if not _same_source(claim, where.host)]
    testing = where.each.kind == "under_investigation"
    least = _TESTED if testing else _SAME
    ranked = _ranked(where.text, where.words, foreign, _SHARED[where.each.kind], least)
    if ranked or not testing:
        return ranked
    near = [c for c in foreign if 0 <= where.far(c) <= _NEAR_BY]
    return [claim for claim in near if claim.act in _OPEN_ACTS][-1:]


def _ranked(
    text: str, words: str, claims: Sequence[Claim], shared: int, least: float = _SAME
) -> list[Claim]:
    """The claims that share most with the words; among equals what accuses or guesses.

    What came up first is the matter of the story, so it is meant as well.
    """
    matter = gist(words)
    scored = []
    for claim in claims:
        said = gist(content_words(text, claim)) | gist(_source_words(text, claim))
        if len(said & matter) >= shared and claim.act not in _UNTESTED:
            scored.append(
                (overlap(said, matter) + _OPEN * (claim.act in _OPEN_ACTS), starts(claim), claim)
            )
    scored.sort(key=lambda row: (-row[0], -row[1]))
    fitting = [claim for score, _, claim in scored if score >= least]
    first = min(fitting, key=starts, default=None)
    return [c for at, c in enumerate(fitting) if at < _MOST or c is first]


def _belonging(where: Setting, before: Sequence[Claim]) -> list[Claim]:
    """Its claims: the accusations of the party that the clause begins with, else its assertions."""
    head = gist(where.words[:_HEAD])
    own = [c for c in before if c.sources and gist(c.sources[-1].name or "") & head]
    accused = [c for c in own if c.act == "accuse"]
    matter = gist(where.words)
    alike = [c for c in own if overlap(gist(content_words(where.text, c)), matter) > 0]
    return accused or alike[:_MOST]


def _source_words(text: str, claim: Claim) -> str:
    return " ".join(span.cut(text) for source in claim.sources[-1:] for span in source.spans)


def _said(text: str, claim: Claim) -> str:
    return " ".join(span.cut(text) for span in (*claim.cue, *claim.content))


def _same_source(claim: Claim, host: Claim | None) -> bool:
    """Nobody assesses his own claims: one of the same source, or of a part of it, is not meant."""
    if host is None or not claim.sources:
        return False
    name = claim.sources[-1].name
    if any(source.name == name for source in host.sources):
        return True
    last = host.sources[-1].name if host.sources else None
    return overlap(gist(name or ""), gist(last or "")) == 1.0
