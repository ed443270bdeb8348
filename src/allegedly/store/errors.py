"""What can go wrong with a ledger, each with the way back in its message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from allegedly.store.found import StoredDecision
    from allegedly.store.link_words import StoredLinkDecision

_DID: Final = {"link": "joined it", "unlink": "parted it", "undo": "took back a decision about it"}


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
    """Somebody decided about the same thing in the meantime, by a `word`; nothing was written."""

    def __init__(self, word: StoredDecision | StoredLinkDecision) -> None:
        """Take the last word, which a person had not seen."""
        did = _DID.get(word.verdict, "decided about it")
        why = word.reason if word.verdict in _DID else f"{word.verdict}: {word.reason}"
        super().__init__(
            f"{word.reviewer} {did} in the meantime ({why}). "
            "Nothing was recorded: look at it again."
        )
        self.word = word
