"""What a proof finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong and, where one can be named, with which entry."""

    seq: int | None
    what: str

    def __str__(self) -> str:
        return self.what if self.seq is None else f"entry {self.seq}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found; without problems everything that it names holds.

    `chain` is whether the fault is in the entries themselves: then only a copy helps, while
    `rebuild` heals projections.
    """

    entries: int
    head: str
    problems: tuple[Problem, ...]
    chain: bool

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems
