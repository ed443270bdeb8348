"""Sources that cite others, on spans given by hand."""

from dataclasses import replace

import pytest

from allegedly.claims.cited import with_cited
from allegedly.records import Attribution, Span, Spans, Zone, words


def attribution(text: str, source: str, cue: str, *content: str) -> Attribution:
    def spans(*parts: str) -> Spans:
        return tuple(Span(text.index(p), text.index(p) + len(p)) for p in parts if p)

    return Attribution(
        source=spans(source),
        cue=spans(cue),
        content=spans(*content),
        zone=Zone(span=Span(0, len(text)), kind="story"),
        score=0.9,
        method="test",
    )


def chain(text: str, found: list[Attribution]) -> list[str]:
    hops: list[str] = []
    layer: Attribution | None = found[-1]
    while layer is not None:
        hops.insert(0, words(text, layer.source))
        layer = layer.within
    return hops


def test_a_source_that_cites_another_is_two_hops() -> None:
    text = "The Selme Courier, citing two harbour pilots, said the buoy was gone."
    given = attribution(
        text, "The Selme Courier, citing two harbour pilots", "said", "the buoy was gone"
    )
    found = list(with_cited(text, [given]))
    assert chain(text, found) == ["The Selme Courier", "two harbour pilots"]
    assert words(text, found[-1].cue) == "citing … said"


def test_a_content_that_opens_with_whom_it_cites() -> None:
    text = "According to the Courier, quoting Radio Brisk, the pier is shut."
    given = attribution(
        text, "the Courier", "According to", "quoting Radio Brisk, the pier is shut"
    )
    found = list(with_cited(text, [given]))
    assert chain(text, found) == ["the Courier", "Radio Brisk"]
    assert words(text, found[-1].content) == "the pier is shut"


def test_a_cue_that_cites_takes_the_cited_from_the_content() -> None:
    text = "The Courier, quoting Radio Brisk, wrote that the pier is shut."
    given = attribution(text, "The Courier", "quoting", "Radio Brisk, wrote that the pier is shut")
    assert chain(text, list(with_cited(text, [given]))) == ["The Courier", "Radio Brisk"]


def test_who_is_quoted_as_saying_something_speaks() -> None:
    text = "In the Courier, Ana Lupu was quoted as saying “it is over”."
    given = attribution(text, "", "was quoted as saying", "Ana Lupu", "“it is over”")
    [found] = with_cited(text, [given])
    assert words(text, found.source) == "Ana Lupu"
    assert words(text, found.content) == "“it is over”"
    named = attribution(text, "the Courier", "was quoted as saying", "Ana Lupu", "“it is over”")
    assert chain(text, list(with_cited(text, [named]))) == ["the Courier", "Ana Lupu"]


def test_what_lies_within_follows_the_layer_that_was_split() -> None:
    text = "The Courier, citing Radio Brisk, said that pilots fear the pier is shut."
    outer = attribution(
        text,
        "The Courier, citing Radio Brisk",
        "said",
        "that pilots fear the pier is shut",
    )
    inner = Attribution(
        source=(Span(text.index("pilots"), text.index("pilots") + 6),),
        cue=(Span(text.index("fear"), text.index("fear") + 4),),
        content=(Span(text.index("the pier"), text.index("the pier") + 16),),
        zone=outer.zone,
        within=outer,
        score=0.9,
        method="test",
    )
    found = list(with_cited(text, [outer, inner]))
    assert chain(text, found) == ["The Courier", "Radio Brisk", "pilots"]


def test_others_are_left_alone() -> None:
    text = "Ana Lupu said the pier is shut."
    given = attribution(text, "Ana Lupu", "said", "the pier is shut")
    assert list(with_cited(text, [given])) == [given]


def test_a_citation_that_no_attribution_has() -> None:
    text = "The Courier, citing two harbour pilots, said the buoy was gone."
    given = attribution(text, "The Courier", "said", "the buoy was gone")
    assert chain(text, list(with_cited(text, [given]))) == ["The Courier", "two harbour pilots"]


def test_a_quotation_and_the_subject_of_the_passive_are_parted() -> None:
    text = "“It is over,” Ana Lupu was quoted as saying by Radio Brisk."
    given = attribution(text, "", "was quoted as saying", "“It is over,” Ana Lupu")
    found = list(with_cited(text, [given]))
    assert chain(text, found) == ["Radio Brisk", "Ana Lupu"]
    assert words(text, found[-1].content) == "“It is over,”"


