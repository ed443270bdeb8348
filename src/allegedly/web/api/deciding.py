"""The API's writes: a decision, taking one back, and what a selection on a page means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse

from allegedly.records import Span
from allegedly.web.api import correcting, shapes
from allegedly.web.api.asking import answered
from allegedly.web.app.problems import ProblemError
from allegedly.web.pages.frame import path_and_anchor
from allegedly.web.pages.moments import local
from allegedly.web.pages.records import named

if TYPE_CHECKING:
    from starlette.responses import Response

    from allegedly.store import Seen, StoredDecision
    from allegedly.web.app.routing import Call

NONE_SEEN = "none"
LENGTH_OF_ID = 19  # characters from which on digits are an id: numbers of entries have fewer


def decide(call: Call) -> Response:
    """Record a decision; 409 where somebody else decided about the same thing in the meantime."""
    asked, ledger = call.body(shapes.Deciding), call.desk.ledger
    said: dict[str, Any] = {
        "reviewer": call.who.name,
        "reason": asked.reason,
        "value": _value(call, asked),
        "seen": known(asked.seen),
    }

    def write() -> StoredDecision:
        return ledger.decide(asked.subject, asked.verdict, **said)

    return _decided(call, call.desk.writes.write(write), asked.next)


def known(given: str) -> Seen:
    """The last decision that was known, or the last entry of all, as a form writes it."""
    if given.isascii() and given.isdigit() and len(given) < LENGTH_OF_ID:
        return int(given)
    return None if given == NONE_SEEN else given


def undo(call: Call) -> Response:
    """Take a decision back by a later one."""
    asked, ledger = call.body(shapes.Undoing), call.desk.ledger
    name = call.part("id")
    found = call.desk.writes.write(
        lambda: ledger.decide(name, "undo", reviewer=call.who.name, reason=asked.reason)
    )
    return _decided(call, found, asked.next)


def resolve(call: Call) -> Response:
    """What place in a document's text a selection means; checked against the words seen."""
    asked = call.body(shapes.Selection)
    text = call.view.text(named(call, "document"))
    start, end = asked.start + asked.start_offset, asked.end + asked.end_offset
    if not start < end <= len(text):
        raise ProblemError(422, "The selection is outside the text.")
    start, end = _trimmed(text, start, end)
    words = text[start:end]
    if words.split() != asked.words.split() or not words:
        raise ProblemError(422, "The text has other words there; load the page again.")
    return answered(shapes.Resolved(start=start, end=end, words=Span(start, end).cut(text)))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the blanks at both ends, which nobody means to select."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _value(call: Call, asked: shapes.Deciding) -> Any:  # noqa: ANN401  # any JSON value
    if asked.verdict != "correct":
        return asked.value
    return correcting.fields(call.view, asked.subject, asked.value)


def _decided(call: Call, found: StoredDecision, onwards: str | None) -> Response:
    if not call.wants_page:
        return answered(shapes.decision(found), 201)
    path, anchor = path_and_anchor(local(onwards or "/"))
    joint = "&" if "?" in path else "?"
    return RedirectResponse(f"{path}{joint}done={found.id}{anchor}", 303)
