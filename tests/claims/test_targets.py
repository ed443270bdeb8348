from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allegedly.claims.modality import polarity
from allegedly.claims.targets import link_targets
from allegedly.records import Act, Claim, Document, Source, Span, Target


def claim(  # noqa: PLR0913, PLR0917  # a claim has as many sides
    text: str, ident: str, content: str, source: str, act: Act, cue: str = ""
) -> Claim:
    at, who = text.index(content), text.index(source)
    cues = (Span(text.index(cue), text.index(cue) + len(cue)),) if cue else ()
    return Claim(
        id=ident,
        zone="story",
        content=(Span(at, at + len(content)),),
        cue=cues,
        sources=(Source(spans=(Span(who, who + len(source)),), name=source, kind="person"),),
        act=act,
        form="indirect",
        polarity=polarity(content),
        modality="certain",
        probability=1.0,
    )


def targets(text: str, *claims: Claim) -> dict[str, tuple[Target, ...]]:
    linked = link_targets(Document(id="d", text=text), claims)
    return {one.id: one.targets for one in linked}


def test_a_denial_meets_the_accusation_of_the_denier() -> None:
    text = (
        "Norland said Estia sank the ferry. Peter Lund said the weather was good. "
        "Estia denied any part in it."
    )
    found = targets(
        text,
        claim(text, "c1", "Estia sank the ferry", "Norland", "accuse"),
        claim(text, "c2", "the weather was good", "Peter Lund", "assert"),
        claim(text, "c3", "any part in it", "Estia denied", "deny"),
    )
    assert found["c3"] == (Target(relation="denies", claim="c1"),)
    assert found["c1"] == found["c2"] == ()


def test_these_allegations_are_each_denied() -> None:
    text = (
        "Farmers said the mill poisoned the river. Farmers said the mill bribed judges. "
        "The mill denied these allegations."
    )
    found = targets(
        text,
        claim(text, "c1", "the mill poisoned the river", "Farmers", "accuse"),
        claim(text, "c2", "the mill bribed judges", "Farmers", "accuse"),
        claim(text, "c3", "these allegations", "The mill", "deny"),
    )
    assert {target.claim for target in found["c3"]} == {"c1", "c2"}


def test_a_denial_told_first_meets_the_accusation_that_follows() -> None:
    text = "Peter Lund denied any wrongdoing. Auditors said the treasurer stole coal."
    found = targets(
        text,
        claim(text, "c1", "any wrongdoing", "Peter Lund", "deny"),
        claim(text, "c2", "the treasurer stole coal", "Auditors", "accuse"),
    )
    assert found["c1"] == (Target(relation="denies", claim="c2"),)


def test_the_same_source_repeats_itself() -> None:
    text = "Lund said the old wall is safe. Later Lund said the old wall was safe enough."
    found = targets(
        text,
        claim(text, "c1", "the old wall is safe", "Lund", "assert"),
        claim(text, "c2", "the old wall was safe enough", "Lund", "assert"),
    )
    assert found["c2"] == (Target(relation="repeats", claim="c1"),)


def test_two_sources_contradict_each_other() -> None:
    text = "Lund said the harbour gates were locked. Holm said the harbour gates were not locked."
    found = targets(
        text,
        claim(text, "c1", "the harbour gates were locked", "Lund", "assert"),
        claim(text, "c2", "the harbour gates were not locked", "Holm", "assert"),
    )
    assert found["c2"] == (Target(relation="contradicts", claim="c1"),)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20)), max_size=8))
def test_targets_are_claims_of_the_document_and_never_itself(places: list[tuple[int, int]]) -> None:
    text = "Lund denied the wall fell; Holm said the wall did not fall, Lund said."
    acts: tuple[Act, ...] = ("deny", "accuse", "confirm", "assert")
    claims = [
        Claim(
            id=f"c{n}",
            zone="story",
            content=(Span(start, start + length),),
            cue=(),
            sources=(),
            act=acts[n % 4],
            form="indirect",
            polarity="positive",
            modality="certain",
            probability=1.0,
        )
        for n, (start, length) in enumerate(places)
    ]
    for one in link_targets(Document(id="d", text=text), claims):
        assert all(t.claim != one.id and t.claim in {c.id for c in claims} for t in one.targets)


def test_which_somebody_denies_is_what_was_said_right_before() -> None:
    text = "Estia said the ferry was offered coal, which Norland denies. Lund said it rained."
    found = targets(
        text,
        claim(text, "c1", "the ferry was offered coal", "Estia", "assert"),
        claim(text, "c2", "which", "Norland", "deny", "denies"),
        claim(text, "c3", "it rained", "Lund", "assert"),
    )
    assert found["c2"] == (Target(relation="denies", claim="c1"),)


def test_allegations_without_merit_are_those_of_the_accusers() -> None:
    text = (
        "Former miners said crews had been exposed to toxic dust and records were hidden. "
        "A baker said bread was cheap. The allegations appear not to have merit, Captain Holm said."
    )
    found = targets(
        text,
        claim(
            text,
            "c1",
            "crews had been exposed to toxic dust and records were hidden",
            "Former miners",
            "assert",
        ),
        claim(text, "c2", "bread was cheap", "A baker", "assert"),
        claim(text, "c3", "The allegations appear not to have merit", "Captain Holm", "deny"),
    )
    assert found["c3"] == (Target(relation="denies", claim="c1"),)


def test_innocence_is_not_a_denial_of_what_others_are_accused_of() -> None:
    text = "The clerk said dockers stole the coal. Mira Lund said she is innocent of the charges."
    found = targets(
        text,
        claim(text, "c1", "dockers stole the coal", "The clerk", "accuse"),
        claim(text, "c2", "she is innocent of the charges", "Mira Lund", "deny"),
    )
    assert found["c2"] == ()


def test_turning_down_a_proposal_denies_nothing() -> None:
    text = "Farmers said the mill poisoned the river. The mill rejected a proposal for talks."
    found = targets(
        text,
        claim(text, "c1", "the mill poisoned the river", "Farmers", "accuse"),
        claim(text, "c2", "a proposal for talks", "The mill", "deny", "rejected"),
    )
    assert found["c2"] == ()


def test_who_was_attacked_denies_no_attack_by_counting_what_it_did() -> None:
    hurt = "Nobody was hurt in the attack of the drones on the palace"
    acts = []
    for whose in ("Ukrainian", "Russian"):
        said = f"{whose} drones tried to attack the Russian palace"
        text = f"Estia said {said}. {hurt}, a Russian agency reported."
        told = claim(text, "a", said, "Estia", "accuse", "said")
        counted = claim(text, "b", hurt, "a Russian agency", "assert", "reported")
        acts.append(link_targets(Document(id="d", text=text), (told, counted))[1].act)
    assert acts == ["assert", "deny"]
