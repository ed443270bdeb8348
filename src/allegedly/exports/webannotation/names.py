"""How records are named where names must be IRIs, and what a name that comes back stands for."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

_PART: Final = re.compile(
    r"urn:allegedly:(claim|assessment|silence|document|decision):([0-9a-f]{4,64})"
    r"(?::(cue)|:source:(\d{1,3}))?"
)


def document(name: str) -> str:
    """The IRI of a document."""
    return f"urn:allegedly:document:{name}"


def claim(name: str) -> str:
    """The IRI of a claim."""
    return f"urn:allegedly:claim:{name}"


def cue(name: str) -> str:
    """The IRI of a claim's cue."""
    return f"{claim(name)}:cue"


def source(name: str, hop: int) -> str:
    """The IRI of a hop of a claim's chain, from 0."""
    return f"{claim(name)}:source:{hop}"


def decision(name: str) -> str:
    """The IRI of a decision."""
    return f"urn:allegedly:decision:{name}"


def source_name(name: str) -> str:
    """The IRI of somebody who speaks, by the folded name."""
    return f"urn:allegedly:name:{quote(name, safe='')}"


def parsed(iri: object) -> tuple[str, str, str | int | None] | None:
    """Kind and id of the record that an IRI names, and which part: `cue`, or a source's hop."""
    found = _PART.fullmatch(iri) if isinstance(iri, str) else None
    if found is None:
        return None
    kind, name, is_cue, hop = found.groups()
    return kind, name, "cue" if is_cue else None if hop is None else int(hop)
