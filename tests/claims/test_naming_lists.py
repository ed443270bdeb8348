from __future__ import annotations

import pytest

from allegedly.claims.naming.lists import names, plural, singular, table


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("spokesman", "spokesmen"),
        ("authority", "authorities"),
        ("witness", "witnesses"),
        ("passer-by", "passers-by"),
        ("official", "officials"),
    ],
)
def test_plurals_come_back_to_their_singular(one: str, many: str) -> None:
    assert plural(one) == many
    assert singular(many) == one


def test_lists_are_lower_case() -> None:
    lists = names()
    words = lists.roles | lists.first_names | lists.plain | lists.places | set(lists.nouns)
    assert all(word == word.lower() for word in words)


def test_no_first_name_tells_two_genders() -> None:
    assert not names().male_names & names().female_names


def test_a_demonym_leads_to_its_country() -> None:
    assert names().country["zimbabwean"] == "Zimbabwe"


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        table("nothing-of-the-kind")
