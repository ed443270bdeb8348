"""What passes between the parsing process and the one that asks it: plain values, checked."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from allegedly.documents.captured import Parsed
from allegedly.records import Span, Zone, ZoneKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be parsed: the kind of parser, the bytes, and what it needs to know of them."""

    kind: str
    raw: bytes
    charset: str | None = None
    title: str | None = None
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of parsing; `problem` is the reason where nothing did."""

    parsed: Parsed | None = None
    problem: str | None = None


class _Mark(msgspec.Struct, array_like=True):
    start: int
    end: int
    kind: ZoneKind
    author: str | None
    published: str | None


class _Sent(msgspec.Struct):
    """An answer on its way; text None where nothing came of parsing."""

    text: str | None = None
    problem: str | None = None
    marks: list[_Mark] = []
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    uri: str | None = None
    language: str | None = None


_FIELDS = ("title", "publisher", "byline", "published", "updated", "uri", "language")


def task_to_bytes(task: Task) -> bytes:
    """A task as a message."""
    return msgspec.msgpack.encode(task)


def task_from_bytes(message: bytes) -> Task:
    """The task in a message."""
    return msgspec.msgpack.decode(message, type=Task)


def answer_to_bytes(answer: Answer) -> bytes:
    """An answer as a message."""
    parsed = answer.parsed
    if parsed is None:
        return msgspec.msgpack.encode(_Sent(problem=answer.problem))
    marks = [_Mark(m.span.start, m.span.end, m.kind, m.author, m.published) for m in parsed.marks]
    told = {name: getattr(parsed, name) for name in _FIELDS}
    return msgspec.msgpack.encode(_Sent(text=parsed.text, marks=marks, **told))


def answer_from_bytes(message: bytes) -> Answer:
    """The answer in a message; raises ValueError where it is none."""
    sent = msgspec.msgpack.decode(message, type=_Sent)
    if sent.text is None:
        return Answer(problem=sent.problem)
    marks = tuple(
        Zone(
            span=Span(start=m.start, end=m.end),
            kind=m.kind,
            author=m.author,
            published=m.published,
        )
        for m in sent.marks
    )
    told = {name: getattr(sent, name) for name in _FIELDS}
    return Answer(parsed=Parsed(text=sent.text, marks=marks, **told))
