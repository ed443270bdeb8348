"""The page as a browser shows it, where Debian's Chromium is installed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from allegedly.exports.page import to_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from allegedly.records import Reading

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)
WIDE, PHONE = 1280, 390

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium here")

# Contrast as WCAG 2.2 counts it, of every element with words of its own.
CONTRAST = """() => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (stack) => {
    paint.clearRect(0, 0, 1, 1);
    for (const colour of stack) { paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1); }
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb
    .map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const bad = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !element.getClientRects().length || element.closest("script")) continue;
    const back = [];
    for (let at = element; at; at = at.parentElement) {
      back.unshift(getComputedStyle(at).backgroundColor);
    }
    const [a, b] = [over(back), over([...back, getComputedStyle(element).color])].map(light);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push(`${element.className || element.tagName} ${ratio.toFixed(2)}`);
  }
  return bad;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where it can run

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(bells: Reading, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "story.html"
    path.write_text(to_html(bells), "utf-8")
    return path.as_uri()


@pytest.fixture
def show(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens the page; afterwards nothing was complained about and nothing asked for."""
    noise: list[str] = []
    contexts = []

    def opened(width: int, **settings: object) -> Page:
        viewport = {"width": width, "height": 800}
        context = browser.new_context(viewport=viewport, **settings)  # type: ignore[arg-type]  # playwright's own names
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("request", lambda request: noise.append(request.url))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [each for each in noise if each.split("#")[0] != address] == []


@pytest.mark.parametrize("width", [WIDE, PHONE, 320])
def test_nothing_scrolls_sideways(show: Callable[..., Page], width: int) -> None:
    assert show(width).evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_every_word_can_be_read(show: Callable[..., Page], width: int, scheme: str) -> None:
    assert show(width, color_scheme=scheme).evaluate(CONTRAST) == []


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_keyboard_focus_shows_the_source_chain(show: Callable[..., Page], width: int) -> None:
    page = show(width)
    card = page.locator("#card")
    assert card.is_hidden()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "mark-4":
            break
    assert card.is_visible()
    assert "Ana Ruk" in card.inner_text()
    assert "villagers" in card.inner_text()
    assert page.locator("#claim-4").get_attribute("class") == "entry say on"
    box = card.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    assert card.is_hidden()


def test_pointing_at_a_claim_lights_its_words_and_back(show: Callable[..., Page]) -> None:
    page = show(WIDE)
    page.locator("#claim-2").hover()
    assert "on" in (page.locator("mark[data-claim='2']").first.get_attribute("class") or "").split()
    page.locator("mark[data-claim='1']").hover()
    assert page.locator("#card").is_visible()
    assert page.locator("#claim-1.on").count() == 1


def test_the_list_is_filtered_by_act_and_source(show: Callable[..., Page]) -> None:
    page = show(WIDE)
    page.select_option("select[name=act]", "deny")
    assert page.locator("#claims .entry:visible").count() == 1
    assert page.locator("#shown").inner_text() == "1 of 8"
    page.select_option("select[name=act]", "")
    page.select_option("select[name=source]", "villagers")
    assert page.locator("#claims .entry:visible").count() == 1
    page.locator("#assessments a[href='#claim-2']").click()
    page.locator("#claim-2").wait_for(state="visible")


def test_the_page_reads_without_script(show: Callable[..., Page]) -> None:
    page = show(PHONE, java_script_enabled=False)
    assert page.locator("#claims .entry").first.is_visible()
    assert page.locator("#filter").is_hidden()


def test_right_to_left_lines_run_right_to_left(show: Callable[..., Page]) -> None:
    line = show(WIDE).locator("p[data-line='5']")
    assert line.evaluate("element => getComputedStyle(element).direction") == "rtl"
