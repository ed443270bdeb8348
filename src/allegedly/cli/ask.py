"""`allegedly list`, `show`, `search` and `log`: what the ledger holds, as of any moment."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from allegedly.cli import printing
from allegedly.cli.opening import LEDGER_EPILOG, AsJson, When, Where, viewed
from allegedly.cli.program import app
from allegedly.cli.read import print_record
from allegedly.exports.wording import says_little

if TYPE_CHECKING:
    from allegedly.store import Filter, View

FEW, SOME = 20, 50
What = Literal["documents", "claims", "sources", "decisions"]
Source = Annotated[
    str | None, typer.Option(help="Only what this source says: a name, or words of one.")
]
Act = Annotated[str | None, typer.Option(help="Only claims of this act, such as deny.")]
Publisher = Annotated[str | None, typer.Option(help="Only what this publisher published.")]
Status = Annotated[
    str | None,
    typer.Option(
        help="Only claims that stand so: suggested, accepted, rejected, corrected, reopened."
    ),
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Published on or after.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Published on or before.")]
Document = Annotated[str | None, typer.Option(metavar="ID", help="Only this document.")]
Limit = Annotated[int, typer.Option(min=1, help="How many at most.")]


@app.command("list", epilog=LEDGER_EPILOG)
def list_(  # noqa: PLR0913  # one argument per option is how typer is told
    what: Annotated[What, typer.Argument(help="What to list.")] = "documents",
    *,
    where: Where = None,
    as_of: When = None,
    document: Document = None,
    source: Source = None,
    act: Act = None,
    publisher: Publisher = None,
    status: Status = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = SOME,
    as_json: AsJson = False,
) -> None:
    """List documents, claims, sources or decisions, the latest first."""
    asked = {"source": source, "act": act, "publisher": publisher, "status": status}
    asked |= {"document": document, "since": since, "until": until}
    with viewed(where, as_of) as view:
        _LISTS[what](view, narrowing(view, asked), limit, as_json)


def narrowing(view: View, asked: dict[str, Any]) -> Filter:
    """What is asked for by name, with the document's whole id."""
    from allegedly.store import Filter  # noqa: PLC0415  # databases load when they are needed

    if asked.get("document"):
        asked["document"] = view.find(asked["document"])[1]
    return Filter(**asked)


def _documents(view: View, asked: Filter, limit: int, as_json: bool) -> None:  # noqa: FBT001
    for found in view.documents(asked, limit=limit):
        if as_json:
            printing.put_json({"document": asdict(found)})
        else:
            printing.put(printing.document_line(found))


def _claims(view: View, asked: Filter, limit: int, as_json: bool) -> None:  # noqa: FBT001
    claims = view.claims(asked, limit=limit)
    if as_json:
        for found in claims:
            printing.put_json(printing.claim_json(found))
        return
    answered = view.answered([found for found in claims if says_little(found.content)])
    for found in claims:
        printing.put_lines(printing.claim_line(found, answered.get(found.id)))


def _sources(view: View, _asked: Filter, limit: int, as_json: bool) -> None:  # noqa: FBT001
    for found in view.sources(limit=limit):
        rated = f"  reliability {found.reliability} (decided)" if found.reliability else ""
        if as_json:
            printing.put_json({"source": asdict(found)})
        else:
            printing.put(f"{found.claims:>6} claims  {found.name}  {found.kind}{rated}")


def _decisions(view: View, _asked: Filter, limit: int, as_json: bool) -> None:  # noqa: FBT001
    for found in view.decisions(limit=limit):
        if as_json:
            printing.put_json({"decision": asdict(found)})
        else:
            printing.put(printing.decision_line(found))


_LISTS = {
    "documents": _documents,
    "claims": _claims,
    "sources": _sources,
    "decisions": _decisions,
}


@app.command(epilog=LEDGER_EPILOG)
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="An id, or the beginning of one.")],
    *,
    where: Where = None,
    as_of: When = None,
    as_json: AsJson = False,
) -> None:
    """Show a document with its claims, or one claim, assessment, silence or decision."""
    with viewed(where, as_of) as view:
        kind, found = view.find(name)
        _SHOWN.get(kind, _show_other)(view, kind, found, as_json)


