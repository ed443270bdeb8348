"""The tables: entries are the truth, everything else is a projection of them.

A projection's row counts from entry `seq_from` until before entry `seq_to`, which is null while
it still counts. Rows are never deleted, so every moment can be asked for.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

truth: Final = MetaData()
projections: Final = MetaData()


def _seq(name: str = "seq", *, key: bool = False, optional: bool = False) -> Column[int]:
    # Only an INTEGER key is the row's own number in SQLite, which has no smaller integers anyway.
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Column(name, kind, primary_key=key, nullable=optional, autoincrement=False)


def _text(name: str, *, key: bool = False, optional: bool = False) -> Column[str]:
    return Column(name, Text(), primary_key=key, nullable=optional)


def _open(table: Table, *columns: str) -> None:
    """An index over the rows that still count."""
    still = text("seq_to IS NULL")
    name = f"{table.name}_open_{'_'.join(columns)}"
    parts = [table.c[column] for column in columns]
    Index(name, *parts, sqlite_where=still, postgresql_where=still)


entries: Final = Table(
    "entries",
    truth,
    _seq(key=True),
    _text("recorded_at"),
    _text("run", optional=True),
    _text("kind"),
    _text("body"),
    _text("previous"),
    _text("hash"),
    Index("entries_recorded_at", "recorded_at"),
    Index("entries_kind", "kind", "seq"),
)

runs: Final = Table(
    "runs",
    projections,
    _seq("seq_from", key=True),
    _text("id"),
    _text("code"),
    _text("model"),
    _text("settings"),
    Index("runs_id", "id", unique=True),
)

captures: Final = Table(
    "captures",
    projections,
    _seq("seq_from", key=True),
    _text("id"),
    _text("document"),
    _text("sha256"),
    _text("uri", optional=True),
    _text("media_type"),
    _text("title", optional=True),
    _text("publisher", optional=True),
    _text("publisher_folded", optional=True),
    _text("published", optional=True),
    _text("published_by"),
    _text("retrieved_at", optional=True),
    _text("archive", optional=True),
    _text("byline", optional=True),
    _text("updated", optional=True),
    _text("reader", optional=True),
    Index("captures_id", "id", unique=True),
    Index("captures_document", "document"),
    Index("captures_sha256", "sha256"),
    Index("captures_publisher", "publisher_folded"),
)

documents: Final = Table(
    "documents",
    projections,
    _seq("seq_from", key=True),
    _seq("seq_to", optional=True),
    _seq("entry"),
    _text("id"),
    _text("title", optional=True),
    _text("publisher", optional=True),
    _text("published", optional=True),
    _text("published_by"),
    _text("language", optional=True),
    _text("uri", optional=True),
    Column("captures", Integer(), nullable=False),
    Column("characters", Integer(), nullable=False),
    Index("documents_id", "id"),
    Index("documents_entry", "entry"),
    Index("documents_published_by", "published_by"),
)
_open(documents, "id")

readings: Final = Table(
    "readings",
    projections,
    _seq("seq_from", key=True),
    _seq("seq_to", optional=True),
    _text("id"),
    _text("document"),
    _text("run"),
    _text("supersedes", optional=True),
    Column("claims", Integer(), nullable=False),
    Column("assessments", Integer(), nullable=False),
    Column("silences", Integer(), nullable=False),
    Index("readings_document", "document", "run"),
    Index("readings_id", "id"),
)

claims: Final = Table(
    "claims",
    projections,
    _seq(key=True),
    _seq("seq_from"),
    _seq("seq_to", optional=True),
    _text("id"),
    _text("document"),
    _text("run"),
    _text("zone"),
    _text("act"),
    _text("form"),
    _text("polarity"),
    _text("modality"),
    _text("source", optional=True),
    _text("source_kind", optional=True),
    _text("chain"),
    _text("cue"),
    _text("content"),
    Column("content_start", Integer(), nullable=False),
    Column("content_end", Integer(), nullable=False),
    _text("happened", optional=True),
    Column("probability", Float(), nullable=False),
    Index("claims_id", "id"),
    Index("claims_document", "document"),
    Index("claims_act", "act", "seq"),
)

chains: Final = Table(
    "chains",
    projections,
    _seq("claim", key=True),
    Column("hop", Integer(), primary_key=True, autoincrement=False),
    _text("source", optional=True),
    _text("name", optional=True),
    _text("kind"),
    _text("role", optional=True),
    _text("words"),
    Index("chains_source", "source", "claim"),
)

sources: Final = Table(
    "sources",
    projections,
    _text("id", key=True),
    _seq("seq_from"),
    _text("name"),
    _text("kind"),
)

assessments: Final = Table(
    "assessments",
    projections,
    _seq(key=True),
    _seq("seq_from"),
    _seq("seq_to", optional=True),
    _text("id"),
    _text("document"),
    _text("run"),
    _text("kind"),
    _text("assessor"),
    _text("words"),
    _text("about"),
    Index("assessments_id", "id"),
    Index("assessments_document", "document"),
)

silences: Final = Table(
    "silences",
    projections,
    _seq(key=True),
    _seq("seq_from"),
    _seq("seq_to", optional=True),
    _text("id"),
    _text("document"),
    _text("run"),
    _text("name", optional=True),
    _text("words"),
    _text("about", optional=True),
    Index("silences_id", "id"),
    Index("silences_document", "document"),
)

decisions: Final = Table(
    "decisions",
    projections,
    _seq("seq_from", key=True),
    _seq("seq_to", optional=True),
    _text("id"),
    _text("recorded_at"),
    _text("kind"),
    _text("subject"),
    _text("document", optional=True),
    _text("matter"),
    _text("verdict"),
    _text("value", optional=True),
    _text("reviewer"),
    _text("reason"),
    _text("supersedes", optional=True),
    Index("decisions_id", "id", unique=True),
    Index("decisions_subject", "subject", "matter"),
    Index("decisions_document", "document"),
)

standings: Final = Table(
    "standings",
    projections,
    _seq("seq_from", key=True),
    _text("kind", key=True),
    _text("subject", key=True),
    _seq("seq_to", optional=True),
    _text("document"),
    _text("status"),
    _text("act", optional=True),
    _text("source", optional=True),
    _text("corrected", optional=True),
    _text("credibility", optional=True),
    _text("decided"),
    _seq("seen"),
    Column("carried", Boolean(), nullable=False),
    Index("standings_subject", "subject"),
    Index("standings_document", "document"),
    Index("standings_status", "status"),
)

cases: Final = Table(
    "cases",
    projections,
    _seq("seq_from", key=True),
    _seq("seq_to", optional=True),
    _text("id"),
    _text("run", optional=True),
    _text("recorded_at"),
    _text("name"),
    _text("title"),
    _text("description", optional=True),
    Index("cases_id", "id"),
)
_open(cases, "id")

memberships: Final = Table(
    "memberships",
    projections,
    _seq("seq_from", key=True),
    _seq("seq_to", optional=True),
    _text("id"),
    _text("run", optional=True),
    _text("case_id"),
    _text("document"),
    Column("probability", Float(), nullable=False),
    _text("method"),
    _text("words"),
    Index("memberships_case", "case_id"),
    Index("memberships_document", "document"),
)
_open(memberships, "id")

origins: Final = Table(
    "origins",
    projections,
    _seq("seq_from", key=True),
    _seq("seq_to", optional=True),
    _text("id"),
    _text("run", optional=True),
    _text("case_id"),
    _text("kind"),
    _text("name", optional=True),
    _text("copies"),
    _text("words"),
    Index("origins_case", "case_id"),
)
_open(origins, "id")

profiles: Final = Table(
    "profiles",
    projections,
    _seq("seq_from", key=True),
    _seq("seq_to", optional=True),
    _text("id"),
    _text("commonness"),
    Index("profiles_id", "id"),
)
_open(profiles, "id")

case_keys: Final = Table(
    "case_keys",
    projections,
    _seq("seq_from", key=True),
    _text("stem", key=True),
    _text("case_id"),
    Index("case_keys_stem", "stem", "seq_from"),
)

commonness: Final = Table(
    "commonness",
    projections,
    _seq("seq_from", key=True),
    _text("id"),
    Column("documents", Integer(), nullable=False),
    Index("commonness_id", "id"),
)

# What a later entry closes, and the column that names the row.
KEYS: Final = {
    "cases": ("seq_from",),
    "memberships": ("seq_from",),
    "origins": ("seq_from",),
    "profiles": ("seq_from",),
    "documents": ("seq_from",),
    "readings": ("seq_from",),
    "claims": ("seq",),
    "assessments": ("seq",),
    "silences": ("seq",),
    "decisions": ("seq_from",),
    "standings": ("seq_from", "kind", "subject"),
}
