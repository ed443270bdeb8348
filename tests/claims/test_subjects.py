from __future__ import annotations

import pytest

from allegedly.claims.subjects import with_subjects
from allegedly.records import Attribution, Span, Zone, words


def unsourced(text: str, cue: str, content: str) -> Attribution:
    def span(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    return Attribution(
        source=(),
        cue=(span(cue),),
        content=(span(content),),
        zone=Zone(span=Span(0, len(text)), kind="story"),
        score=0.9,
        method="test",
    )


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        ("The Halm Red Cross has asked for tents.", "has asked", "for tents", "The Halm Red Cross"),
        (
            "Rain fell. The board claims the dyke holds.",
            "claims",
            "the dyke holds",
            "The board",
        ),
        (
            "It was reported in the Halm Post that the dyke broke.",
            "was reported",
            "that the dyke broke",
            "the Halm Post",
        ),
        (
            "The board has met, and has asked for tents.",
            "has asked",
            "for tents",
            "The board",
        ),
        ("It was reported that the dyke broke.", "was reported", "that the dyke broke", ""),
        ("Walking home, believing it over, they sang.", "believing", "it over", ""),
        ("There were fears that it broke.", "fears", "that it broke", ""),
    ],
)
def test_a_source_beside_the_cue(text: str, cue: str, content: str, source: str) -> None:
    [found] = with_subjects(text, [unsourced(text, cue, content)])
    assert words(text, found.source) == source


def test_what_lies_within_follows() -> None:
    text = "The board claims that rain said no."
    outer = unsourced(text, "claims", "that rain said no")
    inner = Attribution(
        source=(),
        cue=(),
        content=(Span(text.index("no"), text.index("no") + 2),),
        zone=outer.zone,
        within=outer,
        score=0.9,
        method="test",
    )
    first, second = with_subjects(text, [outer, inner])
    assert second.within is first
