"""Revisions of the entries' table, run by Alembic."""