def _show_document(view: View, _kind: str, name: str, as_json: bool) -> None:  # noqa: FBT001
    from allegedly.reading import Reading  # noqa: PLC0415  # loads more than the others need

    stored, captures = view.document(name), view.captures(name)
    reading = Reading.of(view.reading(name))
    claims = view.claims(narrowing(view, {"document": name}))
    decided = [claim for claim in claims if claim.stands.decisions]
    words = view.decisions(name)
    if as_json:
        printing.put_json(
            {
                "document": asdict(stored),
                "captures": [asdict(capture) for capture in captures],
                "read": reading.to_dict(),
                "decided": [printing.claim_json(claim)["claim"] for claim in decided],
                "decisions": [asdict(word) for word in words],
            }
        )
        return
    print_record(reading)
    printing.put(f"\nDocument {name}")
    for capture in captures:
        printing.put_lines("\n".join(printing.capture_lines(capture)))
    if decided or words:
        printing.put("\nDecided by people:")
    for claim in decided:
        printing.put_lines(printing.claim_line(claim))
    for word in words:
        printing.put(printing.decision_line(word))


def _show_record(view: View, _kind: str, name: str, as_json: bool) -> None:  # noqa: FBT001
    found = view.record(name)
    words = [view.decision(decision) for decision in found.stands.decisions]
    if as_json:
        printing.put_json(printing.record_json(found, words))
        return
    text = view.text(found.document)
    printing.put(f"{found.kind} {found.id}  entry {found.seq}  document {found.document}")
    printing.put("Read by a machine:")
    for line in printing.body_lines(found.body, text):
        printing.put(f"  {line}")
    printing.put("Decided by people:")
    printing.put(f"  {printing.decided_words(found.stands) or 'nothing'}")
    for word in words:
        printing.put(f"  {printing.decision_line(word)}")


def _show_decision(view: View, _kind: str, name: str, as_json: bool) -> None:  # noqa: FBT001
    found = view.decision(name)
    if as_json:
        printing.put_json({"decision": asdict(found)})
    else:
        printing.put(printing.decision_line(found))


def _show_other(view: View, kind: str, name: str, as_json: bool) -> None:  # noqa: FBT001
    body = view.entry(kind, name)
    if as_json:
        printing.put_json({kind: body})
        return
    printing.put(f"{kind} {name}")
    for field, value in body.items():
        printing.put(f"  {field}: {value}")


_SHOWN = {
    "document": _show_document,
    "claim": _show_record,
    "assessment": _show_record,
    "silence": _show_record,
    "decision": _show_decision,
}


@app.command(epilog=LEDGER_EPILOG)
def search(  # noqa: PLR0913  # one argument per option is how typer is told
    query: Annotated[
        str, typer.Argument(help='Words, "phrases", prefix*, -without, this OR that.')
    ],
    *,
    where: Where = None,
    as_of: When = None,
    documents: Annotated[
        bool, typer.Option("--documents", help="Search whole texts instead of claims.")
    ] = False,
    source: Source = None,
    act: Act = None,
    publisher: Publisher = None,
    status: Status = None,
    since: Since = None,
    until: Until = None,
    document: Document = None,
    limit: Limit = FEW,
    as_json: AsJson = False,
) -> None:
    """Search claims, or whole texts, the best first."""
    asked = {"source": source, "act": act, "publisher": publisher, "status": status}
    asked |= {"document": document, "since": since, "until": until}
    with viewed(where, as_of) as view:
        narrowed = narrowing(view, asked)
        look = view.search_documents if documents else view.search
        hits = look(query, narrowed, limit=limit)
        for hit in hits:
            if as_json:
                printing.put_json(printing.hit_json(hit))
            else:
                printing.put_marked(printing.hit_line(hit))
        if not hits and not as_json:
            typer.echo("allegedly: nothing found", err=True)


@app.command(epilog=LEDGER_EPILOG)
def log(  # noqa: PLR0913  # one argument per option is how typer is told
    document: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Only what is about this document.")
    ] = None,
    *,
    where: Where = None,
    as_of: When = None,
    head: Annotated[
        bool,
        typer.Option("--head", help="Only the last entry and its hash, to be kept elsewhere."),
    ] = False,
    limit: Limit = SOME,
    as_json: AsJson = False,
) -> None:
    """Show what was recorded, the latest first, and what each reading changed."""
    with viewed(where, as_of) as view:
        if head:
            last = view.head()
            if as_json:
                printing.put_json(asdict(last))
            else:
                printing.put(f"{last.seq} {last.hash} {last.recorded_at}")
            return
        name = None if document is None else view.find(document)[1]
        for change in view.log(name, limit=limit):
            if as_json:
                printing.put_json(asdict(change))
                continue
            for line in printing.change_lines(change):
                printing.put(line)
