"""An assessment or a silence: its words, what was read of it, what people decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports import wording
from allegedly.exports.numbering import in_text_order
from allegedly.exports.page import views
from allegedly.records import Span, words
from allegedly.store import NotInLedgerError
from allegedly.web.pages import marks
from allegedly.web.pages.frame import show
from allegedly.web.pages.records import AS_IT_STANDS, Note, link, named
from allegedly.web.pages.standing import decision, state
from allegedly.web.pages.story import story

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from allegedly.exports.page.views import Block, NoteView
    from allegedly.records import Assessment, Silence
    from allegedly.web.app.routing import Call
    from allegedly.web.pages.records import DocumentLink
    from allegedly.web.pages.standing import DecisionView
    from allegedly.web.pages.story import Story

REASONS: Final = (
    "the story does not say so",
    "it is about something else",
    "the words are cut wrongly",
    "it is said twice",
    "it does not belong to the story",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteChoices:
    """What a correction may choose from, and ready reasons."""

    kinds: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    as_it_stands: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A claim of the same story, by its number."""

    number: int
    words: str
    about: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePage:
    """One assessment or silence; `verdict`, `by` and `about` are what counts now, for its form."""

    what: str
    document: DocumentLink
    entry: Note
    blocks: tuple[Block, ...]
    decisions: tuple[DecisionView, ...]
    choices: NoteChoices
    verdict: str
    by: str
    about: str
    claims: tuple[Numbered, ...]
    run: str
    seq: int


def assessment(call: Call) -> Response:
    """The page of one assessment."""
    return _page(call, "assessment")


def silence(call: Call) -> Response:
    """The page of one silence."""
    return _page(call, "silence")


def _page(call: Call, kind: str) -> Response:
    name = named(call, kind)
    record = call.view.record(name)
    found = story(call.view, record.document)
    read, view = _read(found, kind, name)
    now = {**record.body, **(record.stands.corrected or {})}
    claims = _claims(found, now)
    page = NotePage(
        what=kind,
        document=link(found),
        entry=Note(
            id=name,
            view=view,
            state=state(record.stands, text=found.text),
            seen=found.seen.get(name),
        ),
        blocks=marks.note(found.reading, read, record.stands),
        decisions=tuple(decision(w, found.text) for w in found.decisions if w.subject == name),
        choices=NoteChoices(
            kinds=tuple(wording.ASSESSMENTS.items()), reasons=REASONS, as_it_stands=AS_IT_STANDS
        ),
        verdict=now.get("kind", ""),
        by=now.get("by") or (now.get("who") or {}).get("name") or "",
        about=_about(now, claims),
        claims=claims,
        run=record.run,
        seq=record.seq,
    )
    title = f"{view.who}: {view.what}" if view.what else f"{view.who}: {kind}"
    return show(call, "note.html.j2", page, title=title, section="/documents")


def _read(found: Story, kind: str, name: str) -> tuple[Assessment | Silence, NoteView]:
    reading = found.reading
    records: list[tuple[Assessment | Silence, NoteView]]
    if kind == "assessment":
        records = list(zip(reading.assessments, views.assessments(reading), strict=True))
    else:
        records = list(zip(reading.silences, views.silences(reading), strict=True))
    for record, view in records:
        if record.id == name:
            return record, view
    raise NotInLedgerError(f"no {kind} {name} at that moment")


def _claims(found: Story, now: Mapping[str, Any]) -> tuple[Numbered, ...]:
    about = now.get("about")
    chosen = set(about) if isinstance(about, (list, tuple)) else set()
    return tuple(
        Numbered(
            number=number,
            words=words(found.text, tuple(Span(s.start, s.end) for s in claim.content)),
            about=claim.id in chosen,
        )
        for number, claim in enumerate(in_text_order(found.reading.claims), start=1)
    )


def _about(now: Mapping[str, Any], claims: tuple[Numbered, ...]) -> str:
    if "kind" in now:
        return " ".join(str(claim.number) for claim in claims if claim.about)
    return str(now.get("about") or "")
