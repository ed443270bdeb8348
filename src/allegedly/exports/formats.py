"""The formats in which a ledger leaves, by name; what a format needs is loaded when it is used."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Literal

from allegedly.exports.holdings import COUNTED

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from allegedly.exports.returning import Refused, Returned
    from allegedly.store import View

Shape = Literal["text", "binary", "folder"]
Carries = Literal["yes", "part", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: its name on the command line, what it is called, and the module that writes it.

    A `text` can go to standard output, a `binary` to a file, a `folder` gets a file a document.
    `extra` names the optional dependencies that it needs, and `needs` their import names.
    """

    name: str
    title: str
    shape: Shape
    suffix: str
    module: str
    extra: str | None = None
    needs: tuple[str, ...] = ()

    def writer(self) -> Any:  # noqa: ANN401  # each shape has its own signature
        """The function that writes a snapshot; raises MissingExtraError."""
        for name in self.needs:
            try:
                import_module(name)
            except ImportError as error:
                raise MissingExtraError(self, name) from error
        return import_module(f"allegedly.exports.{self.module}").write


class MissingExtraError(ImportError):
    """A format whose optional dependencies are not installed."""

    def __init__(self, wanted: Format, name: str) -> None:
        """Say how to install them."""
        super().__init__(f'{wanted.title} needs {name}: pip install "allegedly[{wanted.extra}]"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One thing that a ledger holds, in words, and how each format carries it, with the reason."""

    key: str
    words: str
    carried: Mapping[str, Carries]
    why: Mapping[str, str]


FORMATS: Final = {
    each.name: each
    for each in (
        Format(name="jsonl", title="JSON lines", shape="text", suffix=".jsonl", module="jsonl"),
        Format(name="csv", title="CSV", shape="text", suffix=".csv", module="tables.csv_file"),
        Format(
            name="xlsx", title="Excel", shape="binary", suffix=".xlsx", module="tables.workbook"
        ),
        Format(
            name="parquet",
            title="Parquet",
            shape="binary",
            suffix=".parquet",
            module="tables.parquet",
            extra="parquet",
            needs=("pyarrow",),
        ),
        Format(
            name="webannotation",
            title="W3C Web Annotation",
            shape="text",
            suffix=".jsonld",
            module="webannotation",
        ),
        Format(name="brat", title="brat standoff", shape="folder", suffix="", module="brat"),
        Format(
            name="inception",
            title="INCEpTION (UIMA CAS XMI)",
            shape="folder",
            suffix="",
            module="uima",
            extra="inception",
            needs=("cassis",),
        ),
        Format(name="stix", title="STIX 2.1", shape="text", suffix=".json", module="stix"),
        Format(
            name="ftm",
            title="FollowTheMoney",
            shape="text",
            suffix=".ftm.json",
            module="knowledge_graph",
        ),
        Format(
            name="schemaorg",
            title="schema.org Claim and ClaimReview",
            shape="text",
            suffix=".jsonld",
            module="claim_markup",
        ),
    )
}


@cache
def available() -> tuple[Format, ...]:
    """The formats whose libraries are installed."""
    return tuple(each for each in FORMATS.values() if all(map(find_spec, each.needs)))


# Formats in which annotators' work comes back, and the functions that read them.
RETURNING: Final = {
    "brat": ("brat", "read"),
    "webannotation": ("webannotation", "read"),
    "jsonl": ("jsonl.differing", "read_edited"),
}


def returned(name: str, view: View, path: Path) -> Iterator[Returned | Refused]:
    """The records of a file or folder that came back in one of the formats of RETURNING."""
    module, function = RETURNING[name]
    read = getattr(import_module(f"allegedly.exports.{module}"), function)
    found: Iterator[Returned | Refused] = read(view, path)
    return found


@cache
def holdings() -> tuple[Holding, ...]:
    """What a ledger holds and how each format carries it, from losses.toml."""
    table = tomllib.loads((files("allegedly.exports") / "losses.toml").read_text("utf-8"))
    return tuple(_holding(key, row) for key, row in table.items())


def _holding(key: str, row: dict[str, Any]) -> Holding:
    carried = dict.fromkeys(FORMATS, "no")
    carried |= dict.fromkeys(row.get("yes", ()), "yes") | dict.fromkeys(row.get("part", ()), "part")
    why = row.get("why", {})
    return Holding(
        key=key,
        words=row["words"],
        carried=carried,  # type: ignore[arg-type]  # the literals above
        why={name: why.get(name, why.get("else", "")) for name in carried},
    )


def losses(name: str, tally: Counter[str]) -> Iterator[tuple[str, int | None, str]]:
    """What an export in a format left behind: the thing, how many of it, and why.

    The number is None for what every ledger has and nobody counts.
    """
    for holding in holdings():
        if holding.carried[name] == "yes":
            continue
        counted = holding.key in COUNTED
        if counted and not tally[holding.key]:
            continue
        part = "in part: " if holding.carried[name] == "part" else ""
        number = tally[holding.key] if counted else None
        yield holding.words, number, f"{part}{holding.why[name]}".strip(": ")


def loss_lines(name: str, tally: Counter[str]) -> list[str]:
    """The same as lines for a person."""
    found = [
        f"- {words}{'' if number is None else f' ({number:,})'}{f': {why}' if why else ''}"
        for words, number, why in losses(name, tally)
    ]
    return found or ["- nothing"]
