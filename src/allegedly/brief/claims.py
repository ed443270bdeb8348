"""What is said of each thing: what is contested, what is not, and what rests on one origin."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from allegedly.brief import saying as say
from allegedly.brief.material import Draft, draft
from allegedly.brief.quoting import MARKS
from allegedly.linking.lexicon import lexicon
from allegedly.linking.record import UNNAMED
from allegedly.linking.standing import ABOUT, nearest, rejects_itself

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegedly.brief.material import Item, Material, Writing
    from allegedly.linking.record import Record
    from allegedly.records import AssessmentKind, Standing, ToldClaim, Voice

BACKED: Final = 2  # origins from which a thing that nobody named says is worth a line

_EVIDENCE: Final[dict[AssessmentKind, str]] = {
    "verified": "It was independently verified by",
    "could_not_verify": "It could not be verified by",
    "no_evidence": "No evidence was presented, according to",
    "false": "It was called false by",
    "misleading": "It was called misleading by",
    "under_investigation": "It is under investigation, according to",
}


def contested(material: Material) -> Iterator[tuple[str, Writing]]:
    """What somebody says and somebody else rejects, with the words of both."""
    for stands in _about(material):
        if stands.contested:
            yield stands.group, partial(_both_sides, stands, material.told.record)


def told(material: Material) -> Iterator[tuple[str, Writing]]:
    """What is said and rejected by nobody, what most origins have first."""
    for stands in _about(material):
        if stands.contested:
            continue
        known = any(voice.name != UNNAMED for voice in (*stands.asserted_by, *stands.denied_by))
        if stands.stories == 1 and _hangs(stands.words):
            continue
        if known or (stands.own_voice_of and stands.origins >= BACKED):
            yield stands.group, partial(_one_side, stands, material.told.record)


def _hangs(words: str) -> bool:
    """Whether words that one story has hang on what went before them: *which …*."""
    first = words.strip(MARKS).removeprefix("that ").split(None, 1)[:1]
    return bool(first) and first[0].casefold() in lexicon().connecting


def agreed(material: Material) -> Iterator[tuple[str, Writing]]:
    """What both of two say of whom one rejects elsewhere what the other says."""
    opposed = set(chain.from_iterable(map(_opposed, material.told.standings)))
    for stands in _about(material):
        names = [voice.name for voice in (*stands.asserted_by, *stands.confirmed_by)]
        both = {(one, other) for one in names for other in names}
        if both & opposed and not stands.contested:
            yield stands.group, partial(_one_side, stands, material.told.record)


def one_origin(material: Material) -> Iterator[tuple[str, Writing]]:
    """What several stories have from one text, or from one statement that they cite."""
    record = material.told.record
    groups = {stands.group: stands for stands in material.told.standings}
    for question in material.told.questions:
        if question.kind == "one_origin":
            stands = groups[question.about]
            yield stands.group, partial(_from_one_text, stands, record)
    for origin in material.case.origins:
        if origin.kind == "cited":
            documents = tuple(copy.document for copy in origin.copies)
            many = say.stories(len(documents)).capitalize()
            text = f"{many} cite {origin.name} for {say.quoted(origin.words[0])}."
            item = (Draft(text=text, documents=documents, records=(origin.id,)),)
            yield origin.id, partial(tuple, item)


def _from_one_text(stands: Standing, record: Record) -> Item:
    text = f"{_said(stands, record)}; {say.stories(stands.stories)} have it, from one text"
    return (draft(f"{text}.", [lead(stands, record).id, *stands.members], record),)


def _about(material: Material) -> Iterator[Standing]:
    return (stands for stands in material.told.claims if stands.weight >= ABOUT)


def _opposed(stands: Standing) -> Iterator[tuple[str, str]]:
    """Who says something, and who of those concerned rejects it: whoever looks on is no side."""
    for voice in stands.asserted_by:
        yield from ((voice.name, other.name) for other in stands.denied_by)


def _both_sides(stands: Standing, record: Record) -> Item:
    against = [v for v in (stands.denied_by, stands.contradicted_by) if v]
    rejected = [_rejected(voices, stands, record) for voices in against]
    return (_first(stands, record), *rejected, *_evidence(stands, record))


def _one_side(stands: Standing, record: Record) -> Item:
    return (_first(stands, record), *_evidence(stands, record))


def _first(stands: Standing, record: Record) -> Draft:
    cited = [lead(stands, record).id, *stands.members]
    return draft(f"{_said(stands, record)}{_counted(stands)}.", cited, record)


def _said(stands: Standing, record: Record) -> str:
    """Who says it in which words, and who else does, as a machine compared them."""
    shown = lead(stands, record)
    others = [*stands.asserted_by, *stands.confirmed_by] or list(stands.denied_by)
    others = [v for v in say.apart(others) if shown.id not in v.evidence and v.name != UNNAMED]
    own = [voice for voice in stands.own_voice_of if shown.id not in voice.evidence]
    names = dict.fromkeys(say.name_of(voice.name, first=False) for voice in others)
    parts = [say.said_by(shown)]
    parts += [f"to the same effect {say.listed(list(names))}"] if names else []
    other = "other " if shown.own_voice else ""
    one = f"told as its own by one {other}outlet"
    many = f"told as their own by {len(own)} {other}outlets"
    parts += [one if len(own) == 1 else many] if own else []
    return "; ".join(parts)


def lead(stands: Standing, record: Record) -> ToldClaim:
    """The claim that is quoted: the one shown, but where nobody is named for it one with a name."""
    shown = record.claims[stands.shown]
    named = [voice for voice in stands.asserted_by if voice.name != UNNAMED]
    known = named or list(stands.own_voice_of)
    if shown.source is not None or not known or (shown.own_voice and not named):
        return shown
    return nearest(stands.words, [record.claims[name] for name in known[0].evidence])


def _counted(stands: Standing) -> str:
    if stands.stories == 1:
        return ""
    return f"; in {say.stories(stands.stories)} from {say.origins(stands.origins)}"


def _rejected(voices: Sequence[Voice], stands: Standing, record: Record) -> Draft:
    """Who rejects it, in the words of whoever does so most often, and who else does."""
    named = [voice for voice in voices if voice.name != UNNAMED] or list(voices)
    first, *others = named
    shown = nearest(stands.words, [record.claims[name] for name in first.evidence])
    rest = f"; so did {say.named(others)}" if others else ""
    denial = rejects_itself(shown) or (shown.act == "deny" and shown.cue)
    text = say.said_by(shown) if denial else f"Against it, {say.said_by(shown, first=False)}"
    evidence = [shown.id, *chain.from_iterable(voice.evidence for voice in named)]
    return draft(f"{text}{rest}.", evidence, record, follows=True)


def _evidence(stands: Standing, record: Record) -> Iterator[Draft]:
    """What others say of how it stands: whether it could be verified, by whom."""
    for kind, what in _EVIDENCE.items():
        voices = [voice for each, voice in stands.assessed if each == kind]
        if voices:
            evidence = chain.from_iterable(voice.evidence for voice in voices)
            note = " (as they say)" if kind == "verified" else ""
            yield draft(f"{what} {say.named(voices)}{note}.", evidence, record, follows=True)
