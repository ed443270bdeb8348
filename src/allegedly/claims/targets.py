"""Which claims of one document deny, repeat, confirm, contradict or answer which."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from allegedly.claims.clauses import layout
from allegedly.claims.denials import denied, speaks_of_claims
from allegedly.claims.overlap import overlap, read_gist, same_party
from allegedly.records import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegedly.claims.clauses import Layout
    from allegedly.claims.overlap import Gist
    from allegedly.records import Claim, Document, Relation

_NEGATED = re.compile(
    r"\b(?:not?|never|neither|nor|none|nothing|without|n[’']t)\b|n[’']t\b", re.IGNORECASE
)
_ANSWERS = re.compile(
    r"\b(?:replied|responded|answered|in response|retorted|countered)\b", re.IGNORECASE
)
# Set by hand: what makes two contents the same.
_SAME, _OPPOSED = 0.6, 0.6
_LEAST_WORDS = 3
_GOES_ON, _SENTENCES = 3, 2
_BACK = 40
# No more claims than this before or after a denial are looked at.
_REACH = 200


def link_targets(document: Document, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with their targets filled, in the order given; no claim targets itself."""
    text = document.text
    page = layout(text)
    known = [read_gist(text, claim) for claim in claims]
    linked: list[Claim] = []
    for number, one in enumerate(known):
        around = known[max(0, number - _REACH) : number + _REACH]
        if one.claim.act == "deny":
            before = known[max(0, number - _GOES_ON) : number]
            kept = _kept(page, one, before, linked[max(0, number - _GOES_ON) :])
            targets = kept or [
                _target("denies", other) for other in denied(text, page, one, around)
            ]
        else:
            targets = _targets(text, page, one, around)
        linked.append(replace(one.claim, targets=tuple(targets)))
    return tuple(linked)


def _kept(
    page: Layout, one: Gist, before: Sequence[Gist], linked: Sequence[Claim]
) -> tuple[Target, ...]:
    """A denial that goes on in its own words denies what the same source has just denied."""
    if speaks_of_claims(one):
        return ()
    for other, claim in zip(reversed(before), reversed(linked), strict=True):
        near = page.sentence(one.at) - page.sentence(other.at) <= _SENTENCES
        rejected = [target for target in claim.targets if target.relation == "denies"]
        if near and rejected and same_party(one, other):
            return tuple(rejected)
    return ()


def _targets(text: str, page: Layout, one: Gist, known: Sequence[Gist]) -> list[Target]:
    number = next(at for at, other in enumerate(known) if other is one)
    before = known[max(0, number - _BACK) : number]
    links: tuple[tuple[Relation, Gist | None], ...] = (
        ("answers", _answered(text, page, one, before)),
        ("repeats", _repeated(one, before)),
        ("contradicts", _contradicted(one, before)),
        ("confirms", _confirmed(one, before)),
    )
    for relation, found in links:
        if found is not None:
            return [_target(relation, found)]
    return []


def _target(relation: Relation, other: Gist) -> Target:
    return Target(relation=relation, claim=other.claim.id)


def _answered(text: str, page: Layout, one: Gist, before: Sequence[Gist]) -> Gist | None:
    """A reply to the claim just before it, by somebody else."""
    cue = " ".join(span.cut(text) for span in one.claim.cue)
    if not before or not _ANSWERS.search(cue):
        return None
    last = before[-1]
    near = page.sentence(one.at) - page.sentence(last.at) <= 3  # noqa: PLR2004
    return last if near and not same_party(one, last) else None


def _repeated(one: Gist, before: Sequence[Gist]) -> Gist | None:
    if len(one.matter) < _LEAST_WORDS:
        return None
    return _last(
        other
        for other in before
        if same_party(one, other)
        and len(other.matter) >= _LEAST_WORDS
        and overlap(one.matter, other.matter) >= _SAME
        and not _nested(one, other)
    )


def _nested(one: Gist, other: Gist) -> bool:
    """A claim inside another's content is a layer of it, not a repetition."""
    return any(a.overlaps(b) for a in one.claim.content for b in other.claim.content)


def _contradicted(one: Gist, before: Sequence[Gist]) -> Gist | None:
    """The same matter said and unsaid by two sources."""
    if len(one.matter) < _LEAST_WORDS:
        return None
    return _last(
        other
        for other in before
        if one.claim.sources
        and other.claim.sources
        and not same_party(one, other)
        and len(other.matter) >= _LEAST_WORDS
        and overlap(one.matter, other.matter) >= _OPPOSED
        and _negative(one) != _negative(other)
        and not _nested(one, other)
    )


def _negative(one: Gist) -> bool:
    return one.claim.polarity == "negative" or _NEGATED.search(one.words) is not None


def _confirmed(one: Gist, before: Sequence[Gist]) -> Gist | None:
    if one.claim.act != "confirm" or len(one.matter) < _LEAST_WORDS:
        return None
    return _last(
        other
        for other in before
        if not same_party(one, other)
        and len(other.matter) >= _LEAST_WORDS
        and overlap(one.matter, other.matter) >= _SAME
        and _negative(one) == _negative(other)
        and not _nested(one, other)
    )


def _last(found: Iterable[Gist]) -> Gist | None:
    listed = list(found)
    return listed[-1] if listed else None
