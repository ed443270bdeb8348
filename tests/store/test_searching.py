"""The same is found on both databases, and marked exactly where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event
from tests.store.stories import (
    FIRST,
    SECOND,
    TEXT,
    capture,
    claim,
    decide,
    denied,
    read,
    taken,
    undo,
)

from allegedly.store import Filter, RefusedError, searching

if TYPE_CHECKING:
    from allegedly.store import Store, View

CAFE = "“Café Zürich” burnt, said the owner’s son. 🔔 THE BELL was old_bell no. 3rd.\n"


@pytest.fixture
def filled(ledger: Store) -> Store:
    reading = read(taken(), denied())
    ledger.record(reading, capture(reading), FIRST)
    other = read(text=CAFE, title="Zürich", publisher="Selme Courier", published="2031-06-01")
    ledger.record(other, capture(other), FIRST)
    return ledger


@pytest.mark.parametrize(
    ("query", "contents"),
    [
        ("bell", ["that two men took the old bell"]),
        ('men "old bell" -tower', ["that two men took the old bell"]),
        ('"bell old" OR "two men"', ["that two men took the old bell"]),
        ('"old men"', []),
        ('"two men" "bell old"', []),
        ("BELL men", ["that two men took the old bell"]),
        ('"old bell"', ["that two men took the old bell"]),
        ('"bell old"', []),
        ("tow*", ["that anybody had been near the tower at night"]),
        ("tow", []),
        ('"the tow"*', ["that anybody had been near the tower at night"]),
        ("that -bell", ["that anybody had been near the tower at night"]),
        ("mayor", ["that anybody had been near the tower at night"]),
        ("steeple OR bell", ["that two men took the old bell"]),
        ("bell; DROP TABLE entries --", []),
        ("bell'", ["that two men took the old bell"]),
    ],
)
def test_claims_are_found_by_words(filled: Store, query: str, contents: list[str]) -> None:
    assert [hit.record.content for hit in filled.now.search(query)] == contents  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("cafe", ["Café"]),
        ("CAFÉ", ["Café"]),
        ('"cafe zurich"', ["Café Zürich"]),
        ("bel*", ["BELL", "bell"]),
        ("owner's", ["owner’s"]),
        ("3rd", ["3rd"]),
        ("zurich burnt", ["Zürich", "burnt"]),
    ],
)
def test_documents_are_marked_where_the_words_are(
    filled: Store, query: str, marked: list[str]
) -> None:
    hits = [hit for hit in filled.now.search_documents(query) if "Caf" in hit.excerpt]
    assert [span.cut(CAFE) for span in hits[0].spans] == marked
    assert [span.cut(hits[0].excerpt) for span in hits[0].marks] == marked


def test_a_claim_s_marks_are_places_in_its_document(filled: Store) -> None:
    [hit] = filled.now.search('"old bell"')
    assert [span.cut(TEXT) for span in hit.spans] == ["old bell"]
    [named] = filled.now.search("mayor")
    assert [span.cut(named.record.chain) for span in named.names_marks] == ["mayor"]  # type: ignore[union-attr]


@pytest.mark.parametrize("query", ["", "  ", "-bell", '""', "…"])
def test_nothing_to_search_for_is_told(filled: Store, query: str) -> None:
    with pytest.raises(RefusedError, match="nothing to search for"):
        filled.now.search(query)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"act": "deny"}, 1),
        ({"act": "accuse"}, 0),
        ({"source": "Mayor"}, 1),
        ({"source": "may"}, 0),
        ({"source": "tower"}, 0),
        ({"publisher": "orrin post"}, 2),
        ({"publisher": "Selme Courier"}, 0),
        ({"since": "2031-05-05", "until": "2031-05-05"}, 2),
        ({"since": "2031-05-06"}, 0),
        ({"until": "2031-05-04"}, 0),
        ({"status": "suggested"}, 1),
        ({"status": "rejected"}, 1),
        ({"status": "accepted"}, 0),
    ],
)
def test_filters(filled: Store, asked: dict[str, str], found: int) -> None:
    decide(filled, taken())
    narrowed = Filter(**asked)  # type: ignore[arg-type]
    assert len(filled.now.claims(narrowed)) == found
    assert len(filled.now.search("that", narrowed)) == found


def test_a_corrected_claim_is_found_as_corrected(filled: Store) -> None:
    before = filled.now.head().seq
    decide(filled, taken(), "correct", value={"act": "accuse"})
    for act, found in (("accuse", [taken().id]), ("assert", []), ("deny", [denied().id])):
        hits = filled.now.search("that", Filter(act=act))
        assert [hit.record.id for hit in hits] == found
    [hit] = filled.as_of(before).search("that", Filter(act="assert"))
    assert hit.record.id == taken().id
    assert [c.id for c in filled.now.claims(Filter(act="accuse"))] == [taken().id]
    assert filled.now.claims(Filter(act="assert")) == []
    assert filled.now.claims(Filter(act="accuse"))[0].act == "assert"


@pytest.mark.parametrize(
    ("asked", "published", "found"),
    [
        ({"act": "assert"}, None, "old bell"),
        ({"publisher": "Orrin Post"}, None, "old bell"),
        ({"status": "rejected"}, None, "old bell"),
        ({"source": "warden"}, None, "old bell"),
        ({}, "2031-05-20", "old bell"),
        ({}, None, "in Zürich"),
    ],
)
def test_what_is_not_asked_for_takes_no_place_among_the_ranked(
    filled: Store,
    asked: dict[str, str],
    published: str | None,
    found: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newest = "The clerk denied that the bell hung in Zürich.\n"
    told = claim(newest, "that the bell hung in Zürich", "The clerk", "denied", act="deny")
    reading = read(told, text=newest, publisher="Selme Courier", published="2031-06-02")
    filled.record(reading, capture(reading), FIRST)
    decide(filled, taken())
    monkeypatch.setattr(searching, "RANKED", 1)
    view = filled.as_of(published=published) if published else filled.now
    for query in ("bell", '"that" bell', "bel*"):
        [hit] = view.search(query, Filter(**asked))  # type: ignore[arg-type]
        assert found in hit.excerpt


def test_what_was_superseded_or_came_later_takes_no_place_among_the_ranked(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "RANKED", 1)
    before = filled.now.head().seq
    reading = read(taken())
    filled.record(reading, capture(reading), SECOND)
    [now] = filled.now.search("that")
    [then] = filled.as_of(before).search("that")
    assert now.record.id == taken().id
    assert then.record.id == denied().id


def test_more_answers_are_no_more_questions_to_the_database(filled: Store) -> None:
    asked: list[str] = []

    def count(*args: Any) -> None:
        asked.append(args[2])

    event.listen(filled.database.engine, "before_cursor_execute", count)
    for search in (filled.now.search, filled.now.search_documents):
        search("bell", limit=1)
        few = len(asked)
        assert len(search("that OR bell")) == 2
        assert len(asked) == 2 * few
        asked.clear()


def test_what_the_planner_is_told_ends_with_the_search(filled: Store) -> None:
    if filled.database.engine.dialect.name != "postgresql":
        pytest.skip("only PostgreSQL is told")
    filled.now.search("bell")
    with filled.database.reading() as connection:
        assert connection.exec_driver_sql("SHOW random_page_cost").scalar() == "4"


def said_by(*names: str | None) -> dict[str, Any]:
    """A correction of a chain, outermost first."""
    chain = [{"spans": [[0, 3]], "name": n, "kind": "person", "role": None} for n in names]
    return {"sources": chain}


def found_by(view: View, source: str) -> tuple[list[str], int, int, int]:
    """Ids of the claims of a source, and how many claims and documents a search finds of it."""
    asked = Filter(source=source)
    listed = [c.id for c in view.claims(asked)]
    found = len(view.search("bell", asked)), len(view.search_documents("warden", asked))
    return listed, *found, len(view.documents(asked))


@pytest.mark.parametrize("name", ["Ann Orr", "bo SELME", "orr", "Øst"])
def test_anybody_in_a_corrected_chain_is_found(filled: Store, name: str) -> None:
    before = filled.now.head().seq
    word = decide(filled, taken(), "correct", value=said_by("Bo Selme", "Øst", "Ann Orr"))
    corrected = filled.now.head().seq
    found: tuple[list[str], int, int, int] = ([taken().id], 1, 1, 1)
    nothing: tuple[list[str], int, int, int] = ([], 0, 0, 0)
    assert found_by(filled.now, name) == found_by(filled.as_of(corrected), name) == found
    assert found_by(filled.as_of(before), name) == nothing
    assert found_by(filled.now, "warden") == nothing, "a person decided that it was another"
    assert found_by(filled.as_of(before), "warden") == found
    assert found_by(filled.as_of("published:2031-06-02"), name) == found
    undo(filled, word, "ana", "no")
    assert found_by(filled.now, name) == nothing
    assert found_by(filled.now, "warden") == found
    assert found_by(filled.as_of(corrected), name) == found
    assert filled.verify().sound


def test_words_of_two_hops_of_a_corrected_chain_are_no_name(filled: Store) -> None:
    decide(filled, taken(), "correct", value=said_by("Ann Orr", None, "Bo Selme"))
    for name, claims in (("Orr", 1), ("bo selme", 1), ("Orr Bo", 0), ("rr", 0), ("rr Bo S", 0)):
        assert len(filled.now.claims(Filter(source=name))) == claims
    decide(filled, taken(), "correct", value={"sources": []})
    assert filled.now.claims(Filter(source="Orr")) == filled.now.claims(Filter(source="warden"))


def test_who_speaks_is_counted_as_corrected(filled: Store) -> None:
    before = filled.now.head().seq
    read_so = {"warden": 1, "mayor": 1}
    word = decide(filled, taken(), "correct", value=said_by("Ann Orr", "the mayor"))
    spoken = {source.id: source.claims for source in filled.now.sources()}
    assert spoken == {"ann orr": 1, "the mayor": 1, "mayor": 1}
    assert filled.now.knows_name("ann orr")
    assert {s.id: s.claims for s in filled.as_of(before).sources()} == read_so
    undo(filled, word, "ana", "no")
    assert {s.id: s.claims for s in filled.now.sources()} == read_so
    assert filled.verify().sound


def test_words_of_two_hops_are_no_name(ledger: Store) -> None:
    hops = [replace(taken().sources[0], name=name) for name in ("Ann Orr", "Bo Selme")]
    told = read(replace(taken(), sources=tuple(hops)))
    ledger.record(told, capture(told), FIRST)
    for name, claims in (("Orr", 1), ("ann orr", 1), ("Selme", 1), ("Orr Bo", 0)):
        assert len(ledger.now.claims(Filter(source=name))) == claims


def test_what_is_no_longer_read_is_not_found(filled: Store) -> None:
    reading = read(denied())
    filled.record(reading, capture(reading), SECOND)
    assert filled.now.search("bell") == []
    assert len(filled.as_of(8).search("bell")) == 1


def test_better_answers_come_first(ledger: Store) -> None:
    once = "A bell, and then much more about quite other things than that, over many words.\n"
    often = "Bell bell bell.\n"
    for text in (often, once):
        reading = read(text=text, title=None)
        ledger.record(reading, capture(reading), FIRST)
    assert [hit.excerpt for hit in ledger.now.search_documents("bell")] == [often, once]


def test_a_phrase_deep_in_a_very_long_text_is_found(ledger: Store) -> None:
    text = "word " * 30_000 + "the silver steeple of Orrin. silver of steeple\n"
    reading = read(text=text, title=None)
    ledger.record(reading, capture(reading), FIRST)
    [hit] = ledger.now.search_documents('"silver steeple"')
    assert [span.cut(text) for span in hit.spans] == ["silver steeple"]
    assert ledger.now.search_documents('"steeple silver"') == []
    assert ledger.verify().sound


def test_a_word_longer_than_a_server_takes_is_found_in_parts(ledger: Store) -> None:
    text = f"É {'x' * 3_000}yz.\n"
    reading = read(text=text, title=None)
    ledger.record(reading, capture(reading), FIRST)
    [hit] = ledger.now.search_documents("x" * 255)
    assert hit.spans
    assert ledger.verify().sound
