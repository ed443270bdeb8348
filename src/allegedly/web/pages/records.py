"""One document, or one record: the text in front, what was read and what was decided beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports import wording
from allegedly.exports.numbering import in_text_order
from allegedly.exports.page import views
from allegedly.records import ACTS, MODALITIES, SOURCE_KINDS, Span, words
from allegedly.store import NotInLedgerError, cases_with
from allegedly.store.found import UNDECIDED
from allegedly.web.links.gathering import gathered
from allegedly.web.pages import marks, naming, say
from allegedly.web.pages.frame import show
from allegedly.web.pages.pictures import Pictures, Told, pictures
from allegedly.web.pages.standing import DecisionView, StateView, decision, state, value
from allegedly.web.pages.story import story

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.responses import Response

    from allegedly.exports.page.views import Block, ClaimView, NoteView
    from allegedly.records import Assessment, Silence
    from allegedly.store import HeldCase, StoredCapture, StoredDecision, View
    from allegedly.web.app.routing import Call
    from allegedly.web.links.gathering import Links
    from allegedly.web.pages.story import Story

# Why people turn a suggestion down, so that a reason is one key away; any other can be written.
REASONS: Final = (
    "the narrator’s own words: nobody is made to say it",
    "somebody else says it",
    "the words are cut wrongly",
    "it is said twice",
    "it does not belong to the story",
)
CASES: Final = 200  # that a story may be put into by choosing; any other by its own page
AS_IT_STANDS: Final = "as it stands in the story"
_COMPARED: Final = {"content", "cue", "sources", "act", "form", "polarity", "modality"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a correction may choose from, and ready reasons."""

    acts: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    modalities: tuple[str, ...]
    polarities: tuple[str, ...]
    reasons: tuple[str, ...]
    as_it_stands: str


