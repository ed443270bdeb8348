"""Many texts read in threads, their results in order."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

AHEAD = 2  # texts that wait for each thread, so that none runs dry; more would only take memory
Text = TypeVar("Text")
Read = TypeVar("Read")


def side_by_side(
    read: Callable[[Text], Read], texts: Iterable[Text], *, threads: int | None = None
) -> Iterator[Read]:
    """What `read` makes of each text, in their order, by default a thread to each core.

    While the rules read one text, which only one thread can at a time, the model reads another,
    whose encoder should keep to one thread. Texts are taken as they are needed. An exception comes
    where its text's result would; what was begun is finished then, what waits is not. With one
    thread each text is read when its result is asked for.
    """
    count = threads or _cores()
    if count == 1:
        yield from map(read, texts)
        return
    pool = ThreadPoolExecutor(count, thread_name_prefix="reading")
    waiting: deque[Future[Read]] = deque()
    try:
        for text in texts:
            waiting.append(pool.submit(read, text))
            if len(waiting) > count * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _cores() -> int:
    """Those that this process may use, where the system tells; else those that there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
