"""A ledger with the stories of two events, and of none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.store.stories import Clock

from allegedly.adding import Reader
from allegedly.ledger import Ledger
from allegedly.records import Reading, Run, Span, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegedly.records import Document

# Outlet, time of publication, title, lead.
DAM = (
    (
        "Velm Herald",
        "2031-05-03T08:00:00+00:00",
        "Explosion at Orlo dam, says governor",
        "The governor of Velm said that an explosion tore a hole in the Orlo dam on Saturday.",
    ),
    (
        "Morning Wire",
        "2031-05-03T09:00:00+00:00",
        "Governor of Velm blames Taric rebels for Orlo dam explosion",
        "Taric rebels blew up the Orlo dam, the governor of Velm claimed without giving evidence.",
    ),
    (
        "Taric Post",
        "2031-05-03T12:00:00+00:00",
        "Taric rebels deny blowing up Orlo dam",
        "A speaker of the Taric rebels denied that they had anything to do with the dam explosion.",
    ),
    (
        "Daily Lantern",
        "2031-05-04T07:00:00+00:00",
        "What we know about the Orlo dam explosion",
        "The governor of Velm accuses Taric rebels of the explosion at the dam; they deny it.",
    ),
)
BANK = (
    (
        "Velm Herald",
        "2031-05-03T10:00:00+00:00",
        "Central bank raises interest rates again",
        "The central bank raised interest rates by a quarter point to slow inflation.",
    ),
    (
        "Morning Wire",
        "2031-05-03T11:00:00+00:00",
        "Interest rates up a quarter point as inflation persists",
        "Inflation worries the central bank, which raised interest rates by a quarter point.",
    ),
    (
        "Daily Lantern",
        "2031-05-04T11:00:00+00:00",
        "Markets fall after central bank raises interest rates",
        "Shares fell after the central bank raised its interest rates by a quarter point.",
    ),
    (
        "Taric Post",
        "2031-05-04T12:00:00+00:00",
        "Central bank chief defends interest rates",
        "The chief of the central bank defended the higher interest rates and spoke of inflation.",
    ),
)
OTHER = (
    (
        "Velm Herald",
        "2031-05-03T10:30:00+00:00",
        "Goats win county prize",
        "Two goats from Lower Pem won the county prize for cheese on Sunday.",
    ),
    (
        "Daily Lantern",
        "2031-05-04T10:30:00+00:00",
        "Actor opens museum of clocks",
        "A museum of clocks was opened by an actor who owns ninety of them.",
    ),
)
LATE = (
    "Morning Wire",
    "2031-05-05T06:00:00+00:00",
    "Rebels call Orlo dam explosion a lie of the governor",
    "Taric rebels said again on Monday that the governor of Velm lied about the dam explosion.",
)


def add(ledger: Ledger, story: tuple[str, str, str, str]) -> str:
    """Add a story; gives its id."""
    publisher, published, title, lead = story
    text = f"{title}\n{lead}\n"
    done = ledger.add(text, title=title, publisher=publisher, published=published)
    return done.document


def nothing_read(document: Document) -> Reading:
    zones = (Zone(span=Span(0, len(document.text)), kind="story"),)
    return Reading(document=document, zones=zones, claims=(), assessments=(), silences=())


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "news.ledger", create=True, clock=Clock()) as opened:
        opened.encode = None  # words alone, so that no model is loaded
        opened.reader = Reader(run=Run(code="none", model="none"), read=nothing_read)
        yield opened


@pytest.fixture
def news(ledger: Ledger) -> dict[str, list[str]]:
    """The ids of the stories that were added, by what they are about."""
    told = {"dam": DAM, "bank": BANK, "other": OTHER}
    return {about: [add(ledger, story) for story in stories] for about, stories in told.items()}
