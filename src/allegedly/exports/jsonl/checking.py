"""The lines of a file that comes back, each checked; a file that does not hold is refused whole."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from allegedly.records import Capture, LinkRelation, LinkVerdict
from allegedly.records.json_fields import Fields, fields_in
from allegedly.records.ledger_json import SCHEMA as READING
from allegedly.records.ledger_json import from_dict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

SCHEMA: Final = "allegedly/export/1"
PLAIN: Final = "plain"  # a line that is ledger JSON and nothing more
LONGEST: Final = 256 * 1024 * 1024  # bytes of one line; the longest story makes a tenth of it
Kind = Literal["export", "run", "capture", "reading", "decision", "link_decision", "end", "plain"]

# A capture may have fewer fields: later versions of the program know more of where it was met.
CAPTURED: Final = tuple(field.name for field in dataclasses.fields(Capture))
_NEEDED: Final = fields_in("document sha256 media_type")
_DECISION = fields_in(
    "id about subject document matter verdict value reviewer reason supersedes stands"
)
_FIELDS: Final[dict[str, frozenset[str]]] = {
    "export": fields_in("schema asked as_of"),
    "run": fields_in("id code model settings"),
    "capture": _NEEDED | {"id"},
    "reading": fields_in("id run current ledger"),
    "decision": _DECISION,
    "link_decision": fields_in("id left right documents relation verdict reviewer reason stands"),
    "end": fields_in("lines sha256"),
}
_CLOCK: Final = fields_in("recorded")
_OPTIONAL: Final = {"capture": frozenset(CAPTURED) - _NEEDED}
_TEXTS: Final[dict[str, str]] = {
    "export": "schema asked as_of",
    "run": "id code model",
    "capture": "id document sha256 media_type",
    "reading": "id run",
    "decision": "id about subject matter verdict reviewer reason",
    "link_decision": "id left right relation verdict reviewer reason",
    "end": "sha256",
}
_MAYBE_TEXTS: Final[dict[str, str]] = {
    "capture": " ".join(_OPTIONAL["capture"]),
    "decision": "document supersedes",
}


class DamagedError(ValueError):
    """A file that cannot come back; the message says where it went wrong and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: `number` from 1, `kind`, and its fields without the kind."""

    number: int
    kind: Kind
    body: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a file is: an export that proved whole, or plain ledger JSON, which nothing proves."""

    sha256: str
    exported: bool
    header: dict[str, Any] | None
    readings: int
    decisions: int
    runs: frozenset[str] = frozenset()


def lines(file: BinaryIO) -> Iterator[Line]:
    """The lines of a file; blank ones are passed over. Raises DamagedError."""
    number = 0
    while raw := file.readline(LONGEST + 1):
        number += 1
        if len(raw) > LONGEST:
            raise DamagedError(f"line {number}: longer than {LONGEST:,} bytes")
        if raw.strip():
            yield _line(number, raw)


def check_lines(file: BinaryIO, *, edited: bool = False) -> Checked:
    """Look the whole file through before anything of it is used; raises DamagedError.

    An export must be as it was written, to the last line, unless it may have been `edited`.
    """
    whole, before = sha256(), sha256()
    header: dict[str, Any] | None = None
    counts = dict.fromkeys(get_args(Kind), 0)
    ended: Line | None = None
    runs: set[str] = set()
    for line in lines(_Fed(file, whole)):  # type: ignore[arg-type]  # it can read lines
        if ended is not None:
            raise DamagedError(f"line {line.number}: something follows the last line")
        if line.kind == "end":
            ended = line
        elif line.kind == "export" and line.number == 1:
            header = line.body
        elif line.kind == "export":
            raise DamagedError(f"line {line.number}: another export begins inside the file")
        counts[line.kind] += 1
        _check(line)
        if line.kind == "run":
            runs.add(line.body["id"])
        if line.kind != "end":
            before = whole.copy()
    if header is not None and not edited:
        _check_end(ended, sum(counts.values()) - 1, before.hexdigest())
    if not sum(counts.values()):
        raise DamagedError("the file is empty")
    return Checked(
        sha256=whole.hexdigest(),
        exported=header is not None,
        header=header,
        readings=counts["reading"] + counts["plain"],
        decisions=counts["decision"] + counts["link_decision"],
        runs=frozenset(runs),
    )


