"""Transcripts, on passages given by hand."""

from allegedly.claims.turns import with_turns
from allegedly.records import Attribution, Passage, Span, Zone, words


def passages(text: str) -> list[Passage]:
    zone = Zone(span=Span(0, len(text)), kind="story")
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Passage(span=Span(at, at + len(line)), zone=zone))
        at += len(line) + 1
    return found


TALK = "KRANJC: Who opened the gate?\nIlic: The guards say it was open.\nKRANJC: Since when?"


def test_each_line_is_its_speaker_s() -> None:
    found = list(with_turns(TALK, [], passages(TALK)))
    assert [(words(TALK, a.source), words(TALK, a.content)) for a in found] == [
        ("KRANJC", "Who opened the gate?"),
        ("Ilic", "The guards say it was open."),
        ("KRANJC", "Since when?"),
    ]


def test_what_is_reported_in_a_turn_is_within_it_and_the_turn_is_read_once() -> None:
    def at(part: str) -> tuple[Span]:
        return (Span(TALK.index(part), TALK.index(part) + len(part)),)

    zone = passages(TALK)[0].zone
    turn = Attribution(
        source=at("Ilic"),
        cue=(Span(TALK.index("Ilic") + 4, TALK.index("Ilic") + 5),),
        content=at("The guards say it was open"),
        zone=zone,
        score=0.5,
        method="test",
    )
    said = Attribution(
        source=at("The guards"),
        cue=at("say"),
        content=at("it was open"),
        zone=zone,
        within=turn,
        score=0.9,
        method="test",
    )
    *turns, last = with_turns(TALK, [turn, said], passages(TALK))
    assert len(turns) == 3
    assert last.within is turns[1]


def test_labels_and_lists_are_no_transcript() -> None:
    facts = "What: a fair\nWhere: the pier\nWhen: noon\nWhat: a race"
    once = "Ilic: The gate was open.\nKRANJC: No.\nThe hearing went on."
    alone = "Ilic: The gate.\nIlic: The wall.\nIlic: The pier."
    for text in (facts, once, alone):
        assert list(with_turns(text, [], passages(text))) == []
