"""Stories meet in a ledger: what is new is compared with what it may match, and recorded."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from allegedly.encoder import packed_encoder
from allegedly.encoder.vectors import packed, packed_sentences, unpacked
from allegedly.linking.claims import (
    Constraints,
    Profile,
    grouped_by,
    groups,
    links,
    profiles,
    statements,
    stretches,
    table,
)
from allegedly.linking.claims.blocking import candidates, keys
from allegedly.records import ClaimGroup, LinkDecision, Run
from allegedly.store import NotInLedgerError, RefusedError, link_reading, link_recording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from allegedly.records import LinkRelation, LinkVerdict, Reading, Statement
    from allegedly.store import Store
    from allegedly.store.link_reading import Found

AT_ONCE: Final = 64  # documents linked in one transaction
_SETS: Final = ("speaker", "party", "terms", "setting", "places")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What came of linking: documents that were new, and entries of each kind that were put."""

    documents: int
    groups: int
    links: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """The new claims with what they may match, in the order in which they were recorded."""

    profiles: tuple[Profile, ...]
    vectors: np.ndarray[Any, np.dtype[np.float32]]
    keys: tuple[tuple[int, ...], ...]


def link(store: Store, *, most: int | None = None) -> Linked:
    """Link every story that was read since it was last linked, or `most` of them.

    A story costs what its keys bring up, whatever else the ledger holds.
    """
    run = _run()
    waiting = store.unlinked()[:most]
    total = Linked(documents=0, groups=0, links=0)
    for at in range(0, len(waiting), AT_ONCE):
        some = [linking(store.now.reading(document)) for document in waiting[at : at + AT_ONCE]]
        made = record(store, some, run)
        total = Linked(
            documents=total.documents + made.documents,
            groups=total.groups + made.groups,
            links=total.links + made.links,
        )
    return total


def linking(reading: Reading) -> dict[str, Any]:
    """What a reading's claims are compared by, as an entry holds it; the models run here."""
    encoder = packed_encoder()
    windows = encoder.encode(reading.document.text, stretches(reading))
    further = list(statements(reading, windows, encoder.pack.heads))
    own = list(profiles(reading, further))
    vectors = packed(packed_sentences().vectors([p.frame for p in own]))
    return {
        "document": reading.document.id,
        "statements": [_statement(statement) for statement in further],
        "claims": [_claim(p, v) for p, v in zip(own, vectors, strict=True)],
    }


def record(store: Store, linkings: Sequence[Mapping[str, Any]], run: Run) -> Linked:
    """Record linkings of documents, and the groups and links that they make or change."""
    with store.writing() as end:
        name = link_recording.put_run(end, run)
        for body in linkings:
            link_recording.put_linking(end, body["document"], body, name)
        end.flush()
        around = _around(end.connection, linkings)
        found, against = _found(end.connection, around)
        documents = {p.id: p.document for p in around.profiles}
        before = link_reading.groups_of(end.connection, list(documents), None)
        whole = [group for group in found if len(group.members) > 1]
        put = sum(link_recording.put_group(end, group, documents, name) for group in whole)
        gone = {group.id for group in before} - {group.id for group in whole}
        link_recording.taken_back(end, sorted(gone), name)
        made = sum(link_recording.put_link(end, one, name) for one in against)
        return Linked(documents=len(linkings), groups=put, links=made)


def decide(  # noqa: PLR0913 - a decision's own fields
    store: Store,
    left: str,
    right: str,
    verdict: LinkVerdict,
    *,
    relation: LinkRelation = "same",
    reviewer: str,
    reason: str,
) -> LinkDecision:
    """Record a person's word that two claims are linked so, or not; it holds for ever.

    `left` and `right` are ids of claims or statements, or the beginnings of claims' ids. Groups
    follow at once. Raises RefusedError without reviewer and reason, or for a claim and itself.
    """
    for what, said in (("reviewer", reviewer), ("reason", reason)):
        if not said.strip():
            raise RefusedError(f"a decision needs a {what}")
    ends = [_known(store, name) for name in (left, right)]
    if ends[0] == ends[1]:
        raise RefusedError("a claim is not linked to itself")
    decision = LinkDecision(
        left=ends[0],
        right=ends[1],
        relation=relation,
        verdict=verdict,
        reviewer=reviewer,
        reason=reason,
    )
    with store.writing() as end:
        link_recording.put_decision(end, decision)
        end.flush()
        documents = link_reading.documents_of(end.connection, ends)
        linked = link_reading.linkings_of(end.connection, sorted(set(documents.values())), None)
    if linked:
        record(store, list(linked.values()), _run())
    return decision


def _known(store: Store, name: str) -> str:
    with store.database.reading() as connection:
        if link_reading.documents_of(connection, [name]):
            return name
    kind, found = store.now.find(name)
    if kind != "claim":
        raise NotInLedgerError(f"{name} is a {kind}, and no claim")
    return found


