"""Who is made to say what, by which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allegedly.records.documents import Zone
    from allegedly.records.spans import Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content as in PARC 3.0 and PolNeAR, each possibly discontinuous.

    `source` is empty where nobody is named, `cue` where the layout alone attributes (a social
    post). `within` is the attribution whose content this one was found in. `score`, from 0 to 1, is
    how sure the extractor is of the whole: it ranks and selects, and is no probability, which only
    a claim has (`allegedly.claims.probability`). `method` names the extractor.
    """

    source: Spans
    cue: Spans
    content: Spans
    zone: Zone
    within: Attribution | None = None
    score: float
    method: str