class _Fed:
    """A file whose bytes are also fed to a digest as they are read."""

    def __init__(self, file: BinaryIO, digest: Any) -> None:  # noqa: ANN401  # hashlib's is private
        self._file = file
        self._digest = digest

    def readline(self, size: int) -> bytes:
        """The next line."""
        raw = self._file.readline(size)
        self._digest.update(raw)
        return raw


def _check_end(ended: Line | None, count: int, digest: str) -> None:
    if ended is None:
        raise DamagedError("the file was cut off: its last line is missing")
    if ended.body["lines"] != count or ended.body["sha256"] != digest:
        raise DamagedError("the file is not as it was exported: lines were lost or changed")


def _line(number: int, raw: bytes) -> Line:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        cut = "" if raw.endswith(b"\n") else " (the file seems to be cut off)"
        raise DamagedError(f"line {number}: no JSON{cut}: {_short(error)}") from error
    if not isinstance(body, dict):
        raise DamagedError(f"line {number}: not an object")
    if body.get("schema") == READING and "kind" not in body:
        return Line(number=number, kind="plain", body=body)
    kind = body.pop("kind", None)
    if not isinstance(kind, str) or kind not in _FIELDS:
        raise DamagedError(f"line {number}: {_strange(body, kind)}")
    return Line(number=number, kind=kind, body=body)  # type: ignore[arg-type]  # a key of _FIELDS


def _strange(body: dict[str, Any], kind: object) -> str:
    schema = body.get("schema")
    if isinstance(schema, str) and schema.startswith("allegedly/"):
        return f"written in {schema}; this program reads {READING} and {SCHEMA}"
    return f"neither {READING} nor a line of {SCHEMA} (kind {_short(kind)})"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:80]}…"  # noqa: PLR2004  # a line of a terminal


def _check(line: Line) -> None:
    where = f"line {line.number}"
    try:
        if line.kind == "plain":
            from_dict(line.body)
            return
        fields = Fields.of(
            line.body, where, _FIELDS[line.kind], _CLOCK | _OPTIONAL.get(line.kind, set())
        )
        _check_types(fields, line.kind)
        if line.kind == "export" and fields.text("schema") != SCHEMA:
            raise DamagedError(f"{where}: {_strange(line.body, line.kind)}")
        if line.kind == "reading":
            from_dict(line.body["ledger"])
        if line.kind == "run":
            _check_settings(fields)
        if line.kind == "link_decision":
            _check_link(fields)
    except (ValueError, TypeError, RecursionError) as error:
        message = str(error) or type(error).__name__
        raise DamagedError(message if where in message else f"{where}: {message}") from error


def _check_types(fields: Fields, kind: str) -> None:
    for name in _TEXTS[kind].split():
        fields.text(name)
    for name in _MAYBE_TEXTS.get(kind, "").split():
        fields.text_or_none(name)


def _check_settings(fields: Fields) -> None:
    if not isinstance(fields.values["settings"], dict):
        raise DamagedError(f"{fields.at('settings')}: not an object")


def _check_link(fields: Fields) -> None:
    documents = fields.values["documents"]
    two = isinstance(documents, list) and len(documents) == 2  # noqa: PLR2004
    if not two or not all(isinstance(each, str) for each in documents):
        raise DamagedError(f"{fields.at('documents')}: not the documents of two claims")
    for name, allowed in (("relation", LinkRelation), ("verdict", LinkVerdict)):
        if fields.values[name] not in get_args(allowed):
            raise DamagedError(f"{fields.at(name)}: {_short(fields.values[name])} is none")
