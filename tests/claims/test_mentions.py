from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims.mentions import Mention, find_mentions
from allegedly.records import Document


def found(text: str) -> dict[str, Mention]:
    return {m.name: m for m in find_mentions(Document(id="d", text=text))}


def test_a_title_is_not_part_of_the_name() -> None:
    mention = found("The strike was called off by Harbour Minister Ines Valdoro.")["Ines Valdoro"]
    assert (mention.kind, mention.gender, mention.role) == ("person", "female", "Harbour Minister")


def test_an_apposition_gives_the_role() -> None:
    people = found(
        "Olga Brandt, a hydrologist and researcher, left. The pilot, Anton Reyle, stayed."
    )
    assert people["Anton Reyle"].role == "pilot"
    assert people["Anton Reyle"].gender == "male"


def test_an_acronym_belongs_to_the_name_before_it() -> None:
    mention = found("It asked the Rivers and Canals Administration (RCA) for help.")
    assert mention["Rivers and Canals Administration"].acronym == "RCA"
    assert mention["Rivers and Canals Administration"].kind == "organisation"


def test_and_between_people_does_not_join_them() -> None:
    assert {"Karla Holm", "Peter Lund"} <= set(found("They met Karla Holm and Peter Lund."))


def test_a_place_in_front_of_a_person_is_its_own_mention() -> None:
    names = found("the envoy for South Sudan David Okello spoke")
    assert names["South Sudan"].kind == "place"
    assert names["David Okello"].kind == "person"


def test_particles_stay_inside_a_name() -> None:
    assert "Hanna van der Meer" in found("She met Hanna van der Meer in town.")


def test_the_first_word_of_a_sentence_is_no_name_when_it_is_usual() -> None:
    text = "Rescuers came late. Later the rescuers left."
    assert found(text) == {}


def test_possessive_is_left_out_of_the_span() -> None:
    mention = found("They read Norland’s letter.")["Norland"]
    assert mention.possessive
    assert mention.span.cut("They read Norland’s letter.") == "Norland"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_never_raises_and_spans_are_exact(text: str) -> None:
    for mention in find_mentions(Document(id="d", text=text)):
        assert mention.span.cut(text) == mention.name
