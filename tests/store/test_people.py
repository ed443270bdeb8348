"""Accounts and sessions of a shared desk, on each database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from allegedly.store import NotInLedgerError, RefusedError, Session, Store, stamp

if TYPE_CHECKING:
    from allegedly.store import People

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)


@pytest.fixture
def people(ledger: Store) -> People:
    found = ledger.people
    found.prepare()
    found.prepare()
    found.add("ana", "reviewer", NOON, password="$argon2id$")  # noqa: S106
    return found


def begin(people: People, name: str) -> None:
    ends = stamp(NOON + timedelta(hours=1))
    people.begin(
        Session(
            id=name,
            account="ana",
            kind="browser",
            begun_at=stamp(NOON),
            used_at=stamp(NOON),
            ends_at=ends,
            closed_at=None,
        )
    )


def test_an_account_is_made_once(people: People) -> None:
    assert people.account("ana").role == "reviewer"
    with pytest.raises(RefusedError, match="already"):
        people.add(" ana ", "admin", NOON, password="x")  # noqa: S106
    with pytest.raises(RefusedError, match="no name"):
        people.add(" \n", "admin", NOON, password="x")  # noqa: S106
    with pytest.raises(NotInLedgerError):
        people.account("ben")
    with pytest.raises(NotInLedgerError):
        people.change("ben", NOON, role="admin")
    assert [account.name for account in people.accounts()] == ["ana"]


def test_a_change_of_the_account_ends_its_sessions(people: People) -> None:
    begin(people, "one")
    begin(people, "two")
    assert len(people.sessions("ana")) == 2
    assert people.end(NOON, session="one") == 1
    people.change("ana", NOON, role="admin")
    assert people.sessions() == []
    found = people.session("two")
    assert found
    session, account = found
    assert session.closed_at == stamp(NOON)
    assert account.role == "admin"
    assert people.session("three") is None


def test_use_is_written_down(people: People) -> None:
    begin(people, "one")
    people.touch("one", NOON + timedelta(minutes=5))
    assert people.sessions()[0].used_at == stamp(NOON + timedelta(minutes=5))


def test_accounts_are_no_part_of_the_record(people: People, ledger: Store) -> None:
    begin(people, "one")
    ledger.record_event({"event": "signed in", "account": "ana"})
    assert [entry.body["event"] for entry in ledger.now.entries(["audit"])] == ["signed in"]
    assert ledger.verify().sound
    ledger.rebuild()
    assert people.account("ana")
