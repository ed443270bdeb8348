"""STIX, FollowTheMoney, schema.org and UIMA: a machine's words and a person's stay apart."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import cassis
from tests.exports.conftest import STORY, crossing, denial, formula

from allegedly import review
from allegedly.exports.leaving import export

if TYPE_CHECKING:
    from pathlib import Path

    from allegedly.store import Store


def written(store: Store, name: str) -> str:
    out = io.BytesIO()
    export(store.now, name, out)
    return out.getvalue().decode()


def stix(store: Store) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written(store, "stix"))["objects"]
    return found


def graph(store: Store) -> dict[str, dict[str, Any]]:
    found = json.loads(written(store, "schemaorg"))["@graph"]
    return {node["@id"]: node for node in found}


def test_stix_a_decision_is_a_person_s_and_a_claim_a_program_s(sheep: Store) -> None:
    objects = {made["id"]: made for made in stix(sheep)}
    people = {i for i, o in objects.items() if o.get("roles") == ["reviewer"]}
    assert [objects[person]["name"] for person in people] == ["Reva Wer"]
    for made in objects.values():
        if "created_by_ref" in made:
            decided = "decision" in made.get("labels", ()) or made["type"] == "marking-definition"
            assert (made["created_by_ref"] in people) == decided, made
    opinions = {o["explanation"]: o["opinion"] for o in objects.values() if o["type"] == "opinion"}
    assert opinions == {
        "The story says that they say this: acceptreason": "agree",
        "The story does not say this so: rejectreason": "disagree",
        "The story says that they say this: assessaccepted": "agree",
    }


def test_stix_admiralty_marks_the_person_s_rating(sheep: Store) -> None:
    objects = {made["id"]: made for made in stix(sheep)}
    marked = {
        objects[o["object_marking_refs"][0]]["definition"]["statement"]: o
        for o in objects.values()
        if "object_marking_refs" in o
    }
    assert marked.keys() == {
        'admiralty-scale:information-credibility="4"',
        'admiralty-scale:information-credibility="2"',
        'admiralty-scale:source-reliability="e"',
    }
    rating = marked['admiralty-scale:information-credibility="4"']
    assert (rating["confidence"], rating["abstract"]) == (30, "credibility 4: doubtful")
    claim = next(
        o for o in objects.values() if o.get("labels", [])[:2] == ["claim", "act:threaten"]
    )
    assert rating["object_refs"] == [claim["id"]]
    assert claim["confidence"] == 77
    assert "confidence" not in marked['admiralty-scale:source-reliability="e"']


def test_stix_is_the_same_every_time(sheep: Store) -> None:
    assert written(sheep, "stix") == written(sheep, "stix")


def test_ftm_speakers_are_of_their_schema_and_notes_of_one_origin(sheep: Store) -> None:
    entities = [json.loads(line) for line in written(sheep, "ftm").splitlines()]
    by_schema: dict[str, list[dict[str, Any]]] = {}
    for entity in entities:
        by_schema.setdefault(entity["schema"], []).append(entity["properties"])
    assert by_schema["UserAccount"][0]["username"] == ["Outa Namm"]
    assert by_schema["Video"][0]["fileName"] == ["Inna Keepa"]
    assert by_schema["Person"][0]["name"] == ["quiet miller"]
    assert {link["role"][0] for link in by_schema["UnknownLink"]} == {"contradicts"}
    origins = {note["keywords"][0] for note in by_schema["Note"]}
    assert origins == {"read by a machine", "decided by a person"}
    for note in by_schema["Note"]:
        machine = note["keywords"][0] == "read by a machine"
        assert machine == any("modelname" in told for told in note.get("notes", ()))


def test_schemaorg_reviews_only_what_a_person_rated(sheep: Store) -> None:
    nodes = graph(sheep)
    reviews = [node for node in nodes.values() if node["@type"] == "ClaimReview"]
    [rated] = reviews
    assert rated["reviewRating"]["ratingValue"] == 2
    assert rated["reviewRating"]["alternateName"] == "Doubtful"
    assert rated["author"] == {"@type": "Person", "name": "Reva Wer"}
    # It reviews the claim as the person corrected it, which stands beside the machine's.
    read, corrected = (
        nodes[f"urn:allegedly:claim:{crossing().id}"],
        nodes[rated["itemReviewed"]["@id"]],
    )
    assert corrected["isBasedOn"] == {"@id": read["@id"]}
    assert "act: threaten" in read["keywords"]
    assert "act: condemn" in corrected["keywords"]
    assert corrected["claimInterpreter"] == [{"@type": "Person", "name": "Reva Wer"}]
    assert f"urn:allegedly:claim:{denial().id}" not in nodes  # rejected
    assert f"urn:allegedly:claim:{formula().id}" in nodes
    assert read["temporalCoverage"] == "2031-05-01/2031-05-11"


def test_schemaorg_truth_that_cannot_be_judged_has_no_value(sheep: Store) -> None:
    said = {"reviewer": "bo", "reason": "nobody can tell", "value": 6}
    review.decide(sheep, formula().id, "credibility", **said)  # type: ignore[arg-type]
    ratings = [n["reviewRating"] for n in graph(sheep).values() if n["@type"] == "ClaimReview"]
    assert {"@type": "Rating", "alternateName": "Truth cannot be judged"} in ratings


def test_uima_marks_the_words_and_counts_in_utf_16(sheep: Store, tmp_path: Path) -> None:
    export(sheep.now, "inception", tmp_path / "out")
    with (tmp_path / "out" / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    [path] = (tmp_path / "out").glob("*.xmi")
    with path.open("rb") as file:
        cas = cassis.load_cas_from_xmi(file, typesystem=types)
    assert cas.sofa_string == STORY
    claims = cas.select("webanno.custom.Claim")
    assert [claim.get_covered_text() for claim in claims][1:] == [
        "“before dawn”",
        "it",
        "=cmd|'/C calc'!A0",
    ]
    assert [claim.fragment for claim in claims] == ["1/2", "2/2", "1/1", "1/1"]
    parts = {p.get_covered_text() for p in cas.select("webanno.custom.ClaimPart")}
    assert {"muttered", "the poster 🐑", "Orrintown", "early May"} <= parts
    [link] = cas.select("webanno.custom.ClaimLink")
    assert (link.relation, link.Governor.record) == ("contradicts", denial().id)
    # After the sheep a browser and UIMA count one more than we do.
    units = STORY[: STORY.index("said on")].encode("utf-16-le")
    assert f'begin="{len(units) // 2}"' in path.read_text("utf-8")
    decisions = cas.select("webanno.custom.Decision")
    assert {decision.reviewer for decision in decisions} == {"Reva Wer"}
