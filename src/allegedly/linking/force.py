"""What is done by saying something, in the three kinds that linking tells apart.

After Searle, "A taxonomy of illocutionary acts" (1975): what asserts can be true or false and so
be denied; what demands, threatens or promises is about what shall be; what condemns or praises
weighs it. *Moscow vows revenge for an attack* is not what *Moscow speaks of an attack* is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegedly.records import Act

Force = Literal["asserts", "moves", "judges"]

_OTHER: Final[Mapping[Act, Force]] = {
    "ask": "moves",
    "condemn": "judges",
    "demand": "moves",
    "praise": "judges",
    "promise": "moves",
    "threaten": "moves",
}


def force(act: Act) -> Force:
    """The kind of an act; what is announced counts as asserted, as it is told either way."""
    return _OTHER.get(act, "asserts")
