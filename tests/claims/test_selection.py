"""Which attributions are claims, on spans given by hand."""

from dataclasses import replace

import pytest

from allegedly.claims.selection import LAYOUT, UNTOLD, believed, layers, with_posts
from allegedly.records import Attribution, Passage, Source, Span, Spans, Zone, words

STORY = Zone(span=Span(0, 400), kind="story")


def spans(text: str, *parts: str) -> Spans:
    return tuple(Span(text.index(p), text.index(p) + len(p)) for p in parts if p)


def attribution(  # noqa: PLR0913 - the parts of an attribution
    text: str,
    source: str,
    cue: str,
    content: str,
    *,
    within: Attribution | None = None,
    score: float = 0.9,
) -> Attribution:
    return Attribution(
        source=spans(text, source),
        cue=spans(text, cue),
        content=spans(text, content),
        zone=STORY,
        within=within,
        score=score,
        method="test",
    )


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The council decided to close the pier.", "The council", "decided", "to close the pier"),
        ("It is not known who owns the barge.", "", "is not known", "who owns the barge"),
        ("Traces of oil were found.", "", "were found", "Traces of oil"),
        ("The alleged raid began at noon.", "", "alleged", "raid began at noon"),
        ("It is reported.", "", "is reported", "It"),
        ("Lamps were gleefully swung at the sea.", "", "were gleefully swung", "at the sea"),
        ("The council scrapped the plan.", "The council", "scrapped", "the plan"),
        ("The board mothballed Drava's oldest ferry.", "The board", "mothballed", "Drava's oldest"),
        ("Real or not, reported raid unsettles Selm.", "", "reported", "raid unsettles Selm"),
        ("Selm blames Drava for alleged raid.", "Drava", "alleged", "raid"),
        ("Selm accuses Drava of planning alleged raid.", "Drava", "alleged", "raid"),
        ("If confirmed, they bring the toll to 20.", "", "confirmed", "they bring the toll to 20"),
    ],
)
def test_deeds_hedges_and_the_narrator_are_no_claims(
    text: str, source: str, cue: str, content: str
) -> None:
    assert believed(text, [attribution(text, source, cue, content)], ()) == ()


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The council said it would close the pier.", "The council", "said", "it would close"),
        ("It is reported that the barge sank.", "", "is reported", "that the barge sank"),
        ("Skippers fear a long winter.", "Skippers", "fear", "a long winter"),
        ("The board rates the pier as unsafe.", "The board", "rates", "the pier as unsafe"),
        ("Officials place the toll at 40.", "Officials", "place", "the toll at 40"),
        ("The guild bemoaned the ban.", "The guild", "bemoaned", "the ban"),
    ],
)
def test_words_and_states_of_mind_are(text: str, source: str, cue: str, content: str) -> None:
    given = attribution(text, source, cue, content)
    assert believed(text, [given], ()) == (given,)


def test_a_silence_is_not_also_a_claim() -> None:
    text = "The owner did not say why the barge was empty."
    given = attribution(text, "The owner", "did not say", "why the barge was empty")
    silence = Attribution(
        source=spans(text, "The owner"),
        cue=(),
        content=spans(text, "did not say why the barge was empty"),
        zone=given.zone,
        score=1.0,
        method="silence",
    )
    assert believed(text, [given], [silence]) == ()


def test_what_may_yet_be_said_within_a_content_is_no_hop() -> None:
    text = "Lupu said that the harbour board should order a search."
    outer = attribution(text, "Lupu", "said", "that the harbour board should order a search")
    inner = attribution(
        text, "the harbour board", "should order", "a search", within=outer, score=0.9
    )
    assert believed(text, [outer, inner], ()) == (outer,)


def source(a: Attribution, name: str | None) -> Source:
    return Source(spans=a.source, name=name, kind="person")


def test_an_outer_layer_that_only_passes_on_goes() -> None:
    text = "The Courier wrote that skippers say the buoy is gone."
    outer = attribution(text, "The Courier", "wrote", "that skippers say the buoy is gone")
    inner = attribution(text, "skippers", "say", "the buoy is gone", within=outer)
    who = {id(outer): source(outer, "Courier"), id(inner): source(inner, "skippers")}
    assert layers(text, [outer, inner], who) == (inner,)


def test_an_outer_layer_that_answers_for_more_stays() -> None:
    text = "The Courier wrote that the pier is shut for repairs and skippers say so."
    outer = attribution(
        text, "The Courier", "wrote", "that the pier is shut for repairs and skippers say so"
    )
    inner = attribution(text, "skippers", "say", "so", within=outer)
    who = {id(outer): source(outer, "Courier"), id(inner): source(inner, "skippers")}
    assert layers(text, [outer, inner], who) == (outer, inner)


@pytest.mark.parametrize(("who_within", "name"), [("he", "Ivo Petrov"), ("I", None)])
def test_a_source_twice_is_one_hop(who_within: str, name: str | None) -> None:
    text = f"Petrov said {who_within} believes the pier is shut."
    outer = attribution(text, "Petrov", "said", f"{who_within} believes the pier is shut")
    inner = attribution(text, f"{who_within} ", "believes", "the pier is shut", within=outer)
    inner = Attribution(
        source=(Span(inner.source[0].start, inner.source[0].end - 1),),
        cue=inner.cue,
        content=inner.content,
        zone=STORY,
        within=outer,
        score=0.9,
        method="test",
    )
    who = {id(outer): source(outer, "Ivo Petrov"), id(inner): source(inner, name)}
    assert layers(text, [outer, inner], who) == (outer,)


def test_a_post_s_own_words_are_its_author_s() -> None:
    text = "Fire at the pier. Neighbours say it began at noon."
    post = Zone(span=Span(0, len(text)), kind="social_post", author="pier_watch")
    passage = Passage(span=Span(0, len(text)), zone=post)
    reported = attribution(text, "Neighbours", "say", "it began at noon")
    own, within = with_posts([reported], [passage])
    assert (own.method, own.cue, words(text, own.content)) == (LAYOUT, (), text)
    assert within.within is own


def test_a_layer_within_that_names_nobody_stays_only_where_its_words_leave_the_source_out() -> None:
    text = "The Courier said guards held a man who is believed to have cut the rope."
    outer = attribution(text, "The Courier", "said", text[len("The Courier said ") : -1])
    inner = attribution(text, "", "is believed", "to have cut the rope", within=outer)
    assert len(believed(text, [outer, inner], [])) == 1
    assert len(believed(text, [outer, replace(inner, method=UNTOLD)], [])) == 2


def test_a_headline_s_we_is_the_outlet_and_an_interview_s_is_not() -> None:
    text = "What do we know about the raid?"
    given = attribution(text, "we", "know", "about the raid")
    headline = replace(given, zone=Zone(span=Span(0, len(text)), kind="headline"))
    assert believed(text, [headline], ()) == ()
    assert believed(text, [given], ()) == (given,)
    quoted = "“We know about the raid” is all they say."
    said = attribution(quoted, "We", "know", "about the raid")
    assert believed(quoted, [replace(said, zone=headline.zone)], ()) != ()
