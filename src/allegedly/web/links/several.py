"""One word on several claims at once, as a reader of a case gives it, and taking it back."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final, cast

from starlette.responses import RedirectResponse

from allegedly import links
from allegedly.store import ClaimLinks
from allegedly.web.api.asking import answered
from allegedly.web.api.deciding import known
from allegedly.web.app.problems import ProblemError
from allegedly.web.links import shapes
from allegedly.web.pages.frame import path_and_anchor
from allegedly.web.pages.moments import local

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.responses import Response

    from allegedly.records import LinkVerdict
    from allegedly.store import StoredLinkDecision
    from allegedly.web.app.routing import Call

MOST: Final = 12  # claims picked at once: 66 pairs
# From one claim at once: each takes some 3 ms, 11 to 17 on a loaded machine, and others wait.
MOST_PARTED: Final = 400
DIGITS: Final = 18  # of a number of 64 bits

Pairs = list[tuple[str, str]]


def decide(call: Call) -> Response:
    """Record that picked claims are one, or are not; 409 where somebody spoke in the meantime."""
    asked, ledger = call.body(shapes.Picked), call.desk.ledger
    verdict = cast("LinkVerdict", asked.verdict)
    picked = _picked(call, asked)
    pairs = _pairs(call, picked, verdict)
    return _written(
        call,
        lambda: links.decide_each(
            ledger,
            pairs,
            verdict,
            reviewer=call.who.name,
            reason=asked.reason,
            seen=known(str(asked.seen)),
        ),
        asked.next,
    )


def undo(call: Call) -> Response:
    """Take several words on links back, all or none."""
    asked, ledger = call.body(shapes.TakingBack), call.desk.ledger
    entries = numbers(asked.words)
    if not entries:
        raise ProblemError(422, "Say which decisions are to be taken back.")
    return _written(
        call,
        lambda: links.take_back(ledger, entries, reviewer=call.who.name, reason=asked.reason),
        asked.next,
    )


def numbers(given: str) -> list[int]:
    """Numbers of entries with blanks or commas between; raises ProblemError."""
    parts = given.replace(",", " ").split()
    if not all(each.isascii() and each.isdigit() and len(each) <= DIGITS for each in parts):
        raise ProblemError(422, "Decisions are named by the numbers of their entries.")
    return [int(each) for each in parts]


def _picked(call: Call, asked: shapes.Picked) -> list[str]:
    """The ids of the claims that are picked, each once."""
    named = [*asked.claims.replace(",", " ").split(), *(k for k, v in asked.pick.items() if v)]
    if len(named) > MOST:
        raise ProblemError(422, f"Pick {MOST} claims at most.")
    view = call.desk.ledger.now
    return list(dict.fromkeys(view.claim(view.find(name)[1]).id for name in named))


def _pairs(call: Call, picked: Sequence[str], verdict: LinkVerdict) -> Pairs:
    if len(picked) > 1:
        first, *others = picked
        joined = [(first, other) for other in others]
        return joined if verdict == "link" else list(combinations(picked, 2))
    if verdict == "link" or not picked:
        raise ProblemError(422, "Pick two claims at least to join them.")
    together, _ = ClaimLinks(call.desk.ledger.now).one_with(picked[0])
    if not together:
        raise ProblemError(422, "It stands with no other claim: there is nothing to part.")
    if len(together) > MOST_PARTED:
        raise ProblemError(
            422,
            f"It stands with {len(together):,} others, and at most {MOST_PARTED} can be parted at "
            "once: tick it and another that it is not.",
        )
    return [(picked[0], other) for other in together]


def _written(
    call: Call, write: Callable[[], list[StoredLinkDecision]], onwards: str | None
) -> Response:
    found = call.desk.writes.write(write)
    if not call.wants_page:
        return answered(shapes.LinkWords(words=[shapes.word(each) for each in found]), 201)
    path, anchor = path_and_anchor(local(onwards or f"/claims/{found[0].left}"))
    joint = "&" if "?" in path else "?"
    made = [str(each.seq) for each in found if each.verdict != "undo"]
    told = f"{joint}done=links:{'-'.join(made)}" if made else ""
    return RedirectResponse(f"{path}{told}{anchor}", 303)
