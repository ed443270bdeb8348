"""Joining and parting claims through the desk: shown, decided, never overwritten, taken back."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.store import stories
from tests.web.browser import Person, chromium, needs_chromium, served
from tests.web.conftest import fill

from allegedly.ledger import Ledger
from allegedly.records import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.web.conftest import Visitor

ON_BOTH = True
TOLD = "The warden said that two men took the old bell from the tower of Orrin."
AGAIN = "The warden said two men took the old bell of Orrin from its tower on Monday."
OTHER = "The smith said that the wheat harvest would be late this year."


def told(text: str, content: str, source: str) -> Any:
    return stories.claim(text, content, source, "said")


FIRST = told(TOLD, "that two men took the old bell from the tower of Orrin", "The warden")
SECOND = told(AGAIN, "two men took the old bell of Orrin from its tower on Monday", "The warden")
THIRD = told(OTHER, "that the wheat harvest would be late this year", "The smith")


def fill_more(ledger: Ledger) -> None:
    """Three more stories, two of which tell one thing, linked and in a case."""
    made = []
    for text, claim, paper in (
        (TOLD, FIRST, "Orrin Post"),
        (AGAIN, SECOND, "Selme Courier"),
        (OTHER, THIRD, "Farm News"),
    ):
        reading = stories.read(claim, text=text, title=f"Bell of Orrin, {paper}", publisher=paper)
        ledger.record(reading, stories.capture(reading, uri=f"file:///{paper}"), stories.FIRST)
        made.append(reading.document.id)
    ledger.link()
    ledger.record_case(Case(name="bells", title="Bells", seeds=tuple(made)))
    for document in made:
        ledger.decide("bells", "in", reviewer="ana", reason="it tells of it", value=document)


@pytest.fixture(scope="session")
def linked(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same made once."""
    path = tmp_path_factory.mktemp("linked") / "news.ledger"
    shutil.copy(filled, path)
    with Ledger.open(path, clock_may_lag=True) as opened:
        fill_more(opened)
    return path


@pytest.fixture
def ledger(
    request: pytest.FixtureRequest, linked: Path, kept: str, tmp_path: Path
) -> Iterator[Ledger]:
    if request.param == "postgresql":
        with Ledger.open(request.getfixturevalue("schema"), create=True) as opened:
            fill(opened, kept)
            fill_more(opened)
            yield opened
        return
    path = shutil.copy(linked, tmp_path / "news.ledger")
    with Ledger.open(path, clock_may_lag=True) as opened:
        yield opened


def word(one: Any = FIRST, other: Any = SECOND, **more: Any) -> dict[str, Any]:
    said = {"one": one.id, "other": other.id, "verdict": "unlink", "reason": "another bell"}
    return said | {"seen": "0"} | more


def test_a_claim_shows_what_says_the_same_and_why(ana: Visitor) -> None:
    page = ana.get(f"/claims/{FIRST.id}").text
    section = page.split('id="live-same"')[1].split("</section>")[0]
    assert SECOND.id in section
    assert "state machine" in section
    assert "state person" not in section, "nobody has said so yet"
    assert re.search(r'class="weighs">\+\d', section), "what speaks for it"
    assert "bell" in section.split("slots")[1]
    assert THIRD.id not in section
    asked = ana.get(f"/api/claims/{FIRST.id}/links").json()
    [partner] = [each for each in asked["together"] if each["id"] == SECOND.id]
    assert partner["probability"] > 0.5
    assert {reason["slot"] for reason in partner["reasons"]} >= {"words"}
    assert partner["decided"] is None


