from allegedly.linking.figures import figures
from allegedly.linking.standing import changes, open_questions, record_of, standing
from allegedly.records import (
    Act,
    Assessment,
    Claim,
    ClaimGroup,
    Document,
    Link,
    Quantity,
    Reading,
    Silence,
    Source,
    Span,
    Statement,
)

TEXT = "Norland says the bridge was bombed, killing 12 people. It could not be verified."


def claim(
    name: str, source: str | None, *, act: Act = "assert", dead: float | None = None
) -> Claim:
    span = (Span(13, 34),)
    counted = Quantity(
        span=Span(44, 53), value=dead, low=dead, high=dead, unit="person", state="dead"
    )
    return Claim(
        id=name,
        zone="story",
        content=span,
        cue=(Span(8, 12),),
        sources=(Source(spans=(Span(0, 7),), name=source, kind="government"),) if source else (),
        act=act,
        form="indirect",
        polarity="positive",
        modality="certain",
        quantities=(counted,) if dead is not None else (),
        probability=0.9,
    )


def reading(number: int, *claims: Claim, silence: bool = False) -> Reading:
    document = Document(
        id=f"d{number}", text=TEXT, publisher=f"Paper {number}", published=f"2031-03-{10 + number}"
    )
    doubt = Assessment(
        id=f"a{number}",
        kind="could_not_verify",
        by="publisher",
        spans=(Span(55, 80),),
        about=tuple(c.id for c in claims[:1]),
    )
    quiet = Silence(id="s1", name="Sutland", name_spans=(), spans=(Span(0, 7),), about="the bridge")
    return Reading(
        document=document,
        zones=(),
        claims=claims,
        assessments=(doubt,) if number == 1 else (),
        silences=(quiet,) if silence else (),
    )


def own_voice(name: str, document: str) -> Statement:
    return Statement(
        id=name,
        document=document,
        zone="headline",
        kind="own_voice",
        content=(Span(13, 34),),
        polarity="positive",
        probability=0.4,
    )


BOMBED = ClaimGroup(id="c1", members=("c1", "c2", "s9"), shown="c1", probability=0.8)
DENIED = ClaimGroup(id="c3", members=("c3", "c4"), shown="c3", probability=0.8)
DENIAL = Link(left="c3", right="c1", relation="denies", probability=0.8, method="slots-1")


def told() -> list[tuple[Reading, list[Statement]]]:
    return [
        (reading(1, claim("c1", "Norland", dead=12)), [own_voice("s9", "d1")]),
        (reading(2, claim("c2", "Norland", dead=20), claim("c3", "Sutland", act="deny")), []),
        (reading(3, claim("c4", "General Sut", act="deny"), silence=True), []),
    ]


def test_a_standing_counts_who_says_what_and_names_the_evidence() -> None:
    record = record_of(told(), [BOMBED, DENIED])
    stands = standing(BOMBED, record, [DENIAL])
    assert [(v.name, v.evidence) for v in stands.asserted_by] == [("Norland", ("c1", "c2"))]
    assert [v.name for v in stands.own_voice_of] == ["Paper 1"]
    assert [v.name for v in stands.denied_by] == ["General Sut", "Sutland"]
    assert [(kind, v.name) for kind, v in stands.assessed] == [("could_not_verify", "Paper 1")]
    assert stands.origins is None


def test_documents_that_share_an_origin_count_once() -> None:
    record = record_of(told(), [BOMBED], origin={"d1": "agency", "d2": "agency"})
    assert standing(BOMBED, record, []).origins == 1


def test_what_the_desk_decided_stands_apart() -> None:
    record = record_of(told(), [BOMBED], decided={"c2": "rejected", "c1": "accepted"})
    stands = standing(BOMBED, record, [])
    assert stands.decided_accepted == ("c1",)
    assert stands.decided_rejected == ("c2",)
    assert len(stands.asserted_by[0].evidence) == 2


def test_a_claim_that_one_side_makes_is_open_and_so_is_a_silence() -> None:
    only = ClaimGroup(id="c1", members=("c1", "c2"), shown="c1", probability=0.8)
    record = record_of(told(), [only, DENIED], origin={"d1": "agency", "d2": "agency"})
    kinds = {(q.kind, q.about) for q in open_questions(record, [only, DENIED], [DENIAL])}
    assert ("one_side", "c1") in kinds
    assert ("one_origin", "c1") in kinds
    assert ("unverified", "c1") in kinds
    assert ("silence", "Sutland: the bridge") in kinds
    assert ("one_side", "c3") not in kinds


def test_a_later_claim_of_one_source_against_its_earlier_is_a_change() -> None:
    record = record_of(told(), [])
    update = Link(left="c2", right="c1", relation="updates", probability=0.7, method="slots-1")
    [change] = changes(record, [update, DENIAL])
    assert (change.source, change.earlier, change.later) == ("Norland", "c1", "c2")


def test_figures_of_one_thing_have_a_range_and_every_report() -> None:
    [figure] = figures(told())
    assert (figure.state, figure.low, figure.high) == ("dead", 12, 20)
    assert [(r.source, r.value) for r in figure.reports] == [("Norland", 12), ("Norland", 20)]
    assert figures(told(), frozenset({"c1"})) == []
