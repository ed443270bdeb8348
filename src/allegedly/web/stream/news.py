"""What was recorded since a listener last heard, by whichever program: one look for all of them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from allegedly.store import LedgerError

if TYPE_CHECKING:
    from allegedly.ledger import Ledger
    from allegedly.store import StoredEntry

EVERY: Final = 1.0  # seconds between looks
MOST_LISTENERS: Final = 500
TOLD: Final = ("reading", "capture", "decision", "case", "link", "link_decision", "membership")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was recorded, as much as a page needs to know whether it is concerned."""

    seq: int
    kind: str
    subject: str | None
    other: str | None
    document: str | None
    by: str | None
    verdict: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How far the desk is with comparing stories: how many are done and how many wait.

    `state` is idle, runs, finished or failed; `groups` and `links` are how many were found or
    changed, once it has finished.
    """

    state: Literal["idle", "runs", "finished", "failed"]
    done: int
    waiting: int
    groups: int = 0
    links: int = 0
    kind: Literal["comparing"] = "comparing"


Said: TypeAlias = Told | Compared  # what a listener hears


@dataclass(slots=True)
class News:
    """Looks at the ledger once a second while anybody listens, and after each of our own writes."""

    ledger: Ledger
    _listeners: dict[int, Listener] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _wake: Event = field(default_factory=Event)
    _seq: int = -1
    _closed: bool = False
    _thread: Thread | None = None

    def listen(self) -> Listener | None:
        """Start to hear of what is recorded from now on; None where too many listen."""
        listener = Listener(asyncio.get_running_loop(), asyncio.Queue(1_000), self)
        with self._lock:
            if self._closed or len(self._listeners) >= MOST_LISTENERS:
                return None
            self._listeners[id(listener)] = listener
            if self._thread is None:
                self._seq = self.ledger.now.head().seq
                self._thread = Thread(target=self._run, name="allegedly-news", daemon=True)
                self._thread.start()
        return listener

    def leave(self, listener: Listener) -> None:
        """Hear no more."""
        with self._lock:
            self._listeners.pop(id(listener), None)

    def tell(self, said: Said) -> None:
        """Tell everybody who listens something that is no entry."""
        with self._lock:
            listeners = list(self._listeners.values())
        for listener in listeners:
            listener.tell(said)

    def look(self) -> None:
        """Look now."""
        self._wake.set()

    def close(self) -> None:
        """Stop looking, and let every listener go."""
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(2 * EVERY)
        for listener in list(self._listeners.values()):
            listener.tell(None)

    def _run(self) -> None:
        while not self._closed:
            self._wake.wait(EVERY)
            self._wake.clear()
            try:
                self._tell()
            except LedgerError:
                continue  # a database that is away comes back

    def _tell(self) -> None:
        with self._lock:
            listeners = list(self._listeners.values())
        if not listeners:
            self._seq = self.ledger.now.head().seq
            return
        found = self.ledger.now.entries(TOLD, after=self._seq, limit=1_000)
        for entry in found:
            for listener in listeners:
                listener.tell(_told(entry))
            self._seq = entry.seq


@dataclass(slots=True)
class Listener:
    """One page that is open."""

    loop: asyncio.AbstractEventLoop
    queue: asyncio.Queue[Said | None]
    news: News

    def tell(self, told: Said | None) -> None:
        """Hand something over from another thread; a page that does not listen misses it."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._put, told)

    def _put(self, told: Said | None) -> None:
        if not self.queue.full():
            self.queue.put_nowait(told)

    async def next(self, patience: float) -> Said | bool | None:
        """What comes next; False where nothing has come for so many seconds, None at the end."""
        try:
            async with asyncio.timeout(patience):
                return await self.queue.get()
        except TimeoutError:
            return False


def _told(entry: StoredEntry) -> Told:
    body: Any = entry.body
    return Told(
        seq=entry.seq,
        kind=entry.kind,
        subject=body.get("subject") or body.get("left"),
        other=body.get("right"),
        document=body.get("document"),
        by=body.get("reviewer"),
        verdict=body.get("verdict"),
    )
