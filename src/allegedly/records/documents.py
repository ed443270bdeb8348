"""A document, its zones and its passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from allegedly.records.spans import Span

ZoneKind = Literal[
    "story", "headline", "byline", "caption", "social_post", "teaser", "boilerplate", "code"
]
ZONE_KINDS: tuple[ZoneKind, ...] = get_args(ZoneKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One story as stored: its text never changes again, and every span counts in it.

    `published` is an ISO 8601 date or date and time; None where nothing tells it. `marks` are
    stretches whose kind the format told, in their order: a web page's captions and teasers. They
    are passed to the zones and not stored, and two documents that differ by them are equal.
    """

    id: str
    text: str
    uri: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    marks: tuple[Zone, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A stretch of a document of one kind; zones cover every character exactly once.

    `author` is the handle of a social post, without its @. `published` is the date that a social
    post shows for itself.
    """

    span: Span
    kind: ZoneKind
    author: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of running text of one zone that is read for attributions in one go."""

    span: Span
    zone: Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """What a stage could not take, and why; the batch goes on."""

    uri: str
    reason: str