def test_the_subject_of_the_passive_is_found_where_the_quotation_alone_was_read() -> None:
    text = "“It is over,” Ana Lupu was quoted as saying by Radio Brisk."
    given = attribution(text, "Radio Brisk", "was quoted as saying", "“It is over,”")
    found = list(with_cited(text, [given]))
    assert chain(text, found) == ["Radio Brisk", "Ana Lupu"]
    assert words(text, found[-1].content) == "“It is over,”"


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        (
            "According to the pilots’ union, the pier is shut, the Courier said.",
            "the pilots’ union",
        ),
        ("But in the words of Ana Lupu, the pier is shut, the Courier said.", "Ana Lupu"),
        ("On Monday, the pier is shut, the Courier said.", None),
        ("It rose. According to plan and promise, the pier is shut, the Courier said.", None),
    ],
)
def test_whom_a_phrase_names_speaks_within_who_passes_it_on(text: str, inner: str | None) -> None:
    given = attribution(text, "the Courier", "said", "the pier is shut")
    found = list(with_cited(text, [given]))
    assert chain(text, found) == ["the Courier", *([inner] if inner else [])]
    assert all("said" not in words(text, a.cue) for a in found[1:])


def test_an_impersonal_passive_within_a_content_has_its_agent_for_a_source() -> None:
    text = "Ana Lupu said it was shut, and it was later claimed by the guards that it was not."
    said = "it was shut, and it was later claimed by the guards that it was not"
    found = list(with_cited(text, [attribution(text, "Ana Lupu", "said", said)]))
    assert chain(text, found) == ["Ana Lupu", "the guards"]
    assert words(text, found[-1].content) == "that it was not"


def test_a_cue_that_has_the_citing_word_already_keeps_it_once() -> None:
    text = "According to the Courier, quoting Radio Brisk, the pier is shut."
    content = "quoting Radio Brisk, the pier is shut"
    given = attribution(text, "the Courier", "According to", content)
    at = text.index("quoting")
    given = replace(given, cue=(*given.cue, Span(at, at + len("quoting"))))
    found = list(with_cited(text, [given]))
    assert chain(text, found) == ["the Courier", "Radio Brisk"]
    assert words(text, found[-1].cue) == "According to … quoting"


def test_what_is_believed_of_somebody_in_a_relative_clause_is_a_claim_within() -> None:
    text = "The Courier said guards held a man who is widely believed to have cut the rope, twice."
    given = attribution(text, "The Courier", "said", text[len("The Courier said ") : -1])
    outer, inner = with_cited(text, [given])
    assert inner.within is outer
    assert inner.source == ()
    assert words(text, inner.cue) == "is widely believed"
    assert words(text, inner.content) == "who … to have cut the rope"
    owed = "The Courier said guards held a man who was supposed to be at sea."
    given = attribution(owed, "The Courier", "said", owed[len("The Courier said ") : -1])
    assert len(list(with_cited(owed, [given]))) == 1


def test_who_is_quoted_as_saying_what_stands_before_speaks() -> None:
    said = "Nobody reached the pier in time"
    text = f"{said}, Tass quoted the warden, Ana Lupu, as saying on Monday after the storm."
    given = attribution(
        text, "Tass", "quoted", "the warden, Ana Lupu, as saying on Monday after the storm"
    )
    found = list(with_cited(text, [given]))
    assert chain(text, found) == ["Tass", "the warden, Ana Lupu"]
    assert words(text, found[-1].content) == said
    assert words(text, found[-1].cue) == "quoted … as saying"


def test_a_place_before_who_quotes_is_not_what_is_said() -> None:
    text = "In the port of Brisk, Tass quoted the warden as saying on Monday the pier was shut."
    given = attribution(text, "Tass", "quoted", "the warden as saying on Monday the pier was shut")
    found = list(with_cited(text, [given]))
    assert words(text, found[-1].content) == "on Monday the pier was shut"


def test_who_was_quoted_by_somebody_as_saying_it_speaks() -> None:
    text = "The warden was quoted by the Courier as saying that the pier was shut."
    given = attribution(
        text, "the Courier", "was quoted", "The warden", "as saying that the pier was shut"
    )
    found = list(with_cited(text, [given]))
    assert chain(text, found) == ["the Courier", "The warden"]
    assert words(text, found[-1].content) == "that the pier was shut"
    assert words(text, found[-1].cue) == "was quoted … as saying"


def test_who_was_quoted_by_somebody_as_saying_what_stands_before_speaks() -> None:
    text = "The pier is shut, a warden was quoted by the Courier as saying on Friday."
    given = attribution(text, "the Courier", "was quoted", "The pier is shut", "a warden")
    found = list(with_cited(text, [given]))
    assert chain(text, found) == ["the Courier", "a warden"]
    assert words(text, found[-1].content) == "The pier is shut"
    assert words(text, found[-1].cue) == "was quoted … as saying"
