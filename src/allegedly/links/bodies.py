"""What an entry holds of a document's claims and statements as they are compared, and the way back.

Profiles and vectors are made once, when a document is linked; whoever meets it later reads them.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from allegedly.linking.claims import Profile
from allegedly.linking.claims.blocking import keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Bytes = NDArray[np.int8]

_SETS: Final = ("speaker", "party", "terms", "setting", "places")


def claim_body(own: Profile, vector: Bytes) -> dict[str, Any]:
    """A profile as an entry holds it, with its keys and its vector of one byte for each number."""
    said: dict[str, Any] = {name: sorted(getattr(own, name)) for name in _SETS}
    for name in ("id", "kind", "words", "frame", "act", "negative", "rejecting", "source"):
        said[name] = getattr(own, name)
    said["at"] = list(own.at)
    said["agent"], said["day"], said["named"] = own.agent, own.day, list(own.named)
    said["numbers"] = sorted([name, value] for name, value in own.numbers)
    said["time"] = list(own.time) if own.time else None
    said["keys"] = list(keys(own))
    said["vector"] = base64.b64encode(vector.tobytes()).decode("ascii")
    return said


def profile_of(body: Mapping[str, Any], document: str) -> Profile:
    """The profile that an entry holds of one claim of a document."""
    return Profile(
        id=body["id"],
        document=document,
        kind=body["kind"],
        at=tuple(body.get("at", (0, 0))),  # entries of before it was kept have none
        words=body["words"],
        frame=body["frame"],
        act=body["act"],
        negative=body["negative"],
        rejecting=body["rejecting"],
        source=body["source"],
        speaker=frozenset(body["speaker"]),
        party=frozenset(body["party"]),
        named=tuple(body["named"]),
        agent=body["agent"],
        terms=frozenset(body["terms"]),
        setting=frozenset(body["setting"]),
        numbers=frozenset((name, value) for name, value in body["numbers"]),
        places=frozenset(body["places"]),
        time=cast("tuple[str, str] | None", tuple(body["time"]) if body["time"] else None),
        day=body["day"],
    )


def vector_of(body: Mapping[str, Any]) -> Bytes:
    """The vector that an entry holds of one claim."""
    return np.frombuffer(base64.b64decode(body["vector"]), dtype=np.int8)
