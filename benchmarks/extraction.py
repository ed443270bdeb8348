"""What is taken for a page's article, beside trafilatura on the same pages in the same run.

Usage: python -m benchmarks.extraction FOLDER [--cross-fitted] [--floor] [--no-claims]

FOLDER holds pages as `ID.html.gz` and `ground-truth.json` with each `articleBody`, as
scrapinghub's article-extraction-benchmark does; F1, precision and recall are its own, of four-word
shingles, each page weighing the same. Ours is the text of the zones that count as the article's
body: story, section headings and embedded posts; the page's headline, captions, bylines, teasers
and boilerplate are in the text, marked, and do not count.

Leakage is the share of claims whose words lie outside the true body, of all claims that are read
as the article's: of our page, and of what trafilatura keeps, read as plain text by the program.
What our page says in its headline and captions is read and says so in its zone; no true body has a
headline and few have captions, so these claims are counted apart. The weights of the article's
evidence were fitted on pages like these; `--cross-fitted` fits them anew for each tenth of the
sites on the others, so that no page is judged by weights that saw its site.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from allegedly.documents import read_document
from allegedly.documents.html import characters, read_page
from allegedly.documents.html.body import body
from allegedly.documents.html.page import trafilatura_text
from allegedly.encoder import packed_encoder
from allegedly.pipeline import read_stored
from allegedly.records import Document, content_id
from allegedly.zones import zone
from benchmarks.shingles import f1_of, matches
from training.article_body import judges, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from allegedly.records import Reading
    from benchmarks.shingles import Match
    from training.article_body import Judge

BODY: Final = frozenset({"story", "headline", "social_post"})
MOST_OF_THEIRS: Final = 0.5  # of trafilatura's leakage that ours may have
RUN: Final = 3  # words in a row that show where a claim's words are from
INSIDE: Final = 0.5  # of a content's runs that the body has


@dataclass(slots=True)
class Tally:
    """What one reader did on all pages."""

    scores: list[Match] = field(default_factory=list)
    claims: int = 0
    leaked: int = 0
    captions: int = 0
    seconds: float = 0.0

    @property
    def leakage(self) -> float:
        """The share of claims from outside the article."""
        return self.leaked / (self.claims or 1)


def ours(text: str, url: str, judge: Judge = body) -> Document | None:
    """A page as the product stores it."""
    page = read_page(text, judge)
    if page is None:
        return None
    about = page.about
    return Document(
        id=content_id("document", page.text),
        text=page.text,
        marks=page.marks,
        title=about.title,
        uri=url,
        published=about.published,
    )


def body_of(document: Document) -> str:
    """The words of the zones that count as the article's body, without the page's headline."""
    title = " ".join((document.title or "").split())
    parts = [document.text[z.span.start : z.span.end] for z in zone(document) if z.kind in BODY]
    first = parts[0].strip() if parts else ""
    return "\n".join(parts[1:] if _is_title(first, title, document) else parts)


def _is_title(first: str, title: str, document: Document) -> bool:
    marked = document.marks and document.marks[0].kind == "headline"
    return bool(marked and document.marks[0].span.start == 0) or first == title


def claims_in(reading: Reading) -> Iterator[tuple[str, list[str]]]:
    """Zone and stretches of words of each claim, those of the page's headline left out."""
    top = reading.zones[0].span.end if reading.zones and reading.zones[0].kind == "headline" else 0
    for claim in reading.claims:
        if claim.content[0].start >= top:
            yield claim.zone, [reading.document.text[s.start : s.end] for s in claim.content]


def outside(stretches: list[str], truth: str, runs: frozenset[tuple[str, ...]]) -> bool:
    """Whether most of a claim's words are not the true body's."""
    hits = total = 0
    for words in stretches:
        found = re.findall(r"\w+", words)
        if len(found) < RUN:
            hits, total = hits + (" ".join(found) in truth), total + 1
        else:
            own = list(zip(*(found[i:] for i in range(RUN)), strict=False))
            hits, total = hits + sum(run in runs for run in own), total + len(own)
    return hits < INSIDE * total


def count(tally: Tally, document: Document, truth: str) -> None:
    """Read a document and count its claims."""
    words = re.findall(r"\w+", truth)
    runs = frozenset(zip(*(words[i:] for i in range(RUN)), strict=False))
    for zone_kind, content in claims_in(read_stored(document, packed_encoder())):
        if zone_kind == "caption":
            tally.captions += 1
            continue
        tally.claims += 1
        tally.leaked += outside(content, " ".join(words), runs)


def run(
    folder: Path, most: int, judge_of: Callable[[str], Judge], *, claims: bool
) -> tuple[Tally, Tally, int]:
    """Both readers over all pages."""
    gold = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    mine, theirs = Tally(), Tally()
    names = sorted(gold)[:most]
    for name in names:
        text = characters(gzip.decompress((folder / f"{name}.html.gz").read_bytes()))
        truth, url = gold[name]["articleBody"], gold[name]["url"]
        if not isinstance(text, str):
            continue
        began = time.perf_counter()
        kept = trafilatura_text(text)
        middle = time.perf_counter()
        document = ours(text, url, judge_of(url))
        mine.seconds += time.perf_counter() - middle
        theirs.seconds += middle - began
        theirs.scores.append(matches(truth, kept))
        mine.scores.append(matches(truth, body_of(document) if document else ""))
        if claims and document is not None:
            count(mine, document, truth)
            plain = read_document(kept)
            if isinstance(plain, Document):
                count(theirs, plain, truth)
    return mine, theirs, len(names)


def main() -> None:
    """Command line; exit code 1 where a floor is not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1_000_000)
    parser.add_argument("--no-claims", action="store_true")
    parser.add_argument("--cross-fitted", action="store_true", help="weights that saw no such site")
    parser.add_argument("--floor", action="store_true", help="fail where a figure is not reached")
    a = parser.parse_args()
    judge_of = judges(samples(a.folder)) if a.cross_fitted else lambda _: body
    mine, theirs, pages = run(a.folder, a.pages, judge_of, claims=not a.no_claims)
    print(f"{pages} pages")
    for name, tally in (("allegedly", mine), ("trafilatura", theirs)):
        f1, precision, recall = f1_of(tally.scores)
        print(
            f"{name:12s} F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}  "
            f"{1000 * tally.seconds / pages:.0f} ms a page"
            + ("" if a.no_claims else f"  {tally.leaked} of {tally.claims} claims from outside")
            + ("" if a.no_claims else f" ({100 * tally.leakage:.2f} %)")
            + ("" if a.no_claims else f", {tally.captions} in captions")
        )
    worse = f1_of(mine.scores)[0] < f1_of(theirs.scores)[0]
    leaks = not a.no_claims and mine.leakage > MOST_OF_THEIRS * theirs.leakage
    if a.floor and (worse or leaks):
        sys.exit("below the floor: " + " and ".join(["F1"] * worse + ["leakage"] * leaks))


if __name__ == "__main__":
    main()
