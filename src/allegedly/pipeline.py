"""The whole path, read top to bottom: a story goes in, a reading comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from allegedly.attributions import extract
from allegedly.claims import calibration, read_claims
from allegedly.documents import Overrides, read_document, read_file
from allegedly.encoder import packed_encoder
from allegedly.mentions import Spotter
from allegedly.records import Reading, Rejected
from allegedly.zones import passages, zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegedly.claims import Calibration
    from allegedly.encoder import Encoded, Encoder
    from allegedly.records import Attribution, Document, Mention, Passage, Zone

NOTHING_KNOWN = Overrides()


def read_story(
    raw: bytes | str | Path, *, overrides: Overrides = NOTHING_KNOWN
) -> Reading | Rejected:
    """Read one story: text, bytes, or the file at a path.

    Input that cannot be read is Rejected with the reason. Raises PackError where the model pack
    is missing or damaged.
    """
    document = (
        read_file(raw, overrides=overrides)
        if isinstance(raw, Path)
        else read_document(raw, overrides=overrides)
    )
    if isinstance(document, Rejected):
        return document
    return read_stored(document, packed_encoder())


def read_stored(
    document: Document, encoder: Encoder, *, weights: Calibration | None = None
) -> Reading:
    """Read one document that is stored already.

    The probability of claims is calibrated by `weights`, by those of the encoder's pack for None;
    raises PackError where that has none.
    """
    weights = weights or calibration(encoder.pack)
    zones = zone(document)
    stretches = tuple(passages(document, zones))
    spotter = Spotter(encoder.pack)
    windows = spotter.watch(encode(document.text, stretches, encoder))
    attributions = tuple(extract(document.text, stretches, windows, encoder))
    claims, assessments, silences = read_claims(
        document, stretches, attributions, mentions=spotter.mentions(), calibration=weights
    )
    return Reading(
        document=document, zones=zones, claims=claims, assessments=assessments, silences=silences
    )


def encode(text: str, stretches: Sequence[Passage], encoder: Encoder) -> Iterator[Encoded]:
    """Run the encoder over passages, once for all that is read from them."""
    return encoder.encode(text, [(p.span.start, p.span.end) for p in stretches])


def attributions_of(
    document: Document, zones: Sequence[Zone], encoder: Encoder
) -> tuple[Attribution, ...]:
    """The attributions of one document, outer ones before those within them."""
    stretches = tuple(passages(document, zones))
    windows = encode(document.text, stretches, encoder)
    return tuple(extract(document.text, stretches, windows, encoder))


def mentions_of(document: Document, zones: Sequence[Zone], encoder: Encoder) -> tuple[Mention, ...]:
    """The names, pronouns and descriptions of one document, and which of them are one."""
    spotter = Spotter(encoder.pack)
    stretches = tuple(passages(document, zones))
    for _ in spotter.watch(encode(document.text, stretches, encoder)):
        pass
    return spotter.mentions()
