"""Reading a request's body: no more than is allowed, and not for ever."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import msgspec

from allegedly.store import holds_nul
from allegedly.web.app.problems import ProblemError

if TYPE_CHECKING:
    from starlette.requests import Request

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
MOST_FIELDS: Final = 200


async def body(request: Request, largest: int, patience: float) -> bytes:
    """The bytes of a body; raises ProblemError 413 or 408."""
    told = request.headers.get("content-length", "0")
    if not (told.isascii() and told.isdigit()) or int(told) > largest:
        raise ProblemError(413, f"A request has {largest} bytes at most.")
    found = bytearray()
    try:
        async with asyncio.timeout(patience):
            async for part in request.stream():
                found += part
                if len(found) > largest:
                    raise ProblemError(413, f"A request has {largest} bytes at most.")
    except TimeoutError:
        raise ProblemError(408, f"The request took longer than {patience:g} seconds.") from None
    return bytes(found)


def fields(raw: bytes, media: str) -> dict[str, Any]:
    """What a body says, by name: a form's fields or a JSON object; raises ProblemError."""
    kind = media.partition(";")[0].strip().lower()
    if kind == FORM:
        return pairs(raw.decode("utf-8", "replace"))
    if kind != JSON:
        raise ProblemError(415, f"Send {JSON} or {FORM}.")
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProblemError(400, f"That is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise ProblemError(400, "The JSON is no object.")
    if b"\\u0000" in raw and holds_nul(found):
        raise ProblemError(400, "A field holds a NUL character.")
    return found


def pairs(encoded: str) -> dict[str, Any]:
    """The fields of a form or a query; of a name that is there twice, the last.

    Fields that are empty were left out; `value.act` is the field `act` of `value`.
    """
    try:
        found = parse_qsl(encoded, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise ProblemError(400, "Too many fields.") from error
    flat: dict[str, Any] = {}
    for name, value in found:
        if "\0" in value or "\0" in name:
            raise ProblemError(400, "A field holds a NUL character.")
        outer, dot, inner = name.partition(".")
        if not dot:
            flat[name] = value.replace("\r\n", "\n")
        elif isinstance(flat.setdefault(outer, {}), dict):
            flat[outer][inner] = value.replace("\r\n", "\n")
    return flat
