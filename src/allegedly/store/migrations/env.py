"""Alembic's way in: revisions run in the connection that the ledger hands over."""

from __future__ import annotations

from alembic import context

from allegedly.store.schema import REVISIONS

context.configure(
    connection=context.config.attributes["connection"],
    version_table=REVISIONS,
    transactional_ddl=False,  # the caller's transaction is the one that counts
)
context.run_migrations()
