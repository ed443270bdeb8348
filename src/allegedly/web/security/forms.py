"""Forms carry a word that only our own pages know (CSRF).

The word differs in every page, so that compressed pages give nothing away about it (BREACH).
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hmac import compare_digest
from typing import Final

HEADER: Final = "x-csrf-token"
FIELD: Final = "csrf"
_SIZE: Final = 32


def word(key: bytes) -> str:
    """A form's word: the key under a pad of its own."""
    pad = secrets.token_bytes(_SIZE)
    return urlsafe_b64encode(pad + _xor(pad, key)).decode()


def holds(given: str | None, key: bytes) -> bool:
    """Whether a word was made with a key."""
    try:
        raw = urlsafe_b64decode(given or "")
    except ValueError:
        return False
    return len(raw) == 2 * _SIZE and compare_digest(_xor(raw[:_SIZE], raw[_SIZE:]), key)


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
