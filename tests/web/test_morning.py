"""A reviewer's whole morning in a real browser, and every page before axe."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.store import stories
from tests.web.browser import PHONE, WIDE, Person, chromium, needs_chromium, served
from tests.web.conftest import PASSWORD

from allegedly.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from allegedly.web import Desk

pytestmark = needs_chromium

RIGHT_TO_LEFT = "قال الحارس إن رجلين أخذا الجرس القديم من البرج."
EMOJI = "🔔🔔 Ada said that 🔔 the bell 🔔 was gone on 4 May, and nobody had seen it go.\n"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def news(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger with three stories: one of them runs right to left, one is full of emoji."""
    path = shutil.copy(filled, tmp_path_factory.mktemp("morning") / "news.ledger")
    with Ledger.open(path, clock_may_lag=True) as opened:
        arabic = stories.claim(RIGHT_TO_LEFT, "رجلين أخذا الجرس القديم", "الحارس", "قال")
        gone = stories.claim(EMOJI, "that 🔔 the bell 🔔 was gone on 4 May", "Ada", "said")
        for text, claim, name in (
            (RIGHT_TO_LEFT, arabic, "الجرس"),
            (EMOJI, gone, "🔔 gone"),
        ):
            reading = stories.read(claim, text=text, title=name, publisher="برج")
            opened.record(reading, stories.capture(reading), stories.FIRST)
        yield opened


@pytest.fixture(scope="module")
def address(news: Ledger) -> Iterator[tuple[str, Desk]]:
    with served(news, shared=True) as found:
        yield found


def sign_in(browser: Browser, base: str, name: str, **settings: Any) -> Person:
    person = Person.at(browser, base, **settings)
    page = person.go("/review")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/review")
    return person


def enter(browser: Browser, address: tuple[str, Desk], name: str, **settings: Any) -> Person:
    """Somebody who has signed in before."""
    base, desk = address
    person = Person.at(browser, base, **settings)
    secret = desk.keeper.begin(name)  # type: ignore[union-attr]  # a shared desk
    cookie = {"name": desk.settings.cookie, "value": secret, "url": base}
    person.context.add_cookies([cookie])  # type: ignore[list-item]  # playwright's own names
    return person


def test_a_reviewer_s_morning(browser: Browser, address: tuple[str, Desk], news: Ledger) -> None:
    ana = sign_in(browser, address[0], "reviewer")
    assert "of 4" in ana.page.locator(".queue-head").inner_text()
    ana.picture("review")
    accept_and_take_back(ana, news)
    reject(ana, news)
    gone = stories.claim(EMOJI, "that 🔔 the bell 🔔 was gone on 4 May", "Ada", "said").id
    correct_the_words(ana, news, gone)
    rate_and_search(ana)
    look_at_the_past(ana, gone)
    assert ana.noise == []
    ana.context.close()


def accept_and_take_back(ana: Person, news: Ledger) -> None:
    page = ana.page
    first = str(page.locator(".decide").get_attribute("data-subject"))
    page.keyboard.press("a")
    page.wait_for_url("**done=*")
    assert news.now.claim(first).stands.status == "accepted"
    page.keyboard.press("u")
    page.wait_for_url(f"**/claims/{first}*")
    assert news.now.claim(first).stands.status == "suggested"
    assert "took back" in page.locator(".history").inner_text()


def reject(ana: Person, news: Ledger) -> None:
    page = ana.go("/review")
    page.keyboard.press("r")
    page.keyboard.press("2")
    page.wait_for_url("**done=*")
    assert news.decisions()[0].reason == "somebody else says it"


def correct_the_words(ana: Person, news: Ledger, gone: str) -> None:
    """Emoji before the words count one each, though a browser counts two."""
    page = ana.go(f"/claims/{gone}")
    page.keyboard.press("c")
    page.locator("#main").focus()
    select(ana, "🔔 the bell 🔔 was gone")
    page.keyboard.press("s")
    page.locator("[data-taken='value.content']", has_text="the bell").wait_for()
    ana.picture("correct")
    page.locator("[data-correct] input[name=reason]").fill("the day is the narrator's")
    page.get_by_role("button", name="Correct", exact=True).click()
    page.locator(".history", has_text="corrected").wait_for()
    [[start, end]] = (news.now.claim(gone).stands.corrected or {})["content"]
    assert EMOJI[start:end] == "🔔 the bell 🔔 was gone"
    assert page.locator("mark.by-person").count() >= 1


def rate_and_search(ana: Person) -> None:
    page = ana.page
    page.keyboard.press("v")
    page.keyboard.press("3")
    page.locator("[data-open=v] input[name=reason]").fill("one source")
    page.keyboard.press("Enter")
    page.locator(".state", has_text="credibility 3").first.wait_for()
    page.keyboard.press("/")
    page.keyboard.type("bell tower")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search*")
    assert page.locator("main mark").count() >= 2


