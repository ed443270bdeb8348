import pytest

from allegedly.linking.lexicon import (
    doubts,
    is_about,
    is_mutual,
    negates,
    of_self,
    opening_party,
    parties_in,
    rejects,
    terms,
)


def test_a_seat_of_government_a_people_and_a_country_are_one_party() -> None:
    assert parties_in("The Élysée, French officials and Paris") == ("France",)


def test_the_longest_name_is_meant() -> None:
    assert parties_in("officials in South Sudan and in Sudan") == ("South Sudan", "Sudan")


@pytest.mark.parametrize("written", ["the U.S. says", "the US says", "the United States says"])
def test_a_party_is_known_however_it_is_written(written: str) -> None:
    assert parties_in(written) == ("United States",)


def test_us_the_pronoun_is_no_country() -> None:
    assert parties_in("They told us nothing.") == ()


def test_forms_of_a_word_are_one_term() -> None:
    assert terms("bombings") == terms("bombing")
    assert terms("assassinated") == terms("assassination")


def test_words_that_tell_nothing_are_no_terms() -> None:
    assert terms("It was said that they would have been there") == ()


@pytest.mark.parametrize(
    "text",
    ["", "It was said that they would have been there", "the US", "of Peru’s", "a raid", "5"],
)
def test_what_has_terms_is_about_something(text: str) -> None:
    assert is_about(text) == bool(terms(text))


def test_calling_a_claim_wrong_is_a_rejection_and_not_knowing_is_none() -> None:
    assert rejects("Norland calls the report baseless")
    assert not rejects("Norland called the meeting useful")
    assert doubts("The ministry is unable to confirm the report")


def test_negation_is_found_with_either_apostrophe() -> None:
    assert negates("We didn’t fire")
    assert negates("We didn't fire")
    assert not negates("We fired")


def test_who_speaks_of_himself_says_i_or_names_his_own_side_first() -> None:
    assert of_self("We did not fire", frozenset())
    assert of_self("Peru did not fire on Chile", frozenset({"Peru"}))
    assert not of_self("Chile did not fire on Peru", frozenset({"Peru"}))


def test_the_party_that_a_content_opens_with_is_its_agent() -> None:
    assert opening_party("that Peru was behind a raid on Chile") == "Peru"
    assert opening_party("a night raid on a village in Chile") is None


def test_each_other_makes_a_claim_mutual() -> None:
    assert is_mutual("Both armies accused each other of firing first")
    assert not is_mutual("Both armies fired")
