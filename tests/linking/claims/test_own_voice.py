import pytest

from allegedly.documents import Overrides, read_document
from allegedly.encoder import packed_encoder
from allegedly.linking.claims import statements, stretches
from allegedly.pipeline import read_stored, statements_of
from allegedly.records import Document, Statement


def told(text: str) -> list[tuple[str, str]]:
    document = read_document(text, overrides=Overrides(title=text.partition("\n")[0]))
    assert isinstance(document, Document)
    encoder = packed_encoder()
    reading = read_stored(document, encoder)
    windows = encoder.encode(document.text, stretches(reading))
    found: list[Statement] = list(statements(reading, windows, encoder.pack.heads))
    for statement in found:
        assert statement.document == document.id
    return [(s.kind, document.text[s.content[0].start : s.content[-1].end]) for s in found]


def test_a_headline_that_tells_is_the_outlets_own() -> None:
    found = told("Two bridges collapse in northern Peru\nA mayor said that nobody was hurt.")
    assert ("own_voice", "Two bridges collapse in northern Peru") in found


def test_a_headline_that_asks_tells_nothing() -> None:
    assert told("Why do bridges collapse in Peru?\n") == []
    assert told("What we know about the bridges\n") == []


def test_an_attribution_is_no_statement_of_the_outlet() -> None:
    assert told("Mayor says two bridges collapsed in northern Peru\n") == []


def test_a_call_to_the_reader_is_no_statement() -> None:
    found = told(
        "Two bridges collapse in northern Peru\nClick here to subscribe to our newsletter."
    )
    assert all("Click" not in words for _, words in found)


@pytest.mark.parametrize(
    "furniture",
    [
        "Welcome back to our live coverage of the floods in Peru.",
        "Hello and welcome to the Courier's live coverage of the floods.",
        "Sign up to get our daily newsletter about the floods by email.",
        "You can read more about the floods in Peru on our website.",
    ],
)
def test_what_is_said_to_the_reader_of_a_page_is_no_statement(furniture: str) -> None:
    found = [
        words for _, words in told(f"Bridges collapse in Peru\n{furniture}\n\nThe port is shut.")
    ]
    assert "The port is shut" in found
    assert found == [words for words in found if words not in furniture]


def test_news_about_newsletters_is_news() -> None:
    words = "A newsletter of the army drew many soldiers to a pension fund in Lima"
    assert any("newsletter" in found for _, found in told(f"Pensions in Peru\n{words}."))


def test_a_pointer_beside_news_leaves_the_news() -> None:
    found = told("Two bridges collapsed in Peru on Monday: here's what you need to know\n")
    assert found == [("own_voice", "Two bridges collapsed in Peru on Monday")]


def test_what_each_side_says_of_the_other_is_there_twice() -> None:
    found = told("Truce fails\nBoth armies accused each other of breaking the truce on Monday.")
    assert "converse" in {kind for kind, _ in found}


def test_a_circumstance_is_no_part_of_what_is_told() -> None:
    found = told("Peru and Chile begin talks in Lima amid pressure from lenders\n")
    assert found == [("own_voice", "Peru and Chile begin talks in Lima")]


def test_a_participle_that_hangs_on_a_sentence_tells_nothing_by_itself() -> None:
    found = told(
        "Floods in Arica\nThe river burst its banks on Monday, ending months of drought in the"
        " north of Chile."
    )
    assert any("burst its banks" in words for _, words in found)
    assert all(not words.startswith("ending") for _, words in found)


def test_two_things_in_one_headline_are_two_statements() -> None:
    found = told("Floods close the port of Arica as the mayor flies to Lima\n")
    assert ("own_voice", "Floods close the port of Arica") in found
    assert ("own_voice", "the mayor flies to Lima") in found


def test_a_reason_inside_a_claim_is_a_part_of_it() -> None:
    found = told(
        "Ferry late\nThe captain said that the ferry would not sail on Monday because of a strike"
        " at the port of Arica."
    )
    assert ("part", "a strike at the port of Arica") in found


def test_nothing_is_told_twice_in_nearly_the_same_words() -> None:
    document = "Mayor says two bridges collapsed in northern Peru\n"
    assert told(document + "Two bridges collapse.") == [("own_voice", "Two bridges collapse")]


def test_what_follows_mutual_blame_is_said_by_neither() -> None:
    found = told(
        "Truce fails\nBoth armies accused each other of breaking the truce as the war drags on into"
        " its third long week."
    )
    assert ("converse", "each other of breaking the truce") in found


def test_a_statement_tells_when_where_and_how_much() -> None:
    document = read_document(
        "Floods killed 12 people in Arica on 3 March 2031\n", overrides=Overrides()
    )
    assert isinstance(document, Document)
    encoder = packed_encoder()
    [statement] = statements_of(read_stored(document, encoder), encoder)
    assert statement.time is not None
    assert statement.time.value == "2031-03-03"
    assert [place.name for place in statement.places] == ["Arica"]
    assert [(q.value, q.state) for q in statement.quantities] == [(12, "dead")]
