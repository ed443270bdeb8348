"""Which claims of one document deny, repeat, confirm, contradict or answer which."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from allegedly.claims.clauses import layout
from allegedly.claims.contradictions import contradicted, nested, rejected, says_no
from allegedly.claims.denials import denied, speaks_of_claims
from allegedly.claims.overlap import overlap, read_gist, same_party
from allegedly.records import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegedly.claims.clauses import Layout
    from allegedly.claims.overlap import Gist
    from allegedly.records import Claim, Document, Relation

_ANSWERS = re.compile(
    r"\b(?:replied|responded|answered|in response|retorted|countered)\b", re.IGNORECASE
)
# Set by hand: what makes two contents the same.
_SAME, _QUOTED = 0.6, 0.3
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
        near = slice(max(0, number - _GOES_ON), number)
        kept = _kept(page, one, known[near], linked[near])
        linked.append(_linked(text, page, one, around, kept))
    return tuple(linked)


def _linked(
    text: str, page: Layout, one: Gist, around: Sequence[Gist], kept: tuple[Target, ...]
) -> Claim:
    """A claim with its links; a plain no to what was said of the speaker is a denial as well."""
    if one.claim.act == "deny":
        targets = kept or [_target("denies", other) for other in denied(text, page, one, around)]
        return replace(one.claim, targets=tuple(targets))
    earlier = [other for other in around if other.at < one.at][-_BACK:]
    rejects = _still_rejected(one, earlier, kept) or rejected(one, earlier)
    if rejects is not None:
        return replace(one.claim, act="deny", targets=(_target("denies", rejects),))
    return replace(one.claim, targets=tuple(_targets(text, page, one, earlier)))


def _still_rejected(one: Gist, earlier: Sequence[Gist], kept: tuple[Target, ...]) -> Gist | None:
    """What the same source has just denied, and unsays once more in other words."""
    if one.claim.polarity != "negative" or one.claim.act != "assert":
        return None
    denied_before = {target.claim for target in kept}
    found = (o for o in earlier if o.claim.id in denied_before and says_no(one, o))
    return next(found, None)


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


def _targets(text: str, page: Layout, one: Gist, before: Sequence[Gist]) -> list[Target]:
    links: tuple[tuple[Relation, Gist | None], ...] = (
        ("answers", _answered(text, page, one, before)),
        ("repeats", _repeated(page, one, before)),
        ("contradicts", contradicted(one, before)),
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


def _repeated(page: Layout, one: Gist, before: Sequence[Gist]) -> Gist | None:
    """The same source and the same thing, or its own words for what was just reported of it."""
    if len(one.matter) < _LEAST_WORDS:
        return None
    return _last(
        other
        for other in before
        if same_party(one, other)
        and len(other.matter) >= _LEAST_WORDS
        and overlap(one.matter, other.matter) >= (_QUOTED if _quotes(page, one, other) else _SAME)
        and not nested(one, other)
    )


def _quotes(page: Layout, one: Gist, other: Gist) -> bool:
    """Whether a quotation follows what it bears out: said it would pay. “We will pay,” it said."""
    far = page.sentence(one.at) - page.sentence(other.at)
    own = one.claim.form == "direct" and other.claim.form != "direct"
    return own and far <= _SENTENCES and len(one.matter & other.matter) > 1


def _confirmed(one: Gist, before: Sequence[Gist]) -> Gist | None:
    if one.claim.act != "confirm" or len(one.matter) < _LEAST_WORDS:
        return None
    return _last(
        other
        for other in before
        if not same_party(one, other)
        and len(other.matter) >= _LEAST_WORDS
        and overlap(one.matter, other.matter) >= _SAME
        and one.claim.polarity == other.claim.polarity
        and not nested(one, other)
    )


def _last(found: Iterable[Gist]) -> Gist | None:
    listed = list(found)
    return listed[-1] if listed else None
