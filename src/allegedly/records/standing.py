"""How a case stands: who says what of each thing, how figures moved, who changed, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from allegedly.records.claims import Act, AssessmentKind

if TYPE_CHECKING:
    from allegedly.records.claims import QuantityState
    from allegedly.records.links import Reason

ChangeKind = Literal["figure", "negation", "update"]
QuestionKind = Literal["silence", "unanswered", "unasked", "one_origin", "one_side", "unverified"]
QUESTION_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureReport:
    """One figure as one claim gives it: by whom, when, in which words."""

    claim: str
    document: str
    source: str
    published: str | None
    words: str
    value: float | None
    low: float | None
    high: float | None

    @property
    def least(self) -> float | None:
        """The least that it may be; None where it is open or vague."""
        return self.value if self.low is None else self.low

    @property
    def most(self) -> float | None:
        """The most that it may be; None where it is open or vague."""
        return self.value if self.high is None else self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity of one thing over its reports, in the order of publication.

    `unit` and `state` are those of `records.Quantity`, `place` where the claims agree on one.
    `low` and `high` span all reports.
    """

    unit: str
    state: QuantityState | None
    counted: str
    place: str | None
    reports: tuple[FigureReport, ...]
    low: float | None
    high: float | None

    @property
    def name(self) -> str:
        """What is counted, in the words of the first who did, and what befell it."""
        return f"{self.counted} ({self.state})" if self.state else self.counted


# No dataclasses: a case has hundreds, and those take five times as long to make.
class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's part in a standing: the name, and the claims or assessments that show it."""

    name: str
    evidence: tuple[str, ...]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a group of claims stands by the record alone; never an opinion of the program's.

    `shown` is the claim that says it best, with its `words`; `act` is what most do with it.
    `members` are all claims and statements that say it, in `stories` stories of `origins`
    independent origins.
    `asserted_by` make it in the manner of their act; of what is only ever denied nobody does.
    `own_voice_of` are outlets that say it themselves. `assessed` is what others are reported to say
    of its standing. `changed_by` withdrew it or say otherwise now. The `decided_` fields hold what
    the desk decided, by the ids of claims, and never mix with it. `weight` is how much it is about
    the case.
    """

    group: str
    shown: str
    words: str
    act: Act
    members: tuple[str, ...]
    stories: int
    origins: int
    weight: float
    asserted_by: tuple[Voice, ...]
    own_voice_of: tuple[Voice, ...]
    denied_by: tuple[Voice, ...]
    contradicted_by: tuple[Voice, ...]
    confirmed_by: tuple[Voice, ...]
    assessed: tuple[tuple[AssessmentKind, Voice], ...]
    changed_by: tuple[Voice, ...]
    decided_accepted: tuple[str, ...] = ()
    decided_rejected: tuple[str, ...] = ()

    @property
    def contested(self) -> bool:
        """Whether somebody says it and somebody else says that it is not so."""
        made = self.asserted_by or self.own_voice_of or self.confirmed_by
        return bool(made and (self.denied_by or self.contradicted_by))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """One source's later claim that does not go with its earlier one, with the words of both."""

    source: str
    earlier: str
    later: str
    was: str
    now: str
    kind: ChangeKind
    reason: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """What a case leaves open, with the claims or silences that show it.

    `about` is the group of claims, or the matter that somebody kept silent on; `words` are those
    of the record, `who` is whom it hangs on, where it is somebody.
    """

    kind: QuestionKind
    about: str
    who: str | None
    words: str
    evidence: tuple[str, ...]
