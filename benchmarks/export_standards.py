"""Each export against its standard's own library: what that finds wrong, if anything."""

from __future__ import annotations

import csv
import io
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONTEXTS = Path(__file__).parent / "contexts"


def jsonl(path: Path) -> Iterator[str]:
    """Whole by its own digest, and every reading under the JSON Schema of ledger JSON."""
    import jsonschema

    from allegedly.exports.jsonl import check_lines, lines

    schema = json.loads((files("allegedly.exports") / "ledger.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    with path.open("rb") as file:
        if not check_lines(file).exported:
            yield "no export"
        file.seek(0)
        for line in lines(file):
            if line.kind == "reading":
                found = validator.iter_errors(line.body["ledger"])
                yield from (f"line {line.number}: {error.message}" for error in found)


def csv_rows(path: Path) -> Iterator[str]:
    """Strict CSV, every row as long as the header, no cell that would calculate."""
    text = path.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            yield f"row {number}: {len(row)} cells"
        if any(cell.lstrip()[:1] in tuple("=+-@") and cell.strip() for cell in row):
            yield f"row {number}: a formula"


def xlsx(path: Path) -> Iterator[str]:
    """A workbook that openpyxl opens, without a formula in it."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from (f"{sheet.title} {c.coordinate}: formula" for c in row if c.data_type == "f")
    if "Claims" not in book.sheetnames:
        yield "no sheet of claims"


def parquet(path: Path) -> Iterator[str]:
    """A file that pyarrow and polars both read, with the documented schema."""
    import polars as pl
    import pyarrow.parquet as pq

    from allegedly.exports.tables.parquet import SCHEMA

    table = pq.read_table(path)
    table.validate(full=True)
    if not table.schema.equals(SCHEMA):
        yield "another schema"
    if pl.read_parquet(path).height != table.num_rows:
        yield "polars reads other rows"


def webannotation(path: Path) -> Iterator[str]:
    """JSON-LD whose every term the context defines, and the model's own rules."""
    from pyld import jsonld

    context = json.loads((CONTEXTS / "anno.json").read_text("utf-8"))
    whole = json.loads(path.read_text("utf-8"))
    known = {*context["@context"], "@context", *whole["@context"][1]}
    yield from (f"the context does not know {key!r}" for key in sorted(_keys(whole) - known))
    loader = _loader({"http://www.w3.org/ns/anno.jsonld": context})
    [expanded] = jsonld.expand(whole, {"documentLoader": loader})
    oa = "http://www.w3.org/ns/oa#"
    [first] = expanded["http://www.w3.org/ns/activitystreams#first"]
    items = first["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    if len(items) != whole["total"]:
        yield f"{len(items)} annotations, not {whole['total']}"
    for item in items:
        if item.get("@type") != [f"{oa}Annotation"] or f"{oa}hasTarget" not in item:
            yield f"{item.get('@id')}: no annotation with a target"
        for selector in _selectors(item, oa):
            yield from (f"{item['@id']}: {wrong}" for wrong in _selector(selector, oa))


def _selectors(item: dict[str, Any], oa: str) -> Iterator[dict[str, Any]]:
    for target in item[f"{oa}hasTarget"]:
        yield from target.get(f"{oa}hasSelector", [])


def _selector(selector: dict[str, Any], oa: str) -> Iterator[str]:
    needed = {f"{oa}TextPositionSelector": ("start", "end"), f"{oa}TextQuoteSelector": ("exact",)}
    [kind] = selector["@type"]
    yield from (f"{kind} without {n}" for n in needed[kind] if len(selector[f"{oa}{n}"]) != 1)


def _keys(value: Any) -> set[str]:  # noqa: ANN401  # JSON
    if isinstance(value, dict):
        inner = [_keys(v) for key, v in value.items() if key != "@context"]
        return set(value).union(*inner)
    return set().union(*map(_keys, value)) if isinstance(value, list) else set()


def _loader(contexts: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """A loader that knows some contexts and fetches none."""

    def load(url: str, _options: object = None) -> dict[str, Any]:
        return {
            "contextUrl": None,
            "documentUrl": url,
            "contentType": "application/ld+json",
            "document": contexts[url],
        }

    return load


# Lines as brat's manual describes them; no package reads brat, is maintained and has a licence.
_LINES = {
    "T": re.compile(r"T\d+\t[A-Z]\w+ (\d+ \d+(?:;\d+ \d+)*)\t([^\t\n]+)"),
    "R": re.compile(r"R\d+\t([A-Z]\w+) Arg1:(T\d+) Arg2:(T\d+)"),
    "A": re.compile(r"A\d+\t([A-Z]\w+) (T\d+) (\S+)"),
    "#": re.compile(r"#\d+\t([A-Z]\w+) (T\d+)\t([^\t\n]*)"),
}


def brat(path: Path) -> Iterator[str]:
    """Lines of brat's grammar, words of the text, types and values of annotation.conf."""
    conf = (path / "annotation.conf").read_text("utf-8")
    for section in ("[entities]", "[relations]", "[events]", "[attributes]"):
        if section not in conf:
            yield f"annotation.conf has no {section}"
    for file in sorted(path.glob("*.ann")):
        text = file.with_suffix(".txt").read_bytes().decode()
        yield from (f"{file.name}: {wrong}" for wrong in _brat_file(file, text, conf))


def _brat_file(file: Path, text: str, conf: str) -> Iterator[str]:
    lines = file.read_bytes().decode().split("\n")
    if lines.pop():
        yield "no newline at the end"
    names = [line.split("\t")[0] for line in lines]
    if len(names) != len(set(names)):
        yield "an id twice"
    for line in lines:
        found = _LINES[line[:1]].fullmatch(line) if line[:1] in _LINES else None
        if found is None:
            yield f"no line of brat's: {line[:60]}"
            continue
        yield from _brat_words(line, text, conf) if line[0] == "T" else ()
        marks = [value for value in found.groups() if re.fullmatch(r"T\d+", value)]
        if line[0] != "T" and not set(marks) <= set(names):
            yield f"about nothing: {line[:60]}"
        if line[0] in "RA" and f"\n{found[1]}\t" not in conf:
            yield f"{found[1]} is not in annotation.conf"
        if line[0] == "A" and not re.search(rf"\n{found[1]}\t.*[:|]{found[3]}(\||\n)", conf):
            yield f"{found[3]} is no value of {found[1]}"


def _brat_words(line: str, text: str, conf: str) -> Iterator[str]:
    name, about, said = line.split("\t")
    kind, places = about.split(" ", 1)
    pairs = [tuple(map(int, pair.split())) for pair in places.split(";")]
    cut = [text[start:end] for start, end in pairs]
    if any("\n" in part or not part for part in cut):
        yield f"{name}: across a line break, or nothing"
    if " ".join(cut).replace("\t", " ") != said:
        yield f"{name}: other words than the text's"
    if f"\n{kind}\n" not in conf:
        yield f"{kind} is not in annotation.conf"


STANDARDS: dict[str, Callable[[Path], Iterator[str]]] = {
    "jsonl": jsonl,
    "csv": csv_rows,
    "xlsx": xlsx,
    "parquet": parquet,
    "webannotation": webannotation,
    "brat": brat,
}
