"""What new stories say is compared with the others' behind the pages, as `allegedly add` does."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final

from allegedly import links
from allegedly.web.stream.news import Compared

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegedly.ledger import Ledger
    from allegedly.links import Linked
    from allegedly.web.app.writes import Writes
    from allegedly.web.stream.news import News

PATIENCE: Final = 30.0  # seconds that a desk which closes waits for the stories in hand
IDLE: Final = Compared(state="idle", done=0, waiting=0)


class _ClosedError(Exception):
    """The desk closes; what is linked stays so, and the rest is linked another time."""


@dataclass(slots=True)
class Linking:
    """Links the stories that wait, in a thread of its own; its writes take turns with others'.

    Nothing is done in a ledger without cases: nobody asks there who else says a thing.
    """

    ledger: Ledger
    writes: Writes
    news: News
    state: Compared = IDLE
    _lock: Lock = field(default_factory=Lock)
    _wanted: Event = field(default_factory=Event)
    _closed: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def wake(self) -> None:
        """There may be stories to link: look, and go on until none waits."""
        with self._lock:
            self._wanted.set()
            if self._thread is None and not self._closed.is_set():
                self._thread = Thread(target=self._run, name="allegedly-links", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Finish what is in hand, and stop."""
        with self._lock:
            self._closed.set()
            self._wanted.set()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if self._closed.is_set():
                return
            try:
                self._link()
            except _ClosedError:
                return
            except Exception:  # whatever stops it, the pages go on
                logging.getLogger("allegedly").exception("stories could not be compared")
                self._tell(Compared(state="failed", done=0, waiting=0))

    def _link(self) -> None:
        waiting = len(self.ledger.unlinked()) if self.ledger.has_cases else 0
        if not waiting:
            return
        self._tell(Compared(state="runs", done=0, waiting=waiting))
        found = links.link(self.ledger, progress=self._progress, turn=self._in_turn)
        self._tell(
            Compared(
                state="finished",
                done=found.documents,
                waiting=0,
                groups=found.groups,
                links=found.links,
            )
        )

    def _in_turn(self, write: Callable[[], Linked]) -> Linked:
        if self._closed.is_set():
            raise _ClosedError
        return self.writes.write(write)

    def _progress(self, done: int, waiting: int) -> None:
        if self._closed.is_set():
            raise _ClosedError
        if done < waiting:
            self._tell(Compared(state="runs", done=done, waiting=waiting - done))

    def _tell(self, state: Compared) -> None:
        self.state = state
        self.news.tell(state)
