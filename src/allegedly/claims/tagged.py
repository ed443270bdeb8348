"""What a tagger's mentions add to the names that rules find: kinds, spans, chains."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from allegedly.claims.mentions import Mention
from allegedly.claims.naming.lists import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from allegedly.claims.directory import Directory
    from allegedly.records import Mention as Tagged

# A tagger's mention below the first is not believed, and below the second it does not cut a name in
# two that the rules hold together: set by hand. Its chains are followed over links from the third
# on: of 0.7, 0.9, 0.97 and all, 0.9 names most sources of the hand-read stories (294 of 329, 291
# without a tagger).
LEAST = 0.5
LEAST_TO_CUT = 0.8
LEAST_LINK = 0.9


class Taggings:
    """The mentions of one document that a tagger read; none is the same as no tagger."""

    def __init__(self, mentions: Sequence[Tagged]) -> None:
        believed = [_sure(m) for m in mentions if m.probability >= LEAST]
        self._all = sorted(believed, key=lambda m: (m.span.start, -len(m.span)))
        self._starts = [m.span.start for m in self._all]
        self._longest = max((len(m.span) for m in self._all), default=0)

    def entity(self, start: int, end: int) -> int | None:
        """The chain of the tagged mention that shares most with a stretch, None without one."""
        found = [
            (min(end, m.span.end) - max(start, m.span.start), -len(m.span), m.entity)
            for m in self._near(start, end)
            if m.entity is not None
        ]
        return max(found)[-1] if found else None

    def refined(self, text: str, found: Sequence[Mention]) -> tuple[Mention, ...]:
        """The rules' names with the tagger's kinds and bounds.

        Names that it alone saw are left to the rules: they brought more titles (*Mr*, *Prime
        Minister*) than people. What an honorific or a list of countries says of a name stays: Mr
        Paris is a person. Where every word of a headline has a capital, it decides what is a name,
        unless a rule knows it or the text has it elsewhere.
        """
        known = {word for m in found if not m.headed for word in (m.name, *m.name.split())}
        return tuple(
            part
            for mention in found
            for part in (
                self._of_headline(text, mention, known)
                if mention.headed and self._all
                else self._parts(text, mention)
            )
        )

    def chains(
        self, mentions: Sequence[Mention], directory: Directory
    ) -> dict[int | None, list[str]]:
        """The names in each chain that no other name of the document is the full form of."""
        found: dict[int | None, list[str]] = {}
        for m in mentions if self._all else ():
            entity = self.entity(m.span.start, m.span.end)
            full = directory.full(m.name, m.span.start, m.gender)
            if entity is not None and full == m.name:
                found.setdefault(entity, []).append(full)
        return found

    def _of_headline(
        self, text: str, mention: Mention, known: AbstractSet[str]
    ) -> Iterator[Mention]:
        """The names in a run of capitals that tells none by itself."""
        inside = self._inside(mention)
        if inside and inside[0].span != mention.span and not _is_body(mention):
            yield from (_cut(text, mention, m) for m in inside)
        elif inside or mention.name in known or _is_listed(mention):
            yield from self._parts(text, mention)

    def _inside(self, mention: Mention) -> list[Tagged]:
        """The tagger's names within one of the rules'."""
        near = self._near(mention.span.start, mention.span.end)
        named = [
            m
            for m in near
            if m.form == "name" and m.kind and len(m.span) > 1 and mention.span.contains(m.span)
        ]
        return list(_outermost(named))

    def _parts(self, text: str, mention: Mention) -> Iterator[Mention]:
        """A name as the tagger sees it: one, or several that the rules ran together."""
        inside = self._inside(mention)
        if len(inside) > 1 and all(m.probability >= LEAST_TO_CUT for m in inside):
            yield from (_cut(text, mention, m) for m in inside)
        elif len(inside) == 1 and inside[0].span == mention.span and inside[0].kind:
            yield _as_tagged(mention, inside[0])
        else:
            yield mention

    def _near(self, start: int, end: int) -> Iterator[Tagged]:
        low = bisect_left(self._starts, start - self._longest)
        for m in self._all[low : bisect_right(self._starts, end - 1)]:
            if m.span.end > start:
                yield m


def _cut(text: str, mention: Mention, tagged: Tagged) -> Mention:
    """The part of a run of capitals that the tagger has for a name."""
    last = tagged.span.end == mention.span.end
    return Mention(
        span=tagged.span,
        name=tagged.span.cut(text),
        kind=tagged.kind or "other",
        role=mention.role if last and tagged.kind == "person" else None,
        possessive=mention.possessive and last,
        acronym=mention.acronym if last else None,
        headed=mention.headed,
    )


def _is_body(mention: Mention) -> bool:
    """Whether a name is a body's that is written with small words: *Reserve Bank of Norland*."""
    return mention.kind == "organisation" and any(w.islower() for w in mention.name.split())


def _is_listed(mention: Mention) -> bool:
    """Whether the rules know a name by more than its capitals."""
    return mention.kind in {"organisation", "place"} or mention.gender is not None


def _sure(mention: Tagged) -> Tagged:
    """The mention, without its chain where the link to it is doubtful."""
    if mention.reference is not None and mention.reference < LEAST_LINK:
        return replace(mention, entity=None)
    return mention


def _as_tagged(mention: Mention, tagged: Tagged) -> Mention:
    """A name with the kind that the tagger gives it, where no rule is sure of another."""
    sure = mention.kind == "person" and mention.gender is not None
    country = mention.name.lower() in names().country
    if sure or country or tagged.kind in {None, mention.kind}:
        return mention
    kind = tagged.kind or mention.kind
    return replace(mention, kind=kind, role=mention.role if kind in {"person", "other"} else None)


def _outermost(mentions: Sequence[Tagged]) -> Iterator[Tagged]:
    """Mentions in order without those inside another."""
    end = -1
    for m in mentions:
        if m.span.end > end:
            yield m
            end = m.span.end


def same_name(short: str, full: str) -> bool:
    """Whether one name may be a short form of another: its last or first word, or its initials."""
    words, longer = short.lower().split(), full.lower().split()
    if len(longer) <= len(words) and len(full) <= len(short):
        return False
    initials = "".join(word[0] for word in full.split() if word[0].isupper())
    ends = longer[-len(words) :] == words or longer[: len(words)] == words
    return ends or short.replace(".", "") == initials
