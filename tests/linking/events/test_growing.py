"""A case grows to its event, and not beyond."""

from __future__ import annotations

import numpy as np
import pytest

from allegedly.linking.events import Corpus, Story, grow, suggest
from allegedly.linking.events.stems import stems

FIRE = (
    "Fire destroys harbour market in Ostrel",
    "Police suspect arson after Ostrel harbour market fire",
    "Traders blame mayor for fire at harbour market in Ostrel",
    "Mayor of Ostrel rejects blame for the harbour market fire",
)
FERRY = (
    "Ferry runs aground off Ostrel harbour",
    "Passengers rescued from ferry aground near Ostrel",
    "Captain of grounded Ostrel ferry was asleep, police say",
    "Ferry company denies that captain was asleep off Ostrel",
)

LEADS = {
    FIRE: "The blaze began in a fish stall and burnt the whole market down, firemen said.",
    FERRY: "The ship with ninety aboard hit a sandbank while its captain slept, police said.",
}


def story(title: str, *, day: int = 3, **other: str) -> Story:
    values = {"id": title, "title": title, "text": f"{title}\n", "language": "en"} | other
    return Story(published=f"2031-05-{day:02}T10:00:00+00:00", **values)


def corpus() -> Corpus:
    return Corpus([story(t, text=f"{t}\n{lead}\n") for event, lead in LEADS.items() for t in event])


def test_two_events_with_the_same_place_in_one_week_stay_apart() -> None:
    for event in (FIRE, FERRY):
        assert set(grow(corpus(), event[:2]).members) == set(event)


def test_growth_is_the_same_every_time() -> None:
    assert grow(corpus(), FIRE[:1]) == grow(corpus(), FIRE[:1])


def test_a_seed_is_needed() -> None:
    with pytest.raises(ValueError, match="at least one story"):
        grow(corpus(), ["nothing"])


def test_what_is_outside_stays_outside() -> None:
    assert FIRE[2] not in grow(corpus(), FIRE[:2], outside=[FIRE[2]]).members


def test_a_sentence_of_a_page_about_ten_things_is_enough() -> None:
    page = story(
        "Your Tuesday briefing",
        text="Your Tuesday briefing\nA bank failed in Pem. Goats won a prize. "
        "Police suspect arson after the fire at the harbour market in Ostrel. Rain is on its way.",
    )
    whole = Corpus([*map(story, FIRE), page])
    assert page.id in grow(whole, FIRE[:2]).members


def test_words_that_say_nothing_make_nothing_alike() -> None:
    plain = Corpus([story(FIRE[0]), story("What to know about it and why it is so")])
    assert grow(plain, [FIRE[0]]).members == (FIRE[0],)


def test_vectors_are_taken_of_what_words_bring_near_alone() -> None:
    asked: list[str] = []

    def encode(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        return np.ones((len(texts), 4), dtype=np.float32) / 2

    stories = [story(title) for title in (*FIRE, "Goats win county prize")]
    grown = grow(Corpus(stories, encode=encode), FIRE[:1])  # type: ignore[arg-type]  # a list
    assert "Goats win county prize" not in asked
    assert len(asked) == len(set(asked))
    assert grown.vector == (0.5, 0.5, 0.5, 0.5)


def test_suggesting_needs_more_than_one_voice() -> None:
    column = [
        story(f"Answers to puzzle of day {n}", publisher="Herald", day=n) for n in (3, 4, 5, 6)
    ]
    assert list(suggest(Corpus(column))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Kremlin’s drones", ["kremlin", "drone"]),
        ("Cities, bus, gas and press", ["city", "bus", "gas", "press"]),
        ("", []),
    ],
)
def test_stems(text: str, found: list[str]) -> None:
    assert stems(text) == found
