"""How claims stand by the record alone.

Nothing here weighs anybody's word: who asserts, denies, confirms or could not verify is counted and
named with the claims that show it, and what the desk decided stands beside it, never in it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from allegedly.linking import lexicon
from allegedly.linking.lexicon import doubts, is_about, is_mutual, negates, rejects, stands_alone
from allegedly.linking.record import UNNAMED, name_of, origins
from allegedly.linking.speakers import called
from allegedly.records import Standing, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from allegedly.linking.record import Record
    from allegedly.records import Act, AssessmentKind, ToldAssessment, ToldClaim

ABOUT: Final = 0.12  # weight from which a claim is about the case and not beside it; not swept
LONG: Final = 160  # characters of a claim from which another that says it is shown rather
SHORT: Final = 24  # and up to which
CHOSEN: Final = 0.2  # what the linker's choice weighs against having the words that most have
WELL: Final = 0.34  # what reading well, or a name, weighs against the share of words in common
MOSTLY: Final = 2 / 3  # of a group's contents that open with a party, that open with one; not swept
_terms = lru_cache(maxsize=20_000)(lexicon.terms)  # a desk shows the same cases again and again
_AGAINST: Final = frozenset({"denies", "contradicts"})


@dataclass(frozen=True, slots=True)
class _About:
    """What assessments say, by the claims that they are about."""

    claims: Mapping[str, Sequence[ToldAssessment]]

    @classmethod
    def of(cls, record: Record) -> _About:
        found: defaultdict[str, list[ToldAssessment]] = defaultdict(list)
        for assessment in record.assessments:
            for claim in assessment.about:
                found[claim].append(assessment)
        return cls(found)


def standings(record: Record) -> list[Standing]:
    """How each group stands: of what is about the case first the contested, then the most told."""
    about = _About.of(record)
    found = [_standing(group, record, about) for group in record.groups]
    return sorted(found, key=_order)


def standing(group: str, record: Record) -> Standing:
    """How a group stands: who asserts, denies, contradicts and confirms it, and on what word."""
    return _standing(group, record, _About.of(record))


def _order(stands: Standing) -> tuple[object, ...]:
    told = len(stands.asserted_by) + len(stands.own_voice_of) + len(stands.denied_by)
    beside, contested = stands.weight < ABOUT, stands.contested
    # A link is wrong now and then: what several stories have comes before what one has.
    several = contested and stands.stories > 1
    told_by = (-stands.origins, not contested, -told, -stands.weight)
    return (beside, not several, *told_by, stands.shown)


def _standing(group: str, record: Record, about: _About) -> Standing:
    names, against_it = record.groups[group].members, record.against.get(group, ())
    if len(names) == 1 and not against_it:
        return _told_once(group, record.claims[names[0]], record, about)
    members = record.members(group)
    inside = {claim.id for claim in members}
    against = [link for link in against_it if link.relation in _AGAINST]
    turned = {link.left for link in against if link.left in inside}
    for_it = _knowing([claim for claim in members if claim.id not in turned])
    denials = [claim for claim in for_it if rejects_itself(claim)]
    # What is mostly denied is shown in the words of a denial: that is what all of them deny.
    denied = 2 * len(denials) >= len(for_it) > 0
    telling = denials if denied else [c for c in for_it if c not in denials] or members
    # Of what is denied in part, what is denied is shown: groups take in more than is meant.
    meant = {link.right for link in against if link.relation == "denies"} if not denied else ()
    rejected_ones = [c for c in telling if c.id in meant and c.source and reads_well(c)]
    shown = _shown(rejected_ones or telling, record.groups[group].shown)
    # Among those who say *we did not*, who denies it says so too; among others, the contrary.
    contrary_in = () if denied or not denials or _negative(shown) else tuple(denials)
    for_it = [claim for claim in for_it if claim not in contrary_in]
    said, rejected, contrary = _sides(
        [] if denied else [claim for claim in for_it if not claim.own_voice],
        [*(for_it if denied else contrary_in), *_rejecting(group, "denies", record)],
        list(_rejecting(group, "contradicts", record)),
        record,
    )
    return Standing(
        group=group,
        shown=shown.id,
        words=shown.words,
        act="deny" if denied else _act(shown, telling),
        members=tuple(claim.id for claim in members),
        stories=len({claim.document for claim in members}),
        origins=origins(members, record),
        weight=max(claim.weight for claim in members) if _tells(shown) else 0.0,
        asserted_by=said,
        own_voice_of=voices(() if denied else (c for c in for_it if c.own_voice), record),
        denied_by=rejected,
        contradicted_by=contrary,
        confirmed_by=voices(_confirming(group, for_it, record), record),
        assessed=_assessed(members, about, record),
        changed_by=voices(_changing(group, record), record),
        decided_accepted=tuple(m.id for m in members if record.decided.get(m.id) == "accepted"),
        decided_rejected=tuple(m.id for m in members if record.decided.get(m.id) == "rejected"),
    )


def _told_once(group: str, claim: ToldClaim, record: Record, about: _About) -> Standing:
    """The same of one claim to which nothing is linked, as most of what is told in a case is."""
    said, nobody = (Voice(name=name_of(claim), evidence=(claim.id,)),), ()
    denied = rejects_itself(claim)
    asserted = not denied and not claim.own_voice
    decided = record.decided.get(claim.id)
    return Standing(
        group=group,
        shown=claim.id,
        words=claim.words,
        act="deny" if denied else _act(claim, [claim]),
        members=(claim.id,),
        stories=1,
        origins=1,
        weight=claim.weight if _tells(claim) else 0.0,
        asserted_by=said if asserted else nobody,
        own_voice_of=said if not denied and claim.own_voice else nobody,
        denied_by=said if denied else nobody,
        contradicted_by=nobody,
        confirmed_by=said if claim.act == "confirm" else nobody,
        assessed=_assessed([claim], about, record) if claim.id in about.claims else (),
        changed_by=nobody,
        decided_accepted=(claim.id,) if decided == "accepted" else (),
        decided_rejected=(claim.id,) if decided == "rejected" else (),
    )


def _tells(shown: ToldClaim) -> bool:
    """Whether a claim's words tell anything: a name alone does where somebody is blamed.

    What is merely spoken about (*said about [the attack]*) does not.
    """
    if not is_about(shown.words):
        return False
    bare = shown.words[:1].isupper() and " " not in shown.words
    return shown.act != "assert" or not (bare or lexicon.names_topic(shown.cue))


def _knowing(claims: Sequence[ToldClaim]) -> list[ToldClaim]:
    """Claims without those that only tell that somebody does not know, if most of them know.

    *Unable to confirm that X* has the words of X, and asserts nothing of it.
    """
    knowing = [claim for claim in claims if claim.act == "deny" or not _doubting(claim)]
    return knowing if 2 * len(knowing) > len(claims) else list(claims)


def rejects_itself(claim: ToldClaim) -> bool:
    """Whether the words are what somebody denies: *denied any part*, not *denied: we did not*."""
    return claim.act == "deny" and not _negative(claim)


def _negative(claim: ToldClaim) -> bool:
    return claim.polarity == "negative" or negates(claim.words) or rejects(claim.words)


def affirming(act: Act) -> Act:
    """What is done with words that hold by who says them: a denial in its own words asserts."""
    return "assert" if act == "deny" else act


def _sides(
    said: Sequence[ToldClaim],
    rejected: Sequence[ToldClaim],
    contrary: Sequence[ToldClaim],
    record: Record,
) -> tuple[tuple[Voice, ...], tuple[Voice, ...], tuple[Voice, ...]]:
    """Who asserts, who denies, who contradicts; whoever would be on two sides is where most shows.

    Somebody who says a thing forty times and is found against it once was misread that once; who
    really goes back on it is among `changes`.
    """
    if not rejected and not contrary:
        return voices(said, record), (), ()  # as with most of what is told once
    sides = [voices(side, record) for side in (said, rejected, contrary)]
    most: dict[str, tuple[int, int]] = {}
    for number, side in enumerate(sides):
        for voice in side:
            who = record.speaker.get(voice.name, voice.name)
            most[who] = max(most.get(who, (0, 0)), (len(voice.evidence), -number))
    for_it, denying, against = (
        tuple(v for v in side if most[record.speaker.get(v.name, v.name)][1] == -number)
        for number, side in enumerate(sides)
    )
    return for_it, denying, against


def voices(claims: Iterable[ToldClaim], record: Record) -> tuple[Voice, ...]:
    """Who says some claims with those that show it, whoever says most first."""
    said = [(record.who(claim), name_of(claim), claim.id) for claim in claims]
    if len(said) == 1:  # as of most of what is told once
        return (Voice(name=said[0][1], evidence=(said[0][2],)),)
    return _voices(said) if said else ()


def _voices(said: Iterable[tuple[str, str, str]]) -> tuple[Voice, ...]:
    """Voices from who, under which name, by which record; the name used most is shown."""
    evidence: defaultdict[str, dict[str, None]] = defaultdict(dict)
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for who, name, shown in said:
        evidence[who][shown] = None
        spelt[who][name] += 1
    ordered = sorted(evidence.items(), key=lambda e: (e[0] == UNNAMED, -len(e[1]), e[0]))
    return tuple(
        Voice(
            name=min(spelt[who].items(), key=lambda each: (-each[1], each[0]))[0],
            evidence=tuple(shown),
        )
        for who, shown in ordered
    )


def _shown(claims: Sequence[ToldClaim], chosen: str) -> ToldClaim:
    """The claim that is quoted for all: in the words of most, by choice the linker's.

    Somebody who is named is quoted rather than an outlet that tells it as its own.
    """
    if len(claims) == 1:
        return claims[0]
    words = {claim.id: _terms(claim.words) for claim in claims}
    often = Counter(chain.from_iterable(words.values()))

    def common(claim: ToldClaim) -> float:
        return sum(often[term] for term in words[claim.id]) / math.sqrt(len(words[claim.id]) or 1)

    most = max(map(common, claims)) or 1.0

    def worth(claim: ToldClaim) -> float:
        return common(claim) / most + CHOSEN * (claim.id == chosen) + _quotable(claim)

    return max(claims, key=lambda claim: (worth(claim), claim.id))


def nearest(words: str, claims: Sequence[ToldClaim]) -> ToldClaim:
    """The claim that is most in some words, reads well, and has a name to it."""
    about = set(_terms(words))

    def worth(claim: ToldClaim) -> float:
        own = set(_terms(claim.words))
        return len(about & own) / (len(about | own) or 1) + _quotable(claim)

    return max(claims, key=lambda claim: (worth(claim), claim.id))


def _quotable(claim: ToldClaim) -> float:
    named = 1.0 if claim.source is not None else 0.5 if claim.own_voice else 0.0
    return WELL * ((reads_well(claim) and _tells(claim)) + named)


def reads_well(claim: ToldClaim) -> bool:
    """Whether words can be read by themselves, and are no more than need be read."""
    short = SHORT <= len(claim.words) <= LONG and "…" not in claim.words
    return short and stands_alone(claim.words)


def _act(shown: ToldClaim, members: Sequence[ToldClaim]) -> Act:
    """What most do with what they say; of as many, what is more than asserting."""
    if len(members) == 1:
        return "assert" if shown.own_voice else affirming(shown.act)
    acts = Counter(affirming(claim.act) for claim in (*members, shown) if not claim.own_voice)
    return max(acts, key=lambda act: (acts[act], act != "assert", act), default="assert")


def _rejecting(group: str, relation: str, record: Record) -> Iterator[ToldClaim]:
    """Who says what is linked so, and everybody in the same words that reject something."""
    for link in record.against.get(group, ()):
        if link.relation != relation or not _of_the_matter(link.right, record):
            continue
        other = record.group_of[link.left]
        yield record.claims[link.left]
        # What two sides say of each other is against it; what was grouped with that need not be.
        if other != group and not is_mutual(record.claims[link.left].words):
            yield from (c for c in record.members(other) if c.id != link.left and _rejects(c))


def _of_the_matter(name: str, record: Record) -> bool:
    """Whether a claim names whom its group is chiefly about; else its denial is not the group's.

    *It fought off a raid that it blames on Norland* may lie among claims that Sutland was behind
    the raid; Norland's denial of it is none of these.
    """
    members = record.members(record.group_of[name])
    agent = _chiefly(tuple(claim.words for claim in members))
    return agent is None or agent in lexicon.parties_in(record.claims[name].words)


@lru_cache(maxsize=4096)
def _chiefly(words: Sequence[str]) -> str | None:
    """The party that most of some contents open with, of those that open with one."""
    opening = Counter(filter(None, map(lexicon.opening_party, words)))
    most = max(opening.items(), key=lambda each: each[1], default=None)
    return most[0] if most and most[1] >= MOSTLY * opening.total() else None


def _rejects(claim: ToldClaim) -> bool:
    if claim.act == "deny":
        return True
    return (claim.polarity == "negative" or rejects(claim.words)) and not _doubting(claim)


def _doubting(claim: ToldClaim) -> bool:
    return claim.unsure or doubts(claim.words) or lexicon.asks(claim.words)


def _changing(group: str, record: Record) -> Iterator[ToldClaim]:
    """Who says otherwise now than they said here."""
    for link in record.against.get(group, ()):
        left, right = record.claims[link.left], record.claims[link.right]
        if link.relation == "updates" and of_one(right, left, record):
            yield left


def _confirming(group: str, members: Sequence[ToldClaim], record: Record) -> Iterator[ToldClaim]:
    """Claims of the group by which somebody confirms it, and those that confirm one of it."""
    yield from (claim for claim in members if claim.act == "confirm")
    for link in record.against.get(group, ()):
        if link.relation == "confirms":
            yield record.claims[link.left]


def _assessed(
    members: Sequence[ToldClaim], about: _About, record: Record
) -> tuple[tuple[AssessmentKind, Voice], ...]:
    said: defaultdict[AssessmentKind, dict[str, str]] = defaultdict(dict)
    for claim in members:
        for assessment in about.claims.get(claim.id, ()):
            said[assessment.kind][assessment.id] = assessment.by
    return tuple(
        (kind, voice)
        for kind in sorted(said)
        for voice in _voices(
            (record.speaker.get(by, called(by)), by, name) for name, by in said[kind].items()
        )
    )


def of_one(earlier: ToldClaim, later: ToldClaim, record: Record) -> bool:
    """Whether somebody who is named says both, in two stories."""
    if earlier.source is None or later.source is None or earlier.document == later.document:
        return False
    return record.who(earlier) == record.who(later)


def only_answers(stands: Standing, record: Record) -> bool:
    """Whether a group does no more than reject another, in whose standing it is told."""
    denials = sum(record.claims[name].act == "deny" for name in stands.members)
    return 2 * denials >= len(stands.members) and any(
        link.relation in _AGAINST
        and record.group_of[link.right] != stands.group
        and _of_the_matter(link.right, record)
        for name in stands.members
        for link in record.outgoing.get(name, ())
    )
