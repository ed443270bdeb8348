"""Which claims of one document deny, repeat, confirm, contradict or answer which."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from allegedly.claims.clauses import layout
from allegedly.claims.overlap import content_words, gist, overlap, starts
from allegedly.records import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegedly.claims.clauses import Layout
    from allegedly.records import Claim, Document, Relation

_EACH = re.compile(
    r"\b(?:these|both|all(?: of)?(?: the| these)?|those|such|the) (?:\w+ )?"
    r"(?:allegations|accusations|charges|claims)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not?|never|neither|nor|none|nothing|without|n[’']t)\b|n[’']t\b", re.IGNORECASE
)
_ANSWERS = re.compile(
    r"\b(?:replied|responded|answered|in response|retorted|countered)\b", re.IGNORECASE
)
# Set by hand: what a denial shares with what it denies, and what makes two contents the same.
_FIT, _SAME, _OPPOSED = 0.3, 0.6, 0.6
_ACCUSED, _ACCUSES, _RECENT, _SENTENCE = 0.5, 0.6, 0.1, 2.0
_LEAST_WORDS = 3
_GOES_ON = 2
_BACK = 40
# No more claims than this before or after a denial are looked at.
_REACH = 200


@dataclass(frozen=True, slots=True)
class _Gist:
    """A claim with what it is about and whose it is."""

    claim: Claim
    at: int
    matter: frozenset[str]
    party: frozenset[str]
    words: str


def link_targets(document: Document, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with their targets filled, in the order given; no claim targets itself."""
    text = document.text
    page = layout(text)
    known = [_gist(text, claim) for claim in claims]
    linked: list[Claim] = []
    for number, one in enumerate(known):
        kept = _kept(page, one, known[:number], linked) if one.claim.act == "deny" else ()
        around = known[max(0, number - _REACH) : number + _REACH]
        targets = kept or _targets(text, page, one, around)
        linked.append(replace(one.claim, targets=tuple(targets)))
    return tuple(linked)


def _kept(
    page: Layout, one: _Gist, before: Sequence[_Gist], linked: Sequence[Claim]
) -> tuple[Target, ...]:
    """A denial that goes on denies what the same source has just denied."""
    for other, claim in zip(reversed(before[-3:]), reversed(linked[-3:]), strict=True):
        near = page.sentence(one.at) - page.sentence(other.at) <= _GOES_ON
        denied = [target for target in claim.targets if target.relation == "denies"]
        if near and denied and _same_party(one, other):
            return tuple(denied)
    return ()


def _gist(text: str, claim: Claim) -> _Gist:
    words = content_words(text, claim)
    named = " ".join(
        " ".join((source.name or "", source.role or "", *(s.cut(text) for s in source.spans)))
        for source in claim.sources[-1:]
    )
    return _Gist(claim, starts(claim), gist(words), gist(named), words)


def _targets(text: str, page: Layout, one: _Gist, known: Sequence[_Gist]) -> list[Target]:
    if one.claim.act == "deny":
        denied = _denied(text, page, one, known)
        return [_target("denies", other) for other in denied]
    number = next(at for at, other in enumerate(known) if other is one)
    before = known[max(0, number - _BACK) : number]
    links: tuple[tuple[Relation, _Gist | None], ...] = (
        ("answers", _answered(text, page, one, before)),
        ("repeats", _repeated(one, before)),
        ("contradicts", _contradicted(one, before)),
        ("confirms", _confirmed(one, before)),
    )
    for relation, found in links:
        if found is not None:
            return [_target(relation, found)]
    return []


def _target(relation: Relation, other: _Gist) -> Target:
    return Target(relation=relation, claim=other.claim.id)


def _denied(text: str, page: Layout, one: _Gist, known: Sequence[_Gist]) -> list[_Gist]:
    """The accusations that a denial rejects, each of them where it speaks of them all."""
    others = [
        other
        for other in known
        if other is not one
        and other.claim.act != "deny"
        and not _same_party(one, other)
        and not _holds(other, one)
    ]
    in_story = [other for other in others if other.claim.zone != "headline"]
    others = in_story or others
    scored = [(_fit(page, one, other), other) for other in others]
    fitting = [(score, other) for score, other in scored if score >= _FIT]
    if not fitting:
        # Whoever denies before the accusation is told denies the first one that follows.
        later = [o for o in others if o.claim.act == "accuse" and o.at > one.at]
        return later[:1]
    fitting.sort(key=lambda pair: (-pair[0], abs(one.at - pair[1].at)))
    if not _EACH.search(_around(text, one)):
        return [fitting[0][1]]
    best = fitting[0][1]
    return [
        other
        for _, other in fitting
        if other is best or (other.at < one.at and _alike(best, other))
    ]


