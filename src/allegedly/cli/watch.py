"""`allegedly watch`: feeds are polled politely, and what they tell goes into the ledger."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from allegedly.cli.add import INTERRUPTED, How, sum_up, tell
from allegedly.cli.comparing import Compare, keep_compared
from allegedly.cli.opening import AsJson, Behind, Where, opened
from allegedly.cli.program import ALL_DONE, NONE_DONE, SOME_REJECTED, app, complain

if TYPE_CHECKING:
    from allegedly.documents.fetching import Answered, Feed, Fetcher, Polled, Robots
    from allegedly.ledger import Ledger

LONGEST_LIST = 20_000_000
UNCHANGED = 304
GOOD = range(200, 300)
NAP = 60.0  # seconds between looks at the clock
WATCH_EPILOG = (
    "Polls until it is interrupted; with --once every feed that is due is polled once. Each is "
    "asked for with the ETag and date of its last answer, no more often than --every, less often "
    "after failures, and not where robots.txt forbids it. Entries are stored as the feed tells "
    "them; the pages they point to are not fetched. "
    "Exit status: 0 every feed was read or had nothing new; 1 none could be read; 2 wrong usage; "
    "3 some failed, each named on standard error; 4 the ledger is missing, damaged or unreachable; "
    "130 interrupted."
)


@dataclass(frozen=True, slots=True)
class Watching:
    """What polling needs: the ledger, the network, and how it is told."""

    ledger: Ledger
    fetcher: Fetcher
    robots: Robots
    how: How
    every: float
    link: bool


@app.command(epilog=WATCH_EPILOG)
def watch(  # noqa: PLR0913  # one argument per option is how typer is told
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS.opml", help="The list of feeds.")],
    *,
    where: Where = None,
    once: Annotated[bool, typer.Option("--once", help="Poll what is due once, and stop.")] = False,
    every: Annotated[
        float, typer.Option(metavar="MINUTES", min=1, help="The least time between two polls.")
    ] = 15.0,
    state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where validators are kept; else beside the ledger."),
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Whom a site can turn to; told in the user agent."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private addresses, too.")
    ] = False,
    as_json: AsJson = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Only what goes wrong is told.")
    ] = False,
    link: Compare = True,
    behind: Behind = False,
) -> None:
    """Poll the feeds of a list and store what they tell."""
    from allegedly.documents.fetching import Fetcher, Manners, Robots  # noqa: PLC0415  # when needed

    listed = _listed(feeds)
    manners = Manners(contact=contact, private=allow_private)
    how = How(known={}, columns={}, as_json=as_json, quiet=quiet)
    with opened(where, create=True, behind=behind) as ledger:
        fetcher = Fetcher(manners)
        watching = Watching(ledger, fetcher, Robots(fetcher), how, every * 60, link)
        raise typer.Exit(_watch(watching, listed, state or _kept(ledger, feeds), once=once))


def _listed(path: Path) -> list[Feed]:
    from allegedly.documents.fetching import read_opml  # noqa: PLC0415  # XML loads when needed

    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST_LIST + 1)
        return read_opml(raw if len(raw) <= LONGEST_LIST else b"")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise typer.BadParameter(f"{path}: {reason}") from error


def _kept(ledger: Ledger, feeds: Path) -> Path:
    """Where what is known of the feeds is kept: beside the ledger's file, else the user's own."""
    file = Path(ledger.database.shown)
    if file.is_file():
        return file.with_name(f"{file.name}-feeds.json")
    from platformdirs import user_state_path  # noqa: PLC0415  # for a shared ledger alone

    named = f"{ledger.database.shown}\n{feeds.resolve()}"
    folder = user_state_path("allegedly", appauthor=False, ensure_exists=True)
    return folder / f"feeds-{sha256(named.encode()).hexdigest()[:16]}.json"


def _watch(watching: Watching, feeds: list[Feed], path: Path, *, once: bool) -> int:
    from allegedly.documents.fetching import Polled, load, save  # noqa: PLC0415  # when needed

    counts: Counter[str] = Counter()
    states = load(path)
    try:
        while True:
            for feed in feeds:
                state = states.get(feed.address) or Polled(address=feed.address)
                if state.gone or state.due > time.time():
                    counts["not due"] += 1
                    continue
                states[feed.address] = _poll(watching, state, counts)
                save(path, states)
            if watching.link:
                keep_compared(watching.ledger, quiet=watching.how.quiet)
            if once:
                break
            time.sleep(_until_due(states))
    except KeyboardInterrupt:
        sum_up(counts, "interrupted; the same command goes on from here")
        return INTERRUPTED
    if not watching.how.quiet:
        sum_up(counts)
    failed = counts["failed feeds"]
    if not failed:
        return ALL_DONE
    return SOME_REJECTED if counts["feeds"] or counts["not due"] else NONE_DONE


def _until_due(states: dict[str, Polled]) -> float:
    due = min((s.due for s in states.values() if not s.gone), default=0.0)
    return min(max(1.0, due - time.time()), NAP)


def _poll(watching: Watching, state: Polled, counts: Counter[str]) -> Polled:
    """Ask for one feed and store what is new in it; gives what is known of it then."""
    from allegedly.documents.fetching import FetchError, after  # noqa: PLC0415  # when needed

    answer: Answered | None = None
    problem = None
    try:
        answer = _asked(watching, state)
    except FetchError as error:
        problem = str(error)
    if answer is None:
        problem = problem or "its robots.txt does not allow it, or cannot be read"
    elif answer.status in GOOD:
        _store(watching, answer, counts)
    elif answer.status != UNCHANGED:
        problem = f"the server answered {answer.status}"
    if problem:
        complain(state.address, problem)
    counts["failed feeds" if problem else "feeds"] += 1
    return after(state, answer, now=time.time(), every=watching.every)


def _asked(watching: Watching, state: Polled) -> Answered | None:
    """What the server says; None where the site's rules keep us away."""
    if not watching.robots.allows(state.address):
        return None
    pause = watching.robots.pause(state.address)
    return watching.fetcher.get(state.address, state.conditions, pause=pause)


def _store(watching: Watching, answer: Answered, counts: Counter[str]) -> None:
    """Add the entries of a feed, each with where and when it was retrieved."""
    from allegedly.documents import Place, read_bytes  # noqa: PLC0415  # when needed
    from allegedly.records import Rejected  # noqa: PLC0415  # the same

    now = datetime.now(tz=UTC).isoformat(timespec="seconds")
    place = Place(name=answer.address, archive=answer.address, retrieved_at=now)
    stories = read_bytes(answer.body, place=place)
    for name, done in watching.ledger.put_each(answer.address, stories):
        if isinstance(done, Rejected) or done.anything:
            counts[tell(done, name, watching.how)] += 1
        else:
            counts["known"] += 1
