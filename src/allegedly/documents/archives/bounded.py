"""A stream that says no when more comes out of it than anybody would pack."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from allegedly.documents.limits import TooMuchError, too_large

if TYPE_CHECKING:
    from typing import BinaryIO


_STEP: Final = 1 << 16


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


class Forward(io.RawIOBase):
    """A stream that cannot go back, such as a member of an archive, but knows where it is."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file, self._place = file, 0

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True, for going forward."""
        return True

    def tell(self) -> int:
        """How many bytes were read."""
        return self._place

    def seek(self, offset: int, whence: int = 0) -> int:
        """Skip to a place further on; raises OSError for any other."""
        target = offset + (self._place if whence == io.SEEK_CUR else 0)
        if whence == io.SEEK_END or target < self._place:
            raise OSError("this stream goes forward only")
        while self._place < target:
            skipped = len(self._file.read(min(_STEP, target - self._place)))
            if not skipped:
                break
            self._place += skipped
        return self._place

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower than Buffer
        """Fill a buffer with the next bytes."""
        chunk = self._file.read(len(buffer))
        self._place += len(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)


def in_memory(file: io.BufferedReader, most: int) -> BinaryIO | None:
    """The file itself where one can go back in it, else its bytes; None where they are too many."""
    if file.seekable():
        return file
    raw = file.read(most + 1)
    return None if len(raw) > most else io.BytesIO(raw)
