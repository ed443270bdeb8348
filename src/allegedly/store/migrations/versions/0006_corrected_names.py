"""Whom a corrected chain names, in a column: a filter by source finds what people decided."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Leave the entries as they are; the caller makes every projection anew."""
