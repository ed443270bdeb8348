"""A person's word on two claims, which holds whatever the machine finds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from allegedly.encoder.vectors import unpacked
from allegedly.linking.claims import grouped, groups, likeness, table
from allegedly.links.bodies import profile_of, vector_of
from allegedly.links.joining import constraints_of
from allegedly.links.meeting import Lately, Met
from allegedly.links.preparing import run
from allegedly.records import LinkDecision
from allegedly.review import check_said
from allegedly.store import (
    ANYTHING,
    NotInLedgerError,
    RefusedError,
    group_reading,
    link_reading,
    link_recording,
    link_words,
    queries,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from allegedly.linking.claims import Likeness
    from allegedly.records import ClaimGroup, LinkRelation, LinkVerdict
    from allegedly.store import Seen, Store, StoredLinkDecision, View
    from allegedly.store.writing import Writer

    Pair = tuple[int, int]


def decide(  # noqa: PLR0913 - a decision's own fields
    store: Store,
    left: str,
    right: str,
    verdict: LinkVerdict,
    *,
    relation: LinkRelation = "same",
    reviewer: str,
    reason: str,
    seen: Seen = ANYTHING,
) -> StoredLinkDecision:
    """Record a person's word that two claims are linked so, or not, until it is taken back.

    `left` and `right` are ids of claims or statements, or the beginnings of claims' ids; groups
    follow at once. `undo` takes a word back. With `seen`, the entry of the last word on any link of
    `left` that was known (for `undo` of the two), None for none, a later one raises OvertakenError.
    Raises RefusedError for what does not hold, others' words on the same claims included.
    """
    pairs = [(left, right)]
    return decide_each(
        store, pairs, verdict, relation=relation, reviewer=reviewer, reason=reason, seen=seen
    )[0]


def decide_each(  # noqa: PLR0913 - a decision's own fields
    store: Store,
    pairs: Sequence[tuple[str, str]],
    verdict: LinkVerdict,
    *,
    relation: LinkRelation = "same",
    reviewer: str,
    reason: str,
    seen: Seen = ANYTHING,
) -> list[StoredLinkDecision]:
    """Record one word on several pairs of claims: on all of them, or where one fails on none.

    As for `decide`; groups are made anew once.
    """
    check_said(reviewer, reason)
    with store.writing() as end:
        made = []
        for left, right in pairs:
            ends = [_known(end, name) for name in (left, right)]
            if ends[0] == ends[1]:
                raise RefusedError("a claim is not linked to itself")
            by = {"relation": relation, "verdict": verdict, "reviewer": reviewer, "reason": reason}
            made.append(LinkDecision(left=ends[0], right=ends[1], **by))  # type: ignore[arg-type]  # each its own
        # Before the first is put: it would itself be later than what was seen.
        if verdict == "undo":
            for decision in made:
                about = link_recording.matter_of(decision)
                link_words.check_taking_back(end.connection, about, seen)
        else:
            for claim in dict.fromkeys(decision.left for decision in made):
                link_words.check_seen(end.connection, claim, seen)
        return _put(end, made)


def take_back(
    store: Store, entries: Sequence[int], *, reviewer: str, reason: str
) -> list[StoredLinkDecision]:
    """Take words on links back that are known by their entries: all of them, or none.

    Raises OvertakenError where one was replaced or taken back in the meantime.
    """
    check_said(reviewer, reason)
    with store.writing() as end:
        made = []
        for entry in dict.fromkeys(entries):
            word = link_words.of_entry(end.connection, entry)
            ends = {"left": word.left, "right": word.right, "relation": word.relation}
            decision = LinkDecision(**ends, verdict="undo", reviewer=reviewer, reason=reason)  # type: ignore[arg-type]  # each its own
            link_words.check_taking_back(end.connection, word.id, entry)
            made.append(decision)
        return _put(end, made)


def bring(store: Store, decision: LinkDecision) -> None:
    """Record a person's word that comes from another ledger.

    What it is about need not be known yet: a statement is only once its story is linked, and then
    the word holds. Raises RefusedError where words that stand leave no room for it.
    """
    with store.writing() as end:
        if decision.verdict == "undo":
            link_words.check_taking_back(end.connection, link_recording.matter_of(decision))
        _put(end, [decision])


def _put(end: Writer, made: Sequence[LinkDecision]) -> list[StoredLinkDecision]:
    """Put words, and make the groups that follow from those on what is the same; as recorded."""
    same = [decision for decision in made if decision.relation == "same"]
    kept = _kept(end, same) if same else []
    for decision in made:
        link_words.check_room(end.connection, decision)
        link_recording.put_decision(end, decision)
        end.flush()
    if same:
        _regrouped(end, _ends(same), kept)
    latest: dict[str, StoredLinkDecision] = {}
    for word in link_words.said_of(end.connection, {decision.left for decision in made}, None):
        latest.setdefault(word.id, word)
    return [latest[link_recording.matter_of(decision)] for decision in made]


def _ends(made: Iterable[LinkDecision]) -> list[str]:
    return list(dict.fromkeys(end for each in made for end in (each.left, each.right)))


def _kept(end: Writer, made: Sequence[LinkDecision]) -> list[ClaimGroup]:
    """The groups that a word leaves as they are but for what it says itself.

    Those that there are; where a word is taken back, those that there were before it, but for any
    that another word made which has been taken back since.
    """
    if made[0].verdict != "undo":
        return group_reading.groups_of(end.connection, _ends(made), None)
    about = (link_words.last_about(end.connection, link_recording.matter_of(each)) for each in made)
    then = min(word.seq for word in about if word is not None) - 1
    past = group_reading.groups_of(end.connection, _ends(made), then)
    gone = _joined(end, past, then) - _joined(end, past, None)
    return [group for group in past if not any(pair <= set(group.members) for pair in gone)]


def _joined(end: Writer, found: Sequence[ClaimGroup], at: int | None) -> set[frozenset[str]]:
    """Which members of some groups people had joined by an entry."""
    members = [member for group in found for member in group.members]
    words = link_reading.decisions_of(end.connection, members, at)
    joined = (word for word in words if (word.relation, word.verdict) == ("same", "link"))
    return {frozenset((word.left, word.right)) for word in joined}


def _regrouped(end: Writer, ends: Sequence[str], kept: Sequence[ClaimGroup]) -> None:
    """Make the groups of some claims anew under what people decided.

    Of a group that is `kept`, those stay together of whom people parted no two; who is parted from
    all others is not one of them.
    """
    before = group_reading.groups_of(end.connection, ends, None)
    names = {*ends, *(m for group in (*before, *kept) for m in group.members)}
    # What a group of before has since become is made anew with it.
    before = group_reading.groups_of(end.connection, names, None)
    names |= {m for group in before for m in group.members}
    met = _met(end, names)
    if not met.profiles:
        return
    decided = link_reading.decisions_of(end.connection, list(met.named), None)
    held = constraints_of(decided, met.named)
    inside = ([met.named[m] for m in group.members if m in met.named] for group in kept)
    rest = chain.from_iterable(pairwise(_staying(group, held.apart)) for group in inside)
    more = replace(held, together=(*held.together, *rest))
    held = held if more.at_odds(len(met.profiles)) else more
    numbers = grouped(met.profiles, met.own, constraints=held)
    found = [group for group in groups(met.profiles, met.own, numbers) if len(group.members) > 1]
    by = link_recording.put_run(end, run())
    documents = {p.id: p.document for p in met.profiles}
    gone = {group.id for group in before} - {group.id for group in found}
    link_recording.taken_back(end, sorted(gone), by)
    link_recording.put_groups(end, found, documents, by)


def _staying(group: Sequence[int], apart: Collection[Pair]) -> list[int]:
    """Who of a group stays together: nobody where people parted some of it and not one from all."""
    inside = set(group)
    parted = [pair for pair in apart if set(pair) <= inside]
    count = Counter(chain.from_iterable({tuple(sorted(pair)) for pair in parted}))
    alone = {one for one in group if count[one] == len(inside) - 1}
    strife = any(not alone & set(pair) for pair in parted)
    return [] if strife else [one for one in group if one not in alone]


def compared(view: View, claim: str, others: Collection[str]) -> dict[str, Likeness]:
    """How alike a claim and each of some others are and why, by what was linked at its moment."""
    names = {claim, *others}
    with view.connected() as connection:
        at = queries.seq_of(connection, view.moment)
        documents = set(link_reading.documents_of(connection, names).values())
        held = link_reading.linkings_of(connection, sorted(documents), at)
    rows = [(own, body) for body in held.values() for own in body["claims"] if own["id"] in names]
    found = [profile_of(own, body["document"]) for own, body in rows]
    place = {own.id: i for i, own in enumerate(found)}
    if claim not in place:
        return {}
    vectors = unpacked(np.stack([vector_of(own) for own, _ in rows]))
    alike = likeness(found, table(found, vectors), place[claim])
    return {name: alike[place[name]] for name in others if name in place}


def _met(end: Writer, names: set[str]) -> Met:
    """Some claims of those that are linked."""
    lately = Lately()
    documents = set(link_reading.documents_of(end.connection, names).values())
    return Met.of(end.connection, lately, lately.places_of(end.connection, names, documents))


def _known(end: Writer, name: str) -> str:
    if link_reading.documents_of(end.connection, [name]):
        return name
    kind, found = end.now.find(name)
    if kind != "claim":
        raise NotInLedgerError(f"{name} is a {kind}, and no claim")
    return found