def _around(text: str, one: _Gist) -> str:
    spans = (*one.claim.cue, *one.claim.content)
    return text[min(s.start for s in spans) : min(s.end for s in one.claim.content)]


def _alike(best: _Gist, other: _Gist) -> bool:
    """Accusations of one party that are denied together."""
    accuse = best.claim.act == other.claim.act == "accuse"
    return accuse and (_same_party(best, other) or bool(best.party & other.party))


def _same_party(one: _Gist, other: _Gist) -> bool:
    left = one.claim.sources[-1].name if one.claim.sources else None
    right = other.claim.sources[-1].name if other.claim.sources else None
    return left is not None and left == right


def _fit(page: Layout, one: _Gist, other: _Gist) -> float:
    """How well a denial fits a claim: accusing, of the denier, about the same, near before."""
    if other.claim.act in {"ask", "demand", "praise", "promise", "announce"}:
        return 0.0
    told = other.matter | other.party
    score = overlap(one.matter, told) if len(one.matter) >= _LEAST_WORDS else 0.0
    score += 0.5 * bool(one.matter & told)
    score += _ACCUSES * (other.claim.act == "accuse")
    score += _ACCUSED * bool(one.party & other.matter)
    if other.at > one.at:
        return score - 0.7
    far = page.sentence(one.at) - page.sentence(other.at)
    near = _SENTENCE if far == 0 and other.claim.act in {"accuse", "speculate"} else 0.0
    return score + near - _RECENT * min(far, 5) / 2


def _answered(text: str, page: Layout, one: _Gist, before: Sequence[_Gist]) -> _Gist | None:
    """A reply to the claim just before it, by somebody else."""
    cue = " ".join(span.cut(text) for span in one.claim.cue)
    if not before or not _ANSWERS.search(cue):
        return None
    last = before[-1]
    near = page.sentence(one.at) - page.sentence(last.at) <= 3  # noqa: PLR2004
    return last if near and not _same_party(one, last) else None


def _holds(outer: _Gist, inner: _Gist) -> bool:
    """Whether a claim is only the layer around another."""
    return all(any(o.contains(i) for o in outer.claim.content) for i in inner.claim.content)


def _repeated(one: _Gist, before: Sequence[_Gist]) -> _Gist | None:
    if len(one.matter) < _LEAST_WORDS:
        return None
    return _last(
        other
        for other in before
        if _same_party(one, other)
        and len(other.matter) >= _LEAST_WORDS
        and overlap(one.matter, other.matter) >= _SAME
        and not _nested(one, other)
    )


def _nested(one: _Gist, other: _Gist) -> bool:
    """A claim inside another's content is a layer of it, not a repetition."""
    return any(a.overlaps(b) for a in one.claim.content for b in other.claim.content)


def _contradicted(one: _Gist, before: Sequence[_Gist]) -> _Gist | None:
    """The same matter said and unsaid by two sources."""
    if len(one.matter) < _LEAST_WORDS:
        return None
    return _last(
        other
        for other in before
        if one.claim.sources
        and other.claim.sources
        and not _same_party(one, other)
        and len(other.matter) >= _LEAST_WORDS
        and overlap(one.matter, other.matter) >= _OPPOSED
        and _negative(one) != _negative(other)
        and not _nested(one, other)
    )


def _negative(one: _Gist) -> bool:
    return one.claim.polarity == "negative" or _NEGATED.search(one.words) is not None


def _confirmed(one: _Gist, before: Sequence[_Gist]) -> _Gist | None:
    if one.claim.act != "confirm" or len(one.matter) < _LEAST_WORDS:
        return None
    return _last(
        other
        for other in before
        if not _same_party(one, other)
        and len(other.matter) >= _LEAST_WORDS
        and overlap(one.matter, other.matter) >= _SAME
        and _negative(one) == _negative(other)
        and not _nested(one, other)
    )


def _last(found: Iterable[_Gist]) -> _Gist | None:
    listed = list(found)
    return listed[-1] if listed else None
