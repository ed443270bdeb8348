"""How fast claims are linked: from nothing, and one story more.

Usage: python -m benchmarks.link_speed [--claims N…] [--floor]

Stories are made up: an event has a handful of stories, each with twenty claims in words of its own
about the same twenty matters, among events that share words with it. They are kept in a real ledger
(SQLite, on the disk that the system's scratch folder is on) as if they had been read, and then
`Ledger.link()` does all that it does: it reads them back, looks for further statements with the
reader's own model, makes profiles and vectors, and groups, links and records. Only the reading of
the stories is left out, which `benchmarks.speed` measures. The time of all cores together stands
beside the time by the clock: on a busy machine it says more.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import statistics
import sys
import time
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from allegedly.encoder import packed_encoder
from allegedly.ledger import Ledger
from allegedly.records import Capture, Claim, Document, Reading, Run, Source, Span, Zone, content_id
from allegedly.store import recording

if TYPE_CHECKING:
    from collections.abc import Iterator

STORY = 20  # claims of a story
STORIES = 4  # stories of an event
SHORTEST = 5  # letters of a word that stories are made of
NEAR = 20  # events that share their place
MORE = 5  # stories that are added one by one at the end; the median is told
MOST_S, MOST_MB, MOST_ONE_MS, MOST_GROWTH = 600.0, 2000.0, 300.0, 1.3
DEEDS = "shelled flooded closed bought blocked sold seized opened burnt moved".split()  # noqa: SIM905
TOLD = [
    "{who} {did} the {how} {what} of {other}",
    "the {how} {what} was {did} by {who} before {other}",
    "no {other} would reach {who} until the {how} {what} is {did}",
    "{how} {what} had {did} half of {other}, although {who} objected",
    "{who} asked for {other} because its {how} {what} {did}",
    "it was {who} that {did} {other} with {how} {what}",
]
HOW = ["old", "new", "large"]
SAYS = ["told reporters that", "claimed that", "announced that", "reported that"]
READ = Run(code="benchmarks.link_speed", model="made up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds from nothing by the clock and of all cores, milliseconds of one story more."""

    seconds: float
    busy: float
    statements: int
    groups: int
    one: float
    one_busy: float


@cache
def words() -> list[str]:
    """Words that the vectors know, the commonest first: made-up ones are all alike to them."""
    known = packed_encoder().tokenizer.get_vocab()
    ranked = sorted(known, key=known.__getitem__)
    return [w for w in ranked if w.isascii() and w.isalpha() and len(w) >= SHORTEST]


def word(chance: random.Random, *, capital: bool = False) -> str:
    """Any word, the common ones more often, as in news: by one over their rank (Zipf 1935)."""
    made = words()[int(len(words()) ** chance.random()) - 1]
    return made.capitalize() if capital else made


