"""Waiting for a server while what it gave before is in use."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Generator

_AT_ONCE: Final = 2  # parts asked for before they are needed; memory holds one more


def ahead(parts: Generator[list[Any]]) -> Generator[list[Any]]:
    """The same parts in the same order, each made by a thread while the one before is in use.

    What making a part raises is raised in its place; leaving early waits for what was asked for.
    """
    with ThreadPoolExecutor(1, "ahead") as thread:
        try:
            coming = deque(thread.submit(next, parts, None) for _ in range(_AT_ONCE))
            while (part := coming.popleft().result()) is not None:
                coming.append(thread.submit(next, parts, None))
                yield part
        finally:
            thread.submit(parts.close).result()
