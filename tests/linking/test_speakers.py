"""One speaker under several names, and two that look alike."""

from __future__ import annotations

import pytest

from allegedly.linking.speakers import called, speakers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moscow", "the Kremlin"),
        ("Russia", "Russian officials"),
        ("Kremlin's", "Russia"),
        ("Volodymyr Zelenskiy", "Zelensky"),
        ("President Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("Warden", "the warden"),
    ],
)
def test_names_of_one_speaker(one: str, other: str) -> None:
    found = speakers([one, other])
    assert found[one] == found[other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russia", "Ukraine"),
        ("Russia's air force", "Ukraine's air force"),
        ("Kremlin", "Kremlin critics"),
        ("Maria Orlova", "Maria Petrova"),
    ],
)
def test_names_of_two_speakers(one: str, other: str) -> None:
    found = speakers([one, other])
    assert found[one] != found[other]


def test_a_last_name_that_two_people_have_is_nobodys() -> None:
    found = speakers(["Ana Weber", "Ben Weber", "Weber"])
    assert len(set(found.values())) == 3


def test_what_stories_call_somebody_is_that_person_unless_two_are_called_so() -> None:
    names, roles = ["Ana Ruk", "Ruk", "Tower warden"], [("Ana Ruk", "tower warden")]
    assert len(set(speakers(names, [*roles, ("Ruk", "tower warden")]).values())) == 1
    two = speakers([*names, "Ben Orlo"], [*roles, ("Ben Orlo", "tower warden")])
    assert len(set(two.values())) == 3


def test_a_name_is_compared_without_article_and_ending() -> None:
    assert called("The Mayor’s") == called("mayor")
