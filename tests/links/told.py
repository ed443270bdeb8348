"""Stories about the same matters in words of their own, as if they had been read."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.store.stories import FIRST, capture, claim

from allegedly.records import Document, Reading, Span, Zone, content_id

if TYPE_CHECKING:
    from allegedly.records import Run
    from allegedly.store import Store

EVENTS = {
    "Orlo": (
        "floods had cut the {how} road to the Orlo lighthouse",
        "forty sheep drowned in the {how} fields below Orlo",
        "the {how} dike would not be mended before spring",
        "soldiers brought bread to Orlo in {how} boats",
    ),
    "Velm": (
        "thieves took the {how} bell from the tower of Velm",
        "the watchman of Velm had slept through the {how} theft",
        "a reward was put on the {how} bronze clapper",
        "the priest rang a {how} pan instead",
    ),
    "Taric": (
        "the Taric council had paid twice for one {how} engine",
        "an auditor found {how} invoices in a drawer",
        "the treasurer of Taric would resign over the {how} contract",
        "the maker of the {how} engine owed nobody anything",
    ),
    "Selme": (
        "a {how} wolf walked through the school yard of Selme",
        "hunters must not shoot the {how} animal",
        "children in Selme would stay at home for a {how} week",
        "the zoo missed no {how} wolf",
    ),
    "Anfa": (
        "the {how} singer cancelled every concert in Anfa",
        "a doctor had told her to rest her {how} voice",
        "tickets for the {how} hall would be paid back",
        "the orchestra of Anfa played without a {how} soloist",
    ),
}
SPEAKERS = ("Mira Hale", "Tom Ostrey", "The warden", "A clerk")


def story(event: int, number: int) -> Reading:
    """A story about one of the events: a headline and three claims of what is told of it."""
    chance = random.Random(event * 100 + number)  # noqa: S311 - no secret
    place, matters = list(EVENTS.items())[event]
    lines = [f"{place}: what is known on day {event}, report {number}"]
    said = []
    for matter in chance.sample(matters, 3):
        content = matter.format(how=chance.choice(("old", "new", "large")))
        who = chance.choice(SPEAKERS)
        said.append((content, who))
        lines.append(f"{who} said {content}.")
    text = "\n".join(lines)
    document = Document(
        id=content_id("document", text),
        text=text,
        publisher=f"Paper {number}",
        published=f"2031-05-{event + 1:02d}",
    )
    split = len(lines[0])
    zones = (
        Zone(span=Span(0, split), kind="headline"),
        Zone(span=Span(split, len(text)), kind="story"),
    )
    claims = tuple(claim(text, content, who, "said") for content, who in said)
    return Reading(document=document, zones=zones, claims=claims, assessments=(), silences=())


def stories(events: int, each: int) -> list[Reading]:
    """Some stories of each event, as they come in: one of each after the other."""
    return [story(event, number) for number in range(each) for event in range(events)]


def keep(store: Store, *readings: Reading, run: Run = FIRST) -> None:
    """Record stories as read."""
    for reading in readings:
        store.record(reading, capture(reading, uri=None), run)
