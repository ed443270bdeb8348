"""Captures say who wrote, when it was updated and what read it; no entry changes."""

from __future__ import annotations

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Change nothing: the projection of captures is made anew, with its new columns."""
