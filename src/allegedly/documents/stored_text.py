"""The rules by which text is stored, once and for all."""

from __future__ import annotations

import re

_PARAGRAPH_BREAK = re.compile("\u2029")
_LINE_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028]")
# C1 controls and DEL go the way of C0: they steer terminals and carry no words. U+FEFF inside a
# text is the byte order mark of a file that was appended to another.
_NO_WORDS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def stored_text(raw: str) -> str:
    r"""The text as it is stored: newlines `\n`, no controls but `\n` and `\t`, no surrogates.

    A surrogate pair becomes its character, a lone surrogate U+FFFD. Idempotent.
    """
    text = _LINE_BREAK.sub("\n", _PARAGRAPH_BREAK.sub("\n\n", raw))
    return _NO_WORDS.sub("", _without_surrogates(text))


def _without_surrogates(text: str) -> str:
    if _SURROGATE.search(text) is None:
        return text
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _SURROGATE.sub("\ufffd", paired)
