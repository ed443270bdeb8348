"""Entries and the chain that makes a change to any of them show."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Final, NamedTuple

import msgspec

from allegedly.store.errors import RefusedError

_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)
_DECODER: Final = msgspec.json.Decoder()
START: Final = "0" * 64  # what stands before the first entry


class Entry(NamedTuple):  # made in a fifth of a dataclass's time, and every proof makes them all
    """One line of the ledger: the truth that every other table is made from.

    `recorded_at` is UTC, ISO 8601 with six decimals, never earlier than the entry before's.
    `body` is canonical JSON. `previous` and `hash` are SHA-256, 64 hex digits.
    """

    seq: int
    recorded_at: str
    run: str | None
    kind: str
    body: str
    previous: str
    hash: str

    @property
    def proves(self) -> bool:
        """Whether the hash is that of the other fields."""
        return self.hash == digest(
            self.previous, self.seq, self.recorded_at, self.run, self.kind, self.body
        )


def as_row(entry: Entry) -> dict[str, Any]:
    """An entry as a row of its table."""
    return entry._asdict()


def digest(  # noqa: PLR0913, PLR0917  # the fields of an entry, in their order
    previous: str, seq: int, recorded_at: str, run: str | None, kind: str, body: str
) -> str:
    r"""SHA-256 of the fields joined by newlines; only the last can hold one.

    The same as `printf '%s\n%s\n%s\n%s\n%s\n%s' PREVIOUS SEQ TIME RUN KIND BODY | sha256sum`.
    """
    written = f"{previous}\n{seq}\n{recorded_at}\n{run or ''}\n{kind}\n{body}"
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: Any) -> str:  # noqa: ANN401  # any JSON value
    """The one way to write a JSON value: keys sorted, no blanks, no escapes beyond JSON's own.

    Raises RefusedError for what no database stores: NUL, lone surrogates, numbers not finite.
    """
    try:
        written = _ENCODER.encode(value)
        written.encode("utf-8")
    except (UnicodeEncodeError, ValueError, TypeError) as error:
        raise RefusedError(f"cannot be stored: {error}") from error
    if "\\u0000" in written and holds_nul(value):
        raise RefusedError("cannot be stored: a NUL character")
    return written


def parsed(body: str) -> Any:  # noqa: ANN401  # any JSON value
    """What `canonical` has written; raises ValueError for what is no JSON."""
    return _DECODER.decode(body)


def holds_nul(value: object) -> bool:
    """Whether a NUL character is anywhere in a JSON value, which no database stores."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(holds_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list | tuple) and any(map(holds_nul, value))
