"""How records are said in words to a person, the same in every export."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from allegedly.exports.numbering import numbers
from allegedly.records import words

if TYPE_CHECKING:
    from allegedly.records import (
        Act,
        Assessment,
        AssessmentKind,
        Claim,
        Document,
        Place,
        Quantity,
        QuantityModifier,
        Reading,
        Relation,
        Silence,
        Source,
        Time,
        TimeModifier,
        ZoneKind,
    )

NOBODY = "nobody named"
FEW = 3  # words of a content that say nothing by themselves, in most claims that have no more
FIRST_WORDS = 80  # characters of a story without a title by which it can be told
ACTS: dict[Act, str] = {
    "assert": "asserts",
    "accuse": "accuses",
    "deny": "denies",
    "confirm": "confirms",
    "announce": "announces",
    "threaten": "threatens",
    "promise": "promises",
    "demand": "demands",
    "speculate": "speculates",
    "condemn": "condemns",
    "praise": "praises",
    "ask": "asks",
}
ASSESSMENTS: dict[AssessmentKind, str] = {
    "could_not_verify": "could not be verified",
    "no_evidence": "no evidence given",
    "verified": "verified",
    "false": "called false",
    "misleading": "called misleading",
    "under_investigation": "under investigation",
}
PASSIVES: dict[Relation, str] = {
    "denies": "denied by",
    "contradicts": "contradicted by",
    "confirms": "confirmed by",
    "repeats": "repeated by",
    "answers": "answered by",
}
_MODIFIERS: dict[TimeModifier, str] = {
    "BEFORE": "before",
    "AFTER": "after",
    "ON_OR_BEFORE": "by or until",
    "ON_OR_AFTER": "since",
    "LESS_THAN": "almost",
    "MORE_THAN": "more than",
    "EQUAL_OR_LESS": "at most",
    "EQUAL_OR_MORE": "at least",
    "START": "early",
    "MID": "middle",
    "END": "late",
    "APPROX": "about",
}
_BOUNDS: dict[QuantityModifier, str] = {
    "at_least": "at least",
    "more_than": "more than",
    "at_most": "up to",
    "less_than": "less than",
    "nearly": "nearly",
    "about": "about",
}
ZONES: dict[ZoneKind, str] = {
    "story": "Story",
    "headline": "Headline",
    "byline": "Byline",
    "caption": "Caption",
    "social_post": "Social post",
    "teaser": "Teaser",
    "boilerplate": "Boilerplate",
    "code": "Code",
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ARTICLES = ("the ", "a ", "an ")


def title(reading: Reading) -> str:
    """What to call a story: its title, else its headline, else where it was found."""
    document = reading.document
    return document.title or _headline(reading) or document.uri or "Untitled story"


def first_words(text: str, longest: int = FIRST_WORDS) -> str:
    """The first line of a text that has words, cut at a word where it is long.

    A line without blanks is cut where it must be. Empty for a text without words.
    """
    line = next((" ".join(each.split()) for each in text.split("\n") if each.strip()), "")
    if len(line) <= longest:
        return line
    return f"{line[:longest].rpartition(' ')[0] or line[:longest]} …"


def says_little(content: str) -> bool:
    """Whether words are so few that what they answer must be told: *it*, *the accusation*."""
    return len(content.split()) <= FEW


def day(published: str | None) -> str | None:
    """An ISO 8601 date as people write it, `3 May 2023`; as it stands where it is no full date."""
    if published is None:
        return None
    try:
        when = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun, which takes an s or has a plural: `1 claim`, `3 stories`."""
    return f"{number} {singular}" if number == 1 else f"{number} {plural or singular + 's'}"


def counts(reading: Reading) -> str:
    """How much was read out of a story."""
    return " · ".join(
        (
            counted(len(reading.claims), "claim"),
            counted(len(reading.assessments), "assessment"),
            counted(len(reading.silences), "silence"),
        )
    )


def particulars(reading: Reading) -> tuple[str, ...]:
    """Publisher, date and address of a story, those that are known and not its title."""
    document = reading.document
    known = (document.publisher, day(document.published), document.uri)
    return tuple(each for each in known if each and each != title(reading))