CHOICES: Final = Choices(
    acts=tuple((act, wording.ACTS[act]) for act in ACTS),
    kinds=tuple((kind, kind.replace("_", " ")) for kind in SOURCE_KINDS),
    modalities=MODALITIES,
    polarities=("positive", "negative"),
    reasons=REASONS,
    as_it_stands=AS_IT_STANDS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HopField:
    """A source of a claim's chain as its form has it, outermost first."""

    name: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A claim beside its text: `view` as read, `state` as it stands, `seen` the last decision."""

    id: str
    view: ClaimView
    state: StateView
    seen: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An assessment or a silence beside the text."""

    id: str
    view: NoteView
    state: StateView
    seen: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLink:
    """The story that a record is from."""

    id: str
    title: str
    particulars: tuple[str, ...]
    uri: str | None
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """One document as it stood: its text, what was read in it, what people decided."""

    document: DocumentLink
    counts: str
    blocks: tuple[Block, ...]
    entries: tuple[Entry, ...]
    assessments: tuple[Note, ...]
    silences: tuple[Note, ...]
    captures: tuple[StoredCapture, ...]
    credibility: str | None
    seen: str | None
    decisions: tuple[DecisionView, ...]
    cases: tuple[HeldCase, ...]
    put_out: tuple[HeldCase, ...]
    others: tuple[HeldCase, ...]
    pictures: Pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """One claim with the lines that it stands in, all that was read of it, all that was decided.

    `tied` has the claims of the story that `entry` is tied to, by their numbers.
    """

    document: DocumentLink
    entry: Entry
    tied: Mapping[int, Entry]
    blocks: tuple[Block, ...]
    decisions: tuple[DecisionView, ...]
    links: Links
    choices: Choices
    act: str
    modality: str
    polarity: str
    hops: tuple[HopField, ...]
    run: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A record that a later reading brought, took back or changed; the parts are in words."""

    kind: str
    what: str
    words: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingView:
    """One run's reading of a document, with what it changed of the one before."""

    seq: int
    when: str
    code: str
    model: str
    claims: int
    first: bool
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingsPage:
    """The readings of one document side by side, the latest first."""

    document: DocumentLink
    readings: tuple[ReadingView, ...]


def document(call: Call) -> Response:
    """The page of one document."""
    found = story(call.view, named(call, "document"))
    name, reading = found.stored.id, found.reading
    own = [word for word in found.decisions if word.subject == name]
    held = cases_with(call.view, name)
    page = DocumentPage(
        document=link(found),
        counts=wording.counts(reading),
        blocks=marks.story(reading, found.stands),
        entries=entries(found),
        assessments=_notes(found, reading.assessments, views.assessments(reading)),
        silences=_notes(found, reading.silences, views.silences(reading)),
        captures=tuple(call.view.captures(name)),
        credibility=_credibility(own),
        seen=found.seen.get(name),
        decisions=tuple(decision(word, found.text) for word in found.decisions),
        cases=tuple(case for case in held if case.inside),
        put_out=tuple(case for case in held if case.verdict == "out"),
        others=tuple(case for case in held if not case.inside)[:CASES],
        pictures=pictures(
            Told.of(claim, found.stored.publisher, found.text, f"#claim-{number}")
            for number, claim in enumerate(in_text_order(reading.claims), start=1)
        ),
    )
    title = page.document.title
    return show(call, "document.html.j2", page, title=title, section="/documents")


def claim(call: Call) -> Response:
    """The page of one claim."""
    page = claim_page(call.view, named(call, "claim"))
    title = f"{page.entry.view.source} {page.entry.view.act_label}"
    return show(call, "claim.html.j2", page, title=title, section="/claims")


def claim_page(view: View, name: str) -> ClaimPage:
    """One claim; raises NotInLedgerError."""
    record, links = view.record(name), gathered(view, name)
    found = story(view, record.document)
    number, read = found.claim(name)
    corrected = {**record.body, **(record.stands.corrected or {})}
    ordered = entries(found)
    entry = ordered[number - 1]
    return ClaimPage(
        document=link(found),
        entry=entry,
        tied={n: ordered[n - 1] for _, numbers in entry.view.ties for n in numbers},
        blocks=marks.passage(found.reading, read, number, found.stands),
        decisions=_latest(
            (decision(w, found.text) for w in found.decisions if w.subject == name), links.words
        ),
        links=links,
        choices=CHOICES,
        act=corrected["act"],
        modality=corrected["modality"],
        polarity=corrected["polarity"],
        hops=tuple(
            HopField(
                name=source["name"] or "",
                kind=source["kind"],
                words=words(found.text, tuple(Span(*pair) for pair in source["spans"])),
            )
            for source in corrected["sources"]
        ),
        run=record.run,
        seq=record.seq,
    )


def _latest(*words: Iterable[DecisionView]) -> tuple[DecisionView, ...]:
    """Decisions of several kinds as one history, the latest first."""
    return tuple(sorted(chain(*words), key=lambda word: -word.seq))


def readings(call: Call) -> Response:
    """The readings of one document by different runs, compared."""
    found = story(call.view, named(call, "document"))
    changes = [change for change in call.view.log(found.stored.id) if change.kind == "reading"]
    page = ReadingsPage(
        document=link(found),
        readings=tuple(
            ReadingView(
                seq=change.seq,
                when=say.clock(change.recorded_at),
                **_run(call.view, change.run),
                claims=change.claims,
                first=change.supersedes is None,
                changes=tuple(
                    _changed(each.kind, each.was, each.now, found.text)
                    for each in change.differences
                ),
            )
            for change in changes
        ),
    )
    title = f"Readings of {page.document.title}"
    return show(call, "readings.html.j2", page, title=title, section="/documents")


def named(call: Call, kind: str) -> str:
    """The id that an address names by its beginning; raises NotInLedgerError for another kind."""
    found, name = call.view.find(call.part("id"))
    if found != kind:
        raise NotInLedgerError(f"{name} is a {found} and no {kind}")
    return name


def link(found: Story) -> DocumentLink:
    """The story that something is from."""
    title = wording.title(found.reading)
    nameless = title in {naming.UNTITLED, found.reading.document.uri}  # lists say its first words
    return DocumentLink(
        id=found.stored.id,
        title=(wording.first_words(found.text) if nameless else "") or title,
        particulars=wording.particulars(found.reading),
        uri=found.stored.uri,
        language=found.stored.language,
    )


def entries(found: Story) -> tuple[Entry, ...]:
    """The claims of a story in the order of its text."""
    ordered = in_text_order(found.reading.claims)
    return tuple(
        Entry(
            id=read.id,
            view=view,
            state=state(found.stands[read.id], read.probability, found.text),
            seen=found.seen.get(read.id),
        )
        for read, view in zip(ordered, views.claims(found.reading), strict=True)
    )


def _notes(
    found: Story,
    records: Iterable[Assessment | Silence],
    shown: Iterable[NoteView],
) -> tuple[Note, ...]:
    return tuple(
        Note(
            id=record.id,
            view=note,
            state=state(found.stands.get(record.id, UNDECIDED), text=found.text),
            seen=found.seen.get(record.id),
        )
        for record, note in zip(records, shown, strict=True)
    )


def _credibility(own: list[StoredDecision]) -> str | None:
    rated = (word for word in own if word.verdict == "credibility" and word.current)
    return next((str(word.value) for word in rated), None)


def _run(view: View, run: str | None) -> dict[str, str]:
    body = view.entry("run", run) if run else {"code": "?", "model": "?"}
    return {"code": str(body["code"]), "model": str(body["model"])}


def _changed(
    kind: str, was: dict[str, Any] | None, now: dict[str, Any] | None, text: str
) -> Changed:
    whole = now or was or {}
    what = "changed" if was and now else "brought" if now else "took back"
    if was is None or now is None:
        return Changed(kind=kind, what=what, words=_words(whole, text), fields=())
    fields = tuple(
        (name, value(name, was.get(name), text), value(name, now.get(name), text))
        for name in now
        if name in _COMPARED or name in {"time", "targets", "about", "by", "kind"}
    )
    return Changed(kind=kind, what=what, words=_words(whole, text), fields=fields)


def _words(body: dict[str, Any], text: str) -> str:
    spans = body.get("content") or body.get("spans") or ()
    return words(text, tuple(Span(*pair) for pair in spans))
