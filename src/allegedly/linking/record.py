"""Everything that is said in a case, joined once, so that each question about it is one pass."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from msgspec.structs import replace

from allegedly.linking.lexicon import doubts, opening_party, parties_in, whose_claim
from allegedly.linking.speakers import party_alone, speakers
from allegedly.records import ClaimGroup, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from allegedly.records import Copy, Outlet, Span, ToldAssessment, ToldClaim, ToldSilence


class Shared(Protocol):
    """Documents with one origin, as `records.Origin` has them; copies without spans are whole."""

    @property
    def copies(self) -> tuple[Copy, ...]:
        """Where the words of the origin stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is said in a case; made by `record_of`.

    Every claim and statement is in one group, alone where nothing says the same. `links` are those
    within stories and across them whose two ends are there; `against` has them by the group that
    their right end is in, `outgoing` by the claim at their left. `outlet` tells where each
    claim, assessment and silence stands. `speaker` maps every name to what the names of one speaker
    share. `origins` tells for each document in which of the case's origins
    it is, with the words that it shares. `decided` maps a claim to what the desk decided
    (*accepted*, *rejected*).
    """

    claims: Mapping[str, ToldClaim]
    groups: Mapping[str, ClaimGroup]
    group_of: Mapping[str, str]
    links: tuple[Link, ...]
    against: Mapping[str, Sequence[Link]]
    outgoing: Mapping[str, Sequence[Link]]
    assessments: tuple[ToldAssessment, ...]
    silences: tuple[ToldSilence, ...]
    outlet: Mapping[str, Outlet]
    speaker: Mapping[str, str]
    origins: Mapping[str, Sequence[tuple[int, tuple[Span, ...]]]]
    decided: Mapping[str, str] = field(default_factory=dict)

    def who(self, claim: ToldClaim) -> str:
        """Who says a claim, by what the names of one speaker share."""
        name = name_of(claim)
        return self.speaker.get(name, name)

    def members(self, group: str) -> list[ToldClaim]:
        """The claims of a group."""
        return [self.claims[name] for name in self.groups[group].members]


UNNAMED: Final = "unnamed"


def name_of(claim: ToldClaim) -> str:
    """Who says a claim: its source, the outlet where that speaks itself, or nobody named."""
    return claim.outlet.name if claim.own_voice else claim.source or UNNAMED


def record_of(  # noqa: PLR0913 - all that a case holds
    claims: Iterable[ToldClaim],
    groups: Iterable[ClaimGroup] = (),
    links: Iterable[Link] = (),
    *,
    assessments: Iterable[ToldAssessment] = (),
    silences: Iterable[ToldSilence] = (),
    origins: Iterable[Shared] = (),
    decided: Mapping[str, str] | None = None,
) -> Record:
    """The record of some claims and statements, with the groups and links that join them.

    What a claim repeats of its own story is in the group of that, where it is in none.
    """
    told = {claim.id: _rightly_named(claim) for claim in claims}
    assessed, silent = tuple(assessments), tuple(silences)
    found = _groups(told, groups)
    group_of = {member: group.id for group in found.values() for member in group.members}
    joined = tuple(_links(told, links))
    against: defaultdict[str, list[Link]] = defaultdict(list)
    outgoing: defaultdict[str, list[Link]] = defaultdict(list)
    for link in joined:
        against[group_of[link.right]].append(link)
        outgoing[link.left].append(link)
    return Record(
        claims=told,
        groups=found,
        group_of=group_of,
        links=joined,
        against=against,
        outgoing=outgoing,
        assessments=assessed,
        silences=silent,
        outlet=_outlets(told.values()) | _outlets(assessed) | _outlets(silent),
        speaker=speakers(
            sorted({name_of(claim) for claim in told.values()}),
            sorted({(c.source, c.role) for c in told.values() if c.source and c.role}),
        ),
        origins=_origins(origins),
        decided=decided or {},
    )


def _rightly_named(claim: ToldClaim) -> ToldClaim:
    """A claim without its source where a party would accuse itself: that was misread.

    *Norland said it was bombed, which Sutland denied, accusing Norland of …*.
    """
    if claim.act != "accuse" or claim.source is None:
        return claim
    party = party_alone(claim.source)
    own = party is not None and party == opening_party(claim.words)
    return replace(claim, source=None, role=None) if own else claim


def _outlets(told: Iterable[ToldClaim | ToldAssessment | ToldSilence]) -> dict[str, Outlet]:
    return {each.id: each.outlet for each in told}


def _groups(told: Mapping[str, ToldClaim], groups: Iterable[ClaimGroup]) -> dict[str, ClaimGroup]:
    members: dict[str, list[str]] = {}
    about: dict[str, ClaimGroup] = {}
    home: dict[str, str] = {}
    for group in groups:
        inside = [name for name in group.members if name in told and name not in home]
        if inside:
            members[group.id], about[group.id] = inside, group
            home |= dict.fromkeys(inside, group.id)
    for name, claim in told.items():
        if name not in home:
            home[name] = next(_repeated(claim, home), name) if claim.targets else name
            members.setdefault(home[name], []).append(name)
    return {
        name: ClaimGroup(
            id=name,
            members=tuple(inside),
            shown=about[name].shown if name in about and about[name].shown in inside else inside[0],
            probability=about[name].probability if name in about else 1.0,
        )
        for name, inside in members.items()
    }


def _repeated(claim: ToldClaim, home: Mapping[str, str]) -> Iterator[str]:
    for target in claim.targets:
        if target.relation == "repeats" and target.claim in home:
            yield home[target.claim]


def _links(told: Mapping[str, ToldClaim], links: Iterable[Link]) -> Iterator[Link]:
    """Links within stories and across them, each once."""
    seen: set[tuple[str, str, str]] = set()
    for link in (*links, *_within(told)):
        key = (link.left, link.right, link.relation)
        if key not in seen and link.left in told and link.right in told:
            seen.add(key)
            yield link


def _within(told: Mapping[str, ToldClaim]) -> Iterator[Link]:
    """Links within stories; nobody rejects what their own side says, or by not knowing of it."""
    for claim in told.values():
        for target in claim.targets:
            confirms = target.relation == "confirms"
            if not confirms and _rejects_nothing(claim, told.get(target.claim)):
                continue
            if target.relation in {"denies", "contradicts", "confirms"}:
                yield Link(
                    left=claim.id,
                    right=target.claim,
                    relation=target.relation,
                    probability=claim.probability,
                    method="within the story",
                )


def _rejects_nothing(claim: ToldClaim, other: ToldClaim | None) -> bool:
    if claim.act != "deny" and (claim.unsure or doubts(claim.words)):
        return True
    if other is None or claim.source is None or other.source is None:
        return False
    whose = whose_claim(claim.words)  # who rejects it does not reject what is said against them
    if whose and whose == opening_party(other.words) and whose not in parties_in(other.source):
        return True
    party = party_alone(claim.source)  # *Norland's opposition* may well reject Norland's word
    return party is not None and party == party_alone(other.source)


def _origins(origins: Iterable[Shared]) -> dict[str, list[tuple[int, tuple[Span, ...]]]]:
    found: defaultdict[str, list[tuple[int, tuple[Span, ...]]]] = defaultdict(list)
    for number, origin in enumerate(origins):
        for copy in origin.copies:
            found[copy.document].append((number, copy.spans))
    return found


def origins(claims: Iterable[ToldClaim], record: Record) -> int:
    """From how many independent texts and cited statements some claims come.

    Stories count as one where the words of these claims stand in what they share.
    """
    parent: dict[str, str] = {}
    first: dict[int, str] = {}

    def root(document: str) -> str:
        while parent[document] != document:
            document = parent[document]
        return document

    for claim in claims:
        parent.setdefault(claim.document, claim.document)
        for number, spans in record.origins.get(claim.document, ()):
            if not spans or any(a.overlaps(b) for a in spans for b in claim.content):
                other = first.setdefault(number, claim.document)
                parent[root(claim.document)] = root(other)
    return sum(document == above for document, above in parent.items())
