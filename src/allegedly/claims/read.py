"""Attributions become claims, assessments and silences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.claims.acts import act, negated
from allegedly.claims.assessments import assessments
from allegedly.claims.cited import with_cited
from allegedly.claims.forms import form
from allegedly.claims.framed import with_framed
from allegedly.claims.hops import chain, depth
from allegedly.claims.judged import JUDGING, with_judged
from allegedly.claims.modality import hedges, modality, polarity
from allegedly.claims.parted import parted
from allegedly.claims.places import find_places
from allegedly.claims.probability import UNCALIBRATED, signs
from allegedly.claims.selection import believed, layers, place, with_posts
from allegedly.claims.settings import setting
from allegedly.claims.silences import silence, unsaid
from allegedly.claims.sources import resolve_sources
from allegedly.claims.targets import link_targets
from allegedly.claims.turns import with_turns
from allegedly.records import Claim, content_id, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from allegedly.claims.probability import Calibration
    from allegedly.records import (
        Assessment,
        Attribution,
        Document,
        Mention,
        Passage,
        Place,
        Silence,
        Source,
        Spans,
    )


def read_claims(
    document: Document,
    passages: Sequence[Passage],
    attributions: Iterable[Attribution],
    *,
    mentions: Sequence[Mention] = (),
    calibration: Calibration = UNCALIBRATED,
) -> tuple[tuple[Claim, ...], tuple[Assessment, ...], tuple[Silence, ...]]:
    """Read what is claimed, assessed and left unsaid in one document, in the order of its text.

    `passages` are those that the attributions were read from. Without the `calibration` of the
    model that found them, a claim's probability is its attribution's score.
    """
    text = document.text
    framed = with_framed(text, parted(text, attributions), passages)
    spoken = with_turns(text, framed, passages)
    cited = with_cited(text, with_posts(spoken, passages))
    placed = sorted(with_judged(text, cited), key=_place)
    quiet = unsaid(document, passages, placed)
    judging = [a for a in placed if a.method == JUDGING]
    kept = believed(text, [a for a in placed if a.method != JUDGING], quiet)
    together = sorted([*kept, *quiet, *judging], key=_place)
    found = resolve_sources(document, together, mentions)
    who = {id(a): source for a, source in zip(together, found, strict=True)}
    places = find_places(text, mentions)
    claims = [_claim(document, a, who, calibration, places) for a in layers(text, kept, who)]
    judges = tuple((a, source) for a in judging if (source := who[id(a)]) is not None)
    linked = link_targets(document, _without_assessments(document, claims))
    silences = tuple(silence(document, a, who[id(a)]) for a in quiet)
    return linked, assessments(document, linked, judges), silences


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
    start, layer = place((*a.source, *a.cue, *a.content)), a.within
    while layer is not None:  # its words may stand after those that it passes on
        start = max(start, place((*layer.source, *layer.cue, *layer.content)))
        layer = layer.within
    return start, depth(a)


def _pairs(spans: Spans) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _claim(
    document: Document,
    a: Attribution,
    who: Mapping[int, Source | None],
    calibration: Calibration,
    places: tuple[Place, ...],
) -> Claim:
    text = document.text
    cue, content = words(text, a.cue), words(text, a.content)
    hops = chain(a, who)
    source = words(text, hops[-1].spans) if hops else ""
    what = act(cue, content, source, anonymous=not hops)
    shown = form(text, a.content, a.cue, zone=a.zone.kind)
    evidence = signs(a.score, content, shown, named=bool(hops))
    when, where, amounts = setting(document, a.content, cue=a.cue, zone=a.zone, places=places)
    return Claim(
        id=content_id(
            "claim",
            document.id,
            _pairs(a.content),
            _pairs(a.cue),
            [_pairs(hop.spans) for hop in hops],
        ),
        zone=a.zone.kind,
        content=a.content,
        cue=a.cue,
        sources=hops,
        act=what,
        form=shown,
        polarity=polarity(content),
        modality=modality(content, cue=cue, act=what),
        hedges=hedges(text, a.content, a.cue),
        time=when,
        places=where,
        quantities=amounts,
        probability=round(calibration.probability(evidence), 4),
    )
