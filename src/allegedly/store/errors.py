"""What can go wrong with a ledger, each with the way back in its message."""

from __future__ import annotations


class LedgerError(Exception):
    """Something about a ledger that the caller must know; what was acknowledged is still there."""


class LedgerMissingError(LedgerError):
    """There is no ledger at that address."""


class LedgerVersionError(LedgerError):
    """The ledger is older or newer than this program."""


class LedgerDamagedError(LedgerError):
    """The ledger's file is no ledger, or is one no longer."""


class LedgerFullError(LedgerError):
    """There is no room left to write."""


class LedgerReadOnlyError(LedgerError):
    """The ledger may be read and not written."""


class LedgerBusyError(LedgerError):
    """Another writer held the ledger for longer than anybody should wait."""


class LedgerUnreachableError(LedgerError):
    """The database cannot be reached, or the connection to it was lost."""


class ClockError(LedgerError):
    """This machine's clock is far behind the ledger's last entry."""


class NotInLedgerError(LedgerError, LookupError):
    """No record, or more than one, answers to that name at that moment."""


class RefusedError(LedgerError, ValueError):
    """What was asked to be written does not hold: a span outside its text, an unknown field."""


class OvertakenError(RefusedError):
    """Somebody decided about the same thing in the meantime; nothing was written."""
