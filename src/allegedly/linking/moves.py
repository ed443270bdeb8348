"""What moved between two tellings of a case: claims, who says and denies them, figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.linking.speakers import called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from allegedly.linking.telling import Telling
    from allegedly.records import Figure, Standing, StoryChange, Voice

    Parts = dict[str, tuple[Voice, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Who came to a part of a standing (*denied*, *could_not_verify*), or went from it."""

    what: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingMove:
    """How a claim stands now that stood otherwise before, with who came and who went."""

    was: Standing
    now: Standing
    came: tuple[Part, ...]
    went: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMove:
    """A figure that has other bounds than before, or was none; `was` is None for a new one."""

    was: Figure | None
    now: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What moved in what is said: new claims and gone ones, those that stand otherwise, figures.

    `changes` are those of somebody's story that were not told before.
    """

    new: tuple[Standing, ...] = ()
    gone: tuple[Standing, ...] = ()
    moved: tuple[StandingMove, ...] = ()
    figures: tuple[FigureMove, ...] = ()
    changes: tuple[StoryChange, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything moved."""
        return bool(self.new or self.gone or self.moved or self.figures or self.changes)


def moves(before: Telling, after: Telling) -> Moves:
    """What moved between two tellings of one case, the later second.

    A claim is the same where any of those who say it is among them before and after.
    """
    was = {member: stands for stands in before.standings for member in stands.members}
    has = {member for stands in after.standings for member in stands.members}
    found = [(_earlier(stands, was), stands) for stands in after.claims]
    known = {(change.earlier, change.later) for change in before.changes}
    return Moves(
        new=tuple(now for earlier, now in found if earlier is None),
        gone=tuple(each for each in before.claims if not has.intersection(each.members)),
        moved=tuple(_moved(found, after)),
        figures=tuple(_figures(before.figures, after.figures)),
        changes=tuple(c for c in after.changes if (c.earlier, c.later) not in known),
    )


def _earlier(stands: Standing, was: dict[str, Standing]) -> Standing | None:
    return next((was[member] for member in stands.members if member in was), None)


def _moved(
    found: Iterable[tuple[Standing | None, Standing]], after: Telling
) -> Iterator[StandingMove]:
    def who(voice: Voice) -> str:
        return after.record.speaker.get(voice.name, called(voice.name))

    for was, now in found:
        if was is None:
            continue
        came = _beside(_parts(now), _parts(was), who)
        went = _beside(_parts(was), _parts(now), who)
        if came or went or (was.stories, was.origins) != (now.stories, now.origins):
            yield StandingMove(was=was, now=now, came=came, went=went)


def _parts(stands: Standing) -> Parts:
    found: Parts = {
        "asserted": stands.asserted_by,
        "own_voice": stands.own_voice_of,
        "confirmed": stands.confirmed_by,
        "denied": stands.denied_by,
        "contradicted": stands.contradicted_by,
        "changed": stands.changed_by,
    }
    for kind, voice in stands.assessed:
        found[kind] = (*found.get(kind, ()), voice)
    return found


def _beside(some: Parts, others: Parts, who: Callable[[Voice], str]) -> tuple[Part, ...]:
    """Who is in each part of one and not in that of the other."""
    found = []
    for what, voices in some.items():
        there = {who(voice) for voice in others.get(what, ())}
        left = tuple(voice for voice in voices if who(voice) not in there)
        found += [Part(what=what, voices=left)] if left else []
    return tuple(found)


def _figures(before: Sequence[Figure], after: Sequence[Figure]) -> Iterator[FigureMove]:
    for now in after:
        claims = {(report.claim, report.words) for report in now.reports}
        was = next(
            (f for f in before if any((r.claim, r.words) in claims for r in f.reports)), None
        )
        if was is None or (was.low, was.high) != (now.low, now.high):
            yield FigureMove(was=was, now=now)
