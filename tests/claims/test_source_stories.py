"""Sources and chains of short invented stories, one phenomenon each."""

import pytest
from benchmarks.marked_stories import MarkedStory, agrees, marked_stories, resolved

STORIES = [*marked_stories()]


@pytest.mark.parametrize("story", [s for s in STORIES if s.who], ids=lambda s: s.about)
def test_who_speaks(story: MarkedStory) -> None:
    found = resolved(story)
    got = {label: found[label][-1] if found[label] else None for label in story.who}
    wrong = {n: (w, got[n]) for n, w in story.who.items() if not agrees(w, got[n])}
    assert not wrong


@pytest.mark.parametrize("story", [s for s in STORIES if s.chains], ids=lambda s: s.about)
def test_through_whom(story: MarkedStory) -> None:
    found = resolved(story)
    for label, wanted in story.chains.items():
        hops = found[label]
        assert len(hops) == len(wanted), hops
        assert all(agrees(w, h) for w, h in zip(wanted, hops, strict=True)), hops
