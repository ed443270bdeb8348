"""Cases, memberships, origins and links: kinds of entries that have projections now."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Leave the entries as they are; the caller makes every projection anew."""
