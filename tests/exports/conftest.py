"""A ledger with something of everything, each thing with a word that is found nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.store.stories import Clock

from allegedly import links, review
from allegedly.records import (
    Assessment,
    Capture,
    Claim,
    Document,
    Place,
    Quantity,
    Reading,
    Run,
    Silence,
    Source,
    Span,
    Target,
    Time,
    Zone,
    content_id,
)
from allegedly.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from allegedly.records import Spans

LINES_BEFORE = 706
STORY = (
    "\n" * LINES_BEFORE
    + """Plainly nobody answers for this sentence.
Our stringer friend wrote that the tall beekeeper muttered that 433 prize sheep perhapsy crossed
Orrintown bridge in early May “before dawn”.
The quiet miller denied it. The miller gave no grounds at all. Nobody could check the crossing.
=cmd|'/C calc'!A0 was what the poster 🐑 said on its first line.
"""
)
DOCUMENT = content_id("document", STORY)
LATER = datetime(2033, 1, 2, 3, 4, tzinfo=UTC)
OLD = Run(code="codename-old", model="modelname-old")
NEW = Run(code="codename-new", model="modelname-new", settings={"setting": "settingname"})


def at(words: str) -> Spans:
    start = STORY.index(words)
    return (Span(start, start + len(words)),)


def made(name: str, content: Spans, **other: Any) -> Claim:
    plain: dict[str, Any] = {
        "zone": "story",
        "cue": (),
        "sources": (),
        "act": "assert",
        "form": "indirect",
        "polarity": "positive",
        "modality": "certain",
        "probability": 0.5,
    }
    return Claim(id=content_id("claim", name), content=content, **{**plain, **other})


def crossing() -> Claim:
    stringer = Source(
        spans=at("Our stringer friend"), name="Outa Namm", kind="social_account", role="outarole"
    )
    keeper = Source(
        spans=at("the tall beekeeper"), name="Inna Keepa", kind="footage", role="innarole"
    )
    return made(
        "crossing",
        (*at("that 433 prize sheep perhapsy crossed\nOrrintown bridge"), *at("“before dawn”")),
        zone="caption",
        cue=at("muttered"),
        sources=(stringer, keeper),
        act="threaten",
        form="mixed",
        polarity="negative",
        modality="conditional",
        hedges=(*at("wrote"), *at("perhapsy")),
        time=Time(
            value="2031-05",
            span=at("early May")[0],
            modifier="START",
            earliest="2031-05-01",
            latest="2031-05-11",
            edtf="2031-05-0X",
        ),
        places=(
            Place(
                span=at("Orrintown")[0],
                name="Orrinville",
                lat=12.345678,
                lon=98.765432,
                precision_km=3,
                geonames_id=471147,
                country="XZ",
            ),
        ),
        quantities=(
            Quantity(
                span=at("433 prize sheep")[0],
                value=433,
                low=411,
                high=477,
                unit="sheepunit",
                counted="prize sheep counted",
            ),
        ),
        probability=0.7654321,
    )


def denial() -> Claim:
    miller = Source(spans=at("The quiet miller"), name="quiet miller", kind="person")
    return made(
        "denial",
        at("it"),
        cue=at("denied"),
        sources=(miller,),
        act="deny",
        targets=(Target(relation="contradicts", claim=content_id("claim", "crossing")),),
    )


def formula() -> Claim:
    poster = Source(spans=at("the poster 🐑"), name=None, kind="document")
    return made(
        "formula", at("=cmd|'/C calc'!A0"), cue=at("said"), sources=(poster,), form="direct"
    )


def full(*, old: bool = False) -> Reading:
    check = Assessment(
        id=content_id("assessment", "check"),
        kind="could_not_verify",
        by="Assa Ssor",
        spans=at("Nobody could check the crossing"),
        about=(content_id("claim", "crossing"),),
    )
    alone = Assessment(
        id=content_id("assessment", "alone"),
        kind="under_investigation",
        by="Lona Ssor",
        spans=at("Plainly"),
        about=(),
    )
    unsaid = Silence(
        id=content_id("silence", "grounds"),
        name="Sila Nced",
        name_spans=at("The miller"),
        spans=at("gave no grounds at all"),
        about="silenceabout",
    )
    end = len(STORY)
    post = STORY.index("=cmd")
    claims: tuple[Claim, ...] = (crossing(), denial(), formula())
    if old:
        claims = (*claims, made("early", at("answers for this sentence")))
    return Reading(
        document=Document(
            id=DOCUMENT,
            text=STORY,
            uri="https://orrin.example/sheep",
            title="Titleword of sheep",
            publisher="Publisha Post",
            published="2031-05-06T07:08:09+03:00",
            language="cy-GB",
        ),
        zones=(
            Zone(span=Span(0, post), kind="story"),
            Zone(span=Span(post, end), kind="social_post", author="zonehandle"),
        ),
        claims=claims,
        assessments=(check, alone),
        silences=(unsaid,),
    )


def met(uri: str, **other: Any) -> Capture:
    said = {"title": "Titleword of sheep", "publisher": "Publisha Post"}
    published = "2031-05-06T07:08:09+03:00"
    return Capture(
        document=DOCUMENT, sha256="ab" * 32, uri=uri, published=published, **{**said, **other}
    )


def decide_all(store: Store) -> None:
    """A person's word of each kind, some of them replaced or taken back."""

    def word(subject: str, verdict: str, reason: str, value: object = None) -> str:
        said = {"reviewer": "Reva Wer", "reason": reason, "value": value}
        return review.decide(store, subject, verdict, **said).id  # type: ignore[arg-type]

    claim, other = crossing().id, denial().id
    word(claim, "reject", "supersededreason")
    word(claim, "accept", "acceptreason")
    word(claim, "correct", "actreason", {"act": "condemn"})
    word(claim, "credibility", "credreason", 4)
    word(claim, "note", "claimnote")
    word(other, "reject", "rejectreason")
    check, unsaid = content_id("assessment", "check"), content_id("silence", "grounds")
    word(check, "accept", "assessaccepted")
    word(unsaid, "correct", "silencereason", {"about": "correctedabout"})
    word(DOCUMENT, "credibility", "documentcred", 2)
    word(DOCUMENT, "note", "documentnote")
    word("source:Inna Keepa", "reliability", "relreason", "E")
    gone = word(formula().id, "note", "takenback")
    word(gone, "undo", "undoreason")
    links.decide(store, claim, other, "unlink", reviewer="Reva Wer", reason="linkreason")


@pytest.fixture
def sheep(tmp_path: Path) -> Iterator[Store]:
    """A ledger with one story, read twice and decided on."""
    with Store.open(tmp_path / "sheep.ledger", create=True, clock=Clock(LATER)) as store:
        store.record(full(old=True), met("https://orrin.example/sheep"), OLD)
        store.record(full(), met("https://mirra.example/second", archive="archivapointer"), NEW)
        decide_all(store)
        yield store
