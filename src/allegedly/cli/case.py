"""`allegedly case …`: forty stories about one event become one case, as of any moment."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from allegedly.cli.case_telling import (
    claims_json,
    tell_changes,
    tell_figures,
    tell_moves,
    tell_questions,
    tell_standings,
    telling_json,
)
from allegedly.cli.comparing import Compare, compare, compared, keep_compared
from allegedly.cli.opening import (
    LEDGER_EPILOG,
    AsJson,
    Behind,
    Reason,
    Reviewer,
    When,
    Where,
    opened,
)
from allegedly.cli.printing import ID, put, put_json
from allegedly.cli.program import app

if TYPE_CHECKING:
    from allegedly.cases import Difference, Suggestion
    from allegedly.store import StoredCase, StoredMember

case = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Collect the stories about one event; what people decide about it holds for ever.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(case, name="case")

Name = Annotated[str, typer.Argument(metavar="CASE", help="Its name or id, or the beginning.")]
Documents = Annotated[
    list[str], typer.Argument(metavar="ID", help="Documents: ids, or the beginning of one each.")
]


@case.command(epilog=LEDGER_EPILOG)
def suggest(  # noqa: PLR0913  # one argument per option is how typer is told
    *,
    where: Where = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Stories from this day on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Stories up to this day.")
    ] = None,
    least: Annotated[int, typer.Option(min=2, help="Stories of an event at least.")] = 4,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
    keep: Annotated[bool, typer.Option("--keep", help="Record them as cases.")] = False,
    link: Compare = True,
    as_json: AsJson = False,
) -> None:
    """Suggest events that many stories tell of and that are no case yet."""
    from itertools import islice  # noqa: PLC0415

    from allegedly import cases  # noqa: PLC0415  # databases load when they are needed

    with opened(where) as ledger:
        asked: dict[str, Any] = {"since": since, "until": until, "least": least}
        found = cases.suggestions(ledger, **asked, encode=ledger.encode)
        for suggestion in islice(found, limit):
            if keep:
                cases.keep(ledger, suggestion)
            _tell_suggestion(suggestion, as_json=as_json)
        if keep and link:
            keep_compared(ledger, quiet=as_json)


def _tell_suggestion(found: Suggestion, *, as_json: bool) -> None:
    if as_json:
        said = {"name": found.name, "title": found.title, "words": found.words}
        put_json({"suggestion": said | {"documents": found.documents, "seeds": found.seeds}})
        return
    told = f"{len(found.documents)} stories of {found.publishers or 'no named'} publishers"
    put(f"{found.name}  {found.title}")
    put(f"    {told}: {', '.join(found.words)}")
    put(f"    allegedly case new {found.name} {' '.join(seed[:ID] for seed in found.seeds)}")


@case.command(epilog=LEDGER_EPILOG)
def new(  # noqa: PLR0913  # one argument per option is how typer is told
    name: Annotated[str, typer.Argument(help="What to call it: small letters and hyphens.")],
    documents: Documents,
    *,
    reviewer: Reviewer,
    reason: Reason = "the case begins with it",
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    description: Annotated[str | None, typer.Option(help="What it is about.")] = None,
    link: Compare = True,
    where: Where = None,
    as_json: AsJson = False,
) -> None:
    """Begin a case from stories that are about it, and collect the others."""
    from allegedly import cases  # noqa: PLC0415  # databases load when they are needed

    with opened(where) as ledger:
        found = cases.begin(
            ledger,
            name,
            documents,
            reviewer=reviewer,
            reason=reason,
            title=title,
            description=description,
            encode=ledger.encode,
        )
        _tell(found, as_json=as_json)
        if link:
            keep_compared(ledger, quiet=as_json)


@case.command(epilog=LEDGER_EPILOG)
def collect(name: Name, *, where: Where = None, as_json: AsJson = False) -> None:
    """Look for a case's stories anew, by what people have decided about it since."""
    from allegedly import cases  # noqa: PLC0415  # databases load when they are needed

    with opened(where) as ledger:
        _tell(cases.collect(ledger, name, encode=ledger.encode), as_json=as_json)


@case.command(epilog=LEDGER_EPILOG)
def link(*, where: Where = None, as_json: AsJson = False) -> None:
    """Compare what new stories say with the others, so that a brief tells each thing once."""
    with opened(where) as ledger:
        found = compare(ledger)
        if as_json:
            put_json({"linked": asdict(found)})
        else:
            put(compared(found))


def _decide(verdict: str, command: str, about: str) -> None:
    """Make the command that puts documents in a case, or out of it."""

    @case.command(command, help=about, epilog=LEDGER_EPILOG)
    def decide(  # noqa: PLR0913  # one argument per option is how typer is told
        name: Name,
        documents: Documents,
        *,
        reviewer: Reviewer,
        reason: Reason,
        where: Where = None,
        as_json: AsJson = False,
        behind: Behind = False,
    ) -> None:
        with opened(where, behind=behind) as ledger:
            said = {"reviewer": reviewer, "reason": reason}
            for document in documents:
                ledger.decide(name, verdict, value=document, **said)
            _tell(ledger.case(name), as_json=as_json)


