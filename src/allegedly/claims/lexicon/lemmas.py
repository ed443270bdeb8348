"""Regular English inflection of the lexicon's own words, so that forms lead back to lemmas."""

from __future__ import annotations

_SIBILANTS = ("s", "x", "z", "ch", "sh")
_VOWELS = "aeiou"


def inflections(lemma: str, *, doubling: frozenset[str]) -> tuple[str, ...]:
    """The -s, -ed and -ing forms that a verb or noun makes by rule.

    `doubling` lists the lemmas that double their last letter, which spelling alone does not tell.
    """
    if not lemma.isalpha():
        return ()
    if lemma in doubling:
        stem = lemma + lemma[-1]
        return (f"{lemma}s", f"{stem}ed", f"{stem}ing", f"{lemma}ed", f"{lemma}ing")
    if lemma.endswith("e"):
        return (f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ing")
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return (f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing")
    plural = f"{lemma}es" if lemma.endswith(_SIBILANTS) else f"{lemma}s"
    return (plural, f"{lemma}ed", f"{lemma}ing")
