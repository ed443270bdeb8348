"""Named views that any SQL tool can open: what counts now, and what counted at an entry.

`X_current` shows what counts now. `X_as_of` shows, for every entry, what counted at it: ask it
with `WHERE as_of = 1234`, or for a time with `WHERE as_of = (SELECT max(seq) FROM entries WHERE
recorded_at <= '2031-03-12T10:00:00.000000Z')`, and for the world's time add `AND published_by <=
'2031-03-12T23:59:59.999999Z'`. What a machine read and what a person decided stand in columns of
their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.store.databases import Database

_AT = "{t}.seq_from <= {n} AND ({t}.seq_to IS NULL OR {t}.seq_to > {n})"
_PLACED = "d.title, d.publisher, d.published, d.published_by, d.uri"

# For each view: what it selects, from which table (alias t), and what else is joined. {now} says
# that a row of an alias counts at the moment that is asked for.
_VIEWS: Final = {
    "documents": (
        (
            "t.id, t.title, t.publisher, t.published, t.published_by, t.language, t.uri, "
            "t.captures, t.characters, {text} AS text, t.seq_from"
        ),
        "documents t JOIN entries e ON e.seq = t.entry",
    ),
    "claims": (
        "t.id, t.document, t.zone, t.act, t.form, t.polarity, t.modality, t.source, "
        "t.source_kind, t.chain, t.cue, t.content, t.content_start, t.content_end, t.happened, "
        "t.probability, t.run, coalesce(s.status, 'suggested') AS status, s.corrected, "
        "s.credibility, " + _PLACED + ", t.seq, t.seq_from",
        (
            "claims t JOIN documents d ON d.id = t.document AND {now:d} "
            "LEFT JOIN standings s ON s.subject = t.id AND s.kind = 'claim' AND {now:s}"
        ),
    ),
    "assessments": (
        "t.id, t.document, t.kind, t.assessor, t.words, t.about, t.run, "
        "coalesce(s.status, 'suggested') AS status, s.corrected, " + _PLACED + ", t.seq_from",
        (
            "assessments t JOIN documents d ON d.id = t.document AND {now:d} "
            "LEFT JOIN standings s ON s.subject = t.id AND s.kind = 'assessment' AND {now:s}"
        ),
    ),
    "silences": (
        "t.id, t.document, t.name, t.words, t.about, t.run, "
        "coalesce(s.status, 'suggested') AS status, s.corrected, " + _PLACED + ", t.seq_from",
        (
            "silences t JOIN documents d ON d.id = t.document AND {now:d} "
            "LEFT JOIN standings s ON s.subject = t.id AND s.kind = 'silence' AND {now:s}"
        ),
    ),
    "decisions": (
        (
            "t.id, t.kind, t.subject, t.document, t.matter, t.verdict, t.value, t.reviewer, "
            "t.reason, t.recorded_at, t.seq_from"
        ),
        "decisions t",
    ),
    "readings": (
        (
            "t.id, t.document, r.code, r.model, t.run, t.supersedes, t.claims, t.assessments, "
            "t.silences, t.seq_from"
        ),
        "readings t JOIN runs r ON r.id = t.run",
    ),
}
NAMES: Final = tuple(f"{name}_{when}" for name in _VIEWS for when in ("current", "as_of"))


def statements(database: Database) -> Iterator[str]:
    """The statements that make the views."""
    for name, (columns, source) in _VIEWS.items():
        shown = columns.format(text=database.json_field("e.body", "text"))
        yield _current(name, shown, source)
        yield _as_of(name, shown, source)


def _current(name: str, columns: str, source: str) -> str:
    joined = _moment(source, "{t}.seq_to IS NULL")
    return f"CREATE VIEW {name}_current AS SELECT {columns} FROM {joined} WHERE t.seq_to IS NULL"  # noqa: S608


def _as_of(name: str, columns: str, source: str) -> str:
    at = _AT.replace("{n}", "n.seq")
    joined = _moment(source, at)
    # The moment comes first, so that one asked for by its number is the only one looked at.
    return (
        f"CREATE VIEW {name}_as_of AS SELECT n.seq AS as_of, {columns} "  # noqa: S608
        f"FROM entries n CROSS JOIN {joined} WHERE {at.replace('{t}', 't')}"
    )


def _moment(source: str, at: str) -> str:
    for alias in "ds":
        source = source.replace(f"{{now:{alias}}}", at.replace("{t}", alias))
    return source
