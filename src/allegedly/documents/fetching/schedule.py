"""When a feed is polled again: by what came of the last time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from allegedly.documents.fetching.getting import Answered

DAY: Final = 86_400.0
_GONE: Final = 410
_UNCHANGED: Final = 304
_GOOD: Final = range(200, 300)
_MOST_DOUBLINGS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What is known of one feed: validators, failures in a row, when it is due (Unix time)."""

    address: str
    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    due: float = 0.0
    gone: bool = False

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that let a server say that nothing has changed."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


def after(state: Polled, answer: Answered | None, *, now: float, every: float) -> Polled:
    """The state after a poll; None is a request that failed.

    A feed is due again after `every` seconds, after twice as long for each failure in a row, a day
    at most; later where the server says so, and never where it says that the feed is gone.
    """
    if answer is not None and answer.status == _GONE:
        return replace(state, gone=True)
    asked = _retry_after(answer.headers, now) if answer else 0.0
    if answer is None or not (answer.status in _GOOD or answer.status == _UNCHANGED):
        failures = state.failures + 1
        wait = min(every * 2.0 ** min(failures, _MOST_DOUBLINGS), max(DAY, every))
        return replace(state, failures=failures, due=now + max(wait, asked))
    moved = replace(state, address=answer.moved or state.address, failures=0)
    due = now + max(every, min(_fresh_for(answer.headers), DAY), asked)
    if answer.status == _UNCHANGED:
        return replace(moved, due=due)
    return replace(
        moved,
        due=due,
        etag=answer.headers.get("etag"),
        modified=answer.headers.get("last-modified"),
    )


def _retry_after(headers: Mapping[str, str], now: float) -> float:
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return min(float(value), 7 * DAY)
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return 0.0
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return min(max(0.0, then.timestamp() - now), 7 * DAY)


def _fresh_for(headers: Mapping[str, str]) -> float:
    """The seconds for which a server says that its answer stays as it is."""
    for part in headers.get("cache-control", "").split(","):
        name, _, value = part.strip().partition("=")
        if name.lower() == "max-age" and value.isdigit():
            return float(value)
    return 0.0


def load(path: Path) -> dict[str, Polled]:
    """The states kept in a file, by the address asked for; none where it cannot be read."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        return {address: Polled(**_fields(state)) for address, state in kept["feeds"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _fields(state: dict[str, Any]) -> dict[str, Any]:
    return {name: state[name] for name in Polled.__slots__ if name in state}


def save(path: Path, states: Mapping[str, Polled]) -> None:
    """Keep the states in a file, whole or not at all."""
    kept = {
        "kept_at": datetime.now(tz=UTC).isoformat(timespec="seconds"),
        "feeds": {address: asdict(state) for address, state in states.items()},
    }
    new = path.with_name(f"{path.name}.new")
    new.write_text(json.dumps(kept, indent=1), "utf-8")
    new.replace(path)
