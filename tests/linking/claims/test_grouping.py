import numpy as np
from tests.linking.claims.said import SAYS, claim, columns, four

from allegedly.linking.claims import Constraints, grouped, grouped_by, groups, table
from allegedly.linking.claims.grouping import LARGEST


def test_one_content_is_one_group_and_its_denial_another() -> None:
    profiles = four()
    assert grouped(profiles, columns(profiles)).tolist() == [0, 0, 2, 3]


def test_what_a_person_parted_stays_apart_and_what_one_joined_stays_together() -> None:
    profiles = four()
    decided = Constraints(together=((0, 3),), apart=((0, 1),))
    numbers = grouped(profiles, columns(profiles), constraints=decided)
    assert numbers[0] == numbers[3]
    assert numbers[0] != numbers[1]


def test_two_figures_of_one_thing_are_two_claims() -> None:
    dead = [
        claim(
            f"Police say {n} people died in the flood at Arica",
            f"{n} people died in the flood at Arica",
            "Police",
            figure=n,
        )
        for n in (500, 200)
    ]
    assert len(set(grouped(dead, columns(dead)).tolist())) == 2


def test_what_each_side_says_of_the_other_is_two_claims() -> None:
    text = "Both armies accused each other of breaking the truce"
    content = "each other of breaking the truce"
    both = [
        claim(text, content, "Both armies", act="accuse"),
        claim(text, content, "Both armies", kind="converse"),
    ]
    assert len(set(grouped(both, columns(both)).tolist())) == 2


def test_pairs_that_no_key_brought_together_are_not_compared() -> None:
    profiles = four()
    none = np.zeros(0, dtype=np.int64)
    assert grouped_by(profiles, columns(profiles), none, none).tolist() == [0, 1, 2, 3]
    left, right = np.array([0]), np.array([1])
    assert grouped_by(profiles, columns(profiles), left, right).tolist() == [0, 0, 2, 3]


def test_a_join_by_a_person_needs_no_key() -> None:
    profiles = four()
    none = np.zeros(0, dtype=np.int64)
    decided = Constraints(together=((1, 3),))
    numbers = grouped_by(profiles, columns(profiles), none, none, constraints=decided)
    assert numbers.tolist() == [0, 1, 2, 1]


def test_a_group_is_named_by_its_first_and_shown_by_a_member() -> None:
    profiles = four()
    own = columns(profiles)
    found = groups(profiles, own, grouped(profiles, own))
    assert [len(group.members) for group in found] == [2, 1, 1]
    assert found[0].id == profiles[0].id
    assert found[0].shown in found[0].members
    assert found[1].probability == 1


def test_a_component_too_large_is_cut_and_nobody_is_lost() -> None:
    many = [
        claim(SAYS, "Chile shelled the port of Arica", "Peru", document=str(i)) for i in range(3)
    ]
    vectors = columns(many).vectors
    n = LARGEST + 10
    profiles = [many[i % 3] for i in range(n)]
    own = table(profiles, vectors[np.arange(n) % 3])
    left = np.arange(n - 1)
    numbers = grouped_by(profiles, own, left, left + 1)
    assert len(numbers) == n
    assert len(set(numbers.tolist())) <= 2


def test_what_people_decided_is_at_odds_where_a_chain_joins_what_they_parted() -> None:
    chain = Constraints(together=((0, 1), (1, 2), (4, 3)), apart=((2, 0),))
    assert chain.at_odds(5)
    assert not Constraints(together=((0, 1), (4, 3)), apart=((2, 0), (1, 3))).at_odds(5)
    assert not Constraints(apart=((0, 1),)).at_odds(2)