_decide("in", "add", "Put stories in a case; they stay in it whatever a machine finds.")
_decide("out", "remove", "Put stories out of a case; no machine puts them in again.")


@case.command(epilog=LEDGER_EPILOG)
def merge(  # noqa: PLR0913  # one argument per option is how typer is told
    name: Name,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The case that it is part of.")],
    *,
    reviewer: Reviewer,
    reason: Reason,
    where: Where = None,
    as_json: AsJson = False,
) -> None:
    """Make a case part of another."""
    with opened(where) as ledger:
        ledger.decide(name, "merge", value=into, reviewer=reviewer, reason=reason)
        _tell(ledger.case(into), as_json=as_json)


@case.command(epilog=LEDGER_EPILOG)
def split(  # noqa: PLR0913  # one argument per option is how typer is told
    name: Name,
    called: Annotated[str, typer.Argument(metavar="NEW", help="What to call the case split off.")],
    documents: Documents,
    *,
    reviewer: Reviewer,
    reason: Reason,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    where: Where = None,
    as_json: AsJson = False,
) -> None:
    """Split stories off into a case of their own; no machine joins the two again."""
    from allegedly import cases  # noqa: PLC0415  # databases load when they are needed

    with opened(where) as ledger:
        found = cases.split(
            ledger,
            name,
            called,
            documents,
            reviewer=reviewer,
            reason=reason,
            title=title,
            encode=ledger.encode,
        )
        _tell(found, as_json=as_json)


@case.command("list", epilog=LEDGER_EPILOG)
def list_(*, where: Where = None, as_of: When = None, as_json: AsJson = False) -> None:
    """List the cases, the latest first."""
    with opened(where) as ledger:
        for found in ledger.cases(as_of=as_of):
            if as_json:
                put_json({"case": _json(found)})
            else:
                put(_line(found))


@case.command(epilog=LEDGER_EPILOG)
def show(
    name: Name,
    *,
    where: Where = None,
    as_of: When = None,
    as_json: AsJson = False,
) -> None:
    """Show a case: how its claims stand, figures, what is open, its stories and origins."""
    from allegedly import cases  # noqa: PLC0415  # databases load when they are needed

    with opened(where) as ledger:
        view = cases.as_of(ledger, as_of)
        found = view.case(name)
        told = cases.telling(view, found.id)
        reported = cases.telling(view, found.id, decided=False)
        if as_json:
            case = {"case": _json(found), "claims": claims_json(reported.record)}
            both = {"as_decided": telling_json(told), "as_reported": telling_json(reported)}
            put_json(case | both)
            return
        put(_line(found))
        tell_standings(told, reported)
        tell_figures(told)
        tell_changes(told)
        tell_questions(told)
        put("")
        put("Stories")
        _tell_stories(found)


@case.command(epilog=LEDGER_EPILOG)
def diff(
    name: Name,
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="A moment, as --as-of has it.")],
    after: Annotated[
        str | None, typer.Argument(metavar="AFTER", help="A later one; now if left out.")
    ] = None,
    *,
    where: Where = None,
    as_json: AsJson = False,
) -> None:
    """Show what came into a case between two moments, what is said and denied since, what moved."""
    from allegedly import cases  # noqa: PLC0415  # databases load when they are needed

    with opened(where) as ledger:
        now = cases.as_of(ledger, after)
        found = cases.difference(cases.as_of(ledger, before), now, name)
        if as_json:
            put_json({"difference": asdict(found)})
            return
        _tell_difference(found)
        tell_moves(found.said, cases.record(now, name))


def _tell_difference(found: Difference) -> None:
    for sign, members in (("+", found.came), ("-", found.left)):
        for member in members:
            put(f"{sign} {_member(member)}")
    for what, was, now in found.changed:
        put(f"~ {what}: {was} → {now}")
    if not (found.came or found.left or found.changed or found.said.any):
        put("nothing changed")


def _tell(found: StoredCase, *, as_json: bool) -> None:
    if as_json:
        put_json({"case": _json(found)})
        return
    put(_line(found))
    _tell_stories(found)


def _tell_stories(found: StoredCase) -> None:
    if found.description:
        put(f"  {found.description}")
    for member in found.members:
        put(f"  {_member(member)}")
    for origin in found.origins:
        named = f" ({origin.name})" if origin.name else ""
        put(f"  one origin, {origin.kind}{named}: {len(origin.copies)} stories")
        put(f"    {'; '.join(origin.words)}")
    if found.excluded:
        put(f"  put out by people: {', '.join(name[:ID] for name in found.excluded)}")


def _line(found: StoredCase) -> str:
    told = f"{len(found.members)} stories, {found.independent} origins"
    return f"{found.id[:ID]}  {found.name}  {found.title}  ({told})"


def _member(member: StoredMember) -> str:
    found, when = member.document, member.document.published or "undated"
    why = "put in by a person" if member.decision else f"{member.probability:.2f}"
    words = f": {', '.join(member.words)}" if member.words else ""
    said = f"{found.publisher or '—'}  {found.title or '—'}"
    return f"{found.id[:ID]}  {when:<16.16}  {said}  [{why}{words}]"


def _json(found: StoredCase) -> dict[str, Any]:
    return asdict(found) | {"independent_origins": found.independent}
