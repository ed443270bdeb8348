"""Names as the index knows them: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

_WORD = re.compile(r"[^\W_]+")
_DROPPED = str.maketrans("", "", ".'’ʼʹ`")
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_SPELT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "co": "county"}


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """A name in lower case, plain letters and single blanks; *St.* and *Mt.* are spelt out."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_DROPPED).lower().translate(_PLAIN))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_SPELT.get(w, w) for w in _WORD.findall(plain))


def key(folded: str) -> int:
    """The 64-bit number that stands for a folded name in the index."""
    return int.from_bytes(blake2b(folded.encode("utf-8"), digest_size=8).digest(), "little")
