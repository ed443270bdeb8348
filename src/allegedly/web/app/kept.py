"""Answers that are kept until something they depend on is recorded."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Answer = TypeVar("Answer")
MOST: Final = 64


@dataclass(slots=True)
class Kept:
    """The answers that were asked for last, by what they depend on."""

    _answers: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable, ask: Callable[[], Answer]) -> Answer:
        """The answer under a key, asked for where it is not kept."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                found: Answer = self._answers[key]
                return found
        found = ask()
        with self._lock:
            self._answers[key] = found
            if len(self._answers) > MOST:
                self._answers.popitem(last=False)
        return found
