"""Whom a relative pronoun takes up: the noun right before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegedly.claims.chunks import tokens
from allegedly.claims.naming.lists import is_plural, names, singular
from allegedly.records import Span

if TYPE_CHECKING:
    from allegedly.claims.antecedents import Antecedents, Candidate
    from allegedly.records import SourceKind

# Between a noun and its relative pronoun stands at most a comma.
_TOUCHING = 3
_REACH = 60


def relative(text: str, antecedents: Antecedents, at: int) -> tuple[str | None, SourceKind]:
    """The name and kind of whom the relative pronoun at an offset takes up."""
    near = _just_before(antecedents, at)
    if near:
        return near.name, near.kind
    noun = noun_before(text, antecedents, at)
    if noun is None:
        return None, "person"
    words = noun.cut(text)
    last = words.split()[-1].lower()
    return words, names().nouns.get(singular(last), "group" if is_plural(last) else "person")


def noun_before(text: str, antecedents: Antecedents, at: int) -> Span | None:
    """The noun that a relative pronoun follows directly: aid workers who say."""
    near = _just_before(antecedents, at)
    if near:
        return Span(near.start, near.end)
    begin = max(0, at - _REACH)
    words = tokens(text[begin:at].rstrip(" ,"))[-3:]
    lists = names()
    closed = lists.prepositions | lists.articles | lists.plain
    last = max(
        (i for i, w in enumerate(words) if w.low in closed or not w.text.isalpha()), default=-1
    )
    words = words[last + 1 :]
    noun = singular(words[-1].low) if words else ""
    many = bool(words) and is_plural(words[-1].low) and words[-1].text[0].islower()
    if noun not in lists.nouns and noun not in lists.roles and not many:
        return None
    return Span(begin + words[0].start, begin + words[-1].end)


def _just_before(antecedents: Antecedents, at: int) -> Candidate | None:
    near = [c for c in antecedents.before(at) if 0 <= at - c.end <= _TOUCHING]
    return near[-1] if near else None
