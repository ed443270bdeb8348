"""The brief of a case in a ledger, at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.testing import CliRunner

from allegedly import cases
from allegedly.cli import app

if TYPE_CHECKING:
    from pathlib import Path

    from allegedly.ledger import Ledger

News = dict[str, list[str]]


def test_a_brief_counts_what_was_there_at_the_moment(ledger: Ledger, news: News) -> None:
    cases.begin(ledger, "dam", news["dam"][:1], reviewer="ana", reason="it is the dam")
    now = cases.brief(ledger.now, "dam")
    assert now.summary.startswith("4 stories of 4 publishers, 3 May 2031 to 4 May 2031;")
    then = cases.brief(ledger.as_of("published:2031-05-03T10:00Z"), "dam", as_of="then")
    assert then.summary.startswith("2 stories of 2 publishers, 3 May 2031;")
    assert then.as_of == "then"


def test_the_command_writes_every_form(ledger: Ledger, news: News, tmp_path: Path) -> None:
    cases.begin(ledger, "dam", news["dam"][:1], reviewer="ana", reason="it is the dam")
    where = ["--ledger", str(tmp_path / "news.ledger")]
    for form, begins in (
        ("text", "Explosion"),
        ("markdown", "# Ex"),
        ("html", "<!d"),
        ("json", "{"),
    ):
        done = CliRunner().invoke(app, ["brief", "dam", "-f", form, *where])
        assert done.exit_code == 0, done.output
        assert done.stdout.startswith(begins)
    page = tmp_path / "dam.html"
    assert (
        CliRunner().invoke(app, ["brief", "dam", "-f", "html", "-o", str(page), *where]).exit_code
        == 0
    )
    assert page.read_text("utf-8").startswith("<!doctype html>")
