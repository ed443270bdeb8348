"""Twelve acts in six families, each with a colour and an underline of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allegedly.exports import wording

if TYPE_CHECKING:
    from allegedly.records import Act


@dataclass(frozen=True, slots=True)
class Family:
    """Acts that are shown alike; `key` is the style sheet's name for them."""

    key: str
    acts: tuple[Act, ...]

    @property
    def label(self) -> str:
        """Its acts as the key of the page names them."""
        return ", ".join(wording.ACTS[act] for act in self.acts)


FAMILIES = (
    Family("say", ("assert", "announce")),
    Family("blame", ("accuse", "condemn")),
    Family("reject", ("deny",)),
    Family("uphold", ("confirm", "praise")),
    Family("press", ("demand", "threaten", "promise")),
    Family("wonder", ("speculate", "ask")),
)
_OF_ACT = {act: each for each in FAMILIES for act in each.acts}


def family(act: Act) -> Family:
    """The family that an act is shown in."""
    return _OF_ACT[act]
