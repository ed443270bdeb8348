"""What went wrong, as RFC 9457 has it: a type, a title, a status, and what to do about it."""

from __future__ import annotations

from typing import Final

from allegedly.store import (
    LedgerBusyError,
    LedgerError,
    LedgerFullError,
    LedgerReadOnlyError,
    LedgerUnreachableError,
    NotInLedgerError,
    OvertakenError,
    RefusedError,
)

TITLES: Final = {
    400: "The request cannot be understood",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not there",
    405: "Not possible here",
    408: "The request came too slowly",
    409: "Somebody decided in the meantime",
    413: "Too large",
    415: "Not a form and not JSON",
    421: "This desk has another address",
    422: "That does not hold",
    429: "Too many requests",
    431: "The request's headers are too large",
    500: "Something went wrong here",
    502: "The sign-in provider does not answer",
    503: "The ledger cannot do that now",
}
_OF_LEDGER: Final[tuple[tuple[type[LedgerError], int], ...]] = (
    (NotInLedgerError, 404),
    (OvertakenError, 409),
    (RefusedError, 422),
    (LedgerBusyError, 503),
    (LedgerFullError, 503),
    (LedgerReadOnlyError, 503),
    (LedgerUnreachableError, 503),
    (LedgerError, 500),
)


class ProblemError(Exception):
    """A request that gets a problem for an answer; `more` are further members of it."""

    def __init__(self, status: int, detail: str, **more: object) -> None:
        """Take an HTTP status, what is wrong in a sentence, and further members."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = more
        self.headers: dict[str, str] = {}

    def body(self, instance: str) -> dict[str, object]:
        """The members that RFC 9457 names, and the further ones."""
        return {
            "type": f"urn:allegedly:problem:{self.status}",
            "title": TITLES.get(self.status, "That went wrong"),
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            **self.more,
        }


def of_ledger(error: LedgerError) -> ProblemError:
    """A ledger's complaint as a problem; where somebody decided first, with their decision."""
    status = next(status for kind, status in _OF_LEDGER if isinstance(error, kind))
    more = {"decision": error.word} if isinstance(error, OvertakenError) else {}
    return ProblemError(status, str(error), **more)