def _run() -> Run:
    code = blake2b(digest_size=6)
    for name in ("compare", "grouping", "own_voice", "profiles", "relations", "blocking"):
        code.update((files("allegedly.linking.claims") / f"{name}.py").read_bytes())
    code.update((files("allegedly.linking.claims") / "weights.toml").read_bytes())
    return Run(
        code=f"allegedly {version('allegedly')} links+{code.hexdigest()}",
        model=f"vectors {_model()}",
    )


def _model() -> str:
    described = (files("allegedly.encoder") / "pack" / "vectors.json").read_bytes()
    return blake2b(described, digest_size=8).hexdigest()


def _around(connection: Connection, linkings: Sequence[Mapping[str, Any]]) -> _Around:
    """The claims of some documents with all that their keys bring up, and with whole groups."""
    asked = [key for body in linkings for own in body["claims"] for key in own["keys"]]
    met = link_reading.matching(connection, asked)
    places = {found for under in met.values() for found in under}
    places |= _companions(connection, places, linkings)
    bodies = link_reading.linking_bodies(connection, sorted({found.seq for found in places}))
    rows = {(found.seq, found.place): bodies[found.seq]["claims"][found.place] for found in places}
    document = {seq: body["document"] for seq, body in bodies.items()}
    ordered = sorted(rows)
    return _Around(
        profiles=tuple(_profile(rows[at], document[at[0]]) for at in ordered),
        vectors=unpacked(np.stack([_vector(rows[at]) for at in ordered]))
        if ordered
        else np.zeros((0, 1), dtype=np.float32),
        keys=tuple(tuple(rows[at]["keys"]) for at in ordered),
    )


def _companions(
    connection: Connection, places: set[Found], linkings: Sequence[Mapping[str, Any]]
) -> set[Found]:
    """Where the other members stand of the groups that those found are in, and the new ones."""
    bodies = link_reading.linking_bodies(connection, sorted({found.seq for found in places}))
    names = [bodies[found.seq]["claims"][found.place]["id"] for found in places]
    names += [own["id"] for body in linkings for own in body["claims"]]
    groups_there = link_reading.groups_of(connection, names, None)
    decided = link_reading.decisions_of(connection, names, None)
    members = {member for group in groups_there for member in group.members}
    members |= {name for decision in decided for name in (decision.left, decision.right)}
    return link_reading.places_of(connection, {*members, *names})


def _found(connection: Connection, around: _Around) -> tuple[list[ClaimGroup], list[Any]]:
    """Groups and links among some claims, under what people decided."""
    if not around.profiles:
        return [], []
    own = table(around.profiles, around.vectors)
    place = {p.id: i for i, p in enumerate(around.profiles)}
    left, right = candidates(around.keys)
    held = _constraints(link_reading.decisions_of(connection, list(place), None), place)
    numbers = grouped_by(around.profiles, own, left, right, constraints=held)
    return groups(around.profiles, own, numbers), links(around.profiles, own, numbers)


def _constraints(decisions: Iterable[LinkDecision], place: Mapping[str, int]) -> Constraints:
    same = [d for d in decisions if d.relation == "same" and {d.left, d.right} <= place.keys()]
    pairs = {
        v: tuple((place[d.left], place[d.right]) for d in same if d.verdict == v)
        for v in ("link", "unlink")
    }
    return Constraints(together=pairs["link"], apart=pairs["unlink"])


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "zone": statement.zone,
        "kind": statement.kind,
        "content": [[span.start, span.end] for span in statement.content],
        "polarity": statement.polarity,
        "of": statement.of,
        "probability": statement.probability,
    }


def _claim(own: Profile, vector: np.ndarray[Any, np.dtype[np.int8]]) -> dict[str, Any]:
    said: dict[str, Any] = {name: sorted(getattr(own, name)) for name in _SETS}
    for name in ("id", "kind", "words", "frame", "act", "negative", "rejecting", "source"):
        said[name] = getattr(own, name)
    said["agent"], said["day"], said["named"] = own.agent, own.day, list(own.named)
    said["numbers"] = sorted([name, value] for name, value in own.numbers)
    said["time"] = list(own.time) if own.time else None
    said["keys"] = list(keys(own))
    said["vector"] = base64.b64encode(vector.tobytes()).decode("ascii")
    return said


def _profile(body: Mapping[str, Any], document: str) -> Profile:
    return Profile(
        id=body["id"],
        document=document,
        kind=body["kind"],
        words=body["words"],
        frame=body["frame"],
        act=body["act"],
        negative=body["negative"],
        rejecting=body["rejecting"],
        source=body["source"],
        speaker=frozenset(body["speaker"]),
        party=frozenset(body["party"]),
        named=tuple(body["named"]),
        agent=body["agent"],
        terms=frozenset(body["terms"]),
        setting=frozenset(body["setting"]),
        numbers=frozenset((name, value) for name, value in body["numbers"]),
        places=frozenset(body["places"]),
        time=cast("tuple[str, str] | None", tuple(body["time"]) if body["time"] else None),
        day=body["day"],
    )


def _vector(body: Mapping[str, Any]) -> np.ndarray[Any, np.dtype[np.int8]]:
    return np.frombuffer(base64.b64decode(body["vector"]), dtype=np.int8)
