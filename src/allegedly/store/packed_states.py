"""The state of a document in few bytes: what its entries say is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from allegedly.store.standing import Standing, Status, Word
from allegedly.store.states import DocumentState, Open, Read, Spoken, Stood, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.store.states import Bodies

_Keys = tuple[Any, ...]


class _Stood(msgspec.Struct, array_like=True):
    """A standing; what the person saw is in entry `seen`."""

    key: tuple[str, str]
    decided: dict[str, Word]
    seen: int
    carried: bool
    status: Status
    open: _Keys


class _Packed(msgspec.Struct, array_like=True):
    """A state; bodies are in the entries that are named."""

    entry: int
    version: int | None
    captures: int
    published_by: str | None
    reading: int | None
    records: list[tuple[str, int]]
    standings: list[_Stood]
    speakers: list[tuple[str, int, _Keys]]


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(_Packed)


def packed(state: DocumentState) -> bytes:
    """A state all of whose rows are written."""
    return _ENCODER.encode(
        _Packed(
            entry=state.entry,
            version=_number(state.version),
            captures=state.captures,
            published_by=state.published_by,
            reading=_number(state.reading),
            records=[(kind, read.seq) for (kind, _), read in state.records.items()],
            standings=[_packed_stood(stood) for stood in state.standings.values()],
            speakers=[(name, s.claims, s.open.keys) for name, s in state.speakers.items()],
        )
    )


def unpacked(written: bytes, document: str, bodies: Bodies) -> DocumentState:
    """The state again."""
    p = _DECODER.decode(written)
    body = bodies.of(list(_entries(p)))
    reading = None if p.reading is None else body[p.reading]
    return DocumentState(
        entry=p.entry,
        body=body[p.entry],
        version=_open(p.version),
        captures=p.captures,
        published_by=p.published_by,
        reading=_open(p.reading),
        reading_id=None if reading is None else reading["id"],
        listed=set() if reading is None else listed(reading),
        records={
            (kind, body[seq]["id"]): Read(seq, body[seq], Open((seq,))) for kind, seq in p.records
        },
        standings={s.key: _stood(s, document, body[s.seen]) for s in p.standings},
        speakers={name: Spoken(claims, Open(keys)) for name, claims, keys in p.speakers},
    )


def _entries(packed: _Packed) -> Iterable[int]:
    yield packed.entry
    if packed.reading is not None:
        yield packed.reading
    yield from (seq for _, seq in packed.records)
    yield from (stood.seen for stood in packed.standings)


def _packed_stood(stood: Stood) -> _Stood:
    of = stood.standing
    return _Stood(of.key, of.decided, of.seen_seq, of.carried, stood.status, stood.open.keys)


def _stood(stood: _Stood, document: str, seen: dict[str, Any]) -> Stood:
    standing = Standing(
        key=stood.key,
        document=document,
        decided=stood.decided,
        seen=seen,
        seen_seq=stood.seen,
        carried=stood.carried,
    )
    return Stood(standing, stood.status, Open(stood.open))


def _number(row: Open | None) -> int | None:
    return None if row is None else row.keys[0]


def _open(number: int | None) -> Open | None:
    return None if number is None else Open((number,))
