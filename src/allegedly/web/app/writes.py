"""Writes of one ledger one after another, in a thread of their own."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import TimeoutError as Waited
from queue import Full, Queue
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, TypeVar

from allegedly.web.app.problems import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")
LONGEST_QUEUE: Final = 500
PATIENCE: Final = 60.0  # seconds that a request waits for its write


class Writes:
    """The queue; a write that is given back was kept, or raised what stopped it."""

    def __init__(self, done: Callable[[], None]) -> None:
        """Start the thread; `done` is called after each write that was kept."""
        self._queue: Queue[tuple[Callable[[], Any], Future[Any]] | None] = Queue(LONGEST_QUEUE)
        self._done = done
        self._thread = Thread(target=self._run, name="allegedly-writes", daemon=True)
        self._thread.start()

    def write(self, act: Callable[[], Found]) -> Found:
        """Wait for one's turn and for the write; raises what it raises, or ProblemError 503."""
        future: Future[Found] = Future()
        try:
            self._queue.put_nowait((act, future))
            return future.result(PATIENCE)
        except (Full, Waited) as error:
            future.cancel()
            raise ProblemError(503, "Too much is being written; try again in a moment.") from error

    def close(self) -> None:
        """Finish what waits, then end."""
        self._queue.put(None)
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        while (waiting := self._queue.get()) is not None:
            act, future = waiting
            if not future.set_running_or_notify_cancel():
                continue
            try:
                found = act()
            except BaseException as error:  # noqa: BLE001  # whoever waits gets it
                future.set_exception(error)
            else:
                self._done()
                future.set_result(found)
