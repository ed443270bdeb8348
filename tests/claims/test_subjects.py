from __future__ import annotations

from dataclasses import replace

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


@pytest.mark.parametrize(
    ("between", "source"), [(", ", "Selm"), (" the raid, ", "Norland"), (" ", "Norland")]
)
def test_who_does_something_beside_a_denial_is_who_denies(between: str, source: str) -> None:
    text = f"Norland spoke of a raid, which Selm denied{between}accusing Norland of lies."
    start = text.index("Selm")
    denial = replace(unsourced(text, "denied", "which"), source=(Span(start, start + len("Selm")),))
    other = replace(unsourced(text, "accusing", "Norland of lies"), source=(Span(0, 7),))
    _, found = with_subjects(text, [denial, other])
    assert words(text, found.source) == source


@pytest.mark.parametrize(
    ("read", "cue", "source"),
    [
        ("The board early Monday rejected", "an accusation", "Norland"),
        ("The board early Monday rejected", "accusation", None),
        ("Norland", "accusation", None),
    ],
)
def test_a_clause_is_nobodys_name(read: str, cue: str, source: str | None) -> None:
    text = "The board early Monday rejected an accusation from Norland that it lied."
    start = text.index(read)
    a = replace(unsourced(text, cue, "that it lied"), source=(Span(start, start + len(read)),))
    [found] = with_subjects(text, [a])
    assert words(text, found.source) == (source or read)


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
