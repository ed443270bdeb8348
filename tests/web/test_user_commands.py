"""`allegedly user` and the options of `serve` about signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from allegedly.cli.program import app
from allegedly.ledger import Ledger
from allegedly.store import Identities

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


@pytest.fixture
def where(tmp_path: Path) -> Path:
    path = tmp_path / "desk.ledger"
    Ledger.open(path, create=True).close()
    return path


def run(where: Path, *arguments: str, given: str | None = None) -> Result:
    import allegedly.cli  # noqa: F401, PLC0415  # puts the commands into the program

    command = [*arguments, "--ledger", str(where)]
    return CliRunner().invoke(app, command, input=given)


def test_an_account_with_an_address_and_no_password(where: Path) -> None:
    made = run(where, "user", "add", "ana", "--email", "Ana@Paper.example", "--no-password")
    assert made.exit_code == 0, made.output
    with Ledger.open(where) as ledger:
        known = Identities(ledger.database).all()["ana"]
        assert (known.email, known.subject) == ("ana@paper.example", None)
        assert ledger.now.entries(["audit"])[-1].body["email"] == "ana@paper.example"
    assert "ana@paper.example" in run(where, "user", "list").output


def test_an_address_is_one_account_s(where: Path) -> None:
    run(where, "user", "add", "ana", "--email", "ana@paper.example", "--no-password")
    again = run(where, "user", "add", "ben", "--email", "ANA@paper.example", "--no-password")
    assert again.exit_code != 0
    assert "the account of ana already" in again.output
    with Ledger.open(where) as ledger:
        assert [account.name for account in ledger.people.accounts()] == ["ana"]


def test_a_subject_is_given_and_taken_away(where: Path) -> None:
    run(where, "user", "add", "ana", given="a long enough word\n")
    issuer = "https://login.example"
    done = run(where, "user", "openid", "ana", "--subject", "s-1", "--issuer", issuer)
    assert done.exit_code == 0, done.output
    with Ledger.open(where) as ledger:
        known = Identities(ledger.database).all()["ana"]
        assert (known.issuer, known.subject, known.email) == (issuer, "s-1", None)
    assert run(where, "user", "openid", "ana").exit_code == 0
    with Ledger.open(where) as ledger:
        assert Identities(ledger.database).all() == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("user", "add", "ana", "--no-password"), "--email"),
        (("user", "openid", "ana", "--subject", "s-1"), "--issuer"),
        (("serve", "--oidc-only"), "--oidc-issuer"),
        (
            (
                "serve",
                "--shared",
                "--address",
                "https://a.example",
                "--oidc-issuer",
                "https://i.example",
            ),
            "--oidc-client",
        ),
        (
            (
                *("serve", "--shared", "--address", "https://a.example"),
                *("--oidc-issuer", "http://i.example", "--oidc-client", "desk"),
            ),
            "no https address",
        ),
        (
            (
                *("serve", "--shared", "--address", "https://a.example"),
                *("--oidc-issuer", "https://i.example", "--oidc-client", "desk"),
                *("--oidc-secret-file", "/nothing/there"),
            ),
            "/nothing/there",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(
    where: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run(where, *arguments)
    assert done.exit_code == 2
    assert said in done.output
