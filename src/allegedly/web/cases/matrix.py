"""Claims × sources: who asserts, denies, confirms, and who says that it could not be verified."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.exports import wording
from allegedly.exports.page.families import family
from allegedly.store import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegedly.web.cases.gathering import Said

MOST_ROWS: Final = 25
MOST_COLUMNS: Final = 12
SAME: Final = frozenset({"repeats", "confirms"})  # relations whose two ends are one row
AGAINST: Final = {"denies": "denies", "contradicts": "contradicts", "confirms": "confirms"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one source does with one claim; `count` is in how many stories."""

    said: str
    family: str
    count: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim: the words that say it best, where it is read, in how many stories, by whom."""

    words: str
    href: str
    stories: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The table; what there was no room for is counted."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    rows_left_out: int
    columns_left_out: int


@dataclass(frozen=True, slots=True)
class Act:
    """One source's act on one row, with the claim in which it is done."""

    source: str
    said: str
    family: str
    by: Said


def matrix(said: Sequence[Said], groups: Sequence[Sequence[Said]], query: str) -> Matrix:
    """The table of some claims in groups that say the same; `query` follows each address."""
    acts = _acts(said, groups)
    weighed = sorted(acts, key=lambda group: (-_weight(acts[group]), group))
    speakers = Counter(act.source for group in weighed[:MOST_ROWS] for act in acts[group])
    columns = [name for name, _ in sorted(speakers.items(), key=lambda s: (-s[1], s[0]))]
    shown = tuple(columns[:MOST_COLUMNS])
    rows = (_row(groups[group], acts[group], shown, query) for group in weighed[:MOST_ROWS])
    kept = tuple(row for row in rows if any(row.cells))
    return Matrix(
        columns=shown,
        rows=kept,
        rows_left_out=len(weighed) - len(kept),
        columns_left_out=max(0, len(columns) - MOST_COLUMNS),
    )


def same_words(said: Iterable[Said]) -> list[list[Said]]:
    """Claims in groups: those whose contents have the same words, or that repeat each other.

    Links that compare what is said would join more; these never join two that differ.
    """
    groups: dict[str, list[Said]] = defaultdict(list)
    placed: dict[str, str] = {}
    for each in said:
        key = folded(each.claim.content)
        linked = [t["claim"] for t in each.body["targets"] if t["relation"] in SAME]
        key = next((placed[claim] for claim in linked if claim in placed), key)
        placed[each.claim.id] = key
        groups[key].append(each)
    return list(groups.values())


def _acts(said: Sequence[Said], groups: Sequence[Sequence[Said]]) -> dict[int, list[Act]]:
    """For each group what anybody does with it: claims in it, and claims against it."""
    of = {each.claim.id: number for number, group in enumerate(groups) for each in group}
    found: dict[int, list[Act]] = defaultdict(list)
    for each in said:
        against = [t for t in each.body["targets"] if t["relation"] in AGAINST]
        source = each.claim.source or wording.NOBODY
        for target in against:
            if target["claim"] in of and of[target["claim"]] != of[each.claim.id]:
                act = Act(source, AGAINST[target["relation"]], _against(target["relation"]), each)
                found[of[target["claim"]]].append(act)
        if against:
            continue  # it stands in the row of what it is against
        act_said, shown = wording.ACTS[each.claim.act], family(each.claim.act).key
        found[of[each.claim.id]].append(Act(source, act_said, shown, each))
    return found


def _against(relation: str) -> str:
    return "uphold" if relation == "confirms" else "reject"


def _weight(acts: list[Act]) -> float:
    """Contested before widely told before all else."""
    sources = len({act.source for act in acts})
    denied = any(act.family == "reject" for act in acts)
    stories = len({act.by.claim.document for act in acts})
    return sources + stories + 3 * denied * (sources > 1)


def _row(group: Sequence[Said], acts: list[Act], columns: tuple[str, ...], query: str) -> Row:
    best = max(group, key=lambda each: (each.claim.probability, -len(each.claim.content)))
    by: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        by[act.source].append(act)
    return Row(
        words=best.claim.content,
        href=f"/claims/{best.claim.id}{query}",
        stories=len({act.by.claim.document for act in acts}),
        cells=tuple(_cell(by[name], query) if name in by else None for name in columns),
    )


def _cell(acts: list[Act], query: str) -> Cell:
    """The act that matters most: a denial, else what is done most often."""
    often = Counter(act.said for act in acts)
    first = min(acts, key=lambda act: (act.family != "reject", -often[act.said], act.said))
    return Cell(
        said=first.said,
        family=first.family,
        count=len({act.by.claim.document for act in acts}),
        href=f"/claims/{first.by.claim.id}{query}",
    )
