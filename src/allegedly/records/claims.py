"""Claims, and what a story says about their standing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

# Not for type checkers alone: claims are decoded by these types.
from allegedly.records.documents import ZoneKind  # noqa: TC001
from allegedly.records.spans import Span, Spans  # noqa: TC001

Act = Literal[
    "assert",
    "accuse",
    "deny",
    "confirm",
    "announce",
    "threaten",
    "promise",
    "demand",
    "speculate",
    "condemn",
    "praise",
    "ask",
]
Form = Literal["direct", "mixed", "indirect"]
Polarity = Literal["positive", "negative"]
Modality = Literal["certain", "probable", "possible", "conditional", "required", "intended"]
SourceKind = Literal[
    "person",
    "government",
    "military",
    "organisation",
    "media",
    "social_account",
    "document",
    "footage",
    "witnesses",
    "anonymous",
    "group",
]
Relation = Literal["denies", "contradicts", "confirms", "repeats", "answers"]
AssessmentKind = Literal[
    "could_not_verify", "no_evidence", "verified", "false", "misleading", "under_investigation"
]

TimeModifier = Literal[
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
    "START",
    "MID",
    "END",
    "APPROX",
]
QuantityModifier = Literal["at_least", "more_than", "at_most", "less_than", "nearly", "about"]
QuantityState = Literal[
    "dead", "injured", "missing", "detained", "displaced", "ill", "captured", "destroyed"
]

ACTS: tuple[Act, ...] = get_args(Act)
FORMS: tuple[Form, ...] = get_args(Form)
MODALITIES: tuple[Modality, ...] = get_args(Modality)
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
RELATIONS: tuple[Relation, ...] = get_args(Relation)
TIME_MODIFIERS: tuple[TimeModifier, ...] = get_args(TimeModifier)
QUANTITY_MODIFIERS: tuple[QuantityModifier, ...] = get_args(QuantityModifier)
QUANTITY_STATES: tuple[QuantityState, ...] = get_args(QuantityState)
ASSESSMENT_KINDS: tuple[AssessmentKind, ...] = get_args(AssessmentKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One hop of a claim's source chain: the words that name it and who that is.

    `name` is resolved over the whole document; None where nobody could say who it is.
    """

    spans: Spans
    name: str | None
    kind: SourceKind
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """When what a content tells happened: an ISO 8601 or TIMEX3 value and its words.

    `modifier` is TIMEX3's (START for *early*, APPROX for *about*). `earliest` and `latest` are the
    first and last day, or minute, that the value covers, None where open or not known. `edtf` is
    the same time in EDTF (ISO 8601-2) where the value alone does not say it there.
    """

    value: str
    span: Span
    modifier: TimeModifier | None = None
    earliest: str | None = None
    latest: str | None = None
    edtf: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where; `precision_km` is the radius within which the place surely lies.

    `geonames_id` is None for what GeoNames' towns, divisions and countries leave out (seas,
    rivers, regions across borders); `country` is an ISO 3166 code, None where there are several.
    """

    span: Span
    name: str
    lat: float
    lon: float
    precision_km: float
    geonames_id: int | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How many of what; `low` and `high` are its bounds, None where open or vague.

    `unit` is what is counted, in the singular, or a code (an ISO 4217 currency, a measure,
    `percent`). `modifier` tells how the bound is put; `counted` is the whole phrase that is counted
    (*unmanned drones*); `state` what is said to have befallen those counted, so that *500 dead*,
    *500 people killed* and *500 deaths* can be compared.
    """

    span: Span
    value: float | None
    low: float | None
    high: float | None
    unit: str
    modifier: QuantityModifier | None = None
    counted: str | None = None
    state: QuantityState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A link to another claim of the same document."""

    relation: Relation
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One attributed content with its source chain, outermost first; the publisher is implied."""

    id: str
    zone: ZoneKind
    content: Spans
    cue: Spans
    sources: tuple[Source, ...]
    act: Act
    form: Form
    polarity: Polarity
    modality: Modality
    hedges: Spans = ()
    time: Time | None = None
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    targets: tuple[Target, ...] = ()
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the story, or someone in it, says about the standing of claims; never our opinion.

    `by` is "publisher" or the name of a source.
    """

    id: str
    kind: AssessmentKind
    by: str
    spans: Spans
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What somebody is reported not to have said; `about` is the matter in the story's words."""

    id: str
    name: str | None
    name_spans: Spans
    spans: Spans
    about: str | None
