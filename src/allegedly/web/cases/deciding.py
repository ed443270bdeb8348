"""What people decide about cases: begin one, put stories in and out, merge, split, collect anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from starlette.responses import RedirectResponse

from allegedly import cases
from allegedly.store import ANYTHING
from allegedly.web.api.asking import answered
from allegedly.web.api.deciding import known
from allegedly.web.app.problems import ProblemError
from allegedly.web.pages.frame import path_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from allegedly.store import StoredCase
    from allegedly.web.app.routing import Call

Name = Annotated[str, msgspec.Meta(max_length=200)]
Reason = Annotated[str, msgspec.Meta(max_length=4_000)]


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case: its stories, how many origins they have, what was put out."""

    id: str
    name: str
    title: str
    description: str | None
    documents: list[str]
    independent: int
    excluded: list[str]
    merged: list[str]


class Beginning(msgspec.Struct, frozen=True, kw_only=True):
    """A new case: its name, its title, and ids of stories that it begins with, blanks between."""

    name: Name
    documents: Annotated[str, msgspec.Meta(max_length=20_000)]
    reason: Reason = "the case begins with it"
    title: Name | None = None


class Splitting(msgspec.Struct, frozen=True, kw_only=True):
    """Stories to be split off into a new case, their ids with blanks between.

    `seen` is the id of the last decision about the case that the reviewer knew of, `none` for none,
    or the number of the last entry that they saw; where there is a later one, the answer is 409 and
    nothing is recorded.
    """

    name: Name
    documents: Annotated[str, msgspec.Meta(max_length=20_000)]
    reason: Reason
    title: Name | None = None
    seen: Name = ANYTHING


class Collecting(msgspec.Struct, frozen=True, kw_only=True):
    """Looking for a case's stories anew; `seen` as for splitting."""

    seen: Name = ANYTHING


def shown(found: StoredCase) -> Case:
    """A case for the API."""
    return Case(
        id=found.id,
        name=found.name,
        title=found.title,
        description=found.description,
        documents=list(found.documents),
        independent=found.independent,
        excluded=list(found.excluded),
        merged=list(found.merged),
    )


def case(call: Call) -> Response:
    """One case."""
    return answered(shown(call.view.case(call.part("name"))))


def begin(call: Call) -> Response:
    """Begin a case from stories, and collect the others."""
    asked, ledger = call.body(Beginning), call.desk.ledger
    return _written(
        call,
        lambda: cases.begin(
            ledger,
            asked.name,
            _ids(asked.documents),
            reviewer=call.who.name,
            reason=asked.reason,
            title=asked.title,
            encode=ledger.encode,
        ),
    )


def split(call: Call) -> Response:
    """Split stories off a case into a new one."""
    asked, ledger, name = call.body(Splitting), call.desk.ledger, call.part("name")
    return _written(
        call,
        lambda: cases.split(
            ledger,
            name,
            asked.name,
            _ids(asked.documents),
            reviewer=call.who.name,
            reason=asked.reason,
            title=asked.title,
            encode=ledger.encode,
            seen=known(asked.seen),
        ),
    )


def collect(call: Call) -> Response:
    """Look for a case's stories anew, by what people have decided about it since."""
    asked, ledger, name = call.body(Collecting), call.desk.ledger, call.part("name")
    seen = known(asked.seen)
    return _written(call, lambda: cases.collect(ledger, name, encode=ledger.encode, seen=seen))


def _ids(given: str) -> list[str]:
    found = given.replace(",", " ").split()
    if not found:
        raise ProblemError(422, "A case needs at least one story.")
    return found


def _written(call: Call, write: Callable[[], StoredCase]) -> Response:
    found = call.desk.writes.write(write)
    if call.desk.linking is not None:
        call.desk.linking.wake()
    if call.wants_page:
        return RedirectResponse(f"/cases/{path_part(found.name)}", 303)
    return answered(shown(found), 201)
