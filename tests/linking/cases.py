"""What is told in a made-up case: who blew up the bridge of Norland."""

from __future__ import annotations

from allegedly.records import (
    Act,
    AssessmentKind,
    Outlet,
    Place,
    Quantity,
    QuantityState,
    Span,
    Target,
    Time,
    ToldAssessment,
    ToldClaim,
    ToldKind,
    ToldSilence,
)

BOMBED = "that the bridge of Norland was bombed"


def outlet(number: int, published: str | None = None) -> Outlet:
    """The story of a number; the higher, the later."""
    day = f"2031-03-{10 + number}" if published is None else published
    return Outlet(document=f"d{number}", seq=number, publisher=f"Paper {number}", published=day)


def said(  # noqa: PLR0913 - a claim's own fields
    name: str,
    source: str | None,
    story: int,
    words: str = BOMBED,
    *,
    act: Act = "assert",
    kind: ToldKind = "claim",
    weight: float = 1.0,
    denies: str | None = None,
    dead: float | None = None,
    place: Place | None = None,
    time: Time | None = None,
    role: str | None = None,
    cue: str = "",
) -> ToldClaim:
    """A claim; `dead` is a toll that it gives, `denies` a claim of its own story."""
    tolls = () if dead is None else (amount(dead),)
    return ToldClaim(
        id=name,
        outlet=outlet(story),
        kind=kind,
        zone="story",
        source=source,
        role=role,
        cue=cue,
        act=act,
        polarity="positive",
        modality="certain",
        words=words,
        content=(Span(0, 20),),
        probability=0.9,
        weight=weight,
        time=time,
        places=() if place is None else (place,),
        quantities=tolls,
        amounts=tuple(f"{toll.value:g} people" for toll in tolls),
        targets=() if denies is None else (Target(relation="denies", claim=denies),),
    )


def amount(
    value: float | None,
    unit: str = "person",
    counted: str | None = "people",
    state: QuantityState | None = "dead",
) -> Quantity:
    """So many of something."""
    return Quantity(
        span=Span(0, 9),
        value=value,
        low=value,
        high=value,
        unit=unit,
        counted=counted,
        state=state,
    )


def place(name: str, lat: float) -> Place:
    """A town by how far north it lies."""
    return Place(span=Span(0, 5), name=name, lat=lat, lon=10.0, precision_km=5.0)


def doubt(
    name: str, by: str, *about: str, kind: AssessmentKind = "could_not_verify"
) -> ToldAssessment:
    """What somebody says of how claims stand."""
    return ToldAssessment(
        id=name, outlet=outlet(1), kind=kind, by=by, words="could not be verified", about=about
    )


def silence(name: str, who: str | None, about: str | None, story: int = 1) -> ToldSilence:
    """That somebody did not say something."""
    return ToldSilence(id=name, outlet=outlet(story), name=who, words="did not say", about=about)
