"""What the stories of a case tell, each claim, assessment and silence with where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from allegedly.records.claims import (
    Act,
    Modality,
    Place,
    Polarity,
    Quantity,
    Target,
    Time,
)
from allegedly.records.documents import ZoneKind
from allegedly.records.spans import Spans

if TYPE_CHECKING:
    from allegedly.records.claims import (
        AssessmentKind,
    )

ToldKind = Literal["claim", "own_voice", "reported", "part", "converse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """The story that something stands in: who published it when, `seq` its place in the ledger.

    `called` is what the publisher is called among those of a case, where that is known.
    """

    document: str
    seq: int
    publisher: str | None
    published: str | None
    called: str | None = None

    @property
    def name(self) -> str:
        """The publisher, or what else tells the story from others."""
        return self.called or self.publisher or f"story {self.document[:8]}"

    @property
    def order(self) -> tuple[str, int]:
        """By publication, what is undated last."""
        return self.published or "9999", self.seq


# No dataclass: a case has hundreds, and one of those takes five times as long to make.
class ToldClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of a story, or a statement that is compared with claims.

    `kind` is "claim" or the statement's. `source` is the innermost source's name, None where nobody
    is named or the outlet speaks. `cue` are the words between source and content, empty where they
    do not stand so (*Selm denies it*, not *it was the fire, says Selm*). `unsure` says that what
    stands between the two tells of not knowing (*Selm cannot yet say that …*). `words` are of
    `content`. `weight` is how much they are those of the case, 1 where nobody knows the case's.
    `amounts` are the words of each of `quantities`.
    """

    id: str
    outlet: Outlet
    kind: ToldKind
    zone: ZoneKind
    source: str | None
    role: str | None
    cue: str
    act: Act
    polarity: Polarity
    modality: Modality
    words: str
    content: Spans
    probability: float
    weight: float = 1.0
    time: Time | None = None
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    amounts: tuple[str, ...] = ()
    unsure: bool = False
    targets: tuple[Target, ...] = ()

    @property
    def own_voice(self) -> bool:
        """Whether the outlet says it itself."""
        return self.kind == "own_voice"

    @property
    def document(self) -> str:
        """The story that it stands in."""
        return self.outlet.document


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAssessment:
    """What a story, or somebody in it, says of how claims stand; `by` is a name."""

    id: str
    outlet: Outlet
    kind: AssessmentKind
    by: str
    words: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSilence:
    """What somebody is reported not to have said; `words` tell it, `about` is the matter."""

    id: str
    outlet: Outlet
    name: str | None
    words: str
    about: str | None
