"""Stories meet in a ledger: what is new is compared with what it may match, and recorded."""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import dataclass, replace
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from allegedly.encoder import packed_encoder
from allegedly.encoder.vectors import packed, packed_sentences, unpacked
from allegedly.linking.claims import (
    Constraints,
    Profile,
    grouped,
    groups,
    grown,
    likeness,
    links,
    profiles,
    statements,
    stretches,
    table,
)
from allegedly.linking.claims.blocking import asked, keys
from allegedly.linking.lexicon import terms
from allegedly.records import ClaimGroup, LinkDecision, Run
from allegedly.records.ledger_json import statement_to_dict
from allegedly.store import (
    ANYTHING,
    NotInLedgerError,
    RefusedError,
    link_reading,
    link_recording,
    link_words,
    queries,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from allegedly.linking.claims import Likeness
    from allegedly.records import LinkRelation, LinkVerdict, Reading
    from allegedly.store import Store, View
    from allegedly.store.link_reading import Found
    from allegedly.store.writing import Writer

AT_ONCE: Final = 16  # documents linked in one transaction
MATCHES: Final = 40  # claims that one is compared with: those that share the most keys with it
_CODE: Final = (
    "blocking",
    "clauses",
    "compare",
    "grouping",
    "own_voice",
    "profiles",
    "relations",
    "reported",
)
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


def link(store: Store, *, most: int | None = None) -> Linked:
    """Link every story that was read since it was last linked, or `most` of them.

    A story costs what its keys bring up, whatever else the ledger holds.
    """
    by = run()
    waiting = store.unlinked()[:most]
    total = Linked(documents=0, groups=0, links=0)
    for at in range(0, len(waiting), AT_ONCE):
        some = [linking(store.now.reading(document)) for document in waiting[at : at + AT_ONCE]]
        made = record(store, some, by)
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
    told = {"statements": [statement_to_dict(statement) for statement in further]}
    if not own:
        return {"document": reading.document.id, **told, "claims": []}
    [body] = bodies([own])
    return body | told


def bodies(owned: Sequence[Sequence[Profile]]) -> list[dict[str, Any]]:
    """What entries hold of the profiles of some documents, one list a document, none empty."""
    frames = [own.frame for profiles in owned for own in profiles]
    vectors = iter(packed(packed_sentences().vectors(frames)))
    return [
        {
            "document": own[0].document,
            "statements": [],
            "claims": [_claim(each, next(vectors)) for each in own],
        }
        for own in owned
    ]


def setting_of(headline: str) -> frozenset[str]:
    """What a headline is about, as profiles hold it."""
    return frozenset(terms(headline))


def record(store: Store, linkings: Sequence[Mapping[str, Any]], by: Run) -> Linked:
    """Record linkings of documents, and the groups and links that they make or change."""
    with store.writing() as end:
        name = link_recording.put_run(end, by)
        for body in linkings:
            link_recording.put_linking(end, body["document"], body, name)
        end.flush()
        fresh = {own["id"] for body in linkings for own in body["claims"]}
        around = _around(end.connection, _met(end.connection, linkings))
        return _joined(end, around, fresh, name, len(linkings))


def _joined(end: Writer, around: _Around, fresh: set[str], by: str, documents: int) -> Linked:
    """Put the groups that new claims join, and what they stand against."""
    if not around.profiles:
        return Linked(documents=documents, groups=0, links=0)
    own = table(around.profiles, around.vectors)
    place = {p.id: i for i, p in enumerate(around.profiles)}
    before = link_reading.groups_of(end.connection, list(place), None)
    held = np.arange(len(own))
    for group in before:
        inside = [place[m] for m in group.members if m in place and m not in fresh]
        held[inside] = min(inside, default=0)
    decided = link_reading.decisions_of(end.connection, list(place), None)
    new = np.array([place[name] for name in fresh if name in place], dtype=np.int64)
    numbers = grown(around.profiles, own, new, held, constraints=_constraints(decided, place))
    found = [group for group in groups(around.profiles, own, numbers) if len(group.members) > 1]
    known = {p.id: p.document for p in around.profiles}
    put = _put_groups(end, found, before, fresh, known, by)
    against = links(around.profiles, own, numbers)
    concerned = [one for one in against if {one.left, one.right} & fresh]
    made = sum(link_recording.put_link(end, one, by) for one in concerned)
    return Linked(documents=documents, groups=put, links=made)


def _put_groups(  # noqa: PLR0913, PLR0917 - groups then and now, and whose they are
    end: Writer,
    found: Sequence[ClaimGroup],
    before: Sequence[ClaimGroup],
    fresh: set[str],
    known: Mapping[str, str],
    by: str,
) -> int:
    """Put groups with all the members that they had, under the id that they had."""
    of = {m: group for group in before for m in group.members if m not in fresh}
    members = {m for group in (*found, *before) for m in group.members}
    unknown = members - known.keys()
    documents = {**known, **link_reading.documents_of(end.connection, unknown)}
    put, kept = 0, set()
    for group in found:
        old = list(dict.fromkeys(of[m].id for m in group.members if m in of))
        earlier = [m for g in before if g.id in old for m in g.members if m in of]
        whole = tuple(dict.fromkeys([*earlier, *group.members]))
        named = replace(group, id=old[0] if old else group.id, members=whole)
        kept.add(named.id)
        put += link_recording.put_group(end, named, documents, by)
    gone = [group for group in before if fresh & set(group.members) and group.id not in kept]
    for group in gone:
        rest = tuple(m for m in group.members if m not in fresh)
        left = rest if len(rest) > 1 else ()
        shown = group.shown if group.shown in left else "".join(left[:1])
        put += link_recording.put_group(
            end, replace(group, members=left, shown=shown), documents, by
        )
    return put


def decide(  # noqa: PLR0913 - a decision's own fields
    store: Store,
    left: str,
    right: str,
    verdict: LinkVerdict,
    *,
    relation: LinkRelation = "same",
    reviewer: str,
    reason: str,
    seen: int | str = ANYTHING,
) -> LinkDecision:
    """Record a person's word that two claims are linked so, or not, until it is taken back.

    `left` and `right` are ids of claims or statements, or the beginnings of claims' ids; groups
    follow at once. `undo` takes a word back. With `seen`, the entry of the last word on any link of
    `left` that was known (for `undo` of the two), 0 for none, a later one raises OvertakenError.
    Raises RefusedError for what does not hold, others' words on the same claims included.
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
        link_words.check(end.connection, decision, link_recording.matter_of(decision), seen)
        link_recording.put_decision(end, decision)
        end.flush()
        if relation == "same":
            _regrouped(end, ends, whole=verdict == "link")
    return decision


def _regrouped(end: Writer, ends: Sequence[str], *, whole: bool) -> None:
    """Make the groups of two claims anew under what people decided.

    With `whole` the groups that there are stay together, where no person parted any in them.
    """
    before = link_reading.groups_of(end.connection, ends, None)
    names = {*ends, *(m for group in before for m in group.members)}
    around = _around(end.connection, link_reading.places_of(end.connection, names), names)
    if not around.profiles:
        return
    own = table(around.profiles, around.vectors)
    place = {p.id: i for i, p in enumerate(around.profiles)}
    decided = link_reading.decisions_of(end.connection, list(place), None)
    held = _constraints(decided, place)
    if whole and not held.apart:
        kept = (pairwise(place[m] for m in group.members if m in place) for group in before)
        held = replace(held, together=(*held.together, *chain.from_iterable(kept)))
    numbers = grouped(around.profiles, own, constraints=held)
    found = [group for group in groups(around.profiles, own, numbers) if len(group.members) > 1]
    by = link_recording.put_run(end, run())
    documents = {p.id: p.document for p in around.profiles}
    gone = {group.id for group in before} - {group.id for group in found}
    link_recording.taken_back(end, sorted(gone), by)
    for group in found:
        link_recording.put_group(end, group, documents, by)


def compared(view: View, claim: str, others: Collection[str]) -> dict[str, Likeness]:
    """How alike a claim and each of some others are and why, by what was linked at its moment."""
    names = {claim, *others}
    with view.connected() as connection:
        at = queries.seq_of(connection, view.moment)
        documents = set(link_reading.documents_of(connection, names).values())
        held = link_reading.linkings_of(connection, sorted(documents), at)
    rows = [(own, body) for body in held.values() for own in body["claims"] if own["id"] in names]
    found = [_profile(own, body["document"]) for own, body in rows]
    place = {own.id: i for i, own in enumerate(found)}
    if claim not in place:
        return {}
    vectors = unpacked(np.stack([_vector(own) for own, _ in rows]))
    alike = likeness(found, table(found, vectors), place[claim])
    return {name: alike[place[name]] for name in others if name in place}


def _known(store: Store, name: str) -> str:
    with store.database.reading() as connection:
        if link_reading.documents_of(connection, [name]):
            return name
    kind, found = store.now.find(name)
    if kind != "claim":
        raise NotInLedgerError(f"{name} is a {kind}, and no claim")
    return found


def run() -> Run:
    """Which code and vectors make links."""
    code = blake2b(digest_size=6)
    for name in _CODE:
        code.update((files("allegedly.linking.claims") / f"{name}.py").read_bytes())
    code.update((files("allegedly.linking.claims") / "weights.toml").read_bytes())
    return Run(
        code=f"allegedly {version('allegedly')} links+{code.hexdigest()}",
        model=f"vectors {_model()}",
    )


def _model() -> str:
    described = (files("allegedly.encoder") / "pack" / "vectors.json").read_bytes()
    return blake2b(described, digest_size=8).hexdigest()


def _met(connection: Connection, linkings: Sequence[Mapping[str, Any]]) -> set[Found]:
    """Where the new claims stand and what each may match: those that share the most keys."""
    held = {p.id: p for body in linkings for p in _profiles(body)}
    wanted = {name: asked(own) for name, own in held.items()}
    under = link_reading.matching(connection, {key for keys in wanted.values() for key in keys})
    found = link_reading.places_of(connection, held, {p.document for p in held.values()})
    for keys_of in wanted.values():
        shared = Counter(place for key in keys_of for place in under.get(key, ()))
        found |= {place for place, _ in shared.most_common(MATCHES)}
    return found


def _around(
    connection: Connection, places: set[Found], only: Collection[str] | None = None
) -> _Around:
    """Claims by where they stand, in the order in which they were recorded."""
    held = link_reading.linking_bodies(connection, sorted({found.seq for found in places}))
    ordered = [(held[at.seq], held[at.seq]["claims"][at.place]) for at in sorted(places)]
    rows = [(body, own) for body, own in ordered if only is None or own["id"] in only]
    size = packed_sentences().size
    stored = [_vector(own) for _, own in rows]
    return _Around(
        profiles=tuple(_profile(own, body["document"]) for body, own in rows),
        vectors=unpacked(np.stack(stored) if stored else np.zeros((0, size), dtype=np.int8)),
    )


def _profiles(body: Mapping[str, Any]) -> list[Profile]:
    return [_profile(own, body["document"]) for own in body["claims"]]


def _constraints(decisions: Iterable[LinkDecision], place: Mapping[str, int]) -> Constraints:
    same = [d for d in decisions if d.relation == "same" and {d.left, d.right} <= place.keys()]
    pairs = {
        v: tuple((place[d.left], place[d.right]) for d in same if d.verdict == v)
        for v in ("link", "unlink")
    }
    return Constraints(together=pairs["link"], apart=pairs["unlink"])


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
