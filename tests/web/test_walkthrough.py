"""The walk-through of docs/walkthrough.md, step by step, with the pictures that it shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.web.browser import Person, chromium, needs_chromium, served

from allegedly.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "walkthrough.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def test_its_commands_are_the_makefile_s() -> None:
    named = re.findall(r"^make (\w+)", PAGE, re.MULTILINE)
    assert named == ["demo", "desk"]
    for target in named:
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


def test_its_pictures_are_there() -> None:
    shown = re.findall(r"!\[[^\]]+\]\((walkthrough/[^)]+)\)", PAGE)
    assert len(shown) >= 4
    assert all((ROOT / "docs" / each).exists() for each in shown)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """What `make desk` makes: its own recipe, with the ledger elsewhere."""
    recipe = re.search(r"^desk:.*?\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert recipe
    add = next(line for line in recipe[1].splitlines() if "allegedly add" in line)
    path = tmp_path / "demo.ledger"
    command = add.strip().replace("$(RUN)", f"{Path(sys.executable).parent}/")
    command = command.replace("build/demo.ledger", str(path))
    subprocess.run(["bash", "-c", command], cwd=ROOT, check=True, capture_output=True)
    with Ledger.open(path) as opened:
        yield opened


@needs_chromium
def test_from_a_story_to_a_reviewed_claim_and_a_brief(ledger: Ledger) -> None:
    with served(ledger) as (base, desk), chromium() as browser:
        token = desk.keeper.token()  # type: ignore[union-attr]  # a desk of one
        ana = Person.at(browser, base, viewport={"width": 1180, "height": 780})
        page = ana.go(f"/enter?token={token}")
        ana.picture("1-desk")
        page.keyboard.press("g")
        page.keyboard.press("r")
        page.wait_for_url("**/review")
        ana.picture("2-review")
        page.keyboard.press("a")
        page.wait_for_url("**done=*")
        page.keyboard.press("r")
        page.keyboard.press("5")
        page.locator(".done", has_text="rejected").wait_for()
        assert [word.verdict for word in ledger.decisions()] == ["reject", "accept"]
        page.get_by_role("link", name="Documents", exact=True).click()
        page.locator("main .says a").first.click()
        page.wait_for_url("**/documents/*")
        ana.picture("3-story")
        page.get_by_role("link", name="Begin a case with it").click()
        page.wait_for_url("**/cases?*")
        page.get_by_label("Name").fill("gannet")
        page.get_by_label("Title").fill("The sinking of the Gannet")
        page.get_by_role("button", name="Begin it").click()
        page.wait_for_url("**/cases/gannet")
        ana.picture("4-case")
        page.get_by_role("link", name="Brief", exact=True).click()
        page.wait_for_url("**/brief")
        ana.picture("5-brief")
        with page.expect_download() as taken:
            page.get_by_role("link", name="Markdown").click()
        assert taken.value.suggested_filename == "brief-gannet.md"
        assert "Orlund" in Path(taken.value.path()).read_text("utf-8")
        assert ana.noise == []
        ana.context.close()
