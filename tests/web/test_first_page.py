"""The first page: as many waiting claims as there is room for, and what it shows of the past."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.store import stories

from allegedly.web.pages.desk import FEW, WAITING

if TYPE_CHECKING:
    from tests.web.conftest import Visitor

    from allegedly.ledger import Ledger


@pytest.fixture
def claims(ledger: Ledger) -> list[str]:
    """Twenty stories with a claim each."""
    found = []
    for number in range(20):
        text = f"The warden of tower {number} said that bell {number} was gone."
        claim = stories.claim(text, f"bell {number} was gone", "The warden", "said")
        reading = stories.read(claim, text=text, title=f"Bell {number}", published="2031-05-04")
        ledger.record(reading, stories.capture(reading), stories.FIRST)
        found.append(claim.id)
    return found


def part(ana: Visitor, name: str, path: str = "/") -> str:
    page = ana.get(path).text.split(f'id="live-{name}"')[1].split("</section>")[0]
    return " ".join(page.split())


def test_the_fewer_decisions_stand_beneath_the_more_claims_wait_above(
    ana: Visitor, claims: list[str], ledger: Ledger
) -> None:
    beside = part(ana, "cases").count("<article") + part(ana, "latest").count("<article")
    assert beside == 1 + FEW
    shown = part(ana, "next").count("<article")
    assert WAITING < shown <= FEW
    for claim in claims[:FEW]:
        ledger.decide(claim, "accept", reviewer="ana", reason="as it stands")
    assert part(ana, "words").count('<li class="word') == FEW
    assert part(ana, "next").count("<article") == WAITING


@pytest.mark.usefixtures("claims")
def test_the_past_has_its_latest_claims_where_now_has_what_waits(ana: Visitor) -> None:
    now, then = part(ana, "next"), part(ana, "next", "/?as_of=published:2031-05-04")
    assert "Waiting" in now
    assert "Latest claims" in then
    assert "Waiting" not in then
    assert then.count("<article") > WAITING
    linked = re.findall(r'href="(/claims/[^"]+)"', then)
    assert linked
    assert all("as_of=" in each for each in linked), "its links stay in the past"


@pytest.mark.usefixtures("claims")
def test_the_log_counts_one_claim_as_one(ana: Visitor) -> None:
    page = ana.get("/log").text
    assert "read: 1 claim<" in page
    assert "1 claims" not in page
