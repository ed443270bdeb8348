"""How fast claims are linked: from nothing, and one story more.

Usage: python -m benchmarks.link_speed [--claims N…] [--floor]

Stories are made up: an event has a handful of stories, each with twenty claims in words of its own
about the same matters, among events that share words with it. They are compared by the real vectors
and kept in a real ledger (SQLite, on the disk that the system's scratch folder is on); only the
reading of the stories is left out, which `benchmarks.speed` measures.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from allegedly import links
from allegedly.ledger import Ledger
from allegedly.linking.claims import Profile, Said, profile
from allegedly.records import Document, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

STORY = 20  # claims of a story
STORIES = 4  # stories of an event
MOST_S, MOST_MB, MOST_ONE_MS, MOST_GROWTH = 600.0, 2000.0, 300.0, 1.3
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu".split()  # noqa: SIM905
DEEDS = "shelled flooded closed bought blocked sold seized opened burnt moved".split()  # noqa: SIM905
SAYS = ["said told reporters that", "claimed that", "announced that", "reported that"]


def word(chance: random.Random, *, capital: bool = False) -> str:
    """A word that no language has."""
    made = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))
    return made.capitalize() if capital else made


def stories(claims: int) -> Iterator[tuple[Document, list[Said]]]:
    """Stories with so many claims in all, event after event."""
    for event in range(math.ceil(claims / STORY / STORIES)):
        chance = random.Random(event)  # noqa: S311 - no secret
        common = random.Random(event // 20)  # noqa: S311 - twenty events share their places
        place = word(common, capital=True)
        matters = [
            (word(chance, capital=True), chance.choice(DEEDS), word(chance)) for _ in range(STORY)
        ]
        speakers = [f"{word(chance, capital=True)} {word(chance, capital=True)}" for _ in range(5)]
        for number in range(STORIES):
            yield story(event, number, place, matters, speakers)


def matter(chance: random.Random) -> tuple[str, str, str]:
    """Who did what to what."""
    return word(chance, capital=True), chance.choice(DEEDS), word(chance)


def story(
    event: int, number: int, place: str, matters: list[tuple[str, str, str]], speakers: list[str]
) -> tuple[Document, list[Said]]:
    """One story of an event: a headline, and a sentence for each claim."""
    chance = random.Random(event * STORIES + number)  # noqa: S311
    text = f"{place}: {matters[0][0]} and {matters[1][0]}\n"
    said: list[Said] = []
    for who, did, what in matters:
        speaker = chance.choice(speakers)
        content = f"{who} {did} the {chance.choice(('old', 'new', 'large'))} {what} near {place}"
        start = len(text) + len(speaker) + 1 + len(saying := chance.choice(SAYS)) + 1
        at = len(text)
        text += f"{speaker} {saying} {content}.\n"
        said.append(
            Said(
                id=f"{event}.{number}.{len(said)}",
                kind="claim",
                content=(Span(start, start + len(content)),),
                cue=(Span(at + len(speaker) + 1, start - 1),),
                sources=(
                    Source(spans=(Span(at, at + len(speaker)),), name=speaker, kind="person"),
                ),
            )
        )
    day = 1 + event % 28
    document = Document(id=f"d{event}.{number}", text=text, published=f"2031-03-{day:02d}")
    return document, said


def named(speaker: str, at: int) -> Source:
    """A source that a text names at a place."""
    return Source(spans=(Span(at, at + len(speaker)),), name=speaker, kind="person")


def linkings(made: list[tuple[Document, list[Said]]]) -> list[dict[str, Any]]:
    """What an entry holds of each story: profiles, keys and vectors."""
    owned: list[list[Profile]] = []
    for document, said in made:
        headline = document.text.partition("\n")[0]
        setting = links.setting_of(headline)
        owned.append([profile(document, each, setting) for each in said])
    return links.bodies(owned)


def measured(claims: int) -> tuple[float, float, float]:
    """Seconds from nothing, seconds of the vectors among them, milliseconds of one story more."""
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "a.ledger", create=True) as own:
        run, vectors = links.run(), 0.0
        every = list(stories(claims + STORY * STORIES))
        new, rest = every[-1], every[: math.ceil(claims / STORY)]
        began = time.perf_counter()
        for at in range(0, len(rest), links.AT_ONCE):
            before = time.perf_counter()
            bodies = linkings(rest[at : at + links.AT_ONCE])
            vectors += time.perf_counter() - before
            links.record(own, bodies, run)
        whole = time.perf_counter() - began
        one = time.perf_counter()
        links.record(own, linkings([new]), run)
        return whole, vectors, (time.perf_counter() - one) * 1000


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--floor", action="store_true", help="leave with 1 where one is missed")
    a = parser.parse_args()
    linkings(list(stories(STORY)))  # the model is loaded once and for all
    times, missed = [], []
    for claims in a.claims:
        whole, vectors, one = measured(claims)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        times.append(whole)
        print(
            f"{claims:8d} claims: {whole:7.1f} s from nothing, {vectors:6.1f} s for profiles "
            f"and vectors; one story more {one:6.1f} ms; {peak:6.0f} MB",
            flush=True,
        )
        if claims == max(a.claims):
            known = ((whole, MOST_S), (peak, MOST_MB), (one, MOST_ONE_MS))
            missed += [f"{value:.1f} > {most:g}" for value, most in known if value > most]
    if len(times) > 1:
        growth = math.log(times[-1] / times[0]) / math.log(a.claims[-1] / a.claims[0])
        print(f"grows with n^{growth:.2f}")
        missed += [f"n^{growth:.2f}"] if growth >= MOST_GROWTH else []
    if a.floor and missed:
        sys.exit("missed: " + ", ".join(missed))


if __name__ == "__main__":
    main()
