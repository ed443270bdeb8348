"""`allegedly brief CASE`: a case on one or two pages, every sentence with its stories."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003  # typer reads it
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from allegedly.cli.opening import LEDGER_EPILOG, When, Where, opened
from allegedly.cli.printing import put_lines
from allegedly.cli.program import app

if TYPE_CHECKING:
    from allegedly.brief import Brief

Form = Literal["text", "markdown", "html", "json"]


@app.command(epilog=LEDGER_EPILOG)
def brief(
    name: Annotated[str, typer.Argument(metavar="CASE", help="Its name or id, or the beginning.")],
    *,
    where: Where = None,
    as_of: When = None,
    form: Annotated[Form, typer.Option("--format", "-f", help="How to write it.")] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file to write; else it is printed.")
    ] = None,
) -> None:
    """Write the brief of a case: who says what, what is contested, what rests on one origin."""
    from allegedly import cases  # noqa: PLC0415  # databases load when they are needed

    with opened(where) as ledger:
        view = cases.as_of(ledger, as_of)
        if waiting := set(ledger.unlinked()).intersection(view.case(name).documents):
            told = f"{len(waiting)} of its stories are not compared yet: allegedly case link"
            typer.echo(f"allegedly: {told}", err=True)
        written = _written(cases.brief(view, name, as_of=as_of or "now"), form)
        if output is not None:
            output.write_text(written, "utf-8")
        else:
            put_lines(written.rstrip("\n"))


def _written(found: Brief, form: Form) -> str:
    from allegedly import brief as made  # noqa: PLC0415  # templates load when they are needed

    if form == "json":
        return json.dumps(made.to_json(found), ensure_ascii=False) + "\n"
    return {"text": made.to_text, "markdown": made.to_markdown, "html": made.to_html}[form](found)
