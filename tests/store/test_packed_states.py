"""A document's state comes back as it was, out of few bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.store.stories import FIRST, SECOND, capture, decide, denied, read, taken, whole

from allegedly.store.packed_states import packed, unpacked
from allegedly.store.states import Bodies, load

if TYPE_CHECKING:
    from allegedly.store import Store


def test_a_state_comes_back_with_what_was_decided(ledger: Store) -> None:
    reading = whole()
    ledger.record(reading, capture(reading), FIRST)
    decide(ledger, taken())
    decide(ledger, denied(), "correct", value={"act": "accuse"})
    newer = read(taken(act="accuse"), denied())
    ledger.record(newer, capture(newer, "elsewhere"), SECOND)
    with ledger.database.reading() as connection:
        bodies, document = Bodies(connection), reading.document.id
        state = load(connection, bodies, document)
        assert state is not None
        assert len(state.standings) == len(state.records) == len(state.speakers) == 2
        assert unpacked(packed(state), document, bodies) == state


def test_a_document_that_was_only_begun_comes_back(ledger: Store) -> None:
    reading = read()
    ledger.record(reading, capture(reading), FIRST)
    with ledger.database.reading() as connection:
        bodies, document = Bodies(connection), reading.document.id
        state = load(connection, bodies, document)
        assert state is not None
        state.version = state.reading = state.reading_id = state.published_by = None
        assert unpacked(packed(state), document, bodies) == state
