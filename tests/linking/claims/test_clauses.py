"""Clauses and what their verbs report, on sentences tagged by hand."""

from __future__ import annotations

import pytest

from allegedly.linking.claims.clauses import Clause, Tagged, clauses, phrase_end
from allegedly.linking.claims.reported import reported, reporting


def tagged(sentence: str) -> Tagged:
    """Words with their tags after a slash; a word after a tilde is written without a space."""
    pairs = [word.rsplit("/", 1) for word in sentence.split()]
    words = [word.removeprefix("~") for word, _ in pairs]
    return Tagged(
        words=words,
        tags=[tag for _, tag in pairs],
        spaced=[not word.startswith("~") for word, _ in pairs],
    )


def cut(sentence: str) -> list[str]:
    window = tagged(sentence)
    found = clauses(window, 0, len(window.words))
    return [" ".join(window.words[c.start : c.end]) for c in found]


def says(sentence: str) -> tuple[str, str | None, str] | None:
    window = tagged(sentence)
    clause = Clause(start=0, end=len(window.words), bare=window.tags[0] in {"VERB", "AUX"})
    verb = reporting(window, clause, lambda _: False)
    found = None if verb is None else reported(window, clause, verb)
    if found is None:
        return None
    who = " ".join(window.words[slice(*found.subject)]) if found.subject else None
    return found.act, who, " ".join(window.words[found.start : found.end])


def test_a_joining_word_begins_a_clause_and_belongs_to_none() -> None:
    assert cut(
        "Floods/NOUN close/VERB the/DET port/NOUN as/SCONJ the/DET mayor/NOUN flies/VERB home/ADV"
    ) == ["Floods close the port", "the mayor flies home"]


def test_a_phrase_without_a_verb_belongs_to_the_clause_before_it() -> None:
    assert cut("Floods/NOUN close/VERB Arica/PROPN ,/PUNCT a/DET port/NOUN in/ADP Chile/PROPN") == [
        "Floods close Arica , a port in Chile"
    ]


def test_a_verb_has_its_subject_though_words_between_commas_part_them() -> None:
    assert cut(
        "The/DET band/NOUN ,/PUNCT a/DET group/NOUN touring/VERB Chile/PROPN ,/PUNCT has/AUX"
        " left/VERB Arica/PROPN"
    ) == ["The band , a group touring Chile , has left Arica"]
    assert cut(
        "Ana/PROPN Ruiz/PROPN ,/PUNCT a/DET judge/NOUN ,/PUNCT was/AUX hurt/VERB on/ADP Monday/NOUN"
    ) == ["Ana Ruiz , a judge , was hurt on Monday"]


def test_a_circumstance_a_list_or_a_participle_after_a_comma_is_joined_to_no_subject() -> None:
    assert "the band left , has" not in cut(
        "In/ADP Arica/PROPN ,/PUNCT the/DET band/NOUN left/VERB ,/PUNCT has/AUX come/VERB back/ADV"
    )
    assert cut(
        "Monday/PROPN ,/PUNCT the/DET army/NOUN attacked/VERB ,/PUNCT killing/VERB three/NUM"
        " men/NOUN"
    ) == ["the army attacked", "killing three men"]
    assert cut(
        "Floods/NOUN close/VERB Arica/PROPN ,/PUNCT a/DET port/NOUN ,/PUNCT hit/VERB Lima/PROPN"
        " hard/ADV"
    ) == ["Floods close Arica , a port", "hit Lima hard"]


def test_a_dash_parts_only_between_words() -> None:
    assert cut("A/DET seven/NUM ~-/PUNCT ~day/NOUN truce/NOUN begins/VERB") == [
        "A seven - day truce begins"
    ]
    assert cut("A/DET truce/NOUN begins/VERB –/PUNCT guns/NOUN fall/VERB silent/ADJ") == [
        "A truce begins",
        "guns fall silent",
    ]


def test_a_clause_may_leave_out_the_subject_before_it() -> None:
    found = cut("Chile/PROPN slams/VERB Peru/PROPN ,/PUNCT will/AUX close/VERB the/DET border/NOUN")
    assert found == ["Chile slams Peru", "will close the border"]


def test_a_label_is_no_clause() -> None:
    assert cut("Floods/NOUN in/ADP Arica/PROPN") == []
    assert cut("/PUNCT") == []


def test_a_phrase_ends_before_a_mark_and_before_the_end_of_the_sentence() -> None:
    window = tagged("because/SCONJ of/ADP a/DET strike/NOUN ,/PUNCT he/PRON said/VERB ./PUNCT")
    assert phrase_end(window, 2, 8) == 4
    assert phrase_end(window, 5, 8) == 7


def test_what_a_verb_reports_has_the_subject_as_its_source() -> None:
    assert says(
        "Chile/PROPN flatly/ADV rejects/VERB Peru/PROPN ~’s/PART claim/NOUN of/ADP attack/NOUN"
    ) == ("deny", "Chile", "Peru ’s claim of attack")
    assert says("threatens/VERB to/PART close/VERB the/DET border/NOUN") == (
        "threaten",
        None,
        "to close the border",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Chile/PROPN has/AUX not/PART confirmed/VERB the/DET attack/NOUN",
        "Ministry/NOUN unable/ADJ to/PART confirm/VERB film/NOUN of/ADP attack/NOUN",
        "Chile/PROPN refuses/VERB to/PART confirm/VERB the/DET attack/NOUN",
        "Arms/NOUN promised/VERB for/ADP battle/NOUN",
        "Chile/PROPN confirms/VERB",
        "Chile/PROPN closes/VERB the/DET border/NOUN",
    ],
)
def test_what_reports_nothing(sentence: str) -> None:
    assert says(sentence) is None


def test_who_says_what_another_denies_is_the_subject() -> None:
    sentence = (
        "both/PRON shun/VERB any/DET part/NOUN in/ADP "
        "what/PRON Peru/PROPN says/VERB was/AUX an/DET attack/NOUN"
    )
    assert says(sentence) == ("assert", "Peru", "was an attack")


def test_blame_is_laid_on_somebody() -> None:
    assert says("Peru/PROPN blames/VERB it/PRON on/ADP Chile/PROPN") == (
        "accuse",
        "Peru",
        "it on Chile",
    )


def test_what_is_reported_ends_where_the_next_item_of_a_line_begins() -> None:
    assert says(
        "Peru/PROPN rejects/VERB the/DET claim/NOUN of/ADP Chile/PROPN ;/PUNCT rain/NOUN in/ADP"
        " Lima/PROPN"
    ) == ("deny", "Peru", "the claim of Chile")
    assert says("Peru/PROPN rejects/VERB ;/PUNCT rain/NOUN in/ADP Lima/PROPN") is None


def test_a_subject_ends_before_the_first_verb_and_a_pronoun_names_nobody() -> None:
    assert says(
        "Peru/PROPN won/VERB the/DET race/NOUN ,/PUNCT accuses/VERB"
        " Chile/PROPN of/ADP cheating/VERB"
    ) == ("accuse", "Peru", "Chile of cheating")
    assert says(
        "Peru/PROPN staged/VERB a/DET fire/NOUN it/PRON blamed/VERB on/ADP Chile/PROPN"
    ) == ("accuse", None, "on Chile")
    assert says(
        "Those/DET men/NOUN making/VERB the/DET claim/NOUN admit/VERB it/PRON is/AUX wrong/ADJ"
    ) == ("confirm", "Those men making the claim", "it is wrong")
