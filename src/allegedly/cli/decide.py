"""`allegedly decide …`: a person's word, with their name and reason, beside the machine's."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from allegedly.cli.opening import LEDGER_EPILOG, AsJson, Behind, Reason, Reviewer, Where, opened
from allegedly.cli.printing import decision_line, put, put_json
from allegedly.cli.program import app

if TYPE_CHECKING:
    from allegedly.store import StoredDecision

decide = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Record what a person decides; every decision can be taken back by a later one.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(decide, name="decide")

Subject = Annotated[
    str,
    typer.Argument(metavar="ID", help="What it is about: an id, or the beginning of one."),
]


def _record(verdict: str, about: str) -> None:
    """Make the command of a verdict that takes no value."""

    @decide.command(verdict, help=about, epilog=LEDGER_EPILOG)
    def command(  # noqa: PLR0913  # one argument per option is how typer is told
        subject: Subject,
        *,
        reviewer: Reviewer,
        reason: Reason,
        where: Where = None,
        as_json: AsJson = False,
        behind: Behind = False,
    ) -> None:
        with opened(where, behind=behind) as ledger:
            _tell(ledger.decide(subject, verdict, reviewer=reviewer, reason=reason), as_json)


def _tell(found: StoredDecision, as_json: bool) -> None:  # noqa: FBT001
    if as_json:
        put_json({"decision": asdict(found)})
    else:
        put(decision_line(found))


_record("accept", "Accept what was read: it is said there, by them, in these words.")
_record("reject", "Reject what was read; it stays rejected when the story is read again.")
_record("note", "Note something about a record, a document or source:NAME; the reason is the note.")
_record("undo", "Take a decision back by its id: its matter is open again.")


@decide.command(epilog=LEDGER_EPILOG)
def correct(  # noqa: PLR0913  # one argument per option is how typer is told
    subject: Subject,
    fields: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE",
            help="act=deny, source='Ana Ruk', content=[[26,56]], modality=possible, "
            """targets='[{"relation":"denies","claim":"ID"}]': as the ledger JSON writes them.""",
        ),
    ],
    *,
    reviewer: Reviewer,
    reason: Reason,
    where: Where = None,
    as_json: AsJson = False,
    behind: Behind = False,
) -> None:
    """Correct fields of what was read; what the machine read stays beside them."""
    value = dict(map(_field, fields))
    with opened(where, behind=behind) as ledger:
        found = ledger.decide(subject, "correct", reviewer=reviewer, reason=reason, value=value)
        _tell(found, as_json)


def _field(given: str) -> tuple[str, object]:
    name, equals, value = given.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{given!r}: give FIELD=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


@decide.command(epilog=LEDGER_EPILOG)
def rate(  # noqa: PLR0913  # one argument per option is how typer is told
    subject: Annotated[
        str,
        typer.Argument(metavar="SUBJECT", help="source:NAME, or a claim's or document's id."),
    ],
    grade: Annotated[
        str,
        typer.Argument(
            help="A to F: how reliable a source is; 1 to 6: how credible a claim or document is "
            "(the Admiralty's two scales, never one)."
        ),
    ],
    *,
    reviewer: Reviewer,
    reason: Reason,
    where: Where = None,
    as_json: AsJson = False,
    behind: Behind = False,
) -> None:
    """Rate a source's reliability (A to F) or an item's credibility (1 to 6)."""
    verdict = "credibility" if grade.isdigit() else "reliability"
    with opened(where, behind=behind) as ledger:
        found = ledger.decide(subject, verdict, reviewer=reviewer, reason=reason, value=grade)
        _tell(found, as_json)
