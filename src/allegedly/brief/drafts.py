"""The sentences of each section, in the order of their weight, before any is numbered."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.brief import saying as say
from allegedly.brief.accounts import ABOUT
from allegedly.records import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.brief.accounts import Account, Material, Saying
    from allegedly.records import Quantity

    Reports = Sequence[tuple[Saying, Quantity]]

SHOWN: Final = 6  # reports of a figure that one sentence holds
DENIALS: Final = 2  # who rejects an account, in one sentence
SEVERAL: Final = 2
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")  # a time that is known to the day
_LAST: Final = "9999"  # after every date


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A sentence with the stories and the records that it is built from."""

    text: str
    documents: tuple[str, ...]
    records: tuple[str, ...]


def _draft(text: str, sayings: Iterable[Saying]) -> Draft:
    cited = list(sayings)
    documents = tuple(dict.fromkeys(saying.document.id for saying in cited))
    return Draft(text=text, documents=documents, records=tuple(saying.id for saying in cited))


def main(told: Sequence[Account]) -> Iterator[Draft]:
    """What most origins have; a denial stands with what it denies, in another section."""
    against = {s.id for account in told for s in (*account.denied, *account.contradicted)}
    for account in told:
        denial = all(saying.id in against for saying in account.sayings)
        stated = all(saying.stated for saying in account.sayings)
        alone = stated and len(account.documents) < SEVERAL
        stray = account.shown.speaker is None or account.weight < ABOUT or alone
        if not denial and not stray:
            yield _draft(_counted(account), account.sayings)


def _counted(account: Account) -> str:
    count = len(account.documents)
    if count == 1:
        return f"{say.says(account)}."
    return f"{say.says(account)}; in {say.stories(count)} from {say.origins(account.origins)}."


def agreed(told: Sequence[Account]) -> Iterator[Draft]:
    """What is said alike by two of whom one denies what the other says, and denied by nobody."""
    opposed = set(_opposed(told))
    for account in told:
        both = {(a, b) for a in account.speakers for b in account.speakers}
        if both & opposed and not account.denied and not account.contradicted:
            yield _draft(f"{say.says(account)}.", account.sayings)


def _opposed(told: Sequence[Account]) -> Iterator[tuple[str, str]]:
    """Who says something, and who denies it."""
    for account in told:
        for other in (*account.denied, *account.contradicted):
            if other.speaker is not None:
                yield from ((mine, other.speaker) for mine in account.speakers)


def contested(told: Sequence[Account]) -> Iterator[Draft]:
    """What somebody rejects, with the words of who does."""
    for account in told:
        against = say.once((*account.denied, *account.contradicted))[:DENIALS]
        if against and account.weight >= ABOUT:
            rejected = " ".join(f"{say.said_by(saying)}." for saying in against)
            yield _draft(f"{say.says(account)}. {rejected}", (*against, *account.sayings))


def one_origin(told: Sequence[Account], material: Material) -> Iterator[Draft]:
    """What several stories have from one text, or from one statement that they cite."""
    for account in told:
        if len(account.documents) >= SEVERAL and account.origins == 1:
            many = say.stories(len(account.documents))
            yield _draft(f"{say.says(account)}; {many} have it, from one origin.", account.sayings)
    for origin in material.case.origins:
        if origin.kind == "cited":
            documents = tuple(copy.document for copy in origin.copies)
            many = say.stories(len(documents)).capitalize()
            text = f"{many} cite {origin.name} for {say.quoted(origin.words[0])}."
            yield Draft(text=text, documents=documents, records=(origin.id,))


def figures(told: Sequence[Account], material: Material) -> Iterator[Draft]:
    """What is counted, by whom and when: tolls, and whatever two stories count."""
    texts = {reading.document.id: reading.document.text for reading in material.readings}
    by_thing: defaultdict[tuple[str, str], list[tuple[Saying, Quantity]]] = defaultdict(list)
    for account in told:
        for saying in account.sayings if account.weight >= ABOUT else ():
            for quantity in filter(_is_count, saying.claim.quantities):
                by_thing[quantity.state or "", quantity.unit].append((saying, quantity))
    for (state, unit), reports in sorted(by_thing.items(), key=lambda i: (-len(i[1]), i[0])):
        if state or len({saying.document.id for saying, _ in reports}) >= SEVERAL:
            yield _figure(f"{unit}, {state}" if state else unit, reports, texts)


def _is_count(quantity: Quantity) -> bool:
    return quantity.value is not None or quantity.low is not None or quantity.high is not None


def _figure(thing: str, reports: Reports, texts: dict[str, str]) -> Draft:
    ordered = sorted(reports, key=lambda r: (r[0].document.published or _LAST, r[0].id))
    each: dict[tuple[str, str], Saying] = {}
    for saying, quantity in ordered:
        each.setdefault((quantity.span.cut(texts[saying.document.id]), say.who(saying)), saying)
    shown = list(each.items())[:SHOWN]
    parts = [
        f"{say.quoted(said)} by {name}, {say.day((saying.document.published or '')[:10] or None)}"
        for (said, name), saying in shown
    ]
    text = f"{thing[:1].upper()}{thing[1:]}: {'; '.join(parts)}{_range(ordered)}."
    return _draft(text, (saying for _, saying in shown))


def _range(reports: Reports) -> str:
    bounds = [b for _, q in reports for b in (q.low, q.value, q.high) if b is not None]
    if min(bounds) == max(bounds):
        return ""
    return f"; from {min(bounds):,g} to {max(bounds):,g}"


def timeline(told: Sequence[Account], most: int) -> Iterator[Draft]:
    """What is told to have happened when, in the order of it, of what most origins have."""
    dated = [
        (time.earliest, time.value, account)
        for account in told
        if (time := account.shown.claim.time) is not None
        and time.earliest
        and _DAY.match(time.value)
        and account.shown.speaker
        and account.weight >= ABOUT
    ]
    for _, value, account in sorted(dated[:most], key=lambda d: (d[0], d[2].shown.id)):
        yield _draft(f"{say.day(value)}: {say.says(account)}.", account.sayings)


def assessed(material: Material) -> Iterator[Draft]:
    """What the stories, or people in them, say of how claims stand."""
    for reading in material.readings:
        for found in reading.assessments:
            publisher = reading.document.publisher or "The story"
            by = publisher if found.by == "publisher" else say.name_of(found.by)
            said = say.quoted(words(reading.document.text, found.spans))
            text = f"{by}: {said}."
            yield Draft(text=text, documents=(reading.document.id,), records=(found.id,))


def unanswered(told: Sequence[Account], material: Material) -> Iterator[Draft]:
    """Who kept silent, and which accusations no story has an answer to."""
    for reading in material.readings:
        text = reading.document.text
        for silence in reading.silences:
            name = silence.name or (
                words(text, silence.name_spans) if silence.name_spans else say.NOBODY
            )
            said = f"{name[:1].upper()}{name[1:]}: {say.quoted(words(text, silence.spans))}."
            yield Draft(text=said, documents=(reading.document.id,), records=(silence.id,))
    for account in told:
        answered = account.denied or account.contradicted or account.confirmed
        if account.shown.claim.act != "accuse" or account.shown.speaker is None or answered:
            continue
        # Only where claims are joined across stories is it known that none answers.
        if material.linked.groups and account.weight >= ABOUT:
            text_ = f"{say.says(account)}. No story of the case has an answer to it."
            yield _draft(text_, account.sayings)
