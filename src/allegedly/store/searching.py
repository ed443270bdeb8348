"""Full-text search: what answers, how well, and exactly where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, desc, select, union_all

from allegedly.records import Span
from allegedly.store import queries, tables
from allegedly.store.filters import counts, of_claims, of_documents
from allegedly.store.found import Hit
from allegedly.store.rows import JOINED
from allegedly.store.states import Bodies
from allegedly.store.words import found, holds, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import CompoundSelect, Connection, FromClause, Select, Subquery

    from allegedly.store.databases import Database, Match
    from allegedly.store.filters import Filter
    from allegedly.store.moments import Moment
    from allegedly.store.words import Query

    Answers = Select[Any] | CompoundSelect[Any]  # entries and what ranking needs of each

# Words that are everywhere must not take seconds: the newest that answer are ranked, and 2,000
# are ranked in some 20 ms on either database. What a filter or a moment leaves out takes no place.
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
    match = database.match(database.CLAIM_INDEX, sought)
    c = tables.claims
    database.expect_search(connection)
    best = _best(_among_claims(database, question, match, at), match, question.limit)
    hits = queries.claims(at, c.join(best, best.c.seq == c.c.seq))
    shown = hits.add_columns(best.c.rank).order_by(best.c.rank, best.c.seq.desc())
    rows = connection.execute(shown).all()
    bodies = Bodies(connection).of([row.seq for row in rows])
    return [_claim_hit(row, bodies[row.seq]["content"], sought) for row in rows]


def in_documents(connection: Connection, database: Database, question: Question) -> list[Hit]:
    """Documents whose text or title answers, the best first."""
    sought, at = parse(question.query), queries.seq_of(connection, question.moment)
    match = database.match(database.DOCUMENT_INDEX, sought)
    d = tables.documents
    database.expect_search(connection)
    best = _best(_among_documents(database, question, match, at), match, question.limit)
    told = queries.documents(at, d.join(best, best.c.seq == d.c.entry))
    shown = told.add_columns(best.c.rank).order_by(best.c.rank, best.c.seq.desc())
    rows = connection.execute(shown).all()
    bodies = Bodies(connection).of([row.entry for row in rows])
    hits = (_document_hit(row, bodies[row.entry]["text"], sought) for row in rows)
    return [hit for hit in hits if hit is not None]


def _among_claims(database: Database, question: Question, match: Match, at: int | None) -> Answers:
    """The claims that answer; those of an act as they were read and as they were corrected.

    No table is joined that no condition asks for. Nothing is lost by that: a claim that counts has
    a document that counts, for a document is captured before it is read.
    """
    asked, c, d, s = question.asked, tables.claims, tables.documents, tables.standings
    source: FromClause = match.table.join(c, c.c.seq == match.seq)
    placed = list(of_documents(asked, question.moment))
    if placed:
        source = source.join(d, and_(d.c.id == c.c.document, counts(d, at)))
    if (asked.act, asked.status, asked.source) != (None, None, None):
        source, _ = queries.with_standing(source, c, "claim", at)
    rows = _answers(match, at).select_from(source).where(counts(c, at), *placed)
    rows = rows.where(*of_claims(database, replace(asked, act=None)))
    if asked.act is None:
        return rows
    # Apart, for each has an index: asked for with OR, PostgreSQL looks at every claim.
    return union_all(
        rows.where(c.c.act == asked.act, s.c.act.is_(None)), rows.where(s.c.act == asked.act)
    )


def _among_documents(
    database: Database, question: Question, match: Match, at: int | None
) -> Answers:
    """The documents that answer."""
    asked, d = question.asked, tables.documents
    rows = _answers(match, at).join(d, and_(d.c.entry == match.seq, counts(d, at)))
    placed = of_documents(asked, question.moment)
    return rows.where(*placed, *with_claims(database, asked, at))


def _answers(match: Match, at: int | None) -> Select[Any]:
    """Entries that answer by their words, each with what ranking needs."""
    rows = select(match.seq.label("seq"), match.carried.label("weighed")).where(match.where)
    return rows if at is None else rows.where(match.seq <= at)


def _best(rows: Answers, match: Match, limit: int) -> Subquery:
    """Entry and rank of the best of the newest answers; the rest is fetched for these alone."""
    answers = rows.order_by(desc("seq")).limit(RANKED).subquery("answers")
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


def _claim_hit(row: Any, content: list[list[int]], query: Query) -> Hit:  # noqa: ANN401
    marks = found(row.content, query)
    return Hit(
        record=queries.claim(row),
        rank=row.rank,
        excerpt=row.content,
        marks=marks,
        spans=tuple(_in_document(content, marks)),
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


def _document_hit(row: Any, text: str, query: Query) -> Hit | None:  # noqa: ANN401
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
