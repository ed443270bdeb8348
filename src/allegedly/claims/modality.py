"""How sure and how real a content is told to be: polarity, modality, hedges."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from allegedly.claims.contents import concludes, main_clause
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
    negators = word_lists("modality", language)["negators"]
    words = _opening(main_clause(content))
    return "negative" if any(w in negators or w.endswith("n't") for w in words) else "positive"


def _opening(words: Sequence[str]) -> Sequence[str]:
    """The words up to a second clause that *but* or *and* joins on."""
    return words[: words.index("but")] if "but" in words else words


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
    if found == "conditional" and act in _COMMISSIVE:
        return "intended"
    if found == "intended" and act == "speculate":
        return "probable"
    if found is not None:
        return found
    if act == "promise":
        return "intended"
    return _lent(cue, act, language)


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
    if word == "may" and after and after[0][0].isdigit():
        return False
    return not (
        word == "will" and after[:1] == ["be"] and not after[-1].endswith(("ed", "en", "ing"))
    )


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
