"""A case of many stories in a real browser: what a wide page and a phone show of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.store import stories
from tests.web.browser import PHONE, WIDE, Person, chromium, needs_chromium, served
from tests.web.test_morning import enter

from allegedly.ledger import Ledger
from allegedly.records import Case, Membership, Target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from allegedly.web import Desk

pytestmark = needs_chromium

STORIES = 18
ARABIC = "قال الحارس إن أربعة رجال أخذوا الجرس القديم من برج أورين."
SIDEWAYS = """() => [...document.querySelectorAll("main *")].filter(each => {
  const box = each.getBoundingClientRect();
  const cut = box.width > 1 && box.right > innerWidth + 1;
  return cut && !each.closest(".wide, .chart, details:not([open])");
}).map(each => each.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


def told(number: int) -> Any:
    """One outlet's story of the bell: who took it, and who denies that."""
    text = (
        f"A warden of ward {number} said the council of Orrin sold the tower's old bell.\n"
        "The mayor denied that the council sold it. It rained.\n"
    )
    sold = stories.claim(
        text, "the council of Orrin sold the tower's old bell", f"warden of ward {number}", "said"
    )
    target = (Target(relation="denies", claim=sold.id),)
    no = stories.claim(
        text, "that the council sold it", "The mayor", "denied", act="deny", targets=target
    )
    claims = (sold, no) if number % 3 else (sold,)
    title = f"The bell of Orrin, part {number}"
    return stories.read(*claims, text=text, title=title, published=f"2031-05-{1 + number:02}")


@pytest.fixture(scope="module")
def news(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A case of eighteen stories, one of them from right to left."""
    path = shutil.copy(filled, tmp_path_factory.mktemp("layout") / "news.ledger")
    with Ledger.open(path, clock_may_lag=True) as opened:
        arabic = stories.claim(ARABIC, "أربعة رجال أخذوا الجرس القديم", "الحارس", "قال")
        readings = [told(number) for number in range(STORIES - 1)]
        readings.append(stories.read(arabic, text=ARABIC, title="الجرس القديم", publisher="برج"))
        for each in readings:
            opened.record(each, stories.capture(each), stories.FIRST)
        documents = tuple(each.document.id for each in readings)
        case = Case(name="bell", title="The bell that was sold", seeds=documents[:1])
        opened.record_case(case)
        found = [
            Membership(case=case.id, document=each, belongs=True, probability=0.9, method="words")
            for each in documents
        ]
        opened.record_collected(stories.FIRST, memberships=found)
        for document in documents[:7]:
            opened.decide(case.id, "in", value=document, reviewer="ana", reason="the bell")
        yield opened


@pytest.fixture(scope="module")
def address(news: Ledger) -> Iterator[tuple[str, Desk]]:
    with served(news, shared=True) as found:
        yield found


@pytest.fixture
def phone(browser: Browser, address: tuple[str, Desk]) -> Iterator[Person]:
    yield from somebody(browser, address, PHONE)


@pytest.fixture
def wide(browser: Browser, address: tuple[str, Desk]) -> Iterator[Person]:
    yield from somebody(browser, address, WIDE)


def somebody(browser: Browser, address: tuple[str, Desk], width: int) -> Iterator[Person]:
    person = enter(browser, address, "reviewer", viewport={"width": width, "height": 900})
    yield person
    assert person.noise == []
    person.context.close()


def box(page: Page, selector: str) -> Any:
    found = page.locator(selector).first.bounding_box()
    assert found, selector
    return found


def test_what_was_decided_stands_beneath_what_waits(wide: Person) -> None:
    page = wide.go("/")
    waiting, decided, beside = (
        box(page, selector) for selector in ("#live-next", "#live-words", ".beside")
    )
    assert decided["x"] == waiting["x"] < beside["x"]
    assert 0 < decided["y"] - (waiting["y"] + waiting["height"]) < 60
    assert beside["y"] == waiting["y"]
    ends = [each["y"] + each["height"] for each in (decided, beside)]
    assert abs(ends[0] - ends[1]) < 900


def test_on_a_phone_the_first_page_shows_the_beginning_of_each_list(phone: Person) -> None:
    page = phone.go("/")
    order = [box(page, f"#live-{name}")["y"] for name in ("next", "cases", "latest", "words")]
    assert order == sorted(order)
    assert page.locator("#live-next > .row:visible").count() == 5
    assert page.locator("#live-latest > .row:visible").count() == 6
    assert page.locator("#live-words li:visible").count() == 6


@pytest.mark.parametrize("width", [WIDE, 1024, 800, PHONE])
def test_nothing_is_cut_off_at_the_edge(
    browser: Browser, address: tuple[str, Desk], width: int
) -> None:
    for person in somebody(browser, address, width):
        for path in ("/", "/review", "/cases/bell", "/cases/bell/brief", "/log", "/search?q=bell"):
            page = person.go(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.evaluate(SIDEWAYS) == [], path


def test_on_a_phone_each_claim_is_a_block_with_who_says_what(phone: Person) -> None:
    page = phone.go("/cases/bell")
    matrix = page.locator(".matrix")
    assert matrix.evaluate("each => each.scrollWidth <= each.clientWidth"), "all of it in sight"
    row = page.locator(".matrix tbody tr", has_text="sold the tower").first
    words = row.locator("th").bounding_box()
    assert words
    assert words["width"] > PHONE * 0.85
    cells = row.locator("td:not(:empty)")
    assert "mayor denies" in " ".join(" ".join(cells.all_inner_texts()).split())
    for cell in cells.all():
        at = cell.bounding_box()
        assert at
        assert at["y"] >= words["y"] + words["height"]


def test_the_blocks_are_still_a_table(phone: Person, wide: Person) -> None:
    """Whoever hears the page has every cell in its column, in sight or not."""
    heard = []
    for person in (phone, wide):
        table = person.go("/cases/bell").get_by_role("table", name="Who says what")
        rows, columns = table.get_by_role("row"), table.get_by_role("columnheader")
        cells, names = table.get_by_role("cell"), table.get_by_role("rowheader")
        assert cells.count() == (columns.count() - 1) * names.count()
        assert rows.count() == names.count() + 1
        heard.append((rows.count(), cells.count(), columns.all_text_contents()))
    assert heard[0] == heard[1]


def test_the_stories_past_the_first_dozen_are_folded(wide: Person) -> None:
    page = wide.go("/cases/bell")
    assert page.locator(".member:visible").count() == 12
    page.locator("[data-fold=stories] > summary", has_text="6 more stories").click()
    assert page.locator(".member:visible").count() == STORIES
    # On paper all of them are there.
    page.reload()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".member:visible").count() == STORIES
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".member:visible").count() == 12


def test_on_paper_are_the_claims_and_no_forms(wide: Person) -> None:
    page = wide.go("/cases/bell")
    page.emulate_media(media="print")
    assert page.locator("#live-case .pick-claims blockquote:visible").count() >= 12
    assert page.locator("main :is(input, button, select):visible").count() == 0


def test_a_story_is_put_out_by_keyboard_and_the_next_one_follows(
    wide: Person, news: Ledger
) -> None:
    inside = list(news.case("bell").documents)
    page = wide.go("/cases/bell")
    shown = [str(each.get_attribute("id")) for each in page.locator(".member").all()]
    first, after = shown[12], shown[13]
    page.locator("[data-fold=stories] > summary").click()
    page.locator(f"#{first} a").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(f"#{first} input[name=reason]:focus").wait_for()
    page.keyboard.type("another bell")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{after}")
    gone = set(inside) - set(news.case("bell").documents)
    assert {f"story-{each[:12]}" for each in gone} == {first}
    assert page.locator(f"#{after}").is_visible(), "its fold is open"
    assert page.locator(".done", has_text="another bell").is_visible()
    page.keyboard.press("u")
    page.wait_for_url("**#stories")
    assert set(news.case("bell").documents) == set(inside)


def test_news_leaves_open_what_a_reader_opened(wide: Person, news: Ledger) -> None:
    with wide.page.expect_response("**/api/events"):
        page = wide.go("/cases/bell")
    page.locator("[data-fold=stories] > summary").click()
    last = page.locator(".member").last
    last.locator("summary").click()
    last.locator("input[name=reason]").wait_for()
    page.locator("#main").focus()
    case = news.case("bell")
    news.decide(case.id, "note", reviewer="ben", reason="asked the mayor about it")
    page.locator("#live-case .history", has_text="asked the mayor").wait_for(timeout=30_000)
    assert page.locator("input[name=reason]:visible").filter(visible=True).count() >= 1
    assert page.locator(".more[open]").count() == 1, "and what was folded is"
    assert page.locator(".put[open]").count() == 1
    assert page.locator(".member").last.locator(".put[open]").count() == 1


def test_going_down_the_claims_by_key_unfolds_the_rest(wide: Person) -> None:
    page = wide.go("/cases/bell")
    assert page.locator("[data-pick]:visible").count() == 12
    for _ in range(13):
        page.keyboard.press("j")
    page.keyboard.press("x")
    ticked = page.locator("[data-pick]:checked")
    assert ticked.count() == 1
    assert ticked.is_visible()
    assert page.locator("[data-pick]").nth(12).is_checked()
    assert page.locator("[data-picked]").inner_text() == "1 picked"


def test_all_of_it_works_without_script(browser: Browser, address: tuple[str, Desk]) -> None:
    ana = enter(browser, address, "reviewer", java_script_enabled=False)
    page = ana.go("/cases/bell")
    page.locator("[data-fold=stories] > summary").click()
    last = page.locator(".member").last
    last.locator("summary").click()
    assert last.get_by_role("button", name="Put out").is_visible()
    ana.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "dark"), (800, "light"), (PHONE, "light")])
def test_a_case_of_many_stories_before_axe(
    browser: Browser, address: tuple[str, Desk], width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  # only where it can run

    viewport = {"width": width, "height": 900}
    ana = enter(browser, address, "reviewer", viewport=viewport, color_scheme=scheme)
    page = ana.go("/cases/bell")
    for fold in page.locator("details").all():
        fold.evaluate("each => { each.open = true }")
    ana.picture(f"case-of-many-{width}-{scheme}")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert [
        (each["id"], [node["html"][:120] for node in each["nodes"][:3]])
        for each in found.response["violations"]
    ] == []
    ana.context.close()


def test_the_timeline_says_what_its_marks_are(wide: Person) -> None:
    page = wide.go("/cases/bell")
    figure = page.locator("figure", has=page.locator("[aria-label^='When each story']"))
    legend = " ".join(figure.locator(".legends").inner_text().split())
    drawn = figure.locator("> svg path.reject").count()
    assert drawn
    assert legend.startswith(f"{drawn} stories in which somebody denies something")
    label = str(figure.locator("a:has(path)").first.get_attribute("aria-label"))
    assert label.endswith("a denial")


def test_a_publisher_from_right_to_left_leaves_the_line_as_it_runs(
    wide: Person, news: Ledger
) -> None:
    arabic = next(each.id for each in news.documents() if each.publisher == "برج")
    page = wide.go(f"/documents/{arabic}")
    first, second = (page.locator(".particulars > span").nth(at) for at in (0, 1))
    assert first.locator("bdi").evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert first.evaluate("each => getComputedStyle(each).direction") == "ltr", "a dot follows"
    before, after = first.bounding_box(), second.bounding_box()
    assert before
    assert after
    assert before["x"] < after["x"]
