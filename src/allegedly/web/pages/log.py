"""What was recorded, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import msgspec

from allegedly.exports import wording
from allegedly.store import ClaimLinks, Moment
from allegedly.web.links.words import word_view
from allegedly.web.pages import say
from allegedly.web.pages.frame import show
from allegedly.web.pages.naming import Names
from allegedly.web.pages.standing import about_story, titles_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from allegedly.store import Change, View
    from allegedly.web.app.routing import Call
    from allegedly.web.pages.standing import DecisionView

A_PAGE: Final = 40


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """Where a page of the log begins."""

    before: Annotated[int, msgspec.Meta(ge=0, le=2**53)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was recorded."""

    seq: int
    when: str
    kind: str
    document: str | None
    title: str | None
    said: str
    decision: DecisionView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """A page of the log; `hash` is the proof of the last entry that is shown at this moment."""

    lines: tuple[Line, ...]
    older: int | None
    hash: str | None


def log(call: Call) -> Response:
    """The page of what was recorded."""
    before = call.asked(Before).before
    view = call.view
    if before is not None:
        seq = before if view.moment.seq is None else min(before, view.moment.seq)
        moment = Moment(seq=seq, recorded=view.moment.recorded, published=view.moment.published)
        view = view.at(moment)
    changes = view.log(limit=A_PAGE)
    titles = titles_of((c.decision for c in changes if c.decision), Names(view))
    told = [_line(change, titles) for change in changes]
    lines = sorted([*told, *_links(view)], key=lambda line: -line.seq)[:A_PAGE]
    page = LogPage(
        lines=tuple(lines),
        older=lines[-1].seq - 1 if len(lines) == A_PAGE else None,
        hash=call.view.head().hash,
    )
    return show(call, "log.html.j2", page, title="Log", section="/log")


def _links(view: View) -> list[Line]:
    """What people said of links."""
    asked = ClaimLinks(view)
    words = asked.latest_words(A_PAGE)
    ends = {end for word in words for end in (word.left, word.right)}
    known = asked.claims(ends) if ends else {}
    content = {name: claim.content for name, claim in known.items()}
    return [
        Line(
            seq=word.seq,
            when=say.clock(word.recorded_at),
            kind="link_decision",
            document=None,
            title=None,
            said="",
            decision=word_view(word, word.left, content.get),
        )
        for word in words
    ]


def _line(change: Change, titles: Mapping[str, str]) -> Line:
    return Line(
        seq=change.seq,
        when=say.clock(change.recorded_at),
        kind=change.kind,
        document=change.document,
        title=change.title,
        said=_said(change),
        decision=about_story(change.decision, titles) if change.decision else None,
    )


def _said(change: Change) -> str:
    if change.kind == "reading" and change.supersedes:
        return f"read again: {len(change.differences)} records differ"
    return {
        "reading": f"read: {wording.counted(change.claims, 'claim')}",
        "capture": "met",
        "run": "a new run: other code, model or settings",
    }.get(change.kind, change.kind)
