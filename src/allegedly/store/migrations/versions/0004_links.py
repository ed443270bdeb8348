"""Linkings, groups, links and decisions about them: kinds that have projections now."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Leave the entries as they are; the caller makes every projection anew."""
