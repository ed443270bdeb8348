"""One desk that is open: its ledger, its settings, and what its requests share."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from typing import TYPE_CHECKING, Final

from allegedly.store import Identities
from allegedly.web.app.kept import Kept
from allegedly.web.app.linking import Linking
from allegedly.web.app.tidying import Tidying
from allegedly.web.app.warming import warm
from allegedly.web.app.writes import Writes
from allegedly.web.review.queue import Queue
from allegedly.web.security.alone import Alone
from allegedly.web.security.guard import Guard
from allegedly.web.security.limits import Limiter
from allegedly.web.security.openid import OpenID
from allegedly.web.security.shared import Shared
from allegedly.web.stream.news import News

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegedly.ledger import Ledger
    from allegedly.web.app.settings import Settings

# Threads that answer: Python runs one at a time, so that more who read would only wait for each
# other (and a reader may hold two of the ledger's thirty connections); who writes waits anyway.
READERS: Final = 8
WRITERS: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the routes work on; `readers` and `writers` are the threads that answer.

    `linking` is None where stories are not compared here.
    """

    ledger: Ledger
    settings: Settings
    keeper: Alone | Shared
    openid: OpenID | None
    guard: Guard
    writes: Writes
    news: News
    linking: Linking | None
    queue: Queue
    kept: Kept
    tidying: Tidying
    readers: ThreadPoolExecutor
    writers: ThreadPoolExecutor

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
        writes = Writes(news.look)
        return cls(
            ledger=ledger,
            settings=settings,
            keeper=keeper,
            openid=_openid(ledger, settings),
            guard=Guard(settings=settings, keeper=keeper, limiter=Limiter(rates)),  # type: ignore[arg-type]  # its keys are kinds
            writes=writes,
            news=news,
            linking=Linking(ledger, writes, news) if settings.links else None,
            queue=Queue(ledger),
            kept=Kept(),
            tidying=Tidying(),
            readers=ThreadPoolExecutor(READERS, thread_name_prefix="allegedly-reads"),
            writers=ThreadPoolExecutor(WRITERS, thread_name_prefix="allegedly-asks"),
        )

    def warm(self) -> None:
        """Have at hand what the first visitors would wait for, in a thread of its own."""
        Thread(
            target=warm, args=(self.ledger, self.queue), name="allegedly-warms", daemon=True
        ).start()

    def close(self) -> None:
        """Let go of the threads; the ledger is its owner's."""
        if self.linking is not None:
            self.linking.close()
        self.writes.close()
        self.news.close()
        self.readers.shutdown(wait=False, cancel_futures=True)
        self.writers.shutdown(wait=False, cancel_futures=True)


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


def _openid(ledger: Ledger, settings: Settings) -> OpenID | None:
    if settings.openid is None or not settings.shared:
        return None
    Identities(ledger.database).prepare()
    return OpenID(settings.openid, f"{settings.origins[0]}/openid/back")


def _now() -> datetime:
    return datetime.now(UTC)