def look_at_the_past(ana: Person, gone: str) -> None:
    page = ana.go(f"/claims/{gone}?as_of=published:2031-05-05")
    assert page.locator(".past").count() == 1
    assert page.locator(".decide").count() == 0
    page.get_by_role("link", name="Back to now").click()
    page.locator(".decide").wait_for()
    assert page.locator(".past").count() == 0


def select(person: Person, words: str) -> None:
    """Select words in the passage as a person does with a mouse."""
    done = person.page.evaluate(
        """words => {
          const passage = document.querySelector(".passage");
          const walk = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
          const nodes = []; let text = "";
          while (walk.nextNode()) {
            if (!walk.currentNode.parentElement.closest("[data-at]")) continue;
            nodes.push([text.length, walk.currentNode]); text += walk.currentNode.data;
          }
          const from = text.indexOf(words), to = from + words.length;
          if (from < 0) return false;
          const at = (place, end) => {
            const [start, node] = [...nodes].reverse().find(([s]) => end ? s < place : s <= place);
            return [node, place - start];
          };
          const range = document.createRange();
          range.setStart(...at(from)); range.setEnd(...at(to, true));
          const selection = getSelection();
          selection.removeAllRanges(); selection.addRange(range);
          return selection.toString().includes("bell");
        }""",
        words,
    )
    assert done


def test_two_people_see_each_other(
    browser: Browser, address: tuple[str, Desk], news: Ledger
) -> None:
    ana, ben = enter(browser, address, "reviewer"), enter(browser, address, "admin")
    claim = news.claims(status="suggested")[0].id
    for person in (ana, ben):
        with person.page.expect_response("**/api/events"):
            person.go(f"/claims/{claim}")
    ana.page.keyboard.press("a")
    ben.page.locator("#notice", has_text="reviewer accepted this").wait_for(timeout=10_000)
    ben.page.locator(".history", has_text="reviewer").wait_for(timeout=10_000)

    # Who has not loaded it again is told, and overwrites nothing.
    ben.page.keyboard.press("r")
    ben.page.keyboard.press("1")
    ben.page.locator(".problem", has_text="reviewer decided about it").wait_for()
    assert news.now.claim(claim).stands.status == "accepted"
    ben.go(f"/claims/{claim}")
    ben.page.keyboard.press("r")
    ben.page.keyboard.press("1")
    ben.page.locator(".state.is-rejected").first.wait_for()
    assert news.now.claim(claim).stands.status == "rejected"
    assert ana.noise == []
    ana.context.close()
    ben.context.close()


def pages(news: Ledger) -> list[str]:
    documents, claim = news.documents(), news.claims()[0].id
    return [
        "/",
        "/review",
        "/documents",
        *(f"/documents/{document.id}" for document in documents),
        f"/documents/{documents[0].id}/readings",
        "/claims",
        f"/claims/{claim}",
        f"/assessments/{stories.whole().assessments[0].id}",
        f"/silences/{stories.whole().silences[0].id}",
        f"/claims/{claim}/same",
        f"/claims/{claim}/same?q=bell",
        "/search?q=bell",
        "/search?q=%22",
        "/sources",
        "/sources/warden",
        "/log",
        "/cases",
        "/cases/orrin",
        "/cases/orrin/brief",
        "/people",
        "/claims?as_of=published:2031-05-05",
        "/nothing-there",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (PHONE, "dark")])
def test_every_page_before_axe(
    browser: Browser, address: tuple[str, Desk], news: Ledger, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  # only where it can run

    viewport = {"width": width, "height": 900}
    ana = enter(browser, address, "admin", viewport=viewport, color_scheme=scheme)
    axe, bad = Axe(), []
    for path in pages(news):
        page = ana.go(path)
        name = re.sub(r"\W+", "-", path).strip("-") or "desk"
        ana.picture(f"{name}-{width}-{scheme}")
        found = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        bad += [
            (path, each["id"], [node["html"][:120] for node in each["nodes"][:3]])
            for each in found.response["violations"]
        ]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            bad.append((path, "scrolls sideways", []))
    assert bad == []
    assert [line for line in ana.noise if "404" not in line] == []
    ana.context.close()


def test_the_desk_works_without_script(
    browser: Browser, address: tuple[str, Desk], news: Ledger
) -> None:
    ana = enter(browser, address, "reviewer", java_script_enabled=False)
    claim = news.claims()[0].id
    page = ana.go(f"/claims/{claim}")
    page.locator("summary", has_text="Note").click()
    page.get_by_role("textbox", name="Note").fill("asked the mayor")
    page.get_by_role("button", name="Note it").click()
    page.locator(".history", has_text="asked the mayor").wait_for()
    ana.context.close()


def test_right_to_left_lines_run_right_to_left(
    browser: Browser, address: tuple[str, Desk], news: Ledger
) -> None:
    ana = enter(browser, address, "reader")
    document = next(each.id for each in news.documents() if each.title == "الجرس")
    line = ana.go(f"/documents/{document}").locator("p[data-line]").first
    assert line.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert ana.page.locator(".decide, .small-forms").count() == 0, "a reader decides nothing"
    ana.context.close()
