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

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
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


def inception(path: Path) -> Iterator[str]:
    """XMI that dkpro-cassis reads with its own type check, and the words at each place."""
    import cassis

    with (path / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    for file_path in sorted(path.glob("*.xmi")):
        with file_path.open("rb") as file:
            cas = cassis.load_cas_from_xmi(file, typesystem=types)
        yield from (f"{file_path.name}: {error}" for error in cas.typecheck())
        for claim in cas.select("webanno.custom.Claim"):
            if not claim.get_covered_text():
                yield f"{file_path.name}: a claim without words"


def stix(path: Path) -> Iterator[str]:
    """A bundle that OASIS' validator passes, with references that lead to objects in it."""
    import stix2validator

    # Ids made from content are version 5 on purpose, and our relations have names of their own.
    options = stix2validator.ValidationOptions(version="2.1", strict=True, disabled="103,202")
    found = stix2validator.validate_file(str(path), options)
    results = found.object_results or [found]
    for result in results:
        errors = [*(result.errors or []), *(result.warnings or [])]
        yield from (f"{getattr(result, 'object_id', 'bundle')}: {error}" for error in errors)
    objects = json.loads(path.read_text("utf-8"))["objects"]
    ids = [made["id"] for made in objects]
    if len(ids) != len(set(ids)):
        yield "an id twice"
    text = path.read_text("utf-8")
    kinds = "identity|note|opinion|report|relationship|marking-definition|extension-definition"
    for name in sorted(set(re.findall(rf'"((?:{kinds})--[0-9a-f-]+)"', text)) - set(ids)):
        yield f"{name} is not in the bundle"


def ftm(path: Path) -> Iterator[str]:
    """Entities that the library's model validates and keeps whole, linked to one another."""
    from followthemoney import model
    from followthemoney.exc import InvalidData

    lines = path.read_text("utf-8").splitlines()
    entities = {entity["id"]: entity for entity in map(json.loads, lines)}
    if len(entities) != len(lines):
        yield "an id twice"
    for entity in entities.values():
        schema = model.get(entity["schema"])
        try:
            schema.validate(entity)
        except InvalidData as error:
            yield f"{entity['id']}: {error.errors}"
        kept = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
        for name, values in entity["properties"].items():
            if sorted(map(str, kept.get(name, ()))) != sorted(set(values)):
                yield f"{entity['id']}: {name} {values} would become {kept.get(name)}"
            if schema.get(name).type.name == "entity":
                yield from (f"{entity['id']}: {v} is nobody" for v in values if v not in entities)


def schemaorg(path: Path) -> Iterator[str]:
    """JSON-LD whose types and properties are schema.org's, by the vocabulary that rdflib has."""
    from pyld import jsonld
    from rdflib import SDO

    context = {"@context": {"@vocab": "https://schema.org/"}}
    whole = json.loads(path.read_text("utf-8"))
    loader = _loader({"https://schema.org": context})
    triples = jsonld.to_rdf(whole, {"documentLoader": loader})["@default"]
    terms = {triple["predicate"]["value"] for triple in triples} - {RDF_TYPE}
    terms |= {t["object"]["value"] for t in triples if t["predicate"]["value"] == RDF_TYPE}
    for term in sorted(terms):
        if term.removeprefix("https://schema.org/") not in SDO:
            yield f"schema.org has no {term}"
    nodes = {node["@id"]: node for node in whole["@graph"]}
    for node in nodes.values():
        yield from (f"{node['@id']}: {wrong}" for wrong in _markup(node, nodes))


def _markup(node: dict[str, Any], nodes: dict[str, Any]) -> Iterator[str]:
    needed = {
        "NewsArticle": ("headline",),
        "Claim": ("text", "appearance", "claimInterpreter"),
        "ClaimReview": ("claimReviewed", "itemReviewed", "reviewRating", "author"),
    }
    yield from (f"no {name}" for name in needed[node["@type"]] if name not in node)
    for name in ("appearance", "itemReviewed", "isBasedOn"):
        if name in node and node[name]["@id"] not in nodes:
            yield f"{name} leads nowhere"
    if node["@type"] == "ClaimReview" and node["author"]["@type"] != "Person":
        yield "a review that no person wrote"


STANDARDS: dict[str, Callable[[Path], Iterator[str]]] = {
    "jsonl": jsonl,
    "csv": csv_rows,
    "xlsx": xlsx,
    "parquet": parquet,
    "webannotation": webannotation,
    "brat": brat,
    "inception": inception,
    "stix": stix,
    "ftm": ftm,
    "schemaorg": schemaorg,
}
