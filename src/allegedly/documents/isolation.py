"""Parsers that can hang or crash run in a process of their own, which is ended when they do."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from threading import Lock, Timer
from typing import TYPE_CHECKING, Final

from allegedly.documents.limits import DEFAULT, Limits
from allegedly.documents.wire import Answer, Task, answer_from_bytes, task_to_bytes

if TYPE_CHECKING:
    from typing import IO

LENGTH: Final = 8  # bytes that say how long a message is
_LONGEST_ANSWER: Final = 400_000_000


class _Worker:
    """The process, started when it is first needed, and anew after it was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def ask(self, task: Task, limits: Limits) -> Answer:
        with self._lock:
            process = self._running(limits)
            late: list[bool] = []

            def end() -> None:
                late.append(True)
                process.kill()

            timer = Timer(limits.seconds, end)
            timer.start()
            try:
                return self._exchange(process, task)
            except (OSError, EOFError, ValueError):
                self._end()
                if late:
                    reason = f"parsing took longer than {limits.seconds:g} seconds and was ended"
                else:
                    reason = "the parser crashed or ran out of memory on it"
                return Answer(problem=reason)
            finally:
                timer.cancel()

    def _exchange(self, process: subprocess.Popen[bytes], task: Task) -> Answer:
        assert process.stdin is not None  # noqa: S101  # both are pipes
        assert process.stdout is not None  # noqa: S101
        write(process.stdin, task_to_bytes(task))
        return answer_from_bytes(read(process.stdout))

    def _running(self, limits: Limits) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(  # noqa: S603  # ourselves
                [sys.executable, "-m", "allegedly.documents.parsing_process", str(limits.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written went away with the process
                    continue

    def close(self) -> None:
        with self._lock:
            self._end()


_worker: Final = _Worker()


def end_parsing() -> None:
    """End the parsing process; the next task starts another."""
    _worker.close()


atexit.register(end_parsing)


def parse(task: Task, limits: Limits = DEFAULT) -> Answer:
    """What the parsing process makes of a task, or why nothing came of it. Never raises.

    A parser that takes longer than the limit is ended; the next task gets a new process.
    """
    return _worker.ask(task, limits)


def write(pipe: IO[bytes], message: bytes) -> None:
    """Send one message."""
    pipe.write(len(message).to_bytes(LENGTH, "big"))
    pipe.write(message)
    pipe.flush()


def read(pipe: IO[bytes]) -> bytes:
    """Receive one message; raises EOFError where the other side is gone."""
    head = pipe.read(LENGTH)
    if len(head) < LENGTH:
        raise EOFError
    size = int.from_bytes(head, "big")
    if size > _LONGEST_ANSWER:
        raise ValueError("a message of impossible length")
    message = pipe.read(size)
    if len(message) < size:
        raise EOFError
    return message
