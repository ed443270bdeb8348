"""How sure and how real a content is told to be: polarity, modality, hedges."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.contents import concludes, first_sentence, main_clause
from allegedly.claims.lexicon import Phrases, cue_lexicon, table, tokens, word_lists
from allegedly.records import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from allegedly.claims.lexicon import Match
    from allegedly.records import Act, Modality, Polarity, Spans

_ORDER: tuple[Modality, ...] = ("probable", "possible", "conditional", "required", "intended")
# How many words after will or would its adverb may stand.
_ADVERB_REACH = 3
_COUNTING = ("values", "scales", "vague")  # the tables of number words
# Acts by which the source binds itself: what it says *would* happen is what it intends.
_COMMISSIVE = frozenset({"announce", "promise", "threaten"})


def polarity(content: str, *, language: str = "en") -> Polarity:
    """Whether the main clause of a content says that something is not so."""
    lists = word_lists("modality", language)
    words = _opening(main_clause(content))
    kept = set(range(len(words)))
    for match in lists["affirming"].find(words):
        kept -= set(range(match.first, match.last))
    said = [word for at, word in enumerate(words) if at in kept]
    turned = any(word in lists["negators"] or word.endswith("n't") for word in said)
    return "negative" if turned else "positive"


def _opening(words: Sequence[str]) -> Sequence[str]:
    """The words up to a clause that *but* joins on or that the content itself reports."""
    ends = [words.index(word) for word in ("but", "that") if word in words]
    return words[: min(ends)] if ends else words


def modality(
    content: str, *, cue: str = "", act: Act | None = None, language: str = "en"
) -> Modality:
    """FactBank-like modality of a content's main clause, else what its act and cue lend to it.

    Takes the words of content and cue. A modal word of the main clause comes before all else but
    a demand, whose content is required.
    """
    if act == "demand":
        return "required"
    found = _modal(main_clause(content), language)
    if found in {None, "intended", "conditional"} and _depends(content, language):
        return "conditional"
    if found is not None:
        return _weighed(found, act)
    return "intended" if act == "promise" else _lent(cue, act, language)


def _weighed(found: Modality, act: Act | None) -> Modality:
    """What somebody binds himself to is intended; what somebody only expects is probable."""
    if found == "conditional" and act in _COMMISSIVE:
        return "intended"
    return "probable" if found == "intended" and act == "speculate" else found


def _depends(content: str, language: str) -> bool:
    """Whether the first sentence makes what it tells depend on a condition: *if*, *unless*."""
    lists = word_lists("modality", language)
    words = [token.word for token in tokens(first_sentence(content))]
    if words[:1] == ["that"]:
        words = words[1:]
    if not words or words[0] in lists["conditions"]:
        return bool(words)
    later = any(True for _ in lists["future"].find(words))
    return later and any(
        word in lists["conditions"] and words[at - 1] not in lists["no_condition"]
        for at, word in enumerate(words)
    )


def _modal(words: Sequence[str], language: str) -> Modality | None:
    """The first modal of a clause; an adverb of doubt near *will* and *would* outweighs them."""
    found = [match for match in _modal_words(language).find(words) if _is_modal(words, match)]
    if not found:
        return None
    near = [each for each in found if each.first <= found[0].last + _ADVERB_REACH]
    doubt = [each for each in near if each.label in {"probable", "possible"}]
    wishful = found[0].label in {"intended", "conditional"}
    return _named((doubt[0] if wishful and doubt else found[0]).label)


def _is_modal(words: Sequence[str], match: Match) -> bool:
    """*Could not* tells of ability, *will be severe* of what comes, the month *May* of none."""
    word, after = words[match.first], words[match.last : match.last + 2]
    if word == "could":
        return after[:1] != ["not"]
    if concludes([word, *after]):
        return False
    if word == "may" and _is_month(words[match.first - 1 : match.first], after):
        return False
    return not (
        word == "will" and after[:1] == ["be"] and not after[-1].endswith(("ed", "en", "ing"))
    )


def _is_month(before: Sequence[str], after: Sequence[str], language: str = "en") -> bool:
    dated = any(word in word_lists("modality", language)["before_month"] for word in before)
    return dated or bool(after and after[0][0].isdigit())


def _named(label: str) -> Modality:
    return next(name for name in _ORDER if name == label)


def _lent(cue: str, act: Act | None, language: str) -> Modality:
    """What the cue says of a content that is told flatly: feared is possible, seeming probable."""
    lexicon = cue_lexicon(language)
    words = [token.word for token in tokens(cue)]
    lemmas = lexicon.lemmatise(words)
    if any(match.label == "probable" for match in _modal_words(language).find(words)):
        return "probable"
    if act != "speculate":
        return "certain"
    likely = {"predict", "forecast", "expect", "anticipate", "believe", "think", "suspect"}
    return "probable" if likely.intersection(lemmas) else "possible"


@cache
def _modal_words(language: str) -> Phrases:
    return Phrases(table("modality", language)["modality"])


@cache
def _hedge_words(language: str, where: str) -> Phrases:
    return Phrases({where: table("modality", language)["hedges"][where]})


def hedges(text: str, content: Spans, cue: Spans = (), *, language: str = "en") -> Spans:
    """The exact words that hedge a content, the outlet's own *alleged* among them.

    Spans are in the text, in its order. Words that open a condition are left to the modality.
    """
    found = [span for part in content for span in _hedges(text, part, "words", language)]
    found += [span for part in cue for span in _hedges(text, part, "cue_words", language)]
    return tuple(sorted(set(found)))


def _hedges(text: str, part: Span, where: str, language: str) -> Iterator[Span]:
    heard = tokens(part.cut(text))
    words = [token.word for token in heard]
    for match in _hedge_words(language, where).find(words):
        before = max(0, match.first - 1)
        span = Span(part.start + heard[match.first].start, part.start + heard[match.last - 1].end)
        if _is_hedge(
            span.cut(text),
            words[before : match.first],
            words[match.last : match.last + 2],
            language,
        ):
            yield span


def _is_hedge(hedge: str, before: Sequence[str], after: Sequence[str], language: str) -> bool:
    """*About ten* hedges and *about us* does not; the month *May* is a name."""
    lists = word_lists("modality", language)
    if hedge.lower() in lists["rounding"]:
        return _is_number(after, language)
    if hedge != "May":
        return True
    dated = any(word in lists["before_month"] or word.isdigit() for word in before)
    return not dated and not any(word[0].isdigit() for word in after[:1])


def _is_number(words: Sequence[str], language: str) -> bool:
    """Whether the first of some words is a number or opens one: 40, forty-two, a dozen, noon."""
    lists, numbers = word_lists("modality", language), table("numbers", language)
    if words and words[0] in lists["articles"]:
        words = words[1:] or words
    first = words[0].split("-", maxsplit=1)[0] if words else ""
    listed = first in lists["parts"] or any(first in numbers[key] for key in _COUNTING)
    return listed or first[:1].isdigit()
