"""One example of each format for docs/formats.md, out of a ledger with one short story."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pyarrow.parquet as pq
from tests.store.stories import FIRST, Clock, capture, denied, read, taken

from allegedly import review
from allegedly.exports.formats import FORMATS
from allegedly.exports.leaving import export
from allegedly.records import Target
from allegedly.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def bell(folder: Path) -> Store:
    """A ledger in which the mayor denies what the warden says, and Ana has looked at both."""
    store = Store.open(folder / "bell.ledger", create=True, clock=Clock())
    first = taken()
    story = read(first, denied(targets=(Target(relation="denies", claim=first.id),)))
    store.record(story, capture(story, "https://orrin.example/bell"), FIRST)
    said: dict[str, Any] = {"reviewer": "Ana Ruk", "reason": "two others saw the cart"}
    review.decide(store, first.id, "accept", **said)
    review.decide(store, first.id, "credibility", value=2, **said)
    return store


def examples(folder: Path) -> dict[str, str]:
    """For each format the words of an example, as they stand in its export."""
    found = {}
    with bell(folder) as store:
        for name in FORMATS:
            target = folder / name
            export(store.now, name, target)
            kind, shown = _SHOWN[name](target)
            found[name] = f"```{kind}\n{shown}\n```"
    return found


def _json(value: object) -> tuple[str, str]:
    return "json", json.dumps(value, ensure_ascii=False, indent=1)


def _jsonl(path: Path) -> tuple[str, str]:
    lines = path.read_text("utf-8").splitlines()
    return _json(next(json.loads(line) for line in lines if '"decision"' in line))


def _cells(names: list[Any], row: list[Any]) -> tuple[str, str]:
    pairs = zip(names, row, strict=True)
    return "", "\n".join(f"{name}: {cell}" for name, cell in pairs if cell not in {None, ""})


def _csv(path: Path) -> tuple[str, str]:
    names, row, *_ = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    return _cells(list(names), list(row))


def _xlsx(path: Path) -> tuple[str, str]:
    rows = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))["Decisions"].iter_rows(
        values_only=True
    )
    return _cells(list(next(rows)), list(next(rows)))


def _parquet(path: Path) -> tuple[str, str]:
    row = pq.read_table(path).to_pylist()[0]
    return _json({name: row[name] for name in ("claim", "content", "act", "sources", "decided")})


def _webannotation(path: Path) -> tuple[str, str]:
    items = json.loads(path.read_text("utf-8"))["first"]["items"]
    items[0]["body"][2]["value"] = items[0]["body"][2]["value"][:48] + "…"
    return _json(items[0])


def _brat(path: Path) -> tuple[str, str]:
    return "", next(path.glob("*.ann")).read_text("utf-8").rstrip()


def _inception(path: Path) -> tuple[str, str]:
    xmi = next(path.glob("*.xmi")).read_text("utf-8")
    return "xml", "\n".join(re.findall(r"<custom:(?:Claim|Decision) [^>]*/>", xmi))


def _stix(path: Path) -> tuple[str, str]:
    objects = json.loads(path.read_text("utf-8"))["objects"]
    claim = next(made for made in objects if made.get("labels", [""])[0] == "claim")
    claim["extensions"] = dict.fromkeys(claim["extensions"], "…")
    return _json([claim, next(made for made in objects if made["type"] == "opinion")])


def _ftm(path: Path) -> tuple[str, str]:
    entities = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    notes = [entity for entity in entities if entity["schema"] == "Note"]
    return _json([notes[0], notes[-1]])


def _schemaorg(path: Path) -> tuple[str, str]:
    nodes = json.loads(path.read_text("utf-8"))["@graph"]
    return _json([node for node in nodes if node["@type"] != "NewsArticle"][:2])


_SHOWN: dict[str, Callable[[Path], tuple[str, str]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "webannotation": _webannotation,
    "brat": _brat,
    "inception": _inception,
    "stix": _stix,
    "ftm": _ftm,
    "schemaorg": _schemaorg,
}
