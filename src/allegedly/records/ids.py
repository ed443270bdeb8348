"""Ids made from content, so that the same thing read twice is one thing."""

from __future__ import annotations

import json
from hashlib import blake2b


def content_id(kind: str, *fields: object) -> str:
    """BLAKE2b-128 of a record's type name and its identifying fields, 32 hex digits.

    The fields are written as one canonical JSON array: no blanks, no escapes beyond JSON's own.
    """
    canonical = json.dumps([kind, *fields], ensure_ascii=False, separators=(",", ":"))
    return blake2b(canonical.encode("utf-8"), digest_size=16).hexdigest()
