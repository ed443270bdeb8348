"""Short stories with marked attributions, read by the claims layer alone: see mini_stories.toml."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from allegedly.claims.read import read_claims
from allegedly.records import Attribution, Claim, Document, Passage, Span, Zone, words

STORIES = tomllib.loads(Path(__file__).with_name("mini_stories.toml").read_text("utf-8"))["story"]
MARK = re.compile(r"\[(\d+)([sct]) |\]")
ENOUGH = 0.4  # share of words that a span found and a span wanted have in common


@dataclass
class Marked:
    """A story without its marks, and what they marked: number and role to spans."""

    text: str = ""
    spans: dict[tuple[int, str], list[Span]] = field(default_factory=dict)


def unmark(marked: str) -> Marked:
    """Lines of a paragraph are joined by blanks, marks are taken out."""
    flowing = re.sub(r"(?<!\n)\n(?!\n)", " ", marked.strip())
    found, open_, last = Marked(), [], 0
    for mark in MARK.finditer(flowing):
        found.text += flowing[last : mark.start()]
        last = mark.end()
        if mark.group() != "]":
            open_.append((int(mark[1]), mark[2], len(found.text)))
            continue
        number, role, start = open_.pop()
        found.spans.setdefault((number, role), []).append(Span(start, len(found.text)))
    found.text += flowing[last:]
    return found


def attributions(story: Marked, zone: Zone) -> dict[int, Attribution]:
    """The marked attributions, outer before inner, each within the smallest content around it."""
    found: dict[int, Attribution] = {}
    numbers = sorted({number for number, _ in story.spans})

    def roles(number: int, role: str) -> tuple[Span, ...]:
        return tuple(sorted(story.spans.get((number, role), [])))

    def around(number: int) -> list[int]:
        inner = (roles(number, "c") or roles(number, "t"))[0]
        outer = [n for n in numbers if n != number and any(
            span.contains(inner) for span in roles(n, "t"))]  # fmt: skip
        return sorted(outer, key=lambda n: sum(map(len, roles(n, "t"))))

    for number in sorted(numbers, key=lambda n: len(around(n))):
        outer = around(number)
        found[number] = Attribution(
            source=roles(number, "s"),
            cue=roles(number, "c"),
            content=roles(number, "t"),
            zone=zone,
            within=found[outer[0]] if outer else None,
            score=0.95,
            method="marked",
        )
    return found


def agreement(left: str, right: str) -> float:
    one, two = (Counter(re.findall(r"\w+", text.lower())) for text in (left, right))
    return sum((one & two).values()) / max(1, sum((one | two).values()))


def read(story: dict[str, Any]) -> tuple[Marked, Any, dict[int, Claim]]:
    marked = unmark(story["text"])
    zone = Zone(span=Span(0, len(marked.text)), kind="story")
    document = Document(id="d", text=marked.text)
    given = attributions(marked, zone)
    reading = read_claims(document, [Passage(span=zone.span, zone=zone)], given.values())
    claims = {
        number: claim
        for number, a in given.items()
        for claim in reading[0]
        if claim.content == a.content
    }
    return marked, reading, claims


def cells(line: str, separator: str, count: int) -> list[str]:
    return ([cell.strip() for cell in line.split(separator)] + [""] * count)[:count]


def ids(story: Any) -> str:
    return str(story["name"])


@pytest.mark.parametrize("story", [s for s in STORIES if s.get("claims")], ids=ids)
def test_acts_and_links(story: dict[str, Any]) -> None:
    _, _, claims = read(story)
    for line in story["claims"]:
        told, links = cells(line, ";", 2)
        number, *wanted = told.split()
        claim = claims[int(number)]
        shown = {claim.act, claim.polarity, claim.modality, claim.form}
        for each in wanted:
            assert shown.intersection(each.split("/")), (line, claim)
        relation, *numbers = links.split() or [""]
        assert {t.claim for t in claim.targets} == {claims[int(n)].id for n in numbers}, line
        assert {t.relation for t in claim.targets} <= set(relation.split("/")), (line, claim)


@pytest.mark.parametrize("story", STORIES, ids=ids)
def test_silences(story: dict[str, Any]) -> None:
    marked, (_, _, found), _ = read(story)
    expected = story.get("silences", [])
    shown = [(s.name, words(marked.text, s.spans), s.about) for s in found]
    assert len(shown) == len(expected), shown
    for line, (name, said, about) in zip(expected, shown, strict=True):
        who, what, matter = cells(line, "|", 3)
        assert (name or "-") in who.split("/"), shown
        assert agreement(said, what) >= ENOUGH, shown
        assert not matter or about in matter.split("/"), shown


@pytest.mark.parametrize("story", STORIES, ids=ids)
def test_assessments(story: dict[str, Any]) -> None:
    marked, (_, found, _), claims = read(story)
    expected = story.get("assessments", [])
    shown = [(a.kind, a.by, a.about, words(marked.text, a.spans)) for a in found]
    assert len(shown) == len(expected), shown
    for line, (kind, by, about, said) in zip(expected, shown, strict=True):
        wanted, judges, numbers, what = cells(line, "|", 4)
        assert kind == wanted, shown
        assert by in judges.split("/"), shown
        assert set(about) == {claims[int(n)].id for n in numbers.split()}, shown
        assert agreement(said, what) >= ENOUGH, shown
