import numpy as np
from tests.linking.claims.said import claim, columns, four

from allegedly.linking.claims import grouped, links, rejections
from allegedly.records import Act


def test_whoever_is_accused_denies_and_the_reason_names_the_words() -> None:
    profiles = four()
    own = columns(profiles)
    numbers = grouped(profiles, own)
    assert [(a, b) for a, b, _ in rejections(profiles, own, numbers)] == [(2, 0)]
    [link] = links(profiles, own, numbers)
    assert (link.relation, link.left) == ("denies", profiles[2].id)
    assert link.right in {profiles[0].id, profiles[1].id}
    assert 0.5 < link.probability < 1
    slots = {reason.slot: reason for reason in link.reason}
    assert slots["agent"].right == "Chile"
    assert slots["words"].left == "shelling the port of Arica"


def test_whoever_is_not_accused_contradicts() -> None:
    text = "Fishermen say that Chile did not shell the port of Arica"
    profiles = [*four()[:2], claim(text, "that Chile did not shell the port of Arica", "Fishermen")]
    own = columns(profiles)
    [link] = links(profiles, own, np.array([0, 0, 2]))
    assert link.relation == "contradicts"


def test_not_knowing_denies_nothing() -> None:
    text = "Chile is unable to confirm shelling of the port of Arica"
    profiles = [*four()[:2], claim(text, "shelling of the port of Arica", "Chile")]
    own = columns(profiles)
    assert rejections(profiles, own, np.array([0, 0, 2])) == []


def test_what_two_sides_say_of_each_other_stands_against_each_other() -> None:
    text = "Both armies accused each other of breaking the truce"
    content = "each other of breaking the truce"
    both = [
        claim(text, content, "Both armies", act="accuse"),
        claim(text, content, "Both armies", kind="converse"),
    ]
    assert [(a, b) for a, b, _ in rejections(both, columns(both), np.array([0, 1]))] == [(1, 0)]


def test_only_an_accusation_is_countered_by_accusing_the_accuser() -> None:
    def against(act: Act) -> list[tuple[int, int]]:
        first, other = "Peru of shelling the port of Arica", "Chile of shelling the port of Arica"
        told = [
            claim(f"Chile accuses {first}", first, "Chile", act="accuse"),
            claim(f"Peru says it of {other}", other, "Peru", act=act),
        ]
        return [(a, b) for a, b, _ in rejections(told, columns(told), np.array([0, 1]))]

    assert (0, 1) in against("accuse")
    assert (0, 1) not in against("assert"), "what Peru tells of another raid is no accusation"


def test_a_lone_claim_is_against_nothing() -> None:
    profiles = four()[2:3]
    assert rejections(profiles, columns(profiles), np.array([0])) == []


def test_another_figure_of_the_same_speaker_updates_the_earlier() -> None:
    said = [
        claim(
            f"Police Chief Ana Ruiz says {n} people died in the flood at Arica",
            f"{n} people died in the flood at Arica",
            "Police Chief Ana Ruiz",
            figure=n,
        )
        for n in (200, 500)
    ]
    found = links(said, columns(said), np.array([0, 1]))
    assert {link.relation for link in found} == {"updates"}
    assert any(reason.slot == "quantity" for reason in found[0].reason)


def test_nobody_rejects_what_mostly_their_own_side_says() -> None:
    misread = claim("Peru calls the shelling of Arica fake", "the shelling of Arica fake", "Peru")
    profiles = [*four()[:2], misread]
    assert misread.rejecting
    assert rejections(profiles, columns(profiles), np.array([0, 0, 2])) == []


def test_a_negative_claim_of_another_matter_weighs_less_than_one_of_the_same() -> None:
    def score(content: str) -> float:
        negative = claim(f"Fishermen say that {content}", f"that {content}", "Fishermen")
        profiles = [*four()[:2], negative]
        found = rejections(profiles, columns(profiles), np.array([0, 0, 2]))
        return max((score for *_, score in found), default=-9.0)

    assert score("Chile did not shell the port of Arica") > 0
    assert score("nobody in Chile was hurt") < score("Chile did not shell the port of Arica")


def test_mutual_blame_in_a_group_of_something_else_links_nothing() -> None:
    text = "Both armies accused each other of breaking the truce"
    content = "each other of breaking the truce"
    both = [
        claim(text, content, "Both armies", act="accuse"),
        claim(text, content, "Both armies", kind="converse"),
        *(claim(f"Armies agree to truce {n}", f"truce {n}", "Armies") for n in range(4)),
    ]
    assert rejections(both, columns(both), np.array([0, 1, 0, 0, 0, 0])) == []


def test_a_threat_is_not_denied_and_an_accusation_in_the_same_words_is() -> None:
    def against(act: Act) -> list[tuple[int, int]]:
        text = "Peru warns of shelling the port of Arica by Chile"
        told = claim(text, "shelling the port of Arica by Chile", "Peru", act=act)
        profiles = [told, four()[2]]
        found = rejections(profiles, columns(profiles), np.array([0, 1]))
        return [(a, b) for a, b, _ in found]

    assert against("accuse") == [(1, 0)]
    assert against("threaten") == []


def test_what_stands_against_some_claims_is_what_of_all_has_them_at_an_end() -> None:
    toll = "people died in the flood at Arica"
    said = [
        *four(),
        claim(
            "Fishermen say that Chile did not shell the port of Arica",
            "Chile did not shell the port of Arica",
            "Fishermen",
        ),
        claim(
            "A colonel confirmed that Chile shelled the port of Arica",
            "Chile shelled the port of Arica",
            "A colonel",
            act="confirm",
        ),
        *(
            claim(f"Ana Ruiz says {n} {toll}", f"{n} {toll}", "Ana Ruiz", figure=n)
            for n in (200, 500)
        ),
    ]
    own = columns(said)
    numbers = grouped(said, own)
    whole = links(said, own, numbers)
    assert {link.relation for link in whole} == {"denies", "confirms", "updates"}
    for at, one in enumerate(said):
        told = links(said, own, numbers, np.array([at]))
        assert told == [link for link in whole if one.id in {link.left, link.right}]