def test_a_person_parts_two_and_takes_it_back(ana: Visitor, ledger: Ledger) -> None:
    before = ledger.now.head().seq
    answer = ana.send("/api/links", word(next=f"/claims/{FIRST.id}"))
    assert answer.headers["location"] == f"/claims/{FIRST.id}"
    assert all(SECOND.id not in g.members for g in ledger.claim_groups([FIRST.id]))
    page = ana.get(f"/claims/{FIRST.id}").text
    assert "Parted by people" in page
    assert "another bell" in page
    assert "parted it from" in page
    assert "parted it from" in ana.get(f"/claims/{SECOND.id}").text, "from either end"
    [said] = [w for w in ledger.link_words([FIRST.id]) if w.current]
    assert f'action="/api/links/{said.seq}/undo"' in page
    undone = ana.send(f"/api/links/{said.seq}/undo", {"reason": "the same after all"})
    assert undone.status_code == 303
    assert any({FIRST.id, SECOND.id} <= set(g.members) for g in ledger.claim_groups())
    assert [w.verdict for w in ledger.link_words([FIRST.id])] == ["undo", "unlink"]
    assert ana.send(f"/api/links/{said.seq}/undo", {}).status_code in {409, 422}
    then = ana.get(f"/claims/{FIRST.id}?as_of={before}").text
    assert "parted it from" not in then
    assert SECOND.id in then.split('id="live-same"')[1]
    assert ledger.verify().sound


def test_a_person_joins_what_no_machine_would(ana: Visitor, ledger: Ledger) -> None:
    answer = ana.ask("/api/links", word(other=THIRD, verdict="link", reason="one and the same"))
    assert answer.status_code == 201
    assert answer.json()["verdict"] == "link"
    section = ana.get(f"/claims/{THIRD.id}").text.split('id="live-same"')[1]
    assert FIRST.id in section
    assert SECOND.id in section, "and what stands with it"
    assert "✓ joined by ana" in section
    assert any({FIRST.id, THIRD.id} <= set(g.members) for g in ledger.claim_groups())


def test_two_people_at_one_claim_s_links(let_in: Callable[[str], Visitor], ledger: Ledger) -> None:
    one, two = let_in("reviewer"), let_in("admin")
    assert one.ask("/api/links", word()).status_code == 201
    answer = two.ask("/api/links", word(verdict="link"))
    assert answer.status_code == 409
    told = answer.json()
    assert "reviewer parted it" in told["detail"]
    assert [w.verdict for w in ledger.link_words([FIRST.id])] == ["unlink"]
    seen = told["decision"]["seq"]
    assert two.ask("/api/links", word(verdict="link", seen=seen)).status_code == 201
    stale = one.ask(f"/api/links/{seen}/undo", {"reason": "mine was right"})
    assert stale.status_code in {409, 422}, "what it takes back has been replaced"


def several(*picked: Any, **more: Any) -> dict[str, Any]:
    """A word on claims that are ticked in a case, as the form of the list sends it."""
    ticked = {f"pick.{each.id}": "1" for each in picked}
    said = {"verdict": "link", "reason": "one and the same", "next": "/cases/bells#claims-list"}
    return ticked | said | more


def test_claims_of_a_case_are_joined_where_they_are_read(ana: Visitor, ledger: Ledger) -> None:
    page = ana.get("/cases/bells").text
    for each in (FIRST, SECOND, THIRD):
        assert f'name="pick.{each.id}"' in page
    assert page.count("with 2 others<") == 2, "what the machine has found"
    head = ledger.now.head().seq
    answer = ana.send("/api/links/several", several(THIRD, FIRST, SECOND, seen=str(head)))
    place = re.fullmatch(
        r"/cases/bells\?done=links:(\d+)-(\d+)#claims-list", answer.headers["location"]
    )
    assert place, answer.text
    assert any({FIRST.id, SECOND.id, THIRD.id} <= set(g.members) for g in ledger.claim_groups())
    page = ana.get(answer.headers["location"].partition("#")[0]).text
    assert "joined 3 claims" in page
    assert page.count("with 3 others<") == 3
    assert f'name="words" value="{place[1]} {place[2]}"' in page
    undone = ana.send(
        "/api/links/undo", {"words": f"{place[1]} {place[2]}", "next": "/cases/bells"}
    )
    assert undone.headers["location"] == "/cases/bells"
    assert not any(THIRD.id in g.members for g in ledger.claim_groups())
    assert "joined 3 claims" not in ana.get(f"/cases/bells?done=links:{place[1]}").text
    assert ana.get("/cases/bells?done=links:x").status_code == 200
    assert ledger.verify().sound


