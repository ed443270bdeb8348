"""The numbers that people call claims by, the same in every export."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.records import in_text_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.records import Claim, Span

__all__ = ["Lines", "in_text_order", "numbers"]


def numbers(claims: Iterable[Claim]) -> dict[str, int]:
    """Claim ids to the numbers from 1 that stand for them, in the order of the text."""
    return {claim.id: number for number, claim in enumerate(in_text_order(claims), start=1)}


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines of a text begin, so that a place can be told by its line."""

    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines of a text; a line ends at its newline and nowhere else."""
        starts, at = [0], text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = text.find("\n", at + 1)
        return cls(tuple(starts))

    def number(self, span: Span) -> int:
        """The line, from 1, on which a span begins."""
        return self.number_at(span.start)

    def number_at(self, place: int) -> int:
        """The line, from 1, that a code point stands on."""
        return bisect_right(self.starts, place)
