"""A data frame of stories becomes a data frame of claims, in pandas, polars and their like."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from allegedly.documents import Overrides
from allegedly.encoder import packed_encoder
from allegedly.exports import wording
from allegedly.pipeline import read_story
from allegedly.records import Rejected, words
from allegedly.side_by_side import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from narwhals.typing import IntoDataFrameT

    from allegedly.records import Claim, Reading, Spans

TOLD: Final = 5  # rows that a warning names
# The columns of the result, in their order.
SCHEMA: Final[dict[str, Any]] = {
    "row": nw.Int64,
    "document": nw.String,
    "claim": nw.String,
    "source": nw.String,
    "source_kind": nw.String,
    "source_role": nw.String,
    "chain": nw.String,
    "act": nw.String,
    "form": nw.String,
    "polarity": nw.String,
    "modality": nw.String,
    "content": nw.String,
    "cue": nw.String,
    "hedges": nw.String,
    "time": nw.String,
    "places": nw.String,
    "quantities": nw.String,
    "zone": nw.String,
    "start": nw.Int64,
    "end": nw.Int64,
    "probability": nw.Float64,
}


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    text: str
    known: Overrides


def read_frame(  # noqa: PLR0913  # the columns that may tell something
    frame: IntoDataFrameT,
    text: str = "body",
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    uri: str | None = None,
) -> IntoDataFrameT:
    """Read the stories in a column; gives one row a claim, in a frame of the same library.

    The other arguments name columns that tell more of each story; dates may be ISO 8601 text or
    dates. `row` is the place of the story in `frame`, from 0, to join by. `start` and `end` bound
    the content in the text as the reading has it, which leaves out a header of the story and
    control characters; several places, times and the like are parted by semicolons. Rows without
    text have no claims; what cannot be read is left out with a warning. Raises KeyError for a
    column that is not there and TypeError for what is no data frame.
    """
    given = nw.from_native(frame, eager_only=True)
    columns = {"title": title, "publisher": publisher, "published": published, "uri": uri}
    rows = list(_rows(given, text, {name: of for name, of in columns.items() if of}))
    encoder = packed_encoder(threads=1)
    outcomes = side_by_side(partial(_read, encoder=encoder), rows)
    found: dict[str, list[Any]] = {name: [] for name in SCHEMA}
    rejected = []
    for row, outcome in zip(rows, outcomes, strict=True):
        if isinstance(outcome, Rejected):
            rejected.append(f"row {row.number}: {outcome.reason}")
            continue
        for claim in outcome.claims:
            for name, value in _fields(row.number, outcome, claim).items():
                found[name].append(value)
    _warn(rejected)
    made = nw.from_dict(found, schema=SCHEMA, backend=given.implementation)
    native: IntoDataFrameT = made.to_native()
    return native


def _rows(frame: nw.DataFrame[Any], text: str, columns: dict[str, str]) -> Iterator[_Row]:
    for name in (text, *columns.values()):
        if name not in frame.columns:
            raise KeyError(f"the frame has no column {name!r}: {', '.join(frame.columns)}")
    told = {name: frame[of].to_list() for name, of in columns.items()}
    for number, body in enumerate(frame[text].to_list()):
        if isinstance(body, str) and body.strip():
            known = {name: _plain(values[number]) for name, values in told.items()}
            yield _Row(number, body, Overrides(**known))


def _plain(value: object) -> str | None:
    """A cell as text; a date in ISO 8601, nothing for the many ways of having no value."""
    if value is None or value != value:  # noqa: PLR0124  # NaN and NaT differ from themselves
        return None
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) or None


def _read(row: _Row, *, encoder: Any) -> Reading | Rejected:  # noqa: ANN401  # an Encoder
    return read_story(row.text, overrides=row.known, encoder=encoder)


def _fields(number: int, reading: Reading, claim: Claim) -> dict[str, Any]:
    text = reading.document.text
    innermost = claim.sources[-1] if claim.sources else None
    plain = ("act", "form", "polarity", "modality", "zone", "probability")
    return {
        "row": number,
        "document": reading.document.id,
        "claim": claim.id,
        "source": wording.hop(innermost, text)[0] if innermost else None,
        "source_kind": innermost and innermost.kind,
        "source_role": innermost and innermost.role,
        "chain": " › ".join(wording.hop(source, text)[0] for source in claim.sources) or None,
        **{name: getattr(claim, name) for name in plain},
        "content": words(text, claim.content),
        "cue": words(text, claim.cue) or None,
        "hedges": _listed(span.cut(text) for span in claim.hedges),
        "time": wording.moment(claim.time) if claim.time else None,
        "places": _listed(map(wording.where, claim.places)),
        "quantities": _listed(map(wording.amount, claim.quantities)),
        **_ends(claim.content),
    }


def _ends(spans: Spans) -> dict[str, int]:
    return {"start": spans[0].start, "end": spans[-1].end}


def _listed(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None


def _warn(rejected: list[str]) -> None:
    if rejected:
        more = "" if len(rejected) <= TOLD else f" and {len(rejected) - TOLD} more"
        told = f"not read: {'; '.join(rejected[:TOLD])}{more}"
        warnings.warn(told, UserWarning, stacklevel=3)
