"""A desk that is served, and Debian's Chromium before it."""

from __future__ import annotations

import os
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from allegedly.web import Desk, Settings, alone, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from allegedly.ledger import Ledger

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
WIDE, PHONE = 1280, 390
needs_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium here")
# Pictures of the main pages are kept where this names a folder.
PICTURES = os.environ.get("ALLEGEDLY_PICTURES")


@contextmanager
def served(ledger: Ledger, *, shared: bool = False, **more: Any) -> Iterator[tuple[str, Desk]]:
    """The address of a desk that is served by a real server for as long as the block lasts.

    Stories are compared only where a test asks for it with `links`.
    """
    more = {"links": False, **more}
    with serving.listening("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        here = f"http://127.0.0.1:{port}"
        found = Settings(origins=(here,), **more) if shared else alone("ana", port, **more)
        desk = Desk.of(ledger, found)
        running = serving.server(desk)
        thread = threading.Thread(target=running.run, args=([listening],))
        thread.start()
        while not running.started:
            time.sleep(0.01)
        try:
            yield here, desk
        finally:
            running.should_exit = True
            thread.join(20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where it can run

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        launched.close()


@dataclass
class Person:
    """Somebody at a browser of their own; what its console says is kept in `noise`."""

    base: str
    context: BrowserContext
    page: Page
    noise: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, browser: Browser, base: str, **settings: Any) -> Person:
        settings.setdefault("viewport", {"width": WIDE, "height": 900})
        context = browser.new_context(**settings)
        page = context.new_page()
        person = cls(base, context, page)
        page.on("console", lambda message: person.noise.append(message.text))
        page.on("pageerror", lambda error: person.noise.append(str(error)))
        page.on("request", lambda asked: person._asked(asked.url))
        return person

    def _asked(self, url: str) -> None:
        if not url.startswith(self.base):
            self.noise.append(f"asked another site: {url}")

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def picture(self, name: str) -> None:
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{PICTURES}/{name}.png")
