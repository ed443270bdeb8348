"""A case is collected from what people name, and their word holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.cases.conftest import DAM, LATE, add

from allegedly import cases
from allegedly.store import NotInLedgerError, RefusedError

if TYPE_CHECKING:
    from allegedly.ledger import Ledger

WHO: Any = {"reviewer": "ana", "reason": "about the dam"}
News = dict[str, list[str]]


def test_a_case_grows_from_one_story_to_the_event(ledger: Ledger, news: News) -> None:
    found = cases.begin(ledger, "dam", news["dam"][:2], **WHO)
    assert list(found.documents) == news["dam"]
    by_person = [member.document.id for member in found.members if member.decision]
    assert by_person == news["dam"][:2]
    assert all("dam" in member.words for member in found.members)
    assert ledger.verify().sound


def test_a_name_is_checked(ledger: Ledger, news: News) -> None:
    cases.begin(ledger, "dam", news["dam"][:1], **WHO)
    with pytest.raises(RefusedError, match="already"):
        cases.begin(ledger, "dam", news["bank"][:1], **WHO)
    with pytest.raises(RefusedError, match="no name"):
        cases.begin(ledger, "The Dam", news["bank"][:1], **WHO)
    with pytest.raises(NotInLedgerError):
        cases.begin(ledger, "bank", ["0" * 32], **WHO)
    assert [case.name for case in ledger.cases()] == ["dam"]


def test_what_people_put_out_stays_out(ledger: Ledger, news: News) -> None:
    found = cases.begin(ledger, "dam", news["dam"][:1], **WHO)
    gone = news["dam"][2]
    ledger.decide("dam", "out", value=gone, reviewer="ben", reason="another dam")
    assert gone not in ledger.case("dam").documents
    assert ledger.case("dam").excluded == (gone,)
    cases.collect(ledger, found.id)
    assert gone not in ledger.case("dam").documents
    ledger.decide("dam", "in", value=gone, reviewer="ana", reason="it is the same dam")
    assert gone in ledger.case("dam").documents
    assert ledger.verify().sound


def test_what_people_put_in_stays_in(ledger: Ledger, news: News) -> None:
    cases.begin(ledger, "dam", news["dam"][:1], **WHO)
    odd = news["other"][0]
    word = ledger.decide("dam", "in", value=odd, reviewer="ben", reason="the goats drank from it")
    cases.collect(ledger, "dam")
    assert odd in ledger.case("dam").documents
    ledger.decide(word.id, "undo", reviewer="ben", reason="no, they did not")
    cases.collect(ledger, "dam")
    assert odd not in ledger.case("dam").documents


def test_a_new_story_joins_its_case_or_none(ledger: Ledger, news: News) -> None:
    cases.begin(ledger, "dam", news["dam"][:1], **WHO)
    cases.begin(ledger, "rates", news["bank"][:1], **WHO)
    late = add(ledger, LATE)
    stray = add(ledger, ("Taric Post", "2031-05-05", "Bell rung", "A bell was rung in Pem."))
    assert late in ledger.case("dam").documents
    assert late not in ledger.case("rates").documents
    assert not any(stray in case.documents for case in ledger.cases())


def test_a_story_of_another_language_is_kept_and_not_linked(ledger: Ledger, news: News) -> None:
    cases.begin(ledger, "dam", news["dam"][:1], **WHO)
    title = "Explosion am Orlo-Damm: Gouverneur von Velm beschuldigt Taric-Rebellen"
    lead = "Der Gouverneur von Velm macht die Rebellen für die Explosion am Damm verantwortlich."
    foreign = add(ledger, ("Bote", "2031-05-04", title, lead))
    assert ledger.documents(document=foreign)
    assert foreign not in ledger.case("dam").documents


def test_an_anniversary_is_no_part_of_the_event(ledger: Ledger, news: News) -> None:
    cases.begin(ledger, "dam", news["dam"][:1], **WHO)
    publisher, _, title, lead = DAM[0]
    years = add(ledger, (publisher, "2034-05-03", f"Three years on: {title}", lead))
    assert years not in ledger.case("dam").documents


def test_a_case_merges_into_another(ledger: Ledger, news: News) -> None:
    cases.begin(ledger, "dam", news["dam"][:1], **WHO)
    rates = cases.begin(ledger, "rates", news["bank"][:1], **WHO)
    ledger.decide("rates", "merge", value="dam", reviewer="ana", reason="one story after all")
    whole = ledger.case("rates")
    assert whole.name == "dam"
    assert whole.merged == (rates.id,)
    assert set(whole.documents) == {*news["dam"], *news["bank"]}
    assert [case.name for case in ledger.cases()] == ["dam"]
    with pytest.raises(RefusedError, match="itself"):
        ledger.decide("dam", "merge", value="rates", reviewer="ana", reason="in a circle")


def test_what_is_split_off_never_comes_back(ledger: Ledger, news: News) -> None:
    cases.begin(ledger, "dam", news["dam"][:1], **WHO)
    denials = [news["dam"][2]]
    new = cases.split(ledger, "dam", "denials", denials, **WHO)
    assert set(denials) <= set(new.documents)
    cases.collect(ledger, "dam")
    cases.collect(ledger, "denials")
    old, new = ledger.case("dam"), ledger.case("denials")
    assert not set(denials) & set(old.documents)
    assert news["dam"][0] not in new.documents  # a person put it into the other
    late = add(ledger, LATE)
    assert sum(late in case.documents for case in ledger.cases()) == 1
    assert ledger.verify().sound
