"""One desk that is open: its ledger, its settings, and what its requests share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from typing import TYPE_CHECKING

from allegedly.web.app.kept import Kept
from allegedly.web.app.writes import Writes
from allegedly.web.review.queue import Queue
from allegedly.web.security.alone import Alone
from allegedly.web.security.guard import Guard
from allegedly.web.security.limits import Limiter
from allegedly.web.security.shared import Shared
from allegedly.web.stream.news import News

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegedly.ledger import Ledger
    from allegedly.web.app.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the routes work on."""

    ledger: Ledger
    settings: Settings
    keeper: Alone | Shared
    guard: Guard
    writes: Writes
    news: News
    queue: Queue
    kept: Kept

    @classmethod
    def of(
        cls, ledger: Ledger, settings: Settings, now: Callable[[], datetime] | None = None
    ) -> Desk:
        """A desk on an open ledger."""
        keeper = _keeper(ledger, settings, now or _now)
        rates = {
            "reads": settings.reads_a_minute,
            "writes": settings.writes_a_minute,
            "sign_ins": settings.sign_ins_a_minute,
        }
        news = News(ledger)
        return cls(
            ledger=ledger,
            settings=settings,
            keeper=keeper,
            guard=Guard(settings=settings, keeper=keeper, limiter=Limiter(rates)),  # type: ignore[arg-type]  # its keys are kinds
            writes=Writes(news.look),
            news=news,
            queue=Queue(ledger),
            kept=Kept(),
        )

    def warm(self) -> None:
        """Make the queue before anybody asks for it."""
        Thread(target=lambda: self.queue.window(0, 1), name="allegedly-queue", daemon=True).start()

    def close(self) -> None:
        """Let go of the threads; the ledger is its owner's."""
        self.writes.close()
        self.news.close()


def _keeper(ledger: Ledger, settings: Settings, now: Callable[[], datetime]) -> Alone | Shared:
    if settings.reviewer is not None:
        return Alone(settings.reviewer, settings.longest, now)
    ledger.people.prepare()
    return Shared(
        people=ledger.people,
        idle=settings.idle,
        longest=settings.longest,
        token_lasts=settings.token_lasts,
        now=now,
    )


def _now() -> datetime:
    return datetime.now(UTC)
