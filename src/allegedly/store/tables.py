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


def seq(name: str = "seq", *, key: bool = False, optional: bool = False) -> Column[int]:
    """A column that holds the number of an entry."""
    # Only an INTEGER key is the row's own number in SQLite, which has no smaller integers anyway.
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Column(name, kind, primary_key=key, nullable=optional, autoincrement=False)


def words(name: str, *, key: bool = False, optional: bool = False) -> Column[str]:
    """A column of text."""
    return Column(name, Text(), primary_key=key, nullable=optional)


def opened(table: Table, *columns: str) -> None:
    """An index over the rows that still count."""
    still = text("seq_to IS NULL")
    name = f"{table.name}_open_{'_'.join(columns)}"
    parts = [table.c[column] for column in columns]
    Index(name, *parts, sqlite_where=still, postgresql_where=still)


entries: Final = Table(
    "entries",
    truth,
    seq(key=True),
    words("recorded_at"),
    words("run", optional=True),
    words("kind"),
    words("body"),
    words("previous"),
    words("hash"),
    Index("entries_recorded_at", "recorded_at"),
    Index("entries_kind", "kind", "seq"),
)

runs: Final = Table(
    "runs",
    projections,
    seq("seq_from", key=True),
    words("id"),
    words("code"),
    words("model"),
    words("settings"),
    Index("runs_id", "id", unique=True),
)

captures: Final = Table(
    "captures",
    projections,
    seq("seq_from", key=True),
    words("id"),
    words("document"),
    words("sha256"),
    words("uri", optional=True),
    words("media_type"),
    words("title", optional=True),
    words("publisher", optional=True),
    words("publisher_folded", optional=True),
    words("published", optional=True),
    words("published_by"),
    words("retrieved_at", optional=True),
    words("archive", optional=True),
    words("byline", optional=True),
    words("updated", optional=True),
    words("reader", optional=True),
    Index("captures_id", "id", unique=True),
    Index("captures_document", "document"),
    Index("captures_sha256", "sha256"),
    Index("captures_publisher", "publisher_folded"),
)

documents: Final = Table(
    "documents",
    projections,
    seq("seq_from", key=True),
    seq("seq_to", optional=True),
    seq("entry"),
    words("id"),
    words("title", optional=True),
    words("publisher", optional=True),
    words("published", optional=True),
    words("published_by"),
    words("language", optional=True),
    words("uri", optional=True),
    Column("captures", Integer(), nullable=False),
    Column("characters", Integer(), nullable=False),
    Index("documents_id", "id"),
    Index("documents_entry", "entry"),
    Index("documents_published_by", "published_by"),
)
opened(documents, "id")

readings: Final = Table(
    "readings",
    projections,
    seq("seq_from", key=True),
    seq("seq_to", optional=True),
    words("id"),
    words("document"),
    words("run"),
    words("supersedes", optional=True),
    Column("claims", Integer(), nullable=False),
    Column("assessments", Integer(), nullable=False),
    Column("silences", Integer(), nullable=False),
    Index("readings_document", "document", "run"),
    Index("readings_id", "id"),
)

claims: Final = Table(
    "claims",
    projections,
    seq(key=True),
    seq("seq_from"),
    seq("seq_to", optional=True),
    words("id"),
    words("document"),
    words("run"),
    words("zone"),
    words("act"),
    words("form"),
    words("polarity"),
    words("modality"),
    words("source", optional=True),
    words("source_kind", optional=True),
    words("chain"),
    words("cue"),
    words("content"),
    Column("content_start", Integer(), nullable=False),
    Column("content_end", Integer(), nullable=False),
    words("happened", optional=True),
    Column("probability", Float(), nullable=False),
    Index("claims_id", "id"),
    Index("claims_document", "document"),
    Index("claims_act", "act", "seq"),
)

chains: Final = Table(
    "chains",
    projections,
    seq("claim", key=True),
    Column("hop", Integer(), primary_key=True, autoincrement=False),
    words("source", optional=True),
    words("name", optional=True),
    words("kind"),
    words("role", optional=True),
    words("words"),
    Index("chains_source", "source", "claim"),
)

sources: Final = Table(
    "sources",
    projections,
    words("id", key=True),
    seq("seq_from"),
    words("name"),
    words("kind"),
)

