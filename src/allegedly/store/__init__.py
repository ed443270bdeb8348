"""The append-only ledger: one chain of entries, projections of it, and reading as of any moment."""

from allegedly.store.address import NAME, VARIABLE, address, of_user
from allegedly.store.case_keys import CaseKeys
from allegedly.store.case_membership import HeldCase, cases_with, members_seen
from allegedly.store.case_reading import (
    StoredCase,
    StoredCitation,
    StoredMember,
    StoredOrigin,
    independent,
)
from allegedly.store.case_record import CaseRecord, Ties
from allegedly.store.chain import Entry, canonical, digest, holds_nul
from allegedly.store.claim_links import ClaimLinks, grouped_with
from allegedly.store.copying import Copied
from allegedly.store.errors import (
    ClockError,
    LedgerBusyError,
    LedgerDamagedError,
    LedgerError,
    LedgerFullError,
    LedgerMissingError,
    LedgerReadOnlyError,
    LedgerUnreachableError,
    LedgerVersionError,
    NotInLedgerError,
    OvertakenError,
    RefusedError,
)
from allegedly.store.filters import Filter
from allegedly.store.found import (
    Answered,
    Head,
    Hit,
    Stands,
    StoredCapture,
    StoredClaim,
    StoredDecision,
    StoredDocument,
    StoredEntry,
    StoredRecord,
    StoredSource,
)
from allegedly.store.history import Change, Difference, Totals
from allegedly.store.identities import Identities, Identity
from allegedly.store.ledger import Store
from allegedly.store.link_view import LinkStore
from allegedly.store.link_words import StoredLinkDecision
from allegedly.store.moments import Moment, stamp
from allegedly.store.people import ROLES, Account, People, Role, Session
from allegedly.store.problems import Problem, Report
from allegedly.store.recording import Recorded
from allegedly.store.seen import ANYTHING, Seen
from allegedly.store.standing import STATUSES, Status, matter
from allegedly.store.view import View
from allegedly.store.waiting import Waiting
from allegedly.store.words import folded

__all__ = [
    "ANYTHING",
    "NAME",
    "ROLES",
    "STATUSES",
    "VARIABLE",
    "Account",
    "Answered",
    "CaseKeys",
    "CaseRecord",
    "Change",
    "ClaimLinks",
    "ClockError",
    "Copied",
    "Difference",
    "Entry",
    "Filter",
    "Head",
    "HeldCase",
    "Hit",
    "Identities",
    "Identity",
    "LedgerBusyError",
    "LedgerDamagedError",
    "LedgerError",
    "LedgerFullError",
    "LedgerMissingError",
    "LedgerReadOnlyError",
    "LedgerUnreachableError",
    "LedgerVersionError",
    "LinkStore",
    "Moment",
    "NotInLedgerError",
    "OvertakenError",
    "People",
    "Problem",
    "Recorded",
    "RefusedError",
    "Report",
    "Role",
    "Seen",
    "Session",
    "Stands",
    "Status",
    "Store",
    "StoredCapture",
    "StoredCase",
    "StoredCitation",
    "StoredClaim",
    "StoredDecision",
    "StoredDocument",
    "StoredEntry",
    "StoredLinkDecision",
    "StoredMember",
    "StoredOrigin",
    "StoredRecord",
    "StoredSource",
    "Ties",
    "Totals",
    "View",
    "Waiting",
    "address",
    "canonical",
    "cases_with",
    "digest",
    "folded",
    "grouped_with",
    "holds_nul",
    "independent",
    "matter",
    "members_seen",
    "of_user",
    "stamp",
]
