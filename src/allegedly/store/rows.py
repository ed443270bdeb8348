"""Records as rows of the projections: what is listed, filtered and shown without its entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allegedly.store.chain import canonical
from allegedly.store.moments import latest
from allegedly.store.words import capped, folded, folded_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegedly.store.chain import Entry
    from allegedly.store.standing import Body, Standing, Status

Row = dict[str, Any]
JOINED = " … "
HOP = " › "


def cut(text: str, spans: Sequence[Sequence[int]]) -> str:
    """The exact words at spans."""
    if len(spans) == 1:
        start, end = spans[0]
        return text[start:end]
    return JOINED.join(text[start:end] for start, end in spans)


def run_row(entry: Entry, body: Body) -> Row:
    """A row of `runs`."""
    settings = canonical(body["settings"])
    said = {"id": body["id"], "code": body["code"], "model": body["model"]}
    return {"seq_from": entry.seq, **said, "settings": settings}


def capture_row(entry: Entry, body: Body) -> Row:
    """A row of `captures`; published by the time of recording where nothing tells more."""
    publisher = body["publisher"]
    return {
        "seq_from": entry.seq,
        # Captures of the first layout do not have these.
        **dict.fromkeys(("byline", "updated", "reader")),
        **body,
        "publisher_folded": None if publisher is None else folded(publisher),
        "published_by": latest(body["published"]) or entry.recorded_at,
    }


def document_row(entry: Entry, number: int, body: Body, published_by: str, captures: int) -> Row:
    """A row of `documents`: one version, which counts until the next capture is recorded."""
    said = ("id", "title", "publisher", "published", "language", "uri")
    return {
        "seq_from": entry.seq,
        "seq_to": None,
        "entry": number,
        **{field: body[field] for field in said},
        "published_by": published_by,
        "captures": captures,
        "characters": len(body["text"]),
    }


def reading_row(entry: Entry, body: Body, supersedes: str | None) -> Row:
    """A row of `readings`."""
    counts = {what: len(body[what]) for what in ("claims", "assessments", "silences")}
    said = {"id": body["id"], "document": body["document"], "run": entry.run}
    return {
        "seq_from": entry.seq,
        "seq_to": None,
        **said,
        "supersedes": supersedes,
        **counts,
    }


def claim_row(entry: Entry, body: Body, text: str, seq_from: int, hops: list[Row]) -> Row:
    """A row of `claims`, as the machine read it."""
    innermost = hops[-1] if hops else None
    content = body["content"]
    time = body["time"]
    return {
        "seq": entry.seq,
        "seq_from": seq_from,
        "seq_to": None,
        "id": body["id"],
        "document": body["document"],
        "run": entry.run,
        "zone": body["zone"],
        "act": body["act"],
        "form": body["form"],
        "polarity": body["polarity"],
        "modality": body["modality"],
        "source": innermost and (innermost["name"] or innermost["words"]),
        "source_kind": innermost and innermost["kind"],
        "chain": HOP.join([hop["name"] or hop["words"] for hop in hops]),
        "cue": cut(text, body["cue"]),
        "content": cut(text, content),
        "content_start": content[0][0],
        "content_end": content[-1][1],
        "happened": time and time["value"],
        "probability": float(body["probability"]),
    }


def names(hops: list[Row]) -> str:
    """The words of a claim's `chain` as the index takes them, from hops that are folded already."""
    each = [hop["source"] if hop["name"] else folded(hop["words"]) for hop in hops]
    return capped(" ".join(filter(None, each)))


def chain_rows(entry: Entry, body: Body, text: str) -> list[Row]:
    """The rows of `chains` of one claim, outermost first."""
    return [
        {
            "claim": entry.seq,
            "hop": hop,
            "source": folded_name(source["name"]) or None if source["name"] else None,
            "name": source["name"],
            "kind": source["kind"],
            "role": source["role"],
            "words": cut(text, source["spans"]),
        }
        for hop, source in enumerate(body["sources"])
    ]


def named(sources: Iterable[Body]) -> frozenset[str]:
    """Who is named in a chain, folded."""
    return frozenset(filter(None, (folded_name(s["name"]) for s in sources if s["name"])))


def speaker_row(entry: Entry, place: int, number: int, source: str, claims: int) -> Row:
    """A row of `speakers`: in how many claims of a document somebody is named."""
    return {
        "seq_from": entry.seq,
        "place": place,
        "seq_to": None,
        "entry": number,
        "source": source,
        "claims": claims,
    }


def assessment_row(entry: Entry, body: Body, text: str, seq_from: int) -> Row:
    """A row of `assessments`."""
    return {
        "seq": entry.seq,
        "seq_from": seq_from,
        "seq_to": None,
        "id": body["id"],
        "document": body["document"],
        "run": entry.run,
        "kind": body["kind"],
        "assessor": body["by"],
        "words": cut(text, body["spans"]),
        "about": canonical(body["about"]),
    }


def silence_row(entry: Entry, body: Body, text: str, seq_from: int) -> Row:
    """A row of `silences`."""
    return {
        "seq": entry.seq,
        "seq_from": seq_from,
        "seq_to": None,
        "id": body["id"],
        "document": body["document"],
        "run": entry.run,
        "name": body["who"]["name"],
        "words": cut(text, body["spans"]),
        "about": body["about"],
    }


def decision_row(entry: Entry, body: Body) -> Row:
    """A row of `decisions`; an undo has been done with as soon as it is recorded."""
    said = ("id", "kind", "subject", "document", "matter", "verdict", "reviewer", "reason")
    value = body["value"]
    return {
        "seq_from": entry.seq,
        "seq_to": None,
        **{field: body[field] for field in said},
        "recorded_at": entry.recorded_at,
        "value": None if value is None else canonical(value),
        "supersedes": body["supersedes"],
    }


def standing_row(entry: Entry, standing: Standing, now: Status, corrected: Body) -> Row:
    """A row of `standings`; `act` and `names` are a person's, null where nobody corrected them.

    `names` are those of the whole chain, folded, with a blank around each and a stroke between.
    """
    kind, subject = standing.key
    credibility = standing.decided.get("credibility")
    words = {m: [w.seq, w.id, w.verdict, w.value] for m, w in standing.decided.items()}
    return {
        "seq_from": entry.seq,
        "seq_to": None,
        "kind": kind,
        "subject": subject,
        "document": standing.document,
        "status": now,
        "act": corrected.get("act"),
        "names": _called(corrected["sources"]) if "sources" in corrected else None,
        "corrected": canonical(corrected) if corrected else None,
        "credibility": None if credibility is None else credibility.value,
        "decided": canonical(words),
        "seen": standing.seen_seq,
        "carried": standing.carried,
    }


def _called(sources: list[Body]) -> str:
    """The names of a chain as a filter looks for them: words of two hops are no name."""
    each = [folded_name(source["name"]) for source in sources if source["name"]]
    return f" {' | '.join(each)} "