def test_one_claim_is_parted_from_all_that_it_stands_with(ana: Visitor, ledger: Ledger) -> None:
    joined = {"claims": f"{FIRST.id} {THIRD.id}", "verdict": "link", "reason": "one"}
    assert ana.ask("/api/links/several", joined).status_code == 201
    answer = ana.ask("/api/links/several", several() | {"claims": SECOND.id, "verdict": "unlink"})
    assert answer.status_code == 201, answer.text
    parted = {frozenset((word["left"], word["right"])) for word in answer.json()["words"]}
    assert parted >= {frozenset((SECOND.id, each.id)) for each in (FIRST, THIRD)}
    assert not any(SECOND.id in g.members for g in ledger.claim_groups())
    assert any({FIRST.id, THIRD.id} <= set(g.members) for g in ledger.claim_groups())
    words = " ".join(str(word["seq"]) for word in answer.json()["words"])
    alone = ana.ask("/api/links/several", several() | {"claims": SECOND.id, "verdict": "unlink"})
    assert alone.status_code == 422
    assert "nothing to part" in alone.json()["detail"]
    assert ana.ask("/api/links/undo", {"words": words}).status_code == 201
    assert any({FIRST.id, SECOND.id, THIRD.id} <= set(g.members) for g in ledger.claim_groups())


def test_several_are_joined_whole_or_not_at_all(
    let_in: Callable[[str], Visitor], ledger: Ledger
) -> None:
    one, two = let_in("reviewer"), let_in("admin")
    stale = str(ledger.now.head().seq)
    assert one.ask("/api/links", word(reason="two bells")).status_code == 201
    before = ledger.now.head().seq
    three = " ".join(each.id for each in (THIRD, FIRST, SECOND))
    said = {"claims": three, "verdict": "link", "reason": "one"}
    late = two.ask("/api/links/several", said | {"claims": f"{FIRST.id} {THIRD.id}", "seen": stale})
    assert late.status_code == 409
    assert "reviewer parted it in the meantime (two bells)" in late.json()["detail"]
    told = two.ask("/api/links/several", said | {"seen": str(before)})
    assert told.status_code == 422, "the second pair leaves no room for the third"
    assert "reviewer parted them" in told.json()["detail"]
    assert ledger.now.head().seq == before, "nothing was recorded, the first pair neither"
    for wrong in ("", FIRST.id, f"{FIRST.id} {FIRST.id}", " ".join([FIRST.id] * 13)):
        assert two.ask("/api/links/several", said | {"claims": wrong}).status_code == 422
    assert two.ask("/api/links/undo", {"words": " "}).status_code == 422
    assert two.ask("/api/links/undo", {"words": "1"}).status_code == 404


def test_what_people_said_leaves_no_room_for(ana: Visitor, ledger: Ledger) -> None:
    ana.ask("/api/links", word(reason="two bells"))
    ana.ask("/api/links", word(one=SECOND, other=THIRD, verdict="link", seen="*"))
    answer = ana.ask("/api/links", word(other=THIRD, verdict="link", seen="*"))
    assert answer.status_code == 422
    assert "ana parted them (two bells)" in answer.json()["detail"]
    assert len(ledger.link_words([FIRST.id])) == 1
    assert ana.ask("/api/links", word(other=FIRST)).status_code == 422
    assert ana.ask("/api/links", word(verdict="undo")).status_code == 422
    assert ana.ask("/api/links", word(reason=" ")).status_code == 422
    assert ana.ask("/api/links/99999999/undo", {}).status_code == 404
    assert ana.ask("/api/links/x/undo", {}).status_code == 404


def test_another_is_found_by_search_or_picked_in_the_case(ana: Visitor) -> None:
    page = ana.get(f"/claims/{FIRST.id}/same").text
    assert 'type="radio" name="other"' not in page.split('class="beside"')[0]
    assert "case=bells" in page
    picked = ana.get(f"/claims/{FIRST.id}/same?case=bells&next=/cases/bells").text
    candidates = picked.split('class="candidates"')[1].split("</fieldset>")[0]
    assert THIRD.id in candidates
    assert SECOND.id not in candidates, "it stands with it already"
    found = ana.get(f"/claims/{FIRST.id}/same?q=wheat").text
    assert THIRD.id in found.split('class="candidates"')[1]
    assert "<mark>wheat</mark>" in found
    assert ana.get(f"/claims/{FIRST.id}/same?q=%22").status_code == 200
    assert ana.get(f"/claims/{FIRST.id}/same?next=//evil.example").status_code == 422


