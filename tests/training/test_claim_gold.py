"""Which claims are right, on stories and gold written by hand."""

import json
from pathlib import Path

import pytest

from allegedly.records import Claim, Document, Source, Span, Spans
from training.claim_gold import GoldClaim, GoldStory, digest, judged, overlap, polnear, story

TEXT = (
    "The harbour board wrote that skippers say the buoy is gone and that a search began. "
    "“Nobody saw it go,” Ivo Petrov said."
)
BUOY = "the buoy is gone"
WHOLE = "that skippers say the buoy is gone and that a search began"


def at(words: str) -> Spans:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


def claim(content: str, *sources: str, name: str | None = None) -> Claim:
    return Claim(
        id=content + "".join(sources),
        zone="story",
        content=at(content),
        cue=(),
        sources=tuple(Source(spans=at(s), name=name or s, kind="person") for s in sources),
        act="assert",
        form="indirect",
        polarity="positive",
        modality="certain",
        probability=0.5,
    )


def gold(*claims: GoldClaim, flat: bool = False, aside: Spans = ()) -> GoldStory:
    document = Document(id="d", text=TEXT)
    return GoldStory(name="one", document=document, claims=claims, flat=flat, set_aside=aside)


def verdicts(found: GoldStory, *claims: Claim, nested: tuple[bool, ...] = ()) -> list[bool | None]:
    return judged(found, claims, nested or (False,) * len(claims))


SKIPPERS = GoldClaim(content=(BUOY,), hops=(("The harbour board",), ("skippers",)))


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (claim(BUOY, "skippers"), True),
        (claim("that skippers say the buoy is gone", "skippers"), True),
        (claim("skippers say the buoy is gone and that a search", "skippers"), False),
        (claim(BUOY, "Ivo Petrov"), False),
        (claim(BUOY), False),
        (claim("a search began", "skippers"), False),
    ],
)
def test_content_and_innermost_source_must_agree(found: Claim, right: bool) -> None:  # noqa: FBT001
    assert verdicts(gold(SKIPPERS), found) == [right]


def test_a_name_that_gold_knows_is_the_same_source() -> None:
    wanted = GoldClaim(content=(BUOY,), hops=(("they",),), names=frozenset({"boatmen"}))
    assert verdicts(gold(wanted), claim(BUOY, "skippers", name="boatmen")) == [True]
    assert verdicts(gold(wanted), claim(BUOY, "skippers")) == [False]


def test_two_that_name_nobody_agree() -> None:
    wanted = GoldClaim(content=(BUOY,), hops=())
    assert verdicts(gold(wanted), claim(BUOY)) == [True]
    assert verdicts(gold(wanted), claim(BUOY, "skippers")) == [False]


def test_one_gold_claim_makes_one_right() -> None:
    twice = claim(BUOY, "skippers"), claim("say the buoy is gone", "skippers")
    assert verdicts(gold(SKIPPERS), *twice) == [True, False]


@pytest.mark.parametrize(("source", "right"), [("The harbour board", True), ("Ivo Petrov", None)])
def test_an_outer_layer_of_a_right_claim_is_right_or_open(
    source: str,
    right: bool | None,  # noqa: FBT001 - a verdict
) -> None:
    inner = claim(BUOY, "The harbour board", "skippers")
    assert verdicts(gold(SKIPPERS), inner, claim(WHOLE, source)) == [True, right]


def test_flat_gold_says_nothing_of_nested_claims() -> None:
    outer = GoldClaim(content=(WHOLE,), hops=(("The harbour board",),))
    pair = claim(WHOLE, "The harbour board"), claim(BUOY, "The harbour board", "skippers")
    nested = (False, True)
    assert verdicts(gold(outer, flat=True), *pair, nested=nested) == [True, None]
    assert verdicts(gold(outer), *pair, nested=nested) == [True, False]


def test_what_an_annotator_set_aside_is_open() -> None:
    aside = gold(aside=at("Nobody saw it go"))
    assert verdicts(aside, claim("Nobody saw it go", "Ivo Petrov"), claim(BUOY)) == [None, False]


def test_words_count_as_often_as_they_stand() -> None:
    assert overlap("no no no", "no") == pytest.approx(1 / 3)
    assert overlap("The pier", "the PIER!") == 1
    assert overlap("", "") == 0


def test_the_digest_of_gold_knows_every_claim_and_no_order() -> None:
    one, other = gold(SKIPPERS), gold(SKIPPERS, GoldClaim(content=("a search",), hops=()))
    assert digest([one, other]) == digest([other, one]) != digest([one, one])


def test_gold_is_read_from_its_files(tmp_path: Path) -> None:
    row = {
        "id": "a1",
        "text": TEXT,
        "attributions": [
            {"source": None, "cue": [[0, 3]], "content": [[4, 11], [18, 23]]},
            {"source": [[0, 3]], "cue": [[0, 3]], "content": []},
        ],
        "other_marks": [{"label": "Discuss", "spans": [[0, 5]]}],
    }
    (tmp_path / "articles.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    [article] = polnear(tmp_path / "articles.jsonl")
    assert article.claims == (GoldClaim(content=("harbour … wrote",), hops=()),)
    assert (article.flat, article.set_aside) == (True, (Span(0, 5),))

    claims = [{"content": [BUOY], "sources": [["skippers", "they"]], "names": ["boatmen"]}]
    (tmp_path / "gold.json").write_text(json.dumps({"claims": claims}), "utf-8")
    (tmp_path / "story.txt").write_text(TEXT, "utf-8")
    told = story(tmp_path)
    assert not told.flat
    assert told.claims[0].hops == (("skippers", "they"),)
    (tmp_path / "story.txt").write_text(" \n", "utf-8")
    with pytest.raises(ValueError, match=tmp_path.name):
        story(tmp_path)
