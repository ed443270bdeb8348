"""Bytes become characters, or turn out to be no text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

# Longest marks first: the UTF-32 little endian mark begins with the UTF-16 one.
MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC: Final = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "a RIFF media file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "an ELF program"),
    (b"MZ\x90", "a Windows program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"PAR1", "a Parquet file"),
)
# Where every group of four bytes holds NULs if its letters are Latin.
_WIDE: Final = {"x000": "utf-32-le", "000x": "utf-32-be", "x0x0": "utf-16-le", "0x0x": "utf-16-be"}
_SAMPLE: Final = 65_536
# Texts with stray controls exist (teletype, old word processors), but never one in twenty.
_CONTROLS_ALLOWED: Final = 0.05
# In a western European text at most one letter in six carries an accent; beyond that another
# alphabet is likelier and worth a real detection.
_WESTERN_SHARE: Final = 0.17


@dataclass(frozen=True, slots=True, kw_only=True)
class NotText:
    """Why some bytes are no text."""

    reason: str


def decode(raw: bytes) -> str | NotText:
    """The characters of a file: by byte order mark, as UTF-8, else by the likeliest old charset.

    UTF-8 with a few broken bytes stays UTF-8, each broken sequence as U+FFFD. Never raises.
    """
    for magic, name in _MAGIC:
        if raw.startswith(magic):
            return NotText(reason=f"not text: the file is {name}")
    text = _decode(raw)
    return text if isinstance(text, NotText) else _printable(text)


def _decode(raw: bytes) -> str | NotText:
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace")
    if b"\x00" in raw[:_SAMPLE]:
        return _wide(raw) or NotText(reason="not text: the file holds NUL bytes")
    return utf8(raw) or _old_charset(raw)


def _printable(text: str) -> str | NotText:
    sample = text[:_SAMPLE]
    controls = sum(not char.isprintable() and not char.isspace() for char in sample)
    if controls > _CONTROLS_ALLOWED * len(sample):
        return NotText(reason="not text: too many control characters")
    return text


def _wide(raw: bytes) -> str | None:
    """UTF-16 or UTF-32 without its mark: Latin letters leave NULs at fixed places."""
    sample = raw[:_SAMPLE]
    nuls = "".join("0" if _mostly_nul(sample[place::4]) else "x" for place in range(4))
    encoding = _WIDE.get(nuls)
    return raw.decode(encoding, "replace") if encoding else None


def _mostly_nul(column: bytes) -> bool:
    # Two in five: even a text full of dashes and quotation marks is mostly Latin letters.
    return 5 * column.count(0) > 2 * len(column)


def utf8(raw: bytes) -> str | None:
    """The bytes as UTF-8, broken sequences as U+FFFD; None where they are something else."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        text = raw.decode("utf-8", "replace")
        cut_off = error.reason == "unexpected end of data"
    broken = text.count("\ufffd")
    sound = sum(not char.isascii() for char in text) - broken
    return text if cut_off or sound > broken else None


def _old_charset(raw: bytes) -> str:
    text = raw.decode("cp1252", "replace")
    accents = sum(not char.isascii() for char in text[:_SAMPLE])
    letters = sum(char.isalpha() for char in text[:_SAMPLE])
    if accents <= _WESTERN_SHARE * letters:
        return text
    best = from_bytes(raw[:_SAMPLE]).best()
    return raw.decode(best.encoding, "replace") if best else text
