"""Which attributions are claims: layers, posts, silences and events sorted out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegedly.claims.acts import cue_class
from allegedly.claims.clauses import layout
from allegedly.claims.lexicon import tokens, word_lists
from allegedly.claims.naming.lists import names
from allegedly.claims.relays import spoken_within
from allegedly.records import Attribution, Span, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from allegedly.records import Passage, Source, Spans

# Each swept alone over 25 stories read by hand, for the F1 of claims found. The curve is flat: it
# stays within 0.002 for the first up to 0.2 (0.3 loses a point), for the second from 0.1 to 0.5,
# for the third from 0.2 to 0.6 and for the last from 0.6 to 0.9.
LEAST = 0.12  # score of an attribution in the running text
LEAST_NESTED = 0.3  # and of one within a content
LEAST_UNKNOWN = 0.35  # and of one whose cue no lexicon class knows
OUTER_SAYS_NO_MORE = 0.8  # share of an outer content's words that the inner attribution answers for
_NEAR = 40  # code points before a cue in which the word before it stands
LAYOUT = "layout"  # the method of what a post's layout attributes to its author
POST_SCORE = 0.9
UNTOLD = "untold"  # the method of a claim within another whose own source the words leave out


def with_posts(
    attributions: Iterable[Attribution], passages: Iterable[Passage]
) -> tuple[Attribution, ...]:
    """Add each social post's own words as an attribution to its author, with no cue.

    What the post reports of others is then within it.
    """
    posts = [
        Attribution(
            source=(),
            cue=(),
            content=(p.span,),
            zone=p.zone,
            score=POST_SCORE,
            method=LAYOUT,
        )
        for p in passages
        if p.zone.kind == "social_post"
    ]
    if not posts:
        return tuple(attributions)
    replaced: dict[int, Attribution] = {}
    found: list[Attribution] = [*posts]
    for a in attributions:
        outer = replaced.get(id(a.within), a.within)
        if outer is None:
            outer = next((p for p in posts if p.content[0].contains(_first(a))), None)
        moved = a if outer is a.within else replace(a, within=outer)
        replaced[id(a)] = moved
        found.append(moved)
    return tuple(found)


def _first(a: Attribution) -> Span:
    return (a.cue or a.content)[0]


def believed(
    text: str, attributions: Iterable[Attribution], quiet: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """Leave out what is improbable, what is a silence and what is an event without words.

    `quiet` are the silences that were found (`silences.unsaid`).
    One within an attribution that is left out stands in the running text then.
    """
    kept: dict[int, Attribution] = {}
    for a in attributions:
        outer = kept.get(id(a.within)) if a.within else None
        if not _is_believed(text, a, quiet):
            continue
        kept[id(a)] = a if outer is a.within else replace(a, within=outer)
    return tuple(kept.values())


def _is_believed(text: str, a: Attribution, quiet: Sequence[Attribution]) -> bool:
    if a.method == LAYOUT:
        return True
    if any(_is_silent(a, silence) for silence in quiet):
        return False
    holder = spoken_within(a)
    nested = holder is not None and holder.method != LAYOUT
    cue = words(text, a.cue)
    if _is_event(cue, named=bool(a.source)) or any(no(text, a) for no in _NO_CLAIMS):
        return False
    nobody = not a.source and a.method != UNTOLD
    if nested and (nobody or _is_yet_to_be(cue)):
        return False  # a layer that names nobody is no hop, and nobody has spoken who only may
    least = LEAST_NESTED if nested else LEAST
    if cue_class(cue, words(text, a.content)) is None:
        # With neither somebody nor a known way of saying, the words are the narrator's own; with a
        # mere thing for a content they tell of a deed: *scrapped the plan*.
        if not a.source or _is_thing(words(text, a.content)):
            return False
        least = max(least, LEAST_UNKNOWN)
    return a.score >= least


def _is_silent(a: Attribution, silence: Attribution) -> bool:
    """Whether words are what somebody kept silent on, and not another's claim on which they did.

    *Has not commented on Moscow's claim that …*: Moscow claims it all the same.
    """
    unsaid = any(s.overlaps(c) for s in silence.content for c in a.cue)
    return unsaid and not any(s.contains(who) for s in silence.content for who in a.source)


def _is_event(cue: str, *, named: bool) -> bool:
    """Whether a cue tells of a deed, such as a decision or a lawsuit, and not of words."""
    heard = [t.word for t in tokens(cue)]
    lists = word_lists("events", "en")
    if any(word in lists["verbs"] for word in heard):
        return True
    if named:
        return False
    return bool(heard and heard[-1] in lists["passive"]) or any(lists["unknown"].find(heard))


def _says_nothing(text: str, a: Attribution) -> bool:
    """Whether a content is a mere pronoun that stands for a clause, or a cue a mere hedge."""
    lists = word_lists("events", "en")
    if not a.source and all(t.word in lists["expletive"] for t in tokens(words(text, a.content))):
        return True
    if words(text, a.cue).lower() not in lists["attributive"]:
        return False
    if not a.source and a.content[0].start == a.cue[-1].end + 1:
        return True  # *reported attack unsettles the city*: an adjective of what follows
    before = [t.word for t in tokens(text[max(0, place(a.cue) - _NEAR) : place(a.cue)])]
    if before and (before[-1] in lists["determiners"] or before[-1].endswith("'s")):
        return True
    if not before or (a.source and place(a.cue) - a.source[-1].end <= 1):
        return False
    # *accused them of directing alleged attacks*, *blames them for alleged attacks*
    return before[-1].endswith("ing") or before[-1] in names().prepositions


def _is_narrator_s(text: str, a: Attribution) -> bool:
    """Whether outlet and reader speak: *What do we know?*, *You can't blame them* as headlines.

    In the running text an interview has its answers in the first person, often without marks.
    """
    if a.within is not None or a.zone.kind != "headline" or len(a.source) != 1:
        return False
    [who] = a.source
    own = who.cut(text).lower() in word_lists("events", "en")["narrators"]
    return own and layout(text).quotation(who.start) is None


def _is_condition(text: str, a: Attribution) -> bool:
    """Whether nobody has spoken yet: *if confirmed*, *once approved*."""
    heard = tokens(words(text, a.cue))
    if a.source or len(heard) != 1:
        return False
    before = [t.word for t in tokens(text[max(0, place(a.cue) - _NEAR) : place(a.cue)])]
    return bool(before) and before[-1] in word_lists("events", "en")["conditions"]


def _is_thing(content: str) -> bool:
    """Whether a content is a mere noun phrase: no clause, no figure, nothing said of the noun."""
    lists = word_lists("events", "en")
    heard = [t.word for t in tokens(content)]
    if not heard or any(mark in content for mark in '"“‘') or any(map(str.isdigit, content)):
        return False
    opens = heard[0] in lists["definite"] or any(w.endswith(("'s", "’s", "s'")) for w in heard[:2])
    return opens and not any(w in lists["says_more"] for w in heard[1:])


def _is_yet_to_be(cue: str) -> bool:
    heard = [t.word for t in tokens(cue)]
    return bool(heard) and heard[0] in word_lists("events", "en")["modal"]


def layers(
    text: str, attributions: Sequence[Attribution], who: Mapping[int, Source | None]
) -> tuple[Attribution, ...]:
    """Leave out layers that say nothing of their own; `who` gives sources by attribution id.

    An outer layer goes where one inner attribution answers for nearly all of its content; an
    inner one whose source is the outer one again goes where it only tells what that source
    thinks, since a source twice is one hop (*he said he believes*).
    """
    kept = [a for a in attributions if not _is_same_hop(text, a, who)]
    spent = {id(a.within) for a in kept if a.within and _answers_for_all(text, a, a.within)}
    return tuple(a for a in kept if id(a) not in spent)


def _is_same_hop(text: str, a: Attribution, who: Mapping[int, Source | None]) -> bool:
    if a.within is None or not a.source:
        return False
    lists = word_lists("events", "en")
    if any(t.word in lists["told"] for t in tokens(words(text, a.cue))):
        return False  # a source that quotes itself as having spoken to somebody
    if words(text, a.source).lower() in lists["first_person"]:
        return True
    own, outer = who.get(id(a)), who.get(id(a.within))
    return bool(own and outer and own.name is not None and own.name == outer.name)


def _answers_for_all(text: str, inner: Attribution, outer: Attribution) -> bool:
    said = len(tokens(words(text, (*inner.source, *inner.cue, *inner.content))))
    return said >= OUTER_SAYS_NO_MORE * len(tokens(words(text, outer.content)))


def place(spans: Spans) -> int:
    """Where a discontinuous span begins."""
    return min(s.start for s in spans)


_NO_CLAIMS = (_says_nothing, _is_narrator_s, _is_condition)
