"""Who confirms in another story what somebody else said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.linking.claims.said import OTHER, claim, columns

from allegedly.linking.claims import grouped, links

if TYPE_CHECKING:
    from allegedly.linking.claims import Profile
    from allegedly.records import Act, Link

BLAMED = "Peru says Chile shelled the port of Arica"
BLAME = "Chile shelled the port of Arica"


def confirmed(*told: Profile) -> list[Link]:
    own = columns(list(told))
    found = links(list(told), own, grouped(list(told), own))
    return [link for link in found if link.relation == "confirms"]


def blamed(document: str = "a") -> Profile:
    return claim(BLAMED, BLAME, "Peru", document=document)


def confirming(source: str = "Chile", document: str = "b", act: Act = "confirm") -> Profile:
    text = f"{source} confirms that it shelled the port of Arica"
    return claim(text, "that it shelled the port of Arica", source, act=act, document=document)


def test_whoever_is_accused_confirms_what_another_said() -> None:
    [link] = confirmed(blamed(), confirming())
    assert (link.left, link.right) == (confirming().id, blamed().id)
    assert link.probability > 0.5
    assert [(r.slot, r.right) for r in link.reason if r.slot == "agent"] == [("agent", "Chile")]
    assert any(r.slot == "words" for r in link.reason)


def test_whoever_is_not_concerned_confirms_with_less() -> None:
    [concerned] = confirmed(blamed(), confirming())
    beside = confirmed(blamed(), confirming("Bolivia"))
    assert all(link.probability < concerned.probability for link in beside)


@pytest.mark.parametrize(
    "own",
    [
        confirming(act="assert"),
        confirming("Peru"),  # the accuser says it once more
        confirming(document="a"),  # within a story, reading it tells
        claim(
            "Chile could not confirm that it shelled the port of Arica",
            "that it shelled the port of Arica",
            "Chile",
            act="confirm",
            document="b",
        ),
        claim(
            "Chile confirms that it did not shell the port of Arica",
            "that it did not shell the port of Arica",
            "Chile",
            act="confirm",
            document="b",
        ),
        claim(
            OTHER,
            "the wheat harvest will be late this year",
            "Farmers",
            act="confirm",
            document="b",
        ),
    ],
)
def test_what_confirms_nothing(own: Profile) -> None:
    assert confirmed(blamed(), own) == []


def test_a_denial_is_not_confirmed() -> None:
    denial = claim(
        "Peru denies shelling the port of Arica",
        "shelling the port of Arica",
        "Peru",
        act="deny",
        document="a",
    )
    assert confirmed(denial, confirming()) == []