# Who is made to speak in a document, so that a list of them asks for no claim. A name is no key:
# databases differ in how they order names.
speakers: Final = Table(
    "speakers",
    projections,
    seq("seq_from", key=True),
    Column("place", Integer(), primary_key=True, autoincrement=False),
    seq("seq_to", optional=True),
    seq("entry"),
    words("source"),
    Column("claims", Integer(), nullable=False),
    Index("speakers_document", "entry", "seq_to", "seq_from", "source", "claims"),
    Index("speakers_source", "source", "seq_from", "seq_to", "claims"),
)

assessments: Final = Table(
    "assessments",
    projections,
    seq(key=True),
    seq("seq_from"),
    seq("seq_to", optional=True),
    words("id"),
    words("document"),
    words("run"),
    words("kind"),
    words("assessor"),
    words("words"),
    words("about"),
    Index("assessments_id", "id"),
    Index("assessments_document", "document"),
)

silences: Final = Table(
    "silences",
    projections,
    seq(key=True),
    seq("seq_from"),
    seq("seq_to", optional=True),
    words("id"),
    words("document"),
    words("run"),
    words("name", optional=True),
    words("words"),
    words("about", optional=True),
    Index("silences_id", "id"),
    Index("silences_document", "document"),
)

decisions: Final = Table(
    "decisions",
    projections,
    seq("seq_from", key=True),
    seq("seq_to", optional=True),
    words("id"),
    words("recorded_at"),
    words("kind"),
    words("subject"),
    words("document", optional=True),
    words("matter"),
    words("verdict"),
    words("value", optional=True),
    words("reviewer"),
    words("reason"),
    words("supersedes", optional=True),
    Index("decisions_id", "id", unique=True),
    Index("decisions_subject", "subject", "matter"),
    Index("decisions_document", "document"),
)

standings: Final = Table(
    "standings",
    projections,
    seq("seq_from", key=True),
    words("kind", key=True),
    words("subject", key=True),
    seq("seq_to", optional=True),
    words("document"),
    words("status"),
    words("act", optional=True),
    words("names", optional=True),
    words("corrected", optional=True),
    words("credibility", optional=True),
    words("decided"),
    seq("seen"),
    Column("carried", Boolean(), nullable=False),
    Index("standings_subject", "subject"),
    Index("standings_document", "document"),
    Index("standings_status", "status"),
)

cases: Final = Table(
    "cases",
    projections,
    seq("seq_from", key=True),
    seq("seq_to", optional=True),
    words("id"),
    words("run", optional=True),
    words("recorded_at"),
    words("name"),
    words("title"),
    words("description", optional=True),
    Index("cases_id", "id"),
)
opened(cases, "id")

memberships: Final = Table(
    "memberships",
    projections,
    seq("seq_from", key=True),
    seq("seq_to", optional=True),
    words("id"),
    words("run", optional=True),
    words("case_id"),
    words("document"),
    Column("probability", Float(), nullable=False),
    words("method"),
    words("words"),
    Index("memberships_case", "case_id"),
    Index("memberships_document", "document"),
)
opened(memberships, "id")

origins: Final = Table(
    "origins",
    projections,
    seq("seq_from", key=True),
    seq("seq_to", optional=True),
    words("id"),
    words("run", optional=True),
    words("case_id"),
    words("kind"),
    words("name", optional=True),
    words("copies"),
    words("words"),
    Index("origins_case", "case_id"),
)
opened(origins, "id")

profiles: Final = Table(
    "profiles",
    projections,
    seq("seq_from", key=True),
    seq("seq_to", optional=True),
    words("id"),
    words("commonness"),
    Index("profiles_id", "id"),
)
opened(profiles, "id")

case_keys: Final = Table(
    "case_keys",
    projections,
    seq("seq_from", key=True),
    words("stem", key=True),
    words("case_id"),
    Index("case_keys_stem", "stem", "seq_from"),
)

commonness: Final = Table(
    "commonness",
    projections,
    seq("seq_from", key=True),
    words("id"),
    Column("documents", Integer(), nullable=False),
    Index("commonness_id", "id"),
)

# What a later entry closes, and the column that names the row.
KEYS: Final = {
    "cases": ("seq_from",),
    "memberships": ("seq_from",),
    "origins": ("seq_from",),
    "profiles": ("seq_from",),
    "linkings": ("seq_from",),
    "claim_groups": ("seq_from",),
    "links": ("seq_from",),
    "link_decisions": ("seq_from",),
    "documents": ("seq_from",),
    "readings": ("seq_from",),
    "claims": ("seq",),
    "assessments": ("seq",),
    "silences": ("seq",),
    "speakers": ("seq_from", "place"),
    "decisions": ("seq_from",),
    "standings": ("seq_from", "kind", "subject"),
}
