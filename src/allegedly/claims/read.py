"""Attributions become claims, assessments and silences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.claims.acts import act, negated
from allegedly.claims.assessments import assessments
from allegedly.claims.cited import with_cited
from allegedly.claims.forms import form
from allegedly.claims.modality import hedges, modality, polarity
from allegedly.claims.quantities import quantities
from allegedly.claims.selection import believed, layers, place, with_posts
from allegedly.claims.silences import silences
from allegedly.claims.sources import resolve_sources
from allegedly.claims.targets import link_targets
from allegedly.claims.times import Anchor, time
from allegedly.records import Claim, content_id, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from allegedly.records import (
        Assessment,
        Attribution,
        Document,
        Passage,
        Silence,
        Source,
        Spans,
    )


def read_claims(
    document: Document, passages: Sequence[Passage], attributions: Iterable[Attribution]
) -> tuple[tuple[Claim, ...], tuple[Assessment, ...], tuple[Silence, ...]]:
    """Read what is claimed, assessed and left unsaid in one document, in the order of its text.

    `passages` are those that the attributions were read from.
    """
    text = document.text
    placed = sorted(with_cited(text, with_posts(attributions, passages)), key=_place)
    quiet = silences(document, passages, placed)
    kept = believed(text, placed, quiet)
    found = resolve_sources(document, kept)
    who = {id(a): source for a, source in zip(kept, found, strict=True)}
    claims = [_claim(document, a, who) for a in layers(text, kept, who)]
    linked = link_targets(document, _without_assessments(document, claims))
    return linked, assessments(document, linked), quiet


def _without_assessments(document: Document, claims: Sequence[Claim]) -> list[Claim]:
    """Leave out the narrator's word on another claim's standing (*gave no evidence*)."""
    doubtful = {c.id for c in claims if negated(words(document.text, c.cue))}
    if not doubtful:
        return list(claims)
    judged = assessments(document, claims)
    return [c for c in claims if c.id not in doubtful or not _is_assessment(c, judged)]


def _is_assessment(claim: Claim, judged: Iterable[Assessment]) -> bool:
    return any(
        span.contains(cue)
        for a in judged
        if a.by == "publisher" and claim.id not in a.about
        for span in a.spans
        for cue in claim.cue
    )


def _place(a: Attribution) -> tuple[int, int]:
    """Order of the text, an outer attribution before those within it."""
    depth, outer = 0, a.within
    while outer is not None:
        depth, outer = depth + 1, outer.within
    return place((*a.source, *a.cue, *a.content)), depth


def _chain(a: Attribution, who: Mapping[int, Source | None]) -> tuple[Source, ...]:
    """The source of every layer, outermost first; a layer that names nobody is left out."""
    hops: list[Source] = []
    layer: Attribution | None = a
    while layer is not None:
        hop = who.get(id(layer))
        if hop is not None:
            hops.append(hop)
        layer = layer.within
    return tuple(reversed(hops))


def _pairs(spans: Spans) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _claim(document: Document, a: Attribution, who: Mapping[int, Source | None]) -> Claim:
    text = document.text
    cue, content = words(text, a.cue), words(text, a.content)
    chain = _chain(a, who)
    source = words(text, chain[-1].spans) if chain else ""
    what = act(cue, content, source, anonymous=not chain)
    return Claim(
        id=content_id(
            "claim",
            document.id,
            _pairs(a.content),
            _pairs(a.cue),
            [_pairs(hop.spans) for hop in chain],
        ),
        zone=a.zone.kind,
        content=a.content,
        cue=a.cue,
        sources=chain,
        act=what,
        form=form(text, a.content, a.cue, zone=a.zone.kind),
        polarity=polarity(content),
        modality=modality(content, cue=cue, act=what),
        hedges=hedges(text, a.content, a.cue),
        time=time(
            text,
            a.content,
            anchor=Anchor(published=document.published),
            cue=a.cue,
            zone=a.zone,
        ),
        quantities=quantities(text, a.content),
        probability=round(a.probability, 4),
    )
