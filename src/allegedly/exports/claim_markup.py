"""schema.org markup: a Claim for each claim, a ClaimReview only where a person has rated one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from allegedly.exports import wording
from allegedly.records import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from allegedly.exports.snapshot import Snapshot, Story
    from allegedly.records import Claim, Place, Source, SourceKind, Time
    from allegedly.store import StoredDecision

Node = dict[str, Any]
BEST, WORST = 5, 1
# The Admiralty's credibility as a rating of which more is better; 6 judges nothing.
RATINGS: Final = {
    "1": (5, "Confirmed by other sources"),
    "2": (4, "Probably true"),
    "3": (3, "Possibly true"),
    "4": (2, "Doubtful"),
    "5": (1, "Improbable"),
    "6": (None, "Truth cannot be judged"),
}
_TYPES: Final[dict[SourceKind, str]] = {
    "person": "Person",
    "government": "GovernmentOrganization",
    "military": "Organization",
    "organisation": "Organization",
    "media": "NewsMediaOrganization",
    "social_account": "Person",
    "witnesses": "Person",
    "anonymous": "Person",
    "group": "Organization",
    "document": "Organization",
    "footage": "Organization",
}


def write(snapshot: Snapshot, out: BinaryIO) -> None:
    """Write one JSON-LD graph.

    `claimInterpreter` tells who read the claim: the program, or a person where one corrected it,
    and then as a claim of its own that is based on the other. What a person rejected is not said
    there and is left out.
    """
    out.write(b'{"@context": "https://schema.org", "@graph": [')
    first = True
    for node in _nodes(snapshot):
        out.write(f"{'' if first else ','}\n{json.dumps(node, ensure_ascii=False)}".encode())
        first = False
    out.write(b"\n]}\n")


def _nodes(snapshot: Snapshot) -> Iterator[Node]:
    for story in snapshot.stories():
        yield _story(story)
        for claim in story.claims:
            if story.standing(claim.id).status != "rejected":
                yield from _claim(snapshot, story, claim)


def _known(**fields: Any) -> Node:  # noqa: ANN401  # JSON
    return {name: value for name, value in fields.items() if value not in (None, [], {})}


def _document(story: Story) -> str:
    return f"urn:allegedly:document:{story.stored.id}"


def _story(story: Story) -> Node:
    document = story.document
    publisher = {"@type": "Organization", "name": document.publisher}
    return {
        "@type": "NewsArticle",
        "@id": _document(story),
        **_known(
            headline=story.title,
            url=story.web_address,
            datePublished=document.published,
            inLanguage=document.language,
            publisher=publisher if document.publisher else None,
        ),
    }


def _claim(snapshot: Snapshot, story: Story, claim: Claim) -> Iterator[Node]:
    run = snapshot.run(story.runs[claim.id])
    program = {"@type": "Organization", "name": f"{run['code']}, {run['model']} (a program)"}
    name = f"urn:allegedly:claim:{claim.id}"
    yield _read(story, claim, name, program)
    corrected, said = story.corrected(claim), story.words_on(claim.id)
    shown = claim
    if corrected is not None:
        shown, based, name = corrected, name, f"{name}:corrected"
        who = dict.fromkeys(word.reviewer for word in said if word.verdict == "correct")
        people = [{"@type": "Person", "name": reviewer} for reviewer in who]
        yield _read(story, corrected, name, people) | {"isBasedOn": {"@id": based}}
    for word in said:
        if word.verdict == "credibility":
            yield _review(story, shown, name, word)


def _read(story: Story, claim: Claim, name: str, by: Any) -> Node:  # noqa: ANN401  # JSON
    text = story.document.text
    marks: dict[str, str] = {"act": claim.act, "form": claim.form}
    marks |= {"polarity": claim.polarity, "modality": claim.modality}
    return {
        "@type": "Claim",
        "@id": name,
        **_known(
            text=words(text, claim.content),
            author=_speaker(claim.sources[-1], text) if claim.sources else None,
            creditText=" › ".join(wording.hop(source, text)[0] for source in claim.sources),
            appearance={"@id": _document(story)},
            claimInterpreter=by,
            keywords=[f"{key}: {value}" for key, value in marks.items()],
            temporalCoverage=claim.time and _covered(claim.time),
            contentLocation=[_place(place) for place in claim.places],
        ),
    }


def _covered(time: Time) -> str:
    """ISO 8601: the days that a time covers, open ends as two dots, else the value itself."""
    if time.earliest or time.latest:
        return f"{time.earliest or '..'}/{time.latest or '..'}"
    return time.value


def _speaker(source: Source, text: str) -> Node:
    name = wording.hop(source, text)[0]
    title = {"description": source.role} if source.role else {}
    return {"@type": _TYPES[source.kind], "name": name, **title}


def _place(place: Place) -> Node:
    point = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    node = {"@type": "Place", "name": place.name, "geo": point}
    if place.geonames_id is not None:
        node["sameAs"] = f"https://sws.geonames.org/{place.geonames_id}/"
    return node


def _review(story: Story, claim: Claim, name: str, word: StoredDecision) -> Node:
    value, told = RATINGS[str(word.value)]
    scale = (
        {} if value is None else {"ratingValue": value, "bestRating": BEST, "worstRating": WORST}
    )
    return {
        "@type": "ClaimReview",
        "@id": f"urn:allegedly:decision:{word.id}",
        "author": {"@type": "Person", "name": word.reviewer},
        "datePublished": word.recorded_at[:10],
        "claimReviewed": words(story.document.text, claim.content),
        "itemReviewed": {"@id": name},
        "reviewRating": {"@type": "Rating", "alternateName": told, **scale},
        "reviewBody": word.reason,
    }
