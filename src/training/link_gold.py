"""Claims of the gold cases and of the further events as profiles that linking compares."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from allegedly.claims.acts import act
from allegedly.documents import Overrides, read_document
from allegedly.encoder import packed_encoder
from allegedly.linking.claims import Profile, Said, of_claim, profile
from allegedly.linking.lexicon import is_mutual, terms
from allegedly.pipeline import read_stored
from allegedly.records import Claim, Reading, Rejected, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EVENTS: Final = Path(__file__).with_name("link_events.json")
_BLOCKS: Final = frozenset(
    """address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section table td th tr ul""".split()  # noqa: SIM905
)
_OVERLAP: Final = 0.5  # of characters, from which a claim that was read is the labelled mention
_GAP: Final = 60  # characters between source and content that may be a cue

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Mentions of one event: where they are, what they are compared by, and their claims."""

    event: str
    places: tuple[tuple[str, int, int], ...]
    profiles: tuple[Profile, ...]
    claims: tuple[str, ...]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag in _BLOCKS:
            self.parts.append("\n")
        self._skipped += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        self._skipped -= tag in {"script", "style"} and self._skipped > 0

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(data)


def plain(markup: str | None) -> str:
    """Markup without tags, white space collapsed per line, no empty lines."""
    parser = _Text()
    parser.feed(markup or "")
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).splitlines())
    return "\n".join(line for line in lines if line)


def entry_text(entry: Entry) -> str:
    """The text of an entry: title line, newline, description without markup."""
    return " ".join(plain(entry["title"]).split()) + "\n" + plain(entry["description"])


@cache
def entries(feeds: Path) -> dict[str, Entry]:
    """The entries of a folder of feeds by their links."""
    found: dict[str, Entry] = {}
    for path in sorted(feeds.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found |= {entry["link"]: entry for entry in map(json.loads, lines)}
    return found


_READ: dict[str, Reading] = {}


def read_entry(entry: Entry) -> Reading:
    """An entry as the program reads it; each is read once."""
    link = entry["link"]
    if link not in _READ:
        text = entry_text(entry)
        known = Overrides(
            uri=link,
            title=text.partition("\n")[0],
            publisher=entry["domain"],
            published=entry["published"],
        )
        document = read_document(text, overrides=known)
        if isinstance(document, Rejected):
            raise TypeError(f"{link}: {document.reason}")
        _READ[link] = read_stored(document, packed_encoder())
    return _READ[link]


def gold_case(case: dict[str, Any], feeds: Path) -> Labelled:
    """The mentions of a gold case, with the sources that the gold names."""
    stream, seen = entries(feeds), set[tuple[str, int, int]]()
    places, found = [], []
    for mention in case["mentions"]:
        reading = read_entry(stream[mention["link"]])
        place = (mention["link"], *mention["words"])
        said = _said(reading, Span(*mention["words"]), mention["source_words"], place in seen)
        seen.add(place)
        places.append(place)
        found.append(_profile(reading, said))
    claims = tuple(mention["claim"] for mention in case["mentions"])
    return Labelled(event=case["case"], places=tuple(places), profiles=tuple(found), claims=claims)


def further_events(feeds: Path) -> Iterator[Labelled]:
    """The further events that were grouped to fit linking."""
    data, stream = json.loads(EVENTS.read_text("utf-8")), entries(feeds)
    by_event: dict[str, list[Any]] = {}
    for event, *mention in data["mentions"]:
        by_event.setdefault(event, []).append(mention)
    for event, mentions in by_event.items():
        places, found = [], []
        for _, link, words, source, cue, how, polarity in mentions:
            reading = read_entry(stream[data["links"][link]])
            places.append((data["links"][link], *words))
            said = Said(
                id=f"{link}:{words}",
                kind="claim" if cue else "own_voice",
                content=(Span(*words),),
                cue=(Span(*cue),) if cue else (),
                sources=_source(source),
                act=how,
                polarity=polarity,
            )
            found.append(_profile(reading, said))
        yield Labelled(
            event=event,
            places=tuple(places),
            profiles=tuple(found),
            claims=tuple(f"{event}{group}" for group, *_ in mentions),
        )


def _profile(reading: Reading, said: Said) -> Profile:
    headline = reading.document.text.partition("\n")[0]
    return profile(reading.document, said, frozenset(terms(headline)))


def _source(words: Sequence[int] | None) -> tuple[Source, ...]:
    return (Source(spans=(Span(*words),), name=None, kind="person"),) if words else ()


def _said(reading: Reading, words: Span, source: list[int] | None, again: bool) -> Said:  # noqa: FBT001
    """A gold mention as it is compared: with the claim that was read there, if it fits."""
    near = max(reading.claims, key=lambda claim: _shared(words, claim), default=None)
    kind = "claim" if source else "own_voice"
    name = f"{reading.document.id}:{words.start}:{words.end}"
    if near is not None and _shared(words, near) >= _OVERLAP and _speaks(near, source):
        own = of_claim(near)
        said = Said(**{f: getattr(own, f) for f in Said.__slots__} | {"content": (words,)})
    else:
        said = _framed(reading.document.text, words, source, kind)
    # Two claims may have the same words: each of two sides says it of the other.
    twice = again and is_mutual(reading.document.text[words.start - 30 : words.end])
    changed = {"id": name + ("+" if again else ""), "kind": "converse" if twice else kind}
    return Said(**{f: getattr(said, f) for f in Said.__slots__} | changed)


def _framed(text: str, words: Span, source: list[int] | None, kind: str) -> Said:
    cue: tuple[Span, ...] = ()
    if source:
        before = source[1] <= words.start
        start, end = (source[1], words.start) if before else (words.end, source[0])
        if 0 < end - start <= _GAP and "\n" not in text[start:end]:
            cue = (Span(start, end),)
    said = text[cue[0].start : cue[0].end].strip(" ,:") if cue else ""
    content = text[words.start : words.end]
    called = text[slice(*source)] if source else ""
    return Said(
        id="",
        kind=kind,
        content=(words,),
        cue=cue,
        sources=_source(source),
        act=act(said, content, called) if said else "assert",
    )


def _shared(words: Span, claim: Claim) -> float:
    start, end = claim.content[0].start, claim.content[-1].end
    both = min(words.end, end) - max(words.start, start)
    return max(0, both) / (words.end - words.start + end - start - max(0, both))


def _speaks(claim: Claim, source: list[int] | None) -> bool:
    """Whether a claim's source is the one that the gold names."""
    if not source or not claim.sources:
        return not source and not claim.sources
    return any(s.start < source[1] and s.end > source[0] for s in claim.sources[-1].spans)
