"""Claims × sources: who asserts, denies, confirms, and who says that it could not be verified."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly import brief
from allegedly.exports import wording
from allegedly.exports.page.families import family
from allegedly.linking.record import UNNAMED
from allegedly.linking.speakers import called
from allegedly.linking.standing import affirming
from allegedly.web.cases.standing import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from allegedly.linking.record import Record
    from allegedly.linking.telling import Telling
    from allegedly.records import AssessmentKind, Standing, Voice

MOST_ROWS: Final = 25
MOST_COLUMNS: Final = 10
OUTLETS: Final = "outlets themselves"  # what they tell, doubt or reject in their own voice
# What is done in the row, in the order in which a cell shows it.
_ASSESSED: Final[Mapping[AssessmentKind, tuple[str, str]]] = {
    "false": ("calls false", "reject"),
    "misleading": ("calls misleading", "reject"),
    "verified": ("verified", "uphold"),
    "could_not_verify": ("could not verify", "wonder"),
    "no_evidence": ("no evidence", "wonder"),
    "under_investigation": ("investigates", "wonder"),
}
# What several outlets do.
_MANY: Final = {"denies": "deny", "contradicts": "contradict", "confirms": "confirm"} | {
    "calls false": "call false",
    "calls misleading": "call misleading",
    "investigates": "investigate",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one source does with one claim; `count` is in how many stories."""

    said: str
    family: str
    count: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim: the words that say it best, where it is read, and who does what with it.

    A cell holds what its source does, a denial first.
    """

    words: str
    href: str
    stories: int
    origins: int
    cells: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The table; what there was no room for is counted."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    rows_left_out: int
    columns_left_out: int


@dataclass(frozen=True, slots=True)
class _Deed:
    """What somebody does with a claim, by which records."""

    said: str
    family: str
    voice: Voice


def matrix(told: Telling, query: str) -> Matrix:
    """The table of a case's claims, the contested first; `query` follows each address."""
    record = told.record
    claims = told.claims
    done = [(stands, _deeds(stands, record)) for stands in claims[:MOST_ROWS]]
    columns = _columns([deeds for _, deeds in done])
    shown = columns[:MOST_COLUMNS]
    rows = [_row(stands, deeds, list(shown), record, query) for stands, deeds in done]
    kept = tuple(row for row in rows if any(row.cells))
    return Matrix(
        columns=tuple(name for _, name in shown),
        rows=kept,
        rows_left_out=len(claims) - len(kept),
        columns_left_out=max(0, len(columns) - MOST_COLUMNS),
    )


def _deeds(stands: Standing, record: Record) -> dict[str, list[_Deed]]:
    """What each source does with a claim, a denial first."""
    found: defaultdict[str, list[_Deed]] = defaultdict(list)
    for deed in _done(stands, record):
        name = deed.voice.name
        outlet = _is_outlet(deed.voice, record)
        found[OUTLETS if outlet else record.speaker.get(name, called(name))].append(deed)
    return found


def _said(voice: Voice, record: Record) -> _Deed:
    """What somebody does in most of their claims of a group."""
    acts = Counter(affirming(record.claims[name].act) for name in voice.evidence)
    act = max(acts, key=lambda act: (acts[act], act != "assert", act))
    return _Deed(wording.ACTS[act], family(act).key, voice)


def _done(stands: Standing, record: Record) -> Iterator[_Deed]:
    yield from (_Deed("denies", "reject", voice) for voice in stands.denied_by)
    yield from (_Deed("contradicts", "reject", voice) for voice in stands.contradicted_by)
    yield from (_Deed("says otherwise", "reject", voice) for voice in stands.changed_by)
    yield from (_Deed("confirms", "uphold", voice) for voice in stands.confirmed_by)
    yield from (_said(voice, record) for voice in stands.asserted_by)
    yield from (_Deed("report it", "say", voice) for voice in stands.own_voice_of)
    for kind, (words, shown_as) in _ASSESSED.items():
        yield from (_Deed(words, shown_as, v) for each, v in stands.assessed if each == kind)


def _is_outlet(voice: Voice, record: Record) -> bool:
    """Whether an outlet speaks for itself, as far as its first record tells."""
    name = voice.evidence[0]
    claim = record.claims.get(name)
    return claim.own_voice if claim is not None else voice.name == record.outlet[name].name


def _columns(told: Iterable[Mapping[str, Sequence[_Deed]]]) -> list[tuple[str, str]]:
    """Sources as keys and names: the outlets, who is in most rows, and last nobody named."""
    rows: Counter[str] = Counter()
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for deeds in told:
        rows.update(deeds.keys())
        for source, done in deeds.items():
            spelt[source].update(brief.called(deed.voice) for deed in done)
    order = sorted(rows, key=lambda s: (s == UNNAMED, s != OUTLETS, -rows[s], s))
    names = {source: min(spelt[source].items(), key=lambda s: (-s[1], s[0]))[0] for source in order}
    own = {OUTLETS: OUTLETS, UNNAMED: wording.NOBODY}
    return [(source, own.get(source, names[source])) for source in order]


def _row(
    stands: Standing,
    deeds: Mapping[str, Sequence[_Deed]],
    columns: Sequence[tuple[str, str]],
    record: Record,
    query: str,
) -> Row:
    return Row(
        words=brief.plain(stands.words),
        href=address(record, stands.shown, query),
        stories=stands.stories,
        origins=stands.origins,
        cells=tuple(
            tuple(_marks(source, deeds.get(source, ()), record, query)) for source, _ in columns
        ),
    )


def _marks(source: str, deeds: Sequence[_Deed], record: Record, query: str) -> Iterator[Mark]:
    """The marks of one cell: of several sources in it, those that do the same as one."""
    by: dict[str, list[_Deed]] = {}
    for deed in deeds:
        by.setdefault(deed.said, []).append(deed)
    for said, same in by.items():
        evidence = [name for deed in same for name in deed.voice.evidence]
        yield Mark(
            said=_MANY.get(said, said) if source == OUTLETS else said,
            family=same[0].family,
            count=len({record.outlet[name].document for name in evidence}),
            href=address(record, evidence[0], query),
        )
