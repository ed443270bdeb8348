"""Claims against gold: which of those that were read are right."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allegedly.documents import read_document
from allegedly.records import Document, Span, content_id, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from allegedly.records import Claim

WORD = re.compile(r"\w+")
SAME = 0.5  # least overlap of two contents, or of two sources, that are about the same words


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldClaim:
    """A claim read by a person: alternative words of its content and of each hop, outermost first.

    `names` are those that its innermost source may go by.
    """

    content: tuple[str, ...]
    hops: tuple[tuple[str, ...], ...]
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStory:
    """A document with the claims that a person found in it.

    `set_aside` are stretches that the annotator left undecided. A `flat` gold has no claims within
    claims, so it says nothing of nested ones.
    """

    name: str
    document: Document
    claims: tuple[GoldClaim, ...]
    set_aside: tuple[Span, ...] = ()
    flat: bool = False


def digest(stories: Iterable[GoldStory]) -> str:
    """Identifies a collection of gold, whatever its order."""
    told = [
        [
            g.document.text,
            [[list(c.content), list(map(list, c.hops)), sorted(c.names)] for c in g.claims],
            [[s.start, s.end] for s in g.set_aside],
        ]
        for g in stories
    ]
    return content_id("gold", sorted(told))


def polnear(path: Path) -> Iterator[GoldStory]:
    """The articles of a file in the format of `corpora/attribution`."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            yield GoldStory(
                name=row["id"],
                document=Document(id=content_id("document", text), text=text),
                claims=tuple(_attributed(text, a) for a in row["attributions"] if a["content"]),
                set_aside=tuple(Span(*s) for m in row["other_marks"] for s in m["spans"]),
                flat=True,
            )


def _attributed(text: str, attribution: Mapping[str, Any]) -> GoldClaim:
    def joined(role: str) -> str:
        return words(text, tuple(Span(*s) for s in attribution[role] or ()))

    source = joined("source")
    return GoldClaim(content=(joined("content"),), hops=((source,),) if source else ())


def story(folder: Path) -> GoldStory:
    """A story read by hand: `story.txt` and `gold.json`; ValueError where it cannot be read."""
    document = read_document((folder / "story.txt").read_bytes())
    if not isinstance(document, Document):
        raise ValueError(f"{folder}: {document.reason}")  # noqa: TRY004 - the file is at fault
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    return GoldStory(
        name=folder.name,
        document=document,
        claims=tuple(
            GoldClaim(
                content=tuple(c["content"]),
                hops=tuple(map(tuple, c["sources"])),
                names=frozenset(c["names"]),
            )
            for c in gold["claims"]
        ),
    )


def judged(gold: GoldStory, claims: Sequence[Claim], nested: Sequence[bool]) -> list[bool | None]:
    """Whether each claim is right, None where the gold does not tell.

    A claim is right where a gold claim has its content and its innermost source; each gold claim
    makes one right. `nested` says which claims lie within another's content. An outer layer of a
    right claim is right where it has one of that claim's outer sources, and open else, since a
    gold lists outer layers only where they answer for more.
    """
    text = gold.document.text
    open_ = [
        (gold.flat and within) or any(s.overlaps(c) for s in gold.set_aside for c in claim.content)
        for claim, within in zip(claims, nested, strict=True)
    ]
    told = [c for c, unknown in zip(claims, open_, strict=True) if not unknown]
    met = _met(text, gold.claims, told)
    return [
        None if unknown else _is_right(text, claim, met)
        for claim, unknown in zip(claims, open_, strict=True)
    ]


def _met(
    text: str, gold: Sequence[GoldClaim], claims: Sequence[Claim]
) -> dict[str, tuple[Claim, GoldClaim]]:
    """Claims by their id with the gold claim that each is, those most alike first."""
    alike = []
    for i, wanted in enumerate(gold):
        for j, claim in enumerate(claims):
            overlap = _best(words(text, claim.content), wanted.content)
            if overlap >= SAME:
                alike.append((-overlap - _same_source(text, claim, wanted), i, j))
    found: dict[str, tuple[Claim, GoldClaim]] = {}
    taken: set[int] = set()
    for _, i, j in sorted(alike):
        if i not in taken and claims[j].id not in found:
            taken.add(i)
            found[claims[j].id] = claims[j], gold[i]
    return found


def _is_right(text: str, claim: Claim, met: Mapping[str, tuple[Claim, GoldClaim]]) -> bool | None:
    if claim.id in met:
        return _same_source(text, claim, met[claim.id][1]) >= SAME
    own = _bag(words(text, claim.content))
    for inner, wanted in met.values():
        held = _bag(words(text, inner.content)) <= own
        if held and len(inner.sources) > len(claim.sources):
            return _is_hop(text, claim, wanted.hops[:-1]) or None
    return False


def _is_hop(text: str, claim: Claim, hops: Iterable[Sequence[str]]) -> bool:
    return bool(claim.sources) and any(
        _best(words(text, claim.sources[-1].spans), hop) >= SAME for hop in hops
    )


def _same_source(text: str, claim: Claim, wanted: GoldClaim) -> float:
    """How far the innermost sources agree, from 0 to 1; two that name nobody do."""
    if not claim.sources or not wanted.hops:
        return float(not claim.sources and not wanted.hops)
    if claim.sources[-1].name in wanted.names:
        return 1.0
    return _best(words(text, claim.sources[-1].spans), wanted.hops[-1])


def _best(text: str, alternatives: Iterable[str]) -> float:
    return max((overlap(text, other) for other in alternatives), default=0.0)


def overlap(a: str, b: str) -> float:
    """Intersection over union of the words of two texts, each word as often as it stands there."""
    left, right = _bag(a), _bag(b)
    return (left & right).total() / max(1, (left | right).total())


def _bag(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.lower()))
