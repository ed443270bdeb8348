from __future__ import annotations

import time

import pytest

from allegedly.claims.places import find_places, resolve_places
from allegedly.records import EntityKind, Mention, Place, Span


def found(text: str) -> dict[str, Place]:
    return {place.span.cut(text): place for place in find_places(text)}


def test_the_region_after_a_comma_says_which_town_is_meant() -> None:
    text = "The fire in Paris, Texas, was put out. Nobody in Paris was hurt."
    places = [p for p in find_places(text) if p.span.cut(text) == "Paris"]
    assert len(places) == 2
    assert all(p.country == "US" and abs(p.lat - 33.7) < 0.2 for p in places)


def test_without_a_hint_the_great_city_is_meant() -> None:
    assert found("Crowds gathered in Paris on Monday.")["Paris"].country == "FR"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The opposition marched in Tbilisi. Polls in Georgia close at eight.", "GE"),
        ("Storms reached Atlanta and Savannah. Schools in Georgia are closed.", "US"),
    ],
)
def test_georgia_is_the_state_or_the_country_by_its_company(text: str, country: str) -> None:
    assert found(text)["Georgia"].country == country


def test_moscow_beside_other_idaho_places_is_the_one_in_idaho() -> None:
    places = found("Police in Moscow called for help from Boise and Lewiston, Idaho.")
    assert places["Moscow"].geonames_id == 5601538


def test_crimea_and_moscow_in_one_sentence_stay_apart() -> None:
    places = found("A drone launched from Crimea was brought down in Moscow, officials said.")
    assert places["Crimea"].country == "UA"
    assert places["Crimea"].lat < 46.5
    assert places["Moscow"].geonames_id == 524901


def test_a_person_who_bears_the_name_of_a_place_is_no_place() -> None:
    text = "Denzel Washington arrived in Washington. Mr. Washington was cheered by a crowd."
    places = [p for p in find_places(text) if p.span.cut(text) == "Washington"]
    assert [p.span.start for p in places] == [text.index("in Washington") + 3]
    assert places[0].geonames_id == 4140963


def test_a_surname_stays_a_surname_without_its_first_name() -> None:
    text = "Jack London denied the charge. London was released; Mr. London lives in Leeds."
    assert list(found(text)) == ["Leeds"]


def tagged(text: str, kind: EntityKind, probability: float = 0.9) -> list[Mention]:
    first = Span(0, text.index(" "))
    return [Mention(span=first, form="name", kind=kind, entity=0, probability=probability)]


def test_what_a_tagger_surely_calls_a_person_is_no_place() -> None:
    text = "Paris was quiet. They had flown to Paris on Monday."
    assert len(find_places(text)) == 2
    assert [p.span.start for p in find_places(text, tagged(text, "person"))] == [
        text.rindex("Paris")
    ]
    assert len(find_places(text, tagged(text, "person", probability=0.6))) == 2


def test_what_a_tagger_calls_a_place_needs_less() -> None:
    text = "Florence wept."
    assert find_places(text) == ()
    assert [p.name for p in find_places(text, tagged(text, "place"))] == ["Florence"]


@pytest.mark.parametrize(
    "text",
    [
        "They drove from Zzyzzvale to Qwertyton.",
        "In May and on Sunday the Senate met.",
        "Georgian and Russian officials met Polish reporters.",
        "The E.U. and NATO agreed.",
        "",
        "\n\n",
    ],
)
def test_what_no_place_bears_or_is_no_name_is_left_alone(text: str) -> None:
    assert find_places(text) == ()


def test_a_given_name_that_is_unknown_stays_unresolved() -> None:
    text = "Qwertyton lies near Leeds."
    unknown, known = resolve_places(text, [Span(0, 9), Span(20, 25)])
    assert unknown is None
    assert known is not None
    assert known.name == "Leeds"


def test_the_word_after_a_name_tells_the_region_from_its_city() -> None:
    places = found("Two villages in the Donetsk region were shelled; a man died in Kherson.")
    assert places["Donetsk"].precision_km > 50
    assert places["Kherson"].precision_km < 20


def test_precision_grows_with_the_size_of_the_place() -> None:
    places = found("From Leeds to England, from England to Europe and the Black Sea.")
    sizes = [places[name].precision_km for name in ("Leeds", "England", "Europe")]
    assert sizes == sorted(sizes)
    assert places["Black Sea"].geonames_id is None
    assert places["Black Sea"].country is None


def test_abbreviated_states_are_places_after_a_town() -> None:
    places = found("A man from Hibbing, Minn., was seen in Augusta, Ga., on Friday.")
    assert places["Minn."].name == "Minnesota"
    assert places["Augusta"].geonames_id == 4180531


def test_spans_are_exact_and_in_order() -> None:
    text = "‘Kyiv’s mayor’ spoke in St. Petersburg, Florida — near Tampa."
    places = find_places(text)
    assert [p.span.cut(text) for p in places] == ["Kyiv", "St. Petersburg", "Florida", "Tampa"]


@pytest.mark.parametrize("unit", ["San Antonio, ", "Xyq Abcd "])
def test_a_million_characters_take_time_in_proportion(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        find_places(text)
        return time.process_time() - start

    seconds(1000)
    small, large = seconds(100_000), seconds(1_000_000)
    assert large < 25 * (small + 0.2)  # the square would be a hundred times


def test_a_place_within_a_longer_name_is_not_that_place() -> None:
    text = "The boats were fired on in the Strait of Hale."
    start = text.index("Strait")
    whole = Span(start, len(text) - 1)
    strait = Mention(span=whole, form="name", kind="place", entity=0, probability=0.9)
    assert find_places(text, [strait]) == ()
