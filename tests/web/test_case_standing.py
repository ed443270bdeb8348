"""The case page tells what Python, the command and the brief tell of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cases import bell

from allegedly.web.cases.figures import figures
from allegedly.web.cases.gathering import gathered
from allegedly.web.cases.matrix import OUTLETS, matrix
from allegedly.web.cases.standing import (
    change_views,
    question_views,
    standing_views,
    stood,
)

if TYPE_CHECKING:
    from tests.cases.bell import Bell
    from tests.web.conftest import Visitor

    from allegedly.ledger import Ledger
    from allegedly.linking.telling import Telling


@pytest.fixture
def told(ledger: Ledger) -> Bell:
    return bell.begin(ledger)


def page_of(ledger: Ledger, as_of: int | str | None = None) -> Telling:
    view = ledger.as_of(as_of)
    return stood(view, gathered(view, "bell"))


def test_rows_are_groups_and_cells_what_links_and_doubts_tell(ledger: Ledger, told: Bell) -> None:
    table = matrix(page_of(ledger), "")
    row = table.rows[0]
    assert row.href == f"/claims/{told.claim(0, 0)}"
    assert (row.stories, row.origins) == (2, 2)
    cells = dict(zip(table.columns, row.cells, strict=True))
    assert [(m.said, m.family, m.count) for m in cells["warden"]] == [
        ("says otherwise", "reject", 1),
        ("accuses", "blame", 2),
    ]
    assert [m.said for m in cells["mayor"]] == ["denies"]
    assert [m.said for m in cells[OUTLETS]] == ["could not verify", "no evidence"]
    assert table.columns[0] == OUTLETS
    words = [each.words for each in table.rows]
    assert not any("anybody had been near" in each for each in words), "it only answers the first"


def test_what_is_told_is_what_the_ledger_tells(ledger: Ledger, told: Bell) -> None:
    page = page_of(ledger)
    assert list(page.figures) == ledger.figures("bell")
    assert list(page.changes) == ledger.changes("bell")
    assert list(page.questions) == ledger.open_questions("bell")
    assert page.standings[0] == ledger.standing("bell")[0]
    early = page_of(ledger, told.after[0])
    assert early.standings[0] == ledger.standing("bell", as_of=told.after[0])[0]


def test_each_line_names_who_and_leads_to_what_shows_it(ledger: Ledger, told: Bell) -> None:
    [first, *_] = standing_views(page_of(ledger), "?as_of=9")
    lines = {fact.what: [name.words for name in fact.names] for fact in first.facts}
    assert lines == {
        "asserted by": ["warden"],
        "denied by": ["mayor", "mayor of Orrin"],
        "could not be verified by": ["Orrin Gossip"],
        "no evidence presented according to": ["Orrin Post"],
        "said otherwise since by": ["warden"],
    }
    assert first.facts[1].names[0].href == f"/claims/{told.claim(0, 1)}?as_of=9"
    assert first.facts[2].names[0].href.startswith("/records/")
    assert first.desk == ""
    ledger.decide(told.claim(0, 0), "accept", reviewer="ana", reason="it says so")
    assert standing_views(page_of(ledger), "")[0].desk == "1 accepted"


def test_the_page_shows_all_of_it(ana: Visitor, ledger: Ledger, told: Bell) -> None:
    page = ana.get("/cases/bell").text
    for part in ("How the claims stand", "Who changed their story", "What is open", "Kept silent"):
        assert part in page
    assert "said otherwise since by" in page
    assert "Men</h3>" not in page
    shown = ana.get(f"/cases/bell?as_of={told.after[0]}").text
    assert "Who changed their story" not in shown
    silence = question_views(page_of(ledger), "")[0].questions[0][1]
    answer = ana.client.get(silence.href, follow_redirects=False)
    assert answer.headers["location"].startswith("/silences/")


def test_a_change_shows_both_words_and_both_days(ledger: Ledger, told: Bell) -> None:
    [change] = change_views(page_of(ledger), "")
    assert (change.source, change.was_when, change.now_when) == (
        "warden",
        "2031-05-06",
        "2031-05-07",
    )
    assert change.now.href == f"/claims/{told.claim(2, 0)}"


def test_a_figure_is_drawn_where_it_moved(ledger: Ledger, told: Bell) -> None:
    assert told
    [figure] = figures(page_of(ledger), "")
    assert (figure.name, figure.span) == ("Men", "2 to 4, told 3 times by one source")
    assert figure.chart is not None
    assert [(row.when, row.amount) for row in figure.rows] == [
        ("2031-05-05", "two men"),
        ("2031-05-06", "Two men"),
        ("2031-05-07", "Four men"),
    ]
    assert figures(page_of(ledger, told.after[1]), "") == (), "two who agree on two men"


def test_what_is_kept_is_made_anew_when_something_is_recorded(
    ana: Visitor, ledger: Ledger, told: Bell
) -> None:
    assert "at this desk" not in ana.get("/cases/bell").text
    ledger.decide(told.claim(0, 0), "accept", reviewer="ana", reason="it says so")
    assert "at this desk: 1 accepted" in ana.get("/cases/bell").text


def test_a_case_without_claims_is_shown(ana: Visitor, ledger: Ledger, told: Bell) -> None:
    for story in told.readings:
        ledger.decide(
            told.case, "out", value=story.document.id, reviewer="ana", reason="another bell"
        )
    page = ana.get("/cases/bell").text
    assert "No claims at this moment." in page
    assert "How the claims stand" not in page
