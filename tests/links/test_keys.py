import numpy as np
import pytest
from tests.links.told import keep, stories

from allegedly.ledger import Ledger
from allegedly.links import keys
from allegedly.links.keys import Keys, nearest, numbered
from allegedly.store import link_reading


def test_all_keys_at_hand_bring_up_what_the_ledger_is_asked_for(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(ledger, *stories(2, 3))
    ledger.link()
    monkeypatch.setattr(keys, "NEWEST", 3)
    monkeypatch.setattr(link_reading, "NEWEST", 3)
    with ledger.database.reading() as connection:
        whole = Keys.whole(connection, keys.MANY)
        assert whole is not None
        every = sorted({key for part in link_reading.every_key(connection) for key, *_ in part})
        asked = Keys.of(connection, every, before=whole.until + 1)
    one, other = ({key: own.tolist() for key, own in each.under(every)} for each in (whole, asked))
    assert one == other
    assert max(map(len, one.values())) == 3


def test_what_is_added_is_newest_and_what_is_dropped_is_gone(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_APART", 4)
    with ledger.database.reading() as connection:
        own = Keys.whole(connection, keys.MANY)
    assert own is not None
    for seq in (5, 8, 9):
        own.add(seq, [[1, 2], [2]])
    assert own.until == 9
    claims = [numbered(seq, place) for seq in (5, 8, 9) for place in (0, 1)]
    assert {key: under.tolist() for key, under in own.under([1, 2, 3])} == {
        1: claims[::2],
        2: claims,
    }
    own.drop([8])
    assert {key: under.tolist() for key, under in own.under([1])} == {1: [claims[0], claims[4]]}
    assert len(own) == 6


def test_reading_all_keys_is_worth_it_for_many_stories_alone(ledger: Ledger) -> None:
    with ledger.database.reading() as connection:
        assert Keys.whole(connection, keys.MANY - 1) is None


def test_nearest_is_what_shares_most_then_what_is_newest() -> None:
    under = {
        key: np.array([numbered(*at) for at in claims])
        for key, claims in {1: [(3, 0), (4, 0), (4, 1)], 2: [(3, 0)], 3: [(2, 7)]}.items()
    }
    assert nearest(under, [1, 2, 3, 4], 3) == [numbered(*at) for at in ((3, 0), (4, 0), (4, 1))]
    assert len(nearest(under, [1, 2, 3, 4], 9)) == 4
    assert nearest(under, [4], 3) == []