def hop(source: Source, text: str) -> tuple[str, str | None]:
    """Who a source is, and the story's words for it where those say something else."""
    said = words(text, source.spans)
    if not source.name:
        return said or NOBODY, None
    return source.name, said if said and _bare(said) != _bare(source.name) else None


def aside(source: Source, text: str) -> tuple[str | None, str | None]:
    """The story's words for a source and its role, each only where it adds something."""
    name, said = hop(source, text)
    known = f"{name} {said or ''}".casefold()
    return said, source.role if source.role and source.role.casefold() not in known else None


def innermost(claim: Claim, text: str) -> str:
    """Who answers for a claim in the first place."""
    return hop(claim.sources[-1], text)[0] if claim.sources else NOBODY


def who(silence: Silence, text: str) -> str:
    """Who kept silent."""
    return silence.name or words(text, silence.name_spans) or NOBODY


def judge(assessment: Assessment, document: Document) -> str:
    """Who makes an assessment; the publisher by its own name where that is known."""
    return (
        (document.publisher or "the publisher") if assessment.by == "publisher" else assessment.by
    )


def manner(claim: Claim) -> tuple[str, ...]:
    """Form, zone, modality and polarity of a claim, the last three only where not plain."""
    marks: list[str] = [claim.form]
    if claim.zone != "story":
        marks.append(f"in a {ZONES[claim.zone].lower()}")
    if claim.modality != "certain":
        marks.append(claim.modality)
    if claim.polarity == "negative":
        marks.append("negative")
    return tuple(marks)


def moment(time: Time) -> str:
    """A time as its value with what is not certain about it: `2019 (about)`, `2023-05 (early)`.

    A part of a day comes with its hours.
    """
    marks = [_MODIFIERS[time.modifier]] if time.modifier else []
    if "T" in time.value and ":" not in time.value and time.earliest and time.latest:
        marks.append(f"{time.earliest} to {time.latest}")
    return f"{time.value} ({', '.join(marks)})" if marks else time.value


def where(place: Place) -> str:
    """A place with its country, point and radius: `Kyiv, UA (50.455, 30.524 ± 18 km)`."""
    name = f"{place.name}, {place.country}" if place.country else place.name
    return f"{name} ({place.lat:.3f}, {place.lon:.3f} ± {place.precision_km:g} km)"


def amount(quantity: Quantity) -> str:
    """A quantity as its unit with a number or range: `drone: 2`, `person (dead): 20–30`."""
    what = f"{quantity.unit} ({quantity.state})" if quantity.state else quantity.unit
    return f"{what}: {_range(quantity)}" if what else _range(quantity)


def links(reading: Reading) -> dict[str, dict[str, list[int]]]:
    """For every linked claim the numbers it is tied to: `denies` here is `denied by` there."""
    number = numbers(reading.claims)
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for claim in sorted(reading.claims, key=lambda each: number[each.id]):
        for target in claim.targets:
            found[claim.id][target.relation].append(number[target.claim])
            found[target.claim][PASSIVES[target.relation]].append(number[claim.id])
    return {claim: dict(ties) for claim, ties in found.items()}


def _headline(reading: Reading) -> str:
    """The first line of the first headline; what stands below it is a second deck."""
    zones = (zone.span for zone in reading.zones if zone.kind == "headline")
    lines = next((span.cut(reading.document.text).split("\n") for span in zones), [])
    return next((" ".join(line.split()) for line in lines if line.strip()), "")


def _bare(name: str) -> str:
    name = name.casefold()
    for article in ARTICLES:
        name = name.removeprefix(article)
    return name.removeprefix("@").strip()


def _range(quantity: Quantity) -> str:
    if quantity.modifier and quantity.value is not None:
        return f"{_BOUNDS[quantity.modifier]} {_figure(quantity.value)}"
    match quantity.value, quantity.low, quantity.high:
        case _, float() | int() as low, float() | int() as high if low != high:
            return f"{_figure(low)}–{_figure(high)}"
        case _, float() | int() as low, None:
            return f"at least {_figure(low)}"
        case _, None, float() | int() as high:
            return f"up to {_figure(high)}"
        case (float() | int() as value, _, _) | (None, float() | int() as value, _):
            return _figure(value)
    return "some"


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,g}"
