"""What a clause makes its subject say by a verb that reading a story took for no attribution.

Headlines are terse (*Wagner threatens to pull out*, *Kyiv rejects Moscow's claim of an attack*);
what such a verb governs is compared like a claim, with the verb's act and the subject as source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allegedly.linking.claims.clauses import NOUNS, VERBS
from allegedly.linking.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegedly.linking.claims.clauses import Clause, Tagged
    from allegedly.records import Act

_BREAKS: Final = frozenset({";", "|"})  # begin the next item, which no verb before governs
_AROUND: Final = frozenset({"AUX", "ADV", "PART", "PUNCT"})  # between a subject and its verb

_JOINED: Final = frozenset({"PUNCT", "CCONJ"})  # between a verb and another of the same subject
_BROUGHT: Final = frozenset({"to", "have", "be"})  # before a verb that another one brings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """Words of a window: the verb, the content [start, end) and the subject, None if left out.

    `by_nobody` where the words before the verb belong to another one, and nobody is named.
    """

    act: Act
    verb: int
    start: int
    end: int
    subject: tuple[int, int] | None
    by_nobody: bool = False


def reporting(window: Tagged, clause: Clause, attributes: Callable[[int], bool]) -> int | None:
    """The first verb of a clause that reports, where it is no attribution already."""
    verbs = (i for i in range(clause.start, clause.end) if window.tags[i] == "VERB")
    found = (i for i in verbs if window.lower(i) in lexicon().reporting and not attributes(i))
    return next(found, None)


def reported(window: Tagged, clause: Clause, verb: int) -> Reported | None:
    """What a clause makes its subject say by a verb; None where it does not, or says nothing."""
    act, start = lexicon().reporting[window.lower(verb)], verb + 1
    before = {window.lower(i) for i in range(clause.start, verb)}
    if start >= clause.end or before & (lexicon().negating | lexicon().withholding):
        return None
    if window.tags[start] == "ADP" and act != "accuse":  # *arms promised for a battle*
        return None
    named = None if clause.bare else subject(window, clause.start, verb)
    governs = None if named is None else _governing(window, *named)
    breaks = (i for i in range(start, clause.end) if window.words[i] in _BREAKS)
    end = next(breaks, clause.end)
    if end == start:
        return None
    misread = named is not None and governs is None
    return Reported(act=act, verb=verb, start=start, end=end, subject=governs, by_nobody=misread)


def subject(window: Tagged, start: int, verb: int) -> tuple[int, int] | None:
    """The words before a verb that name who acts, without what belongs to the verb.

    Of *both deny any part in what Peru says was an attack* that is Peru.
    """
    end = verb
    while end > start and window.tags[end - 1] in _AROUND:
        end -= 1
    relative = (i for i in range(end - 1, start, -1) if window.lower(i) in lexicon().connecting)
    last = next(relative, None)
    if last is not None and all(window.tags[i] != "PUNCT" for i in range(last, verb)):
        start = last + 1
    has_noun = any(window.tags[i] in NOUNS for i in range(start, end))
    return (start, end) if has_noun else None


def _governing(window: Tagged, start: int, end: int) -> tuple[int, int] | None:
    """The words that govern a verb, of those before it in its clause; None if none do.

    What stands before another verb there: *the mayor seems to have [dropped] the plan*, *Peru won
    the race, [accuses] Chile*. Of *Peru claims the fire it [blamed] on Chile* nobody is named, of
    *those making the claim [admit] it* all words are.
    """
    inside = [i for i in range(start, end) if _is_finite(window, i)]
    if not inside:
        return start, end
    named = any(window.tags[i] in NOUNS for i in range(start, inside[0]))
    return (start, inside[0]) if named and window.tags[end - 1] != "PRON" else None


def _is_finite(window: Tagged, at: int) -> bool:
    """Whether a word is a verb with a subject, and neither participle nor mistaken adverb."""
    return window.tags[at] in VERBS and not window.lower(at).endswith(("ing", "ly"))


def first_verb(window: Tagged, clause: Clause) -> int:
    """Where a clause's verb stands, which ends its subject."""
    verbs = (i for i in range(clause.start + 1, clause.end) if window.tags[i] in VERBS)
    return next(verbs, clause.end)
