"""Full-text search: what answers, how well, and exactly where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from allegedly.records import Span
from allegedly.store import queries, tables
from allegedly.store.filters import counts, of_claims, of_documents
from allegedly.store.found import Hit
from allegedly.store.rows import JOINED
from allegedly.store.states import entry_body
from allegedly.store.words import found, holds, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Select, Subquery

    from allegedly.store.databases import Database, Match
    from allegedly.store.filters import Filter
    from allegedly.store.moments import Moment
    from allegedly.store.words import Query

# Words that are everywhere must not take seconds: the newest that answer are ranked, and 2,000
# are ranked in some 20 ms on either database.
RANKED: Final = 2_000
_BEFORE, _AFTER = 80, 160  # characters of a document that are shown around what was found


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is searched for, among what, when, and how many answers are wanted."""

    query: str
    asked: Filter
    moment: Moment
    limit: int


def in_claims(connection: Connection, database: Database, question: Question) -> list[Hit]:
    """Claims whose content or sources answer, the best first."""
    sought, at = parse(question.query), queries.seq_of(connection, question.moment)
    asked, moment = question.asked, question.moment
    match = database.match(database.CLAIM_INDEX, sought)
    c = tables.claims
    rows = queries.claims(at, match.table.join(c, c.c.seq == match.seq))
    rows = rows.where(match.where, *of_claims(database, asked), *of_documents(asked, moment))
    if at is not None:
        rows = rows.where(match.seq <= at)
    best = _best(rows, match, question.limit)
    hits = queries.claims(at, c.join(best, best.c.seq == c.c.seq))
    shown = hits.add_columns(best.c.rank).order_by(best.c.rank, best.c.seq.desc())
    return [_claim_hit(connection, row, sought) for row in connection.execute(shown)]


def in_documents(connection: Connection, database: Database, question: Question) -> list[Hit]:
    """Documents whose text or title answers, the best first."""
    sought, at = parse(question.query), queries.seq_of(connection, question.moment)
    asked, moment = question.asked, question.moment
    match = database.match(database.DOCUMENT_INDEX, sought)
    d = tables.documents
    rows = queries.documents(at, match.table.join(d, d.c.entry == match.seq))
    rows = rows.where(match.where, *of_documents(asked, moment), *with_claims(database, asked, at))
    if at is not None:
        rows = rows.where(match.seq <= at)
    best = _best(rows, match, question.limit)
    told = queries.documents(at, d.join(best, best.c.seq == d.c.entry))
    shown = told.add_columns(best.c.rank).order_by(best.c.rank, best.c.seq.desc())
    hits = (_document_hit(connection, row, sought) for row in connection.execute(shown))
    return [hit for hit in hits if hit is not None]


def _best(rows: Select[Any], match: Match, limit: int) -> Subquery:
    """Entry and rank of the best of the newest answers; the rest is fetched for these alone."""
    columns = match.seq.label("seq"), match.carried.label("weighed")
    newest = rows.with_only_columns(*columns, maintain_column_froms=True)
    answers = newest.order_by(match.seq.desc()).limit(RANKED).subquery("answers")
    ranked = match.rank(answers.c.weighed).label("rank")
    best = select(answers.c.seq, ranked).order_by(ranked, answers.c.seq.desc())
    return best.limit(limit).subquery("best")


def with_claims(database: Database, asked: Filter, at: int | None) -> Iterator[Any]:
    """Documents that have a claim of the asked source, act or status."""
    if asked.source is None and asked.act is None and asked.status is None:
        return
    c, d = tables.claims, tables.documents
    joined, _ = queries.with_standing(c, c, "claim", at)
    told = select(c.c.id).select_from(joined).where(c.c.document == d.c.id, counts(c, at))
    yield told.where(*of_claims(database, asked)).exists()


def _claim_hit(connection: Connection, row: Any, query: Query) -> Hit:  # noqa: ANN401
    marks = found(row.content, query)
    spans: tuple[Span, ...] = ()
    if marks:
        spans = tuple(_in_document(entry_body(connection, row.seq)["content"], marks))
    return Hit(
        record=queries.claim(row),
        rank=row.rank,
        excerpt=row.content,
        marks=marks,
        spans=spans,
        names_marks=found(row.chain, query),
    )


def _in_document(content: list[list[int]], marks: tuple[Span, ...]) -> Iterator[Span]:
    """Places in a claim's words as places in the document; one that bridges a gap becomes two."""
    at = 0
    for start, end in content:
        piece = Span(at, at + end - start)
        for mark in marks:
            if mark.overlaps(piece):
                first, last = max(mark.start, piece.start), min(mark.end, piece.end)
                yield Span(start + first - at, start + last - at)
        at = piece.end + len(JOINED)


def _document_hit(connection: Connection, row: Any, query: Query) -> Hit | None:  # noqa: ANN401
    text: str = entry_body(connection, row.entry)["text"]
    title = row.title or ""
    spans, titled = found(text, query), found(title, query)
    if not spans and not titled and not holds(f"{text}\n{title}", query):
        return None  # a phrase of a very long text, which the index could not tell
    start, end = _window(text, spans)
    return Hit(
        record=queries.document(row),
        rank=row.rank,
        excerpt=text[start:end],
        marks=tuple(
            Span(s.start - start, s.end - start) for s in spans if start <= s.start < s.end <= end
        ),
        spans=spans,
        names_marks=titled,
    )


def _window(text: str, spans: tuple[Span, ...]) -> tuple[int, int]:
    """The lines around the first place, or the beginning; cut between words."""
    at = spans[0] if spans else Span(0, 1)
    start, end = max(0, at.start - _BEFORE), min(len(text), at.end + _AFTER)
    if start:
        start = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    if end < len(text):
        stops = [place for place in (text.find(" ", end), text.find("\n", end)) if place >= 0]
        end = min(stops, default=len(text))
    return start, end
