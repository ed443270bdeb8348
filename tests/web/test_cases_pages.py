"""Cases at the desk: begun, shown as they stood, changed, and taken back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.store import stories

from allegedly.records import Quantity, Target
from allegedly.store import cases_with, members_seen
from allegedly.web.cases.gathering import gathered
from allegedly.web.cases.matrix import matrix
from allegedly.web.cases.standing import stood

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.conftest import Visitor

    from allegedly.ledger import Ledger
    from allegedly.records import Claim, Span
    from allegedly.store import View

ON_BOTH = True


@pytest.fixture
def bells(ledger: Ledger) -> list[str]:
    """Five stories about one bell on three days, and one about rain; the ids of the five."""
    found = []
    for number in range(5):
        text = (
            f"The warden told reporters that {number + 2} men took the old bell of Orrin tower.\n"
            "The mayor denied that they took the bell. Villagers of Orrin missed the bell.\n"
        )
        content = f"that {number + 2} men took the old bell of Orrin tower"
        taken = stories.claim(text, content, "The warden", "told")
        counted = stories.at(text, str(number + 2))[0]
        taken = counting(taken, counted, number + 2)
        denied = stories.claim(
            text,
            "that they took the bell",
            "The mayor",
            "denied",
            act="deny",
            targets=(Target(relation="denies", claim=taken.id),),
        )
        reading = stories.read(
            taken,
            denied,
            text=text,
            title=f"The bell of Orrin, part {number}",
            publisher=f"Outlet {number}",
            published=f"2031-05-0{1 + number % 3}",
        )
        ledger.record(reading, stories.capture(reading), stories.FIRST)
        found.append(reading.document.id)
    rain = stories.read(text="It rained in Selme for a week.", title="Rain", publisher="Post")
    ledger.record(rain, stories.capture(rain), stories.FIRST)
    return found


def counting(claim: Claim, span: Span, value: float) -> Claim:
    quantity = Quantity(span=span, value=value, low=value, high=value, unit="man", counted="men")
    return replace(claim, quantities=(quantity,))


def begin(ana: Visitor, documents: list[str]) -> None:
    fields = {"name": "bell", "title": "The bell", "documents": " ".join(documents)}
    assert ana.send("/api/cases", fields).headers["location"] == "/cases/bell"


def test_a_case_is_begun_and_shown(ana: Visitor, bells: list[str], ledger: Ledger) -> None:
    begin(ana, bells)
    assert ledger.case("bell").run is None
    page = ana.get("/cases/bell").text
    assert "begun by a person" in page
    for part in ("Who says what", "Timeline", "Figures over time", "Who cites whom", "Stories"):
        assert part in page
    assert 'class="cell reject"' in page
    assert "The bell" in ana.get("/cases").text
    assert "The bell" in ana.get("/").text


def test_who_denies_stands_in_the_row_of_what_is_denied(
    ana: Visitor, bells: list[str], ledger: Ledger
) -> None:
    begin(ana, bells)
    found = gathered(ledger.now, "bell")
    table = matrix(stood(ledger.now, found), "")
    assert set(table.columns) == {"mayor", "warden", "outlets themselves"}
    contested = [
        row for row in table.rows if row.words.endswith("men took the old bell of Orrin tower")
    ]
    assert len(contested) == 5
    for row in contested:
        acts = {
            c: marks[0].said for c, marks in zip(table.columns, row.cells, strict=True) if marks
        }
        assert acts == {"warden": "asserts", "mayor": "denies"}
    ledger.decide(found.said[0].claim.id, "reject", reviewer="ana", reason="no")
    less = gathered(ledger.now, "bell")
    assert len(less.said) == len(found.said) - 1
    assert len(less.told) == len(found.told), "what is reported stays what it was"


def test_a_page_of_a_case_that_was_kept_goes_with_the_next_word(
    ana: Visitor, bells: list[str], ledger: Ledger
) -> None:
    begin(ana, bells)
    first, stories = ledger.now.head().seq, len(ledger.case("bell").documents)
    for address in ("/cases/bell", f"/cases/bell?as_of={first}"):
        assert ana.get(address).text.count('class="row story-row member"') == stories
    case = ledger.case("bell").id
    ledger.decide(case, "out", value=bells[0], reviewer="ana", reason="another bell")
    assert ana.get("/cases/bell").text.count('class="row story-row member"') == stories - 1
    assert "another bell" in ana.get("/cases/bell").text
    then = ana.get(f"/cases/bell?as_of={first}").text
    assert then.count('class="row story-row member"') == stories
    assert "another bell" not in then


def test_a_case_as_it_stood(ana: Visitor, bells: list[str]) -> None:
    begin(ana, bells)
    page = ana.get("/cases/bell").text
    assert 'max="4"' in page, "four days, and now"
    moved = ana.client.get("/cases/bell/at?step=0", follow_redirects=False)
    assert moved.headers["location"] == "/cases/bell?as_of=published%3A2031-05-01"
    then = ana.get(moved.headers["location"]).text
    assert re.search(r'value="0" list="moments"', then)
    assert then.count('class="row story-row member"') == 2
    assert "Put out" not in then
    now = ana.client.get("/cases/bell/at?step=4", follow_redirects=False)
    assert now.headers["location"] == "/cases/bell"
    assert ana.get("/cases/bell/at?step=9999").status_code == 422


def test_stories_are_put_out_and_in_and_split_and_merged(
    ana: Visitor, bells: list[str], ledger: Ledger
) -> None:
    begin(ana, bells)
    case = ledger.case("bell").id
    out = {"subject": case, "verdict": "out", "value": bells[0], "reason": "another bell"}
    assert ana.send("/api/decisions", out | {"next": "/cases/bell"}).status_code == 303
    assert bells[0] not in ledger.case("bell").documents
    assert "Put out by people" in ana.get("/cases/bell").text
    word = ledger.decisions(case)[0]
    assert ana.send(f"/api/decisions/{word.id}/undo", {}).status_code == 303
    assert bells[0] in ledger.case("bell").documents
    split = {"name": "other-bell", "documents": f"{bells[1]}, {bells[2]}", "reason": "two bells"}
    assert ana.send("/api/cases/bell/split", split).headers["location"] == "/cases/other-bell"
    assert set(bells[1:3]) <= set(ledger.case("other-bell").documents)
    assert not set(bells[1:3]) & set(ledger.case("bell").documents)
    merge = {
        "subject": "other-bell",
        "verdict": "merge",
        "value": "bell",
        "reason": "one after all",
    }
    assert ana.send("/api/decisions", merge).status_code == 303
    assert [row.name for row in ledger.now.listed_cases()] == ["bell", "orrin"]
    for seq in range(1, ledger.now.head().seq + 1):
        is_listed_as_it_is(ledger.as_of(seq))
    is_listed_as_it_is(ledger.as_of("published:2031-05-02"))
    assert ana.send("/api/cases/bell/collect", {}).status_code == 303
    assert ana.ask("/api/cases", {"name": "Bell!", "documents": bells[0]}).status_code == 422
    assert ana.ask("/api/cases", {"name": "empty", "documents": " , "}).status_code == 422


def is_listed_as_it_is(view: View) -> None:
    """The list, which the database counts, against the cases themselves."""
    listed = {c.name: (c.stories, c.claims, c.first, c.last) for c in view.listed_cases()}
    found = {}
    for case in view.cases():
        inside = [member.document for member in case.members]
        days = sorted(d.published for d in inside if d.published)
        ends = (days[0], days[-1]) if days else (None, None)
        found[case.name] = (len(inside), sum(d.claims for d in inside), *ends)
    assert listed == found


def test_the_list_counts_what_is_new(ana: Visitor, bells: list[str], ledger: Ledger) -> None:
    begin(ana, bells)
    [row] = [row for row in ledger.now.listed_cases() if row.name == "bell"]
    assert (row.stories, row.first, row.last) == (6, "2031-05-01", "2031-05-05")
    assert row.claims == 12
    assert next(iter(ledger.now.listed_cases(row.latest - 1))).since == 1
    assert ledger.as_of("published:2031-04-30").listed_cases() == []
    assert ana.get("/api/cases/bell").json()["documents"] == list(ledger.case("bell").documents)


def test_a_brief_cites_its_words_and_is_taken_along(ana: Visitor, bells: list[str]) -> None:
    begin(ana, bells)
    page = ana.get("/cases/bell/brief").text
    assert "warden" in page
    cited = re.findall(r'href="(/records/\w+\?story=\w+)"', page)
    assert cited
    answer = ana.client.get(cited[0], follow_redirects=False)
    assert answer.headers["location"].startswith("/claims/")
    statement = f"/records/{'0' * 32}"  # statements have no page of their own
    assert ana.get(statement).status_code == 404
    answer = ana.client.get(f"{statement}?story={bells[0]}", follow_redirects=False)
    assert answer.headers["location"] == f"/documents/{bells[0]}"
    for form, kind in (("html", "text/html"), ("markdown", "text/markdown")):
        answer = ana.get(f"/cases/bell/brief/file?form={form}")
        assert answer.headers["content-type"].startswith(kind)
        assert 'filename="brief-bell.' in answer.headers["content-disposition"]
    assert ana.client.get("/api/cases/bell/brief").json()["name"] == "bell"
    then = ana.get("/cases/bell/brief?as_of=published:2031-05-01").text
    assert "as_of=published%3A2031-05-01" in then


def test_two_people_and_one_story_of_a_case(
    let_in: Callable[[str], Visitor], bells: list[str], ledger: Ledger
) -> None:
    one, two = let_in("reviewer"), let_in("admin")
    begin(one, bells)
    case = ledger.case("bell").id
    seen = members_seen(ledger.now, case).get(bells[0], "none")

    def word(verdict: str, document: str, **more: str) -> dict[str, str]:
        said = {"subject": case, "verdict": verdict, "value": document, "reason": "looked"}
        return said | {"seen": members_seen(ledger.now, case).get(document, "none")} | more

    page = two.get("/cases/bell").text
    assert f'name="seen" value="{seen}"' in page
    assert one.ask("/api/decisions", word("out", bells[0])).status_code == 201
    late = two.ask("/api/decisions", word("in", bells[0], seen=seen))
    assert late.status_code == 409
    assert "reviewer decided" in late.json()["detail"]
    assert late.json()["decision"]["verdict"] == "out"
    assert two.ask("/api/decisions", word("out", bells[1])).status_code == 201, "another story"
    last = ledger.decisions(case)[1].id
    assert one.ask(f"/api/decisions/{last}/undo", {}).status_code == 201
    stale = two.ask("/api/decisions", word("out", bells[0], seen=last))
    assert stale.status_code == 409, "taking back is a decision too"
    before = str(ledger.now.head().seq)
    assert two.ask("/api/decisions", word("out", bells[0])).status_code == 201
    late = two.ask("/api/decisions", word("in", bells[0], seen=before))
    assert late.status_code == 409, "by the entry that the page was made at"


def form_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of a form of a page."""
    form = page.split(f'action="{action}"')[1].split("</form>", maxsplit=1)[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_two_people_split_or_collect_one_case(
    let_in: Callable[[str], Visitor], bells: list[str], ledger: Ledger
) -> None:
    one, two = let_in("reviewer"), let_in("admin")
    begin(one, bells)
    case, page = ledger.case("bell").id, two.get("/cases/bell").text
    split, collect = "/api/cases/bell/split", "/api/cases/bell/collect"
    stale = form_of(page, split)
    assert stale["seen"] == form_of(page, collect)["seen"] == str(ledger.now.head().seq)
    parted = {"name": "other-bell", "documents": bells[1], "reason": "two bells"}
    assert one.send(split, form_of(one.get("/cases/bell").text, split) | parted).status_code == 303
    before = ledger.now.head().seq
    late = two.ask(split, {"name": "third", "documents": bells[1], "reason": "x", **stale})
    assert late.status_code == 409
    assert late.json()["detail"].startswith("reviewer decided about it in the meantime (split:")
    assert late.json()["decision"]["verdict"] == "split"
    told = two.send(collect, stale)
    assert told.status_code == 409
    assert "two bells" in told.text
    assert ledger.now.head().seq == before, "nothing was recorded"
    fresh = form_of(two.get("/cases/bell").text, collect)
    assert two.send(collect, fresh).status_code == 303
    last = ledger.decisions(case)[0].id
    assert two.ask(collect, {"seen": last}).status_code == 201, "by the last decision"
    assert two.ask(collect, {}).status_code == 201, "whatever others decided"
    assert two.ask(collect, {"seen": "none"}).status_code == 409
    stale = form_of(two.get("/cases/other-bell").text, "/api/cases/other-bell/collect")
    merge = {"subject": "other-bell", "verdict": "merge", "value": "bell", "reason": "one"}
    assert one.ask("/api/decisions", merge).status_code == 201
    late = two.ask("/api/cases/other-bell/collect", stale)
    assert late.status_code == 409, "it is part of another now"
    assert late.json()["decision"]["verdict"] == "merge"


def test_a_split_that_cannot_be_leaves_the_case_as_it_was(
    ana: Visitor, bells: list[str], ledger: Ledger
) -> None:
    begin(ana, bells)
    before = ledger.now.head().seq
    for name in ("orrin", "Two Bells"):
        fields = {"name": name, "documents": bells[1], "reason": "two bells"}
        assert ana.ask("/api/cases/bell/split", fields).status_code == 422
    assert ledger.now.head().seq == before


def test_a_document_shows_its_cases(ana: Visitor, bells: list[str], ledger: Ledger) -> None:
    begin(ana, bells)
    page = ana.get(f"/documents/{bells[0]}").text.split('id="cases"')[1].split("</section>")[0]
    assert "The bell" in page
    assert "Take it out" in page
    assert '<option value="orrin">' in page
    head, case = str(ledger.now.head().seq), ledger.case("bell").id
    put = {
        "subject": "orrin",
        "verdict": "in",
        "value": bells[0],
        "reason": "the tower",
        "seen": head,
    }
    assert ana.send("/api/decisions", put).status_code == 303
    held = cases_with(ledger.now, bells[0])
    assert [(each.name, each.inside, each.verdict) for each in held if each.inside] == [
        ("bell", True, "in"),
        ("orrin", True, "in"),
    ]
    out = {"subject": case, "verdict": "out", "value": bells[0], "reason": "no", "seen": head}
    assert ana.send("/api/decisions", out).status_code == 303
    page = ana.get(f"/documents/{bells[0]}").text
    assert "✗ ana took it out" in page
    word = next(each for each in cases_with(ledger.now, bells[0]) if each.verdict == "out")
    assert ana.send(f"/api/decisions/{word.decision}/undo", {}).status_code == 303
    then = ana.get(f"/documents/{bells[0]}?as_of={head}").text
    assert "Take it out" not in then
    assert "took it out" not in then


def test_what_a_bare_pronoun_answers_is_told(ana: Visitor, ledger: Ledger) -> None:
    text = "Two men took <b>the bell</b>, the warden said. The mayor denied it at once."
    taken = stories.claim(text, "Two men took <b>the bell</b>", "the warden", "said")
    ties = (Target(relation="denies", claim=taken.id),)
    denied = stories.claim(text, "it", "The mayor", "denied", act="deny", targets=ties)
    long = stories.claim(text, "denied it at once", "The mayor", "denied", targets=ties)
    reading = stories.read(taken, denied, long, text=text)
    ledger.record(reading, stories.capture(reading), stories.FIRST)
    told = "“Two men took &lt;b&gt;the bell&lt;/b&gt;”"
    for address in ("/claims", "/"):
        page = ana.get(address).text
        assert page.count('class="answered"><span class="soft">denies</span>') == 1, address
        assert told in page, address
    for name in (denied.id, long.id):
        assert told in ana.get(f"/claims/{name}").text, "in the words of whoever said it"


def test_who_cites_whom_has_an_outlet_once(ana: Visitor, ledger: Ledger) -> None:
    found = []
    for host in ("www.paper.example", "paper.example"):
        text = f"The warden told {host} that two men took the bell."
        told = stories.claim(text, "that two men took the bell", "The warden", "told")
        reading = stories.read(told, text=text, publisher=host, published="2031-05-01")
        ledger.record(reading, stories.capture(reading), stories.FIRST)
        found.append(reading.document.id)
    begin(ana, found)
    picture = ana.get("/cases/bell").text.partition('aria-label="Who cites whom')[2]
    picture = picture.partition("</svg>")[0]
    assert "paper.example cites warden: 2" in picture
    assert "www." not in picture
