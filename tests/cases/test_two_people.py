"""Two people at one case, each with a ledger of their own open: nobody overwrites unseen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from tests.cases.conftest import nothing_read
from tests.store.stories import Clock

from allegedly import cases, review
from allegedly.adding import Reader
from allegedly.ledger import Ledger
from allegedly.records import Run
from allegedly.store import ANYTHING, OvertakenError, RefusedError, cases_with, members_seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from allegedly.store import Seen

ANA: Any = {"reviewer": "ana", "reason": "about the dam"}
BEN: Any = {"reviewer": "ben", "reason": "two dams"}
FULL = "no room"
News = dict[str, list[str]]


def opened(url: str, clock: Clock) -> Ledger:
    """The ledger as one program has it open; words alone, so that no model is loaded."""
    found = Ledger.open(url, create=True, clock=clock)
    found.encode = None
    found.reader = Reader(run=Run(code="none", model="none"), read=nothing_read)
    return found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(url: str, clock: Clock) -> Iterator[Ledger]:
    with opened(url, clock) as found:
        yield found


@pytest.fixture
def other(url: str, clock: Clock, ledger: Ledger) -> Iterator[Ledger]:
    assert ledger.now.head().seq
    with opened(url, clock) as found:
        yield found


@pytest.fixture
def dam(ledger: Ledger, news: News) -> list[str]:
    """The stories of a case, all of which people put in."""
    return list(cases.begin(ledger, "dam", news["dam"], **ANA).documents)


def split(ledger: Ledger, document: str, called: str, seen: Seen) -> str:
    return cases.split(ledger, "dam", called, [document], seen=seen, **BEN).id


WRITES: dict[str, Any] = {
    "split": lambda ledger, story, seen: split(ledger, story, f"of-{story[:8]}", seen),
    "collect": lambda ledger, _, seen: cases.collect(ledger, "dam", seen=seen),
    "merge": lambda ledger, _, seen: ledger.decide("dam", "merge", value="rates", seen=seen, **BEN),
    "out": lambda ledger, story, seen: ledger.decide("dam", "out", value=story, seen=seen, **BEN),
    "note": lambda ledger, _, seen: ledger.decide(ledger.case("dam").id, "note", seen=seen, **BEN),
}


@pytest.mark.parametrize("what", WRITES)
def test_who_comes_second_is_told_and_writes_nothing(
    ledger: Ledger, other: Ledger, news: News, dam: list[str], what: str
) -> None:
    cases.begin(ledger, "rates", news["bank"][:1], **ANA)
    before = ledger.now.head().seq
    known = ledger.decisions(ledger.case("dam").id)
    last = next(word for word in known if what != "out" or word.value == dam[0])
    first = ledger.decide("dam", "out", value=dam[0], reviewer="cy", reason="a third dam")
    head = ledger.now.head()
    for seen in (before, last.id, None):
        with pytest.raises(
            OvertakenError, match=r"cy decided about it in the mean.*a third"
        ) as told:
            WRITES[what](other, dam[0] if what == "out" else dam[1], seen)
        assert told.value.word == first
        assert ledger.now.head() == head, "not one entry of it"
    WRITES[what](other, dam[0] if what == "out" else dam[1], first.id)
    if what == "merge":
        with pytest.raises(OvertakenError, match=r"ben decided .*merge: two dams"):
            WRITES[what](ledger, dam[2], first.id)  # and not that nothing is merged into itself
    else:
        WRITES[what](other, dam[2], ANYTHING)
    assert ledger.verify().sound


@pytest.mark.parametrize("what", ["split", "collect", "merge", "out"])
def test_a_word_on_a_case_that_is_part_of_it_counts(
    ledger: Ledger, other: Ledger, news: News, dam: list[str], what: str
) -> None:
    """The second looked at the whole; what a first one takes back was said of the part."""
    cases.begin(ledger, "rates", news["bank"][:1], **ANA)
    leak = cases.begin(ledger, "leak", news["other"], **ANA)
    said = ledger.decide("leak", "out", value=news["other"][0], **ANA)
    merged = ledger.decide("leak", "merge", value="dam", **ANA)
    assert ledger.case("dam").merged == (leak.id,)
    before = ledger.now.head().seq
    undone = ledger.decide(said.id, "undo", **ANA)
    [held] = [each for each in cases_with(ledger.now, news["other"][0]) if each.name == "dam"]
    assert held.seen == undone.id == members_seen(ledger.now, held.id)[news["other"][0]]
    head, story = ledger.now.head(), news["other"][0] if what == "out" else dam[1]
    for seen in (before, said.id if what == "out" else merged.id):
        with pytest.raises(OvertakenError, match="took back a decision") as told:
            WRITES[what](other, story, seen)
        assert told.value.word == undone
    assert ledger.now.head() == head
    WRITES[what](other, story, undone.id)


def test_a_decision_that_is_about_something_else_is_no_last_one(
    ledger: Ledger, news: News, dam: list[str]
) -> None:
    odd, word = news["other"][0], ledger.decisions()[0]
    head = ledger.now.head()
    with pytest.raises(RefusedError, match="nobody has decided about it yet"):
        ledger.decide("dam", "in", value=odd, seen=word.id, **BEN)
    assert ledger.now.head() == head
    ledger.decide("dam", "in", value=odd, seen=None, **BEN)
    assert {*dam, odd} == set(ledger.case("dam").documents)


def test_a_split_is_recorded_whole_or_not_at_all(
    ledger: Ledger, dam: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    head, put = ledger.now.head(), review.put

    def failing(end: Any, subject: str, verdict: str, **said: Any) -> Any:
        if verdict == "split":  # the last of what a split puts
            raise OSError(FULL)
        return put(end, subject, verdict, **said)

    monkeypatch.setattr(review, "put", failing)
    with pytest.raises(OSError, match=FULL):
        split(ledger, dam[1], "ours", ANYTHING)
    assert ledger.now.head() == head
    assert set(ledger.case("dam").documents) == set(dam)
    monkeypatch.undo()
    assert ledger.case(split(ledger, dam[1], "ours", ANYTHING)).documents == (dam[1],)
    assert ledger.verify().sound


def test_what_is_collected_is_recorded_whole_or_not_at_all(
    ledger: Ledger, dam: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.decide("dam", "out", value=dam[3], **ANA)
    head = ledger.now.head()

    def failing(*_: object) -> None:
        raise OSError(FULL)

    with monkeypatch.context() as broken:
        broken.setattr("allegedly.cases.collecting.put_origins", failing)
        with pytest.raises(OSError, match=FULL):
            cases.collect(ledger, "dam")
    assert ledger.now.head() == head
    cases.collect(ledger, "dam")
    assert ledger.now.head() != head


def test_a_decision_about_a_case_is_recorded_with_what_follows_from_it(
    ledger: Ledger, dam: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    head = ledger.now.head()

    def failing(*_: object) -> None:
        raise OSError(FULL)

    monkeypatch.setattr(cases, "put_origins", failing)
    with pytest.raises(OSError, match=FULL):
        ledger.decide("dam", "out", value=dam[0], **BEN)
    assert ledger.now.head() == head


def at_once(ledgers: Sequence[Ledger], act: Callable[[Ledger, int], object]) -> list[object]:
    """What each of several programs gets that write in the same moment, or what it is told."""
    ready = Barrier(len(ledgers))

    def one(number: int) -> object:
        ready.wait(10)
        try:
            return act(ledgers[number], number)
        except RefusedError as error:
            return error

    with ThreadPoolExecutor(len(ledgers)) as pool:
        return list(pool.map(one, range(len(ledgers))))


def test_of_two_who_split_at_once_one_does(ledger: Ledger, other: Ledger, dam: list[str]) -> None:
    for story in dam[1:]:
        seen = ledger.now.head().seq

        def part(own: Ledger, number: int, story: str = story, seen: int = seen) -> str:
            return split(own, story, f"of-{number}-{story[:8]}", seen)

        told = at_once((ledger, other), part)
        [late] = [each for each in told if isinstance(each, OvertakenError)]
        [made] = [each for each in told if isinstance(each, str)]
        assert late.word.verdict == "split"
        assert late.word.value["case"] == made
        assert [case.name for case in ledger.cases() if story in case.documents] == [
            ledger.case(made).name
        ]
    assert ledger.verify().sound


def test_of_two_who_begin_a_case_of_one_name_at_once_one_does(
    ledger: Ledger, other: Ledger, news: News
) -> None:
    """A case's id is its name's, so the second would be another title of the first."""
    told = at_once(
        (ledger, other), lambda own, n: cases.begin(own, "dam", news["dam"][n : n + 1], **ANA).name
    )
    assert sorted(map(str, told)) == ["dam", "there is a case dam already"]
    assert len(ledger.decisions()) == 1


def test_two_cases_are_not_made_part_of_each_other(
    ledger: Ledger, other: Ledger, news: News
) -> None:
    for number in range(5):
        names = (f"one-{number}", f"two-{number}")
        for name, about in zip(names, ("dam", "bank"), strict=True):
            cases.begin(ledger, name, news[about][:1], **ANA)

        def join(own: Ledger, number: int, names: tuple[str, str] = names) -> str:
            return own.decide(names[number], "merge", value=names[1 - number], **BEN).id

        told = at_once((ledger, other), join)
        assert sum(isinstance(each, RefusedError) for each in told) == 1, told
        assert ledger.case(names[0]) == ledger.case(names[1])
