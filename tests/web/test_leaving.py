"""What a page shows leaves the desk in every format, as of its moment."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from tests.store import stories
from tests.web.conftest import PAGE

from allegedly.exports.formats import FORMATS, available
from allegedly.web.api import leaving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx2
    from starlette.testclient import TestClient
    from tests.web.conftest import Visitor

    from allegedly.ledger import Ledger

CLAIM, DENIAL = stories.taken().id, stories.denied().id
NAME = re.compile(r'attachment; filename="([a-z0-9][a-z0-9-]*)(\.[a-z.]+)"')


def take(ana: Visitor, query: str) -> httpx2.Response:
    return ana.client.get(f"/api/export?{query}")


def named(answer: httpx2.Response) -> str:
    found = NAME.fullmatch(answer.headers["content-disposition"])
    assert found, answer.headers["content-disposition"]
    return "".join(found.groups())


def ids(answer: httpx2.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {row["claim"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))}


@pytest.mark.parametrize("name", [each.name for each in available()])
def test_every_format(ana: Visitor, name: str) -> None:
    answer = take(ana, f"format={name}&q=bell+OR+tower")
    assert answer.status_code == 200
    assert answer.content
    called = named(answer)
    assert called.startswith("bell-or-tower")
    wanted = FORMATS[name]
    if wanted.shape != "folder":
        assert called == f"bell-or-tower{wanted.suffix}"
        return
    with ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert any(each.endswith(".losses.txt") for each in names)
        assert len(names) >= 2
        assert not any(each.startswith("/") or ".." in each for each in names)


def test_what_is_shown_is_what_leaves(ana: Visitor, ledger: Ledger) -> None:
    text = stories.TEXT + "Again."
    other = stories.read(stories.taken(text), text=text, title="Again")
    ledger.record(other, stories.capture(other, uri="file:///again.txt"), stories.FIRST)
    document = ledger.documents(limit=1)[0].id
    assert ids(take(ana, "act=deny")) == {DENIAL}
    assert ids(take(ana, "q=tower")) == {DENIAL}
    assert ids(take(ana, "source=mayor")) == {DENIAL}
    assert ids(take(ana, f"claim={CLAIM[:12]}")) == {CLAIM}
    assert ids(take(ana, f"document={document}")) == {
        claim.id for claim in ledger.claims(document=document)
    }
    assert ids(take(ana, "waiting=true")) == {claim.id for claim in ledger.claims()}
    ana.ask("/api/decisions", {"subject": CLAIM, "verdict": "accept", "reason": "x"})
    assert CLAIM not in ids(take(ana, "waiting=true"))
    assert ids(take(ana, "status=accepted")) == {CLAIM}
    assert len(ids(take(ana, ""))) == len(ledger.claims())


def test_it_leaves_as_of_the_page_s_moment(ana: Visitor, ledger: Ledger) -> None:
    before = ledger.now.head().seq
    ledger.decide(CLAIM, "reject", reviewer="ben", reason="not said")
    assert ids(take(ana, f"status=rejected&as_of={before}")) == set()
    now = take(ana, f"document={ledger.documents()[0].id}&format=jsonl").text
    then = take(ana, f"document={ledger.documents()[0].id}&format=jsonl&as_of={before}")
    assert "not said" in now
    assert "not said" not in then.text
    assert json.loads(then.text.splitlines()[0])["recorded"]["seq"] == before
    assert named(then).endswith(f"-as-of-{before}.jsonl")
    early = take(ana, "as_of=published:2001-01-01")
    assert early.status_code == 200
    assert ids(early) == set()
    assert take(ana, "waiting=true&as_of=4").status_code == 422


def test_beside_it_what_a_format_leaves_behind(ana: Visitor) -> None:
    answer = take(ana, "format=csv&act=deny&losses=true")
    assert named(answer) == "deny-csv.zip"
    with ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["deny.csv", "deny.csv.losses.txt"]
        assert "Not carried" in archive.read("deny.csv.losses.txt").decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("format=odt", 422),
        ("format=../../etc/passwd", 422),
        ("case=nothing", 404),
        ("claim=ffffffff", 404),
        ("status=sung", 422),
        ("as_of=soon", 422),
        ("at=-1&waiting=true", 422),
    ],
)
def test_what_cannot_leave_is_a_problem(ana: Visitor, query: str, status: int) -> None:
    answer = take(ana, query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "evil", ["../../x", 'a"\r\nset-cookie: x=y', "CON", "=cmd()", "-rf", "\u202egnp", "a/b\\c", "."]
)
def test_file_names_are_safe(ana: Visitor, evil: str) -> None:
    answer = ana.client.get("/api/export", params={"source": f"mayor {evil}"})
    assert answer.status_code in {200, 422}
    if answer.status_code == 200:
        named(answer)
    assert "set-cookie" not in answer.headers


def test_too_much_is_refused_and_nothing_is_left_on_the_disk(
    ana: Visitor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spare = tmp_path / "spare"
    spare.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    assert take(ana, "format=xlsx").status_code == 200
    monkeypatch.setattr(leaving, "MOST_CLAIMS", 1)
    assert "narrow" in take(ana, "status=suggested").json()["detail"]
    monkeypatch.setattr(leaving, "MOST_DOCUMENTS", 0)
    answer = take(ana, "q=bell")
    assert answer.status_code == 422
    assert "allegedly export" in answer.json()["detail"]
    assert list(spare.iterdir()) == []


def test_who_waits_too_long_is_told(ana: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaving, "PATIENCE", 0.01)
    with leaving._writing, leaving._writing:  # noqa: SLF001  # as two others who export
        answer = take(ana, "format=csv")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "10"


def test_readers_may_and_strangers_may_not(
    let_in: Callable[[str], Visitor], door: Callable[[], TestClient]
) -> None:
    assert take(let_in("reader"), "case=orrin").status_code == 200
    assert door().get("/api/export?case=orrin").status_code == 401


def test_pages_offer_it(ana: Visitor, ledger: Ledger) -> None:
    document = ledger.documents()[0].id
    for path, field in (
        ("/claims?act=deny", ("act", "deny")),
        ("/search?q=bell", ("q", "bell")),
        ("/cases/orrin", ("case", "orrin")),
        (f"/documents/{document}", ("document", document)),
        (f"/claims/{CLAIM}", ("claim", CLAIM)),
        ("/sources/warden", ("source", "warden")),
        ("/review", ("waiting", "true")),
    ):
        page = ana.get(path, headers=PAGE).text
        form = page.split('action="/api/export"')[1].split("</form>")[0]
        assert f'name="{field[0]}" value="{field[1]}"' in form, path
        assert 'value="stix"' in form
    then = ana.get("/claims?as_of=published:2031-05-05").text
    assert 'name="as_of" value="published:2031-05-05"' in then.split('action="/api/export"')[1]
