"""Names, pronouns and descriptions of whole stories, through the model."""

from hypothesis import given, settings
from hypothesis import strategies as st

from allegedly.encoder import packed_encoder
from allegedly.encoder.tokens import lines
from allegedly.mentions import Spotter
from allegedly.records import Mention

STORY = (
    "Ivana Petrova, the mayor, said on Monday that the bridge in Varna was unsafe.\n"
    "She told reporters that her council would close it.\n"
    "The Red Cross rejected the decision."
)


def spot(text: str) -> tuple[Mention, ...]:
    encoder = packed_encoder()
    spotter = Spotter(encoder.pack)
    windows = list(encoder.encode(text, lines(text)))
    assert list(spotter.watch(windows)) == windows
    return spotter.mentions()


def test_people_places_and_bodies_are_named() -> None:
    named = {m.span.cut(STORY): m.kind for m in spot(STORY) if m.form == "name"}
    assert named["Ivana Petrova"] == "person"
    assert named["Varna"] == "place"
    assert named["Red Cross"] == "organisation"


def test_a_pronoun_is_who_it_stands_for() -> None:
    found = spot(STORY)
    [petrova] = [m for m in found if m.span.cut(STORY) == "Ivana Petrova"]
    she = next(m for m in found if m.span.cut(STORY) == "She")
    assert she.form == "pronoun"
    assert she.entity == petrova.entity
    assert she.reference is not None
    assert she.reference > 0.5


def test_an_empty_text_speaks_of_nobody() -> None:
    assert spot("") == ()


@settings(max_examples=15)
@given(st.text(alphabet=" .,“”\"'\nabSaid IHeUN-é😀", max_size=120))
def test_mentions_lie_in_the_text_and_in_order(text: str) -> None:
    found = spot(text)
    heads = [m.head.start for m in found if m.head]
    assert heads == sorted(heads)
    for m in found:
        assert m.head is not None
        assert m.entity is not None
        assert m.span.end <= len(text)
        assert "\n" not in m.span.cut(text)
        assert m.span.contains(m.head)
        assert 0 <= m.probability <= 1
        assert m.entity >= 0
