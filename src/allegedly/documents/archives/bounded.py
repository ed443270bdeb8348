"""A stream that says no when more comes out of it than anybody would pack."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from allegedly.documents.limits import TooMuchError, too_large

if TYPE_CHECKING:
    from typing import BinaryIO


class Bounded(io.RawIOBase):
    """Reads another stream up to a number of bytes; raises TooMuchError beyond them."""

    def __init__(self, file: BinaryIO, most: int, what: str) -> None:
        self._file, self._most, self._what = file, most, what
        self._done = 0

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower than Buffer
        """Fill a buffer with the next bytes."""
        chunk = self._file.read(len(buffer))
        self._done += len(chunk)
        if self._done > self._most:
            raise TooMuchError(too_large(self._what, self._most))
        buffer[: len(chunk)] = chunk
        return len(chunk)
