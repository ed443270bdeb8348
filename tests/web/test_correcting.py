"""Corrections of chains and cues; assessments and silences decided on; on each database."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from tests.store import stories
from typer.testing import CliRunner

from allegedly.cli import app
from allegedly.records import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.conftest import Visitor

    from allegedly.ledger import Ledger

ON_BOTH = True
CLAIM = stories.taken().id
PROOF = stories.whole().assessments[0]
REASON = stories.whole().silences[0]
CHAIN = "The Post said the warden told it that two men took the bell."


def correct(subject: str, **value: str) -> dict[str, Any]:
    fields = {f"value.{name.replace('__', '-')}": given for name, given in value.items()}
    return {"subject": subject, "verdict": "correct", "reason": "read it", "seen": "*", **fields}


def place(text: str, words: str) -> str:
    return f"{text.index(words)}-{text.index(words) + len(words)}"


@pytest.fixture
def chained(ledger: Ledger) -> str:
    """A claim that the warden makes through the Post."""
    claim = stories.claim(CHAIN, "that two men took the bell", "the warden", "told")
    outer = Source(spans=stories.at(CHAIN, "The Post"), name="Post", kind="media")
    read = replace(claim, sources=(outer, *claim.sources))
    reading = stories.read(read, text=CHAIN, title="Chain")
    ledger.record(reading, stories.capture(reading, uri="file:///chain.txt"), stories.FIRST)
    return read.id


def chain(ledger: Ledger, claim: str) -> list[tuple[Any, ...]]:
    corrected = ledger.now.record(claim).stands.corrected or {}
    text = CHAIN
    return [
        (hop["name"], hop["kind"], " ".join(text[a:b] for a, b in hop["spans"]))
        for hop in corrected["sources"]
    ]


def test_the_cue_is_corrected(ana: Visitor, ledger: Ledger) -> None:
    where = place(stories.TEXT, "told reporters")
    assert ana.send("/api/decisions", correct(CLAIM, cue=where)).status_code == 303
    start, end = map(int, where.split("-"))
    assert ledger.now.claim(CLAIM).stands.corrected == {"cue": [[start, end]]}
    assert "“told reporters”" in ana.get(f"/claims/{CLAIM}").text


def test_several_stretches_are_put_in_order(ana: Visitor, ledger: Ledger) -> None:
    one, two = place(stories.TEXT, "two men"), place(stories.TEXT, "old bell")
    assert ana.send("/api/decisions", correct(CLAIM, content=f"{two} {one}")).status_code == 303
    spans = (ledger.now.claim(CLAIM).stands.corrected or {})["content"]
    assert [stories.TEXT[a:b] for a, b in spans] == ["two men", "old bell"]
    again = correct(CLAIM, content=f"{one} {one}")
    assert ana.send("/api/decisions", again).status_code == 422, "no words twice"


def test_an_outer_source_is_corrected(ana: Visitor, ledger: Ledger, chained: str) -> None:
    page = ana.get(f"/claims/{chained}").text
    assert 'name="value.hop-0-name" value="Post"' in page
    assert 'name="value.hop-1-name" value="warden"' in page
    hops = {"hop__0__name": "Orrin Post", "hop__0__kind": "media", "hop__1__name": "warden"}
    fields = correct(chained, **hops)
    assert ana.send("/api/decisions", fields).status_code == 303
    assert chain(ledger, chained) == [
        ("Orrin Post", "media", "The Post"),
        ("warden", "person", "the warden"),
    ]
    assert "Orrin Post › warden" in ana.get(f"/claims/{chained}").text
    assert ledger.verify().sound


def test_whom_a_person_put_in_the_chain_is_found_through_every_door(
    ana: Visitor, ledger: Ledger, chained: str, request: pytest.FixtureRequest
) -> None:
    before = ledger.now.head().seq
    fields = correct(chained, hop__0__name="Selme Gazette", hop__0__kind="media")
    assert ana.send("/api/decisions", fields).status_code == 303
    kind = ledger.database.engine.dialect.name
    where = ledger.database.shown if kind == "sqlite" else request.getfixturevalue("schema")
    for moment, source in ((None, "selme gazette"), (before, "post")):
        at = {"source": source} | ({"as_of": str(moment)} if moment else {})
        assert [c.id for c in ledger.claims(source=source, as_of=moment)] == [chained]
        assert [h.record.id for h in ledger.search("bell", source=source, as_of=moment)] == [
            chained
        ]
        told = ana.client.get("/api/claims", params=at).json()["claims"]
        assert [claim["id"] for claim in told] == [chained]
        hits = ana.client.get("/api/search", params={"q": "bell", **at}).json()["hits"]
        assert [hit["claim"]["id"] for hit in hits] == [chained]
        assert chained in ana.client.get("/api/claims.csv", params=at).text
        for page in ("/claims", "/search", f"/sources/{quote(source)}"):
            shown = ana.get(page, params={"q": "bell", **at}).text
            assert f'href="/claims/{chained}' in shown
        options = ["--source", source, "--ledger", where, "--json"]
        options += ["--as-of", str(moment)] if moment else []
        for command in (["list", "claims"], ["search", "bell"]):
            printed = CliRunner().invoke(app, [*command, *options])
            assert chained in printed.stdout, (command, printed.output)
        nothing = ana.client.get("/api/claims", params={**at, "source": "another"}).json()
        assert nothing == {"claims": []}
    assert ana.client.get("/api/claims?source=post").json() == {"claims": []}
    page = ana.get("/sources/selme%20gazette").text
    assert "Selme Gazette" in ana.get("/sources").text
    assert '<h1 dir="auto">Selme Gazette' in page, "as the person wrote it"


def test_a_hop_is_taken_out_and_another_put_in(ana: Visitor, ledger: Ledger, chained: str) -> None:
    taken_out = correct(chained, hop__0__gone="1")
    assert ana.send("/api/decisions", taken_out).status_code == 303
    assert chain(ledger, chained) == [("warden", "person", "the warden")]
    put_in = correct(
        chained,
        hop__new__name="the Post itself",
        hop__new__kind="media",
        hop__new__spans=place(CHAIN, "The Post"),
        hop__new__at="0",
    )
    assert ana.send("/api/decisions", put_in).status_code == 303
    assert chain(ledger, chained)[0] == ("the Post itself", "media", "The Post")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"hop__0__name": "The Other", "source": "x"}, "as `sources`"),
        ({"hop__0__kind": "cat"}, "does not hold"),
        ({"hop__0__spans": "soon"}, "no places"),
        ({"hop__0__spans": "0-99999"}, "does not hold"),
        ({"hop__new__name": "x", "hop__new__at": "first"}, "a number"),
        ({"hop__0__name": "Post"}, "fields and their new values"),
    ],
)
def test_a_chain_that_does_not_hold_is_refused(
    ana: Visitor, ledger: Ledger, chained: str, fields: dict[str, str], said: str
) -> None:
    answer = ana.send("/api/decisions", correct(chained, **fields))
    assert answer.status_code == 422
    assert said in answer.text
    assert ledger.decisions() == []


def test_an_assessment_is_decided_on(ana: Visitor, ledger: Ledger) -> None:
    path = f"/assessments/{PROOF.id}"
    page = ana.get(path).text
    assert "no evidence given" in page
    assert "The warden showed no proof" in page
    for key in ("a", "r", "c", "n"):
        assert f"<kbd>{key}</kbd>" in page
    word = {"subject": PROOF.id, "verdict": "accept", "reason": "so it is", "seen": "none"}
    assert ana.send("/api/decisions", word | {"next": path}).status_code == 303
    assert "state person is-accepted" in ana.get(path).text
    late = ana.ask("/api/decisions", word | {"verdict": "reject"})
    assert late.status_code == 409
    noted = {"subject": PROOF.id, "verdict": "note", "reason": "asked the warden", "seen": "*"}
    assert ana.send("/api/decisions", noted).status_code == 303
    assert "asked the warden" in ana.get(path).text
    for each in ledger.decisions():
        assert ana.send(f"/api/decisions/{each.id}/undo", {"next": path}).status_code == 303
    assert ledger.now.record(PROOF.id).stands.status == "suggested"


def test_an_assessment_is_corrected(ana: Visitor, ledger: Ledger) -> None:
    where = place(stories.TEXT, "showed no proof")
    fields = correct(PROOF.id, kind="could_not_verify", by="mayor", about="1 #2", spans=where)
    assert ana.send("/api/decisions", fields).status_code == 303
    corrected = ledger.now.record(PROOF.id).stands.corrected or {}
    assert (corrected["kind"], corrected["by"]) == ("could_not_verify", "mayor")
    assert corrected["about"] == [CLAIM, stories.denied().id]
    [[start, end]] = corrected["spans"]
    assert stories.TEXT[start:end] == "showed no proof"
    page = ana.get(f"/assessments/{PROOF.id}").text
    assert "“showed no proof”" in page
    assert "by-person" in page
    assert "could not be verified" in ana.get(f"/documents/{ledger.documents()[0].id}").text
    assert ana.send("/api/decisions", correct(PROOF.id, about="9")).status_code == 422
    assert ana.send("/api/decisions", correct(PROOF.id, kind="maybe")).status_code == 422
    assert ledger.verify().sound


def test_a_silence_is_corrected_and_rejected(ana: Visitor, ledger: Ledger) -> None:
    path = f"/silences/{REASON.id}"
    assert "is silent" in ana.get(path).text
    fields = correct(
        REASON.id,
        who__name="the mayor of Orrin",
        who__spans=place(stories.TEXT, "The mayor"),
        about="why",
    )
    assert ana.send("/api/decisions", fields).status_code == 303
    corrected = ledger.now.record(REASON.id).stands.corrected or {}
    assert corrected["who"]["name"] == "the mayor of Orrin"
    assert corrected["about"] == "why"
    assert "the mayor of Orrin" in ana.get(path).text
    word = {"subject": REASON.id, "verdict": "reject", "reason": "he did", "seen": "*"}
    assert ana.send("/api/decisions", word | {"next": path}).status_code == 303
    assert "is-rejected" in ana.get(path).text
    assert ledger.now.record(REASON.id).stands.status == "rejected"


def test_what_people_keep_stays_though_a_later_reading_misses_it(
    ana: Visitor, ledger: Ledger
) -> None:
    for name in (PROOF.id, REASON.id):
        word = {"subject": name, "verdict": "accept", "reason": "so it is", "seen": "*"}
        assert ana.send("/api/decisions", word).status_code == 303
    missed = stories.read(stories.taken(), stories.denied())
    ledger.record(missed, stories.capture(missed), stories.SECOND)
    page = ana.get(f"/documents/{ledger.documents()[0].id}").text
    assert "The warden showed no proof" in page.split('id="assessments"')[1]
    assert "gave no reason" in page.split('id="silences"')[1]
    assert ana.get(f"/assessments/{PROOF.id}").status_code == 200


def test_pages_of_another_kind_are_not_there(ana: Visitor) -> None:
    assert ana.get(f"/assessments/{REASON.id}").status_code == 404
    assert ana.get(f"/silences/{CLAIM}").status_code == 404
    moved = ana.client.get(f"/records/{PROOF.id}", follow_redirects=False)
    assert moved.headers["location"] == f"/assessments/{PROOF.id}"


def test_a_reader_decides_nothing(let_in: Callable[[str], Visitor]) -> None:
    page = let_in("reader").get(f"/assessments/{PROOF.id}").text
    assert 'action="/api/decisions"' not in page