def test_the_log_tells_of_it(ana: Visitor) -> None:
    ana.ask("/api/links", word())
    page = ana.get("/log").text
    assert "parted it from" in page
    assert "another bell" in page
    assert re.search(
        r'put in <a href="/documents/\w+"[^>]*>“Bell of Orrin, [\w ]+”</a> · <a href="/cases/\w+">',
        page,
    )


def test_a_reader_sees_and_does_not_join(let_in: Callable[[str], Visitor]) -> None:
    reader = let_in("reader")
    page = reader.get(f"/claims/{FIRST.id}").text
    assert SECOND.id in page.split('id="live-same"')[1]
    assert 'action="/api/links"' not in page
    assert 'action="/api/links"' not in reader.get(f"/claims/{FIRST.id}/same?q=wheat").text
    case = reader.get("/cases/bells").text
    assert "/api/links/several" not in case
    assert FIRST.id in case.split('id="claims-list"')[1]
    taken = reader.ask("/api/links/several", {"claims": "x", "verdict": "link", "reason": "x"})
    assert taken.status_code == 403


@needs_chromium
def test_by_keyboard_in_a_browser(ledger: Ledger) -> None:
    if ledger.database.engine.dialect.name == "postgresql":
        pytest.skip("once is enough")
    with served(ledger) as (base, desk), chromium() as opened:
        ana = Person.at(opened, base)
        ana.go(f"/enter?token={desk.keeper.token()}")  # type: ignore[union-attr]  # a desk of one
        page = ana.go(f"/claims/{FIRST.id}")
        page.keyboard.press("l")
        page.keyboard.press("1")
        first = page.locator("[data-open=l] input[type=radio]:checked").get_attribute("value")
        page.locator("[data-open=l] input[name=reason]").fill("another bell")
        ana.picture("links")
        page.get_by_role("button", name="are not the same").click()
        page.locator(".partners.parted").wait_for()
        page.wait_for_load_state()  # keys work once the script is there
        [word] = ledger.link_words([FIRST.id])
        assert (word.verdict, first in {word.left, word.right}) == ("unlink", True)
        page.keyboard.press("u")
        page.locator(".history", has_text="took back").wait_for()
        page.wait_for_load_state()
        page.keyboard.press("l")
        page.get_by_role("link", name="Find another to join").click()
        page.wait_for_url("**/same?*")
        page.keyboard.press("f")
        page.keyboard.type("wheat")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=wheat*")
        page.locator(".candidates").wait_for()
        page.keyboard.press("1")
        page.locator(".pick-form input[name=reason]").fill("one story")
        ana.picture("join")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/claims/{FIRST.id}")
        assert any({FIRST.id, THIRD.id} <= set(g.members) for g in ledger.claim_groups())
        assert ana.noise == []


@needs_chromium
def test_by_keyboard_in_a_case(ledger: Ledger) -> None:
    if ledger.database.engine.dialect.name == "postgresql":
        pytest.skip("once is enough")
    with served(ledger) as (base, desk), chromium() as opened:
        ana = Person.at(opened, base)
        ana.go(f"/enter?token={desk.keeper.token()}")  # type: ignore[union-attr]  # a desk of one
        page = ana.go("/cases/bells")
        page.keyboard.press("j")
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("x")
        assert page.locator("[data-picked]").inner_text() == "2 picked"
        ticked = {
            str(box.get_attribute("name")).removeprefix("pick.")
            for box in page.locator("[data-pick]:checked").all()
        }
        page.keyboard.press("l")
        page.keyboard.type("told twice")
        ana.picture("case-join")
        page.keyboard.press("Enter")
        page.wait_for_url("**done=links*")
        assert "told twice" in page.locator(".done").inner_text()
        assert any(ticked <= set(g.members) for g in ledger.claim_groups())
        page.wait_for_load_state()
        page.keyboard.press("u")
        page.wait_for_url(lambda url: "done" not in url)
        assert not [w for w in ledger.link_words(ticked) if w.current and w.verdict == "link"]
        assert ana.noise == []
