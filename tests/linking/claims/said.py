"""Sentences as claims, put together by hand."""

from __future__ import annotations

from allegedly.encoder.vectors import packed_sentences
from allegedly.linking.claims import Profile, Said, Table, profile, table
from allegedly.records import Act, Document, Quantity, Source, Span


def claim(  # noqa: PLR0913 - whatever a claim may have
    text: str,
    content: str,
    source: str = "",
    *,
    act: Act = "assert",
    figure: float | None = None,
    document: str = "",
    kind: str = "claim",
) -> Profile:
    """The claim of a sentence whose content and source are given by their words."""
    at = text.index(content)
    spans = (Span(at, at + len(content)),)
    who = text.index(source)
    sources = (
        (Source(spans=(Span(who, who + len(source)),), name=source, kind="government"),)
        if source
        else ()
    )
    counted = (
        (
            Quantity(
                span=spans[0], value=figure, low=figure, high=figure, unit="person", state="dead"
            ),
        )
        if figure is not None
        else ()
    )
    said = Said(
        id=f"{document}{text}|{content}|{kind}",
        kind=kind,
        content=spans,
        sources=sources,
        act=act,
        quantities=counted,
    )
    whole = Document(id=document or text, text=text, published="2031-03-12")
    return profile(whole, said)


def columns(profiles: list[Profile]) -> Table:
    """Profiles with the vectors of the pack."""
    return table(profiles, packed_sentences().vectors([p.frame for p in profiles]))


BLAMES = "Peru accuses Chile of shelling the port of Arica"
SAYS = "Peru says Chile shelled the port of Arica"
DENIES = "Chile denies shelling the port of Arica"
OTHER = "Farmers say the wheat harvest will be late this year"


def four() -> list[Profile]:
    """A claim in two wordings, its denial, and something else."""
    return [
        claim(BLAMES, "Chile of shelling the port of Arica", "Peru", act="accuse"),
        claim(SAYS, "Chile shelled the port of Arica", "Peru"),
        claim(DENIES, "shelling the port of Arica", "Chile", act="deny"),
        claim(OTHER, "the wheat harvest will be late this year", "Farmers"),
    ]
