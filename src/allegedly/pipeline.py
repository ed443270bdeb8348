"""The whole path, read top to bottom: a story goes in, a reading comes out."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from allegedly.attributions import extract
from allegedly.claims import calibration, read_claims, settled
from allegedly.documents import Overrides, Reads, read_bytes, read_path, read_text
from allegedly.encoder import packed_encoder
from allegedly.linking.claims import statements, stretches
from allegedly.mentions import Spotter
from allegedly.records import Reading, Rejected
from allegedly.side_by_side import side_by_side
from allegedly.zones import passages, zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.claims import Calibration
    from allegedly.encoder import Encoded, Encoder
    from allegedly.records import Attribution, Document, Mention, Passage, Statement, Zone

NOTHING_KNOWN = Overrides()
SEVERAL = "it holds several documents; `allegedly add` takes them all"


def read_story(
    raw: bytes | str | Path,
    *,
    overrides: Overrides = NOTHING_KNOWN,
    encoder: Encoder | None = None,
) -> Reading | Rejected:
    """Read one story: text, or what bytes or the file at a path hold.

    Input that cannot be read, or holds several, is Rejected with the reason. Raises PackError
    where the model pack is missing or damaged.
    """
    document = one_document(raw, Reads(overrides=overrides))
    if isinstance(document, Rejected):
        return document
    return read_stored(document, encoder or packed_encoder())


def read_stories(
    stories: Iterable[bytes | str | Path], *, overrides: Overrides = NOTHING_KNOWN
) -> Iterator[Reading | Rejected]:
    """Read many stories, in their order, several at a time; see `read_story`."""
    encoder = packed_encoder(threads=1)
    return side_by_side(partial(read_story, overrides=overrides, encoder=encoder), stories)


def one_document(raw: bytes | str | Path, reads: Reads) -> Document | Rejected:
    """The document that a text, bytes or a file hold; Rejected where they hold none or several."""
    if isinstance(raw, Path):
        found = read_path(raw, reads, address=str(raw))
    else:
        found = read_text(raw, reads) if isinstance(raw, str) else read_bytes(raw, reads)
    first, *more = [*islice(found, 2)] or [Rejected(uri="", reason="empty")]
    if more:
        return Rejected(uri=str(raw) if isinstance(raw, Path) else "", reason=SEVERAL)
    return first if isinstance(first, Rejected) else first.document


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


def statements_of(reading: Reading, encoder: Encoder) -> list[Statement]:
    """What a document tells beside its claims, with times, places and quantities; see linking."""
    document, spotter = reading.document, Spotter(encoder.pack)
    windows = spotter.watch(encoder.encode(document.text, stretches(reading)))
    found = list(statements(reading, windows, encoder.pack.heads))
    return list(settled(document, reading.zones, found, spotter.mentions()))


def mentions_of(document: Document, zones: Sequence[Zone], encoder: Encoder) -> tuple[Mention, ...]:
    """The names, pronouns and descriptions of one document, and which of them are one."""
    spotter = Spotter(encoder.pack)
    stretches = tuple(passages(document, zones))
    for _ in spotter.watch(encode(document.text, stretches, encoder)):
        pass
    return spotter.mentions()