def stories() -> Iterator[Reading]:
    """Stories without end, event after event."""
    event = 0
    while True:
        chance = random.Random(event)  # noqa: S311 - no secret
        common = random.Random(event // NEAR)  # noqa: S311
        place = word(common, capital=True)
        matters = [matter(chance) for _ in range(STORY)]
        speakers = [f"{word(chance, capital=True)} {word(chance, capital=True)}" for _ in range(5)]
        for number in range(STORIES):
            yield story(event, number, place, matters, speakers)
        event += 1


def matter(chance: random.Random) -> str:
    """What outlets tell in common, each in an adjective of its own."""
    parts = {"who": word(chance, capital=True), "did": chance.choice(DEEDS)}
    parts |= {"what": word(chance), "other": word(chance), "how": "{how}"}
    return chance.choice(TOLD).format(**parts)


def story(event: int, number: int, place: str, matters: list[str], speakers: list[str]) -> Reading:
    """One story of an event: a headline, and a sentence for each claim."""
    chance = random.Random(event * STORIES + number)  # noqa: S311
    headline = f"{place}: {matters[0].format(how='own')}"
    text, said = f"{headline}\n", []
    for number_of, told in enumerate(matters):
        speaker, saying = chance.choice(speakers), chance.choice(SAYS)
        content = told.format(how=chance.choice(HOW)) + f" in {place}" * (number_of % 3 == 0)
        at = len(text)
        text += f"{speaker} {saying} {content}.\n"
        said.append((Span(at, at + len(speaker)), saying, content))
    day = 1 + event % 28
    name = content_id("document", text)
    document = Document(
        id=name, text=text, publisher="Post", published=f"2031-03-{day:02d}", language="en"
    )
    split = len(headline)
    zones = (
        Zone(span=Span(0, split), kind="headline"),
        Zone(span=Span(split, len(text)), kind="story"),
    )
    claims = tuple(claim(document, *parts) for parts in said)
    return Reading(document=document, zones=zones, claims=claims, assessments=(), silences=())


def claim(document: Document, speaker: Span, saying: str, content: str) -> Claim:
    """The claim of one sentence."""
    cue = Span(speaker.end + 1, speaker.end + 1 + len(saying))
    told = Span(cue.end + 1, cue.end + 1 + len(content))
    return Claim(
        id=content_id("claim", document.id, told.start, told.end),
        content=(told,),
        cue=(cue,),
        sources=(Source(spans=(speaker,), name=speaker.cut(document.text), kind="person"),),
        zone="story",
        act="assert",
        form="indirect",
        polarity="positive",
        modality="certain",
        probability=0.75,
    )


def keep(ledger: Ledger, readings: Iterator[Reading], count: int) -> None:
    """Record stories as if they had been read."""
    for at in range(0, count, 100):
        with ledger.writing() as end:
            for reading in islice(readings, min(100, count - at)):
                own = reading.document
                said = {name: getattr(own, name) for name in ("title", "publisher", "published")}
                met = Capture(document=own.id, sha256=own.id, **said)
                recording.record(end, reading, met, READ)
                end.flush()


def measured(claims: int) -> Measured:
    """Link so many claims in a new ledger, and then a few stories one by one."""
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "a.ledger", create=True) as own:
        readings = stories()
        keep(own, readings, math.ceil(claims / STORY))
        began, busy = time.perf_counter(), time.process_time()
        linked = own.link()
        whole, used = time.perf_counter() - began, time.process_time() - busy
        ones, ones_busy = [], []
        for _ in range(MORE):
            keep(own, readings, 1)
            began, busy = time.perf_counter(), time.process_time()
            own.link()
            ones.append(time.perf_counter() - began)
            ones_busy.append(time.process_time() - busy)
        return Measured(
            seconds=whole,
            busy=used,
            statements=len(own.statements()),
            groups=linked.groups,
            one=statistics.median(ones) * 1000,
            one_busy=statistics.median(ones_busy) * 1000,
        )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--floor", action="store_true", help="leave with 1 where one is missed")
    a = parser.parse_args()
    measured(MORE * STORY)  # the models are loaded once and for all
    found, missed = [], []
    for claims in a.claims:
        own = measured(claims)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found.append(own)
        print(
            f"{claims:8d} claims and {own.statements} statements: {own.seconds:.1f} s from nothing "
            f"({own.busy:.1f} s of all cores), {own.groups} groups put; one story more "
            f"{own.one:.0f} ms ({own.one_busy:.0f} ms); {peak:.0f} MB",
            flush=True,
        )
        if claims == max(a.claims):
            known = ((own.seconds, MOST_S), (peak, MOST_MB), (own.one, MOST_ONE_MS))
            missed += [f"{value:.1f} > {most:g}" for value, most in known if value > most]
    if len(found) > 1:
        of_claims = math.log(a.claims[-1] / a.claims[0])
        growth, busy = (
            math.log(getattr(found[-1], name) / getattr(found[0], name)) / of_claims
            for name in ("seconds", "busy")
        )
        print(f"grows with n^{growth:.2f} by the clock, n^{busy:.2f} of all cores")
        missed += [f"n^{growth:.2f}"] if growth >= MOST_GROWTH else []
    if a.floor and missed:
        sys.exit("missed: " + ", ".join(missed))


if __name__ == "__main__":
    main()
