"""Who passed words on, on spans given by hand."""

from __future__ import annotations

import pytest

from allegedly.claims.relays import is_relay, spoken_within, with_relays
from allegedly.records import Attribution, Span, Zone, words


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    def span(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    return Attribution(
        source=(span(source),),
        cue=(span(cue),),
        content=(span(content),),
        zone=Zone(span=Span(0, len(text)), kind="story"),
        score=0.9,
        method="test",
    )


@pytest.mark.parametrize(
    ("text", "cue", "relay"),
    [
        ("Ana Lupu told Radio Brisk that it leaks.", "told", "Radio Brisk"),
        ("Ana Lupu told the Brisk news agency that it leaks.", "told", "the Brisk news agency"),
        ("Ana Lupu told local media that it leaks.", "told", "local media"),
        ("Ana Lupu told the court that it leaks.", "told", None),
        ("Ana Lupu told reporters that it leaks.", "told", None),
        ("In an interview with Brisk TV, Ana Lupu said that it leaks.", "said", "Brisk TV"),
        ("Ana Lupu said in a statement that it leaks.", "said", None),
        ("Ana Lupu said in a post on Facebook that it leaks.", "said", "a post on Facebook"),
        ("Ana Lupu wrote on her Telegram channel that it leaks.", "wrote", "her Telegram channel"),
        ("Ana Lupu said that it leaks, according to Interfax.", "said", "Interfax"),
    ],
)
def test_who_passed_it_on(text: str, cue: str, relay: str | None) -> None:
    found = list(with_relays(text, [attribution(text, "Ana Lupu", cue, "that it leaks")]))
    assert [words(text, a.source) for a in found if is_relay(a)] == ([relay] if relay else [])
    assert words(text, found[-1].source) == "Ana Lupu"


def test_what_one_attribution_was_told_is_not_the_others() -> None:
    text = "Ana Lupu said it leaks and Ole Bern told Radio Brisk it holds."
    one = attribution(text, "Ana Lupu", "said", "it leaks")
    other = attribution(text, "Ole Bern", "told", "it holds")
    found = list(with_relays(text, [one, other]))
    assert [is_relay(a) for a in found] == [False, True, False]


def test_a_relay_holds_no_words_of_its_own() -> None:
    text = "Ana Lupu told Radio Brisk that it leaks."
    relay, inner = with_relays(text, [attribution(text, "Ana Lupu", "told", "that it leaks")])
    assert inner.within is relay
    assert inner.content == relay.content
    assert spoken_within(inner) is None
