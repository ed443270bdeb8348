"""What a case leaves open: silences, questions, claims of one origin or of one side, doubts."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from allegedly.linking.lexicon import (
    doubts,
    is_title,
    opening_party,
    parties_in,
    stands_alone,
    terms,
    tokens,
)
from allegedly.linking.record import UNNAMED
from allegedly.linking.speakers import called
from allegedly.linking.standing import ABOUT, only_answers
from allegedly.records import QUESTION_KINDS, OpenQuestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegedly.linking.record import Record
    from allegedly.records import QuestionKind, Standing, ToldSilence

SEVERAL: Final = 2  # stories that make it worth saying that one origin or one side is behind them
OPENING: Final = 2  # words of an accusation in which whom it is made against is named
_OWNED: Final = re.compile(r"['’]s?$")
_DOUBT: Final = frozenset({"could_not_verify", "no_evidence"})
_TELLS: Final = frozenset({"assert", "accuse", "announce", "confirm", "deny"})


def open_questions(record: Record, stands: Sequence[Standing]) -> list[OpenQuestion]:
    """What is open, in the order of `QUESTION_KINDS`, of each kind what weighs most first.

    `stands` are the standings of the record's groups, in their order.
    """
    found = [*_silences(record), *_unanswered(record, stands)]
    answering = _denying(record)
    for each in stands:
        if each.weight >= ABOUT and not only_answers(each, record):
            found += _of_claim(each, answering)
    return sorted(_once(found, record), key=lambda q: QUESTION_KINDS.index(q.kind))


def _once(found: Sequence[OpenQuestion], record: Record) -> Iterator[OpenQuestion]:
    """Questions without what one party accuses another of in further words: that is one."""
    met: set[tuple[str, str]] = set()
    for question in found:
        accused = opening_party(question.words) if question.kind == "unasked" else None
        if accused is not None and question.who is not None:
            key = (record.speaker.get(question.who, called(question.who)), accused)
            if key in met:
                continue
            met.add(key)
        yield question


def _denying(record: Record) -> frozenset[str]:
    """Who denies something, by party or name: whoever does was asked, in whichever words."""
    denials = {claim.source or "" for claim in record.claims.values() if claim.act == "deny"}
    return frozenset(name for source in denials for name in _names(source))


def _names(words: str) -> Iterator[str]:
    """The parties and proper names in some words, without titles."""
    for token in tokens(words):
        if token.party is not None:
            yield token.party
        elif token.text[:1].isupper() and not is_title(token.text.lower()):
            yield _OWNED.sub("", token.text).casefold()


def _answered(words: str, answering: frozenset[str]) -> bool:
    """Whether whom an accusation names first denies something."""
    party = opening_party(words)
    if party is not None:
        return party in answering
    opening = [token.text for token in tokens(words)][:OPENING]
    return not answering.isdisjoint(_names(" ".join(opening)))


def _of_claim(stands: Standing, answering: frozenset[str]) -> Iterator[OpenQuestion]:
    told = [*stands.asserted_by, *stands.confirmed_by] or stands.denied_by
    names = [voice.name for voice in told if voice.name != UNNAMED]
    answered = stands.denied_by or stands.contradicted_by or stands.confirmed_by
    accusing = stands.act == "accuse"
    rejected = accusing and _answered(stands.words, answering)
    whom = accusing and stands_alone(stands.words)  # *blamed on Peru*: of what?
    if whom and stands.asserted_by and not answered and not rejected:
        yield _about("unasked", stands, names)
    if stands.act not in _TELLS or stands.stories < SEVERAL:
        pass
    elif stands.origins == 1 and names:
        yield _about("one_origin", stands, names)
    elif not stands.own_voice_of and not rejected and names and one_side(names):
        yield _about("one_side", stands, names)
    doubted = any(kind in _DOUBT for kind, _ in stands.assessed)
    if doubted and not stands.confirmed_by and not doubts(stands.words):
        yield _about("unverified", stands, names)


def _about(kind: QuestionKind, stands: Standing, names: Sequence[str]) -> OpenQuestion:
    return OpenQuestion(
        kind=kind,
        about=stands.group,
        who=names[0] if names else None,
        words=stands.words,
        evidence=stands.members,
    )


def one_side(names: Sequence[str]) -> bool:
    """Whether some names are one person's, or of one party (*Moscow*, *the Kremlin*)."""
    if len({called(name) for name in names}) == 1:
        return True
    parties = [frozenset(parties_in(name)) for name in names]
    return bool(frozenset.intersection(*parties))


def _silences(record: Record) -> Iterator[OpenQuestion]:
    """Who kept silent on what; what several stories have of one and the same is told once."""
    met: defaultdict[tuple[str, tuple[str, ...]], list[ToldSilence]] = defaultdict(list)
    for silence in record.silences:
        met[called(silence.name or ""), tuple(sorted(terms(silence.about or "")))].append(silence)
    for same in sorted(met.values(), key=lambda each: (-len(each), each[0].outlet.order)):
        first = min(same, key=lambda each: (each.outlet.order, each.id))
        yield OpenQuestion(
            kind="silence",
            about=first.about or first.words,
            who=first.name,
            words=first.words,
            evidence=tuple(each.id for each in same),
        )


def _unanswered(record: Record, stands: Sequence[Standing]) -> Iterator[OpenQuestion]:
    """Questions that somebody asked and that no claim of the record answers."""
    answered = {
        record.group_of.get(target.claim)
        for claim in record.claims.values()
        for target in claim.targets
        if target.relation == "answers"
    }
    for each in stands:
        if each.act == "ask" and each.group not in answered and each.weight >= ABOUT:
            names = [voice.name for voice in each.asserted_by if voice.name != UNNAMED]
            yield _about("unanswered", each, names)
