"""Text origins: documents that carry one agency's or one outlet's wording."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

from allegedly.linking.origins.joining import components
from allegedly.linking.origins.wording import fingerprints, shared_runs, words
from allegedly.records import Copy, Origin, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from allegedly.linking.origins.wording import Run, Word

# Swept on the three gold cases together; benchmarks.cases prints what they give on each.
LONG_RUN: Final = 11  # words in a row that nobody writes twice by chance
SHARE: Final = 0.5  # part of the shorter text that is copied, where no run is long
OWN_SHARE: Final = 0.8  # the same of two texts of one outlet, which writes in its own turns
FEWEST: Final = 9  # copied words at least, where no run is long
HEADLINE: Final = 5  # words of a headline that two outlets do not find independently
STANDING: Final = 3  # documents of one publisher that carry a row of words nobody else has


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A document as its wording is compared: `skipped` stretches are no part of the story.

    Documents of one `uri` are versions of one page.
    """

    id: str
    title: str
    text: str
    publisher: str | None = None
    uri: str | None = None
    published: str | None = None
    skipped: tuple[Span, ...] = ()


class _Text:
    """A document as it is compared; two with the same wording are equal.

    Its words are found when they are asked for: most documents of a case that were compared before
    are not compared again when another comes.
    """

    def __init__(self, told: Told) -> None:
        self.told = told
        self.start = len(told.title) if told.title and told.text.startswith(told.title) else 0
        self._hash = hash(told)
        self._body: list[Word] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Text) and self.told == other.told

    def __hash__(self) -> int:
        return self._hash

    @property
    def headline(self) -> list[Word]:
        told = self.told
        return words(told.text, 0, self.start) if self.start else words(told.title)

    @property
    def body(self) -> list[Word]:
        if self._body is None:
            skipped = self.told.skipped
            self._body = [
                word
                for word in words(self.told.text, self.start)
                if not any(skip.start <= word.start < skip.end for skip in skipped)
            ]
        return self._body

    def forget(self) -> None:
        """Let go of the words."""
        self._body = None


@dataclass(frozen=True, slots=True)
class _Shared:
    """What two documents have alike: stretches of each."""

    left: tuple[Span, ...]
    right: tuple[Span, ...]
    words: str


def text_origins(case: str, documents: Sequence[Told]) -> list[Origin]:
    """The documents of a case by shared wording, those that share with none left out.

    Words inside quotation marks are their speaker's and show no copying.
    """
    texts = [_Text(told) for told in documents]
    copies: dict[tuple[int, int], _Shared] = {}
    for left, right in _meeting(texts, _kept(texts)):
        shared = _shared(texts[left], texts[right])
        if shared is not None:
            copies[left, right] = shared
    for text in texts:
        text.forget()
    return [_origin(case, texts, group, copies) for group in components(len(texts), copies)]


@lru_cache(maxsize=1 << 11)  # when a document joins a case, the others are met again
def _marks(text: _Text) -> tuple[tuple[str, ...], frozenset[int]]:
    """The words of a document's headline, and the fingerprints of its body."""
    return tuple(_plain(text.headline)), frozenset(fingerprints(text.body))


def _kept(texts: Sequence[_Text]) -> list[frozenset[int]]:
    """The fingerprints of texts but those of what one publisher prints below story after story."""
    own: defaultdict[int, set[str | None]] = defaultdict(set)
    often: Counter[int] = Counter()
    for text in texts:
        _, found = _marks(text)
        often.update(found)
        for mark in found:
            own[mark].add(text.told.publisher)
    standing = {
        mark
        for mark, publishers in own.items()
        if len(publishers) == 1 and None not in publishers and often[mark] >= STANDING
    }
    return [_marks(text)[1] - standing for text in texts]


def _meeting(texts: Sequence[_Text], kept: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    """The pairs that share a fingerprint, a headline or an address."""
    having: defaultdict[object, list[int]] = defaultdict(list)
    for number, (text, marks) in enumerate(zip(texts, kept, strict=True)):
        for mark in marks:
            having[mark].append(number)
        if _page(text) is not None:
            having[_page(text)].append(number)
        headline, _ = _marks(text)
        if len(headline) >= HEADLINE:
            having[headline].append(number)
    together = {tuple(met) for met in having.values() if len(met) > 1}
    yield from sorted({pair for met in together for pair in combinations(met, 2)})


@lru_cache(maxsize=1 << 15)
def _shared(left: _Text, right: _Text) -> _Shared | None:
    """What shows that two texts are one, None where nothing does."""
    page = _page(left)
    if page is not None and page == _page(right):
        return _Shared((), (), page[1])
    headline, _ = _marks(left)
    if headline == _marks(right)[0] and len(headline) >= HEADLINE:
        spans = [_headline_spans(text) for text in (left, right)]
        return _Shared(spans[0], spans[1], left.told.title or left.told.text[:80])
    runs = [run for run in shared_runs(left.body, right.body) if not _quoted(left.body, run)]
    copied = sum(run.length for run in runs)
    shorter = min(len(left.body), len(right.body)) or 1
    longest = max(runs, key=lambda run: run.length, default=None)
    same_outlet = left.told.publisher is not None and left.told.publisher == right.told.publisher
    long = longest is not None and longest.length >= LONG_RUN and not same_outlet
    least = OWN_SHARE if same_outlet else SHARE
    if longest is None or not (long or (copied >= FEWEST and copied >= least * shorter)):
        return None
    return _Shared(
        tuple(_span(left.body, run.left, run.length) for run in runs),
        tuple(sorted({_span(right.body, run.right, run.length) for run in runs})),
        _span(left.body, longest.left, longest.length).cut(left.told.text),
    )


def _page(text: _Text) -> tuple[str | None, str] | None:
    """Whose page it is; one file or container may hold many stories, so only the web's."""
    uri = text.told.uri
    return (text.told.publisher, uri) if uri and uri.startswith(("https:", "http:")) else None


def _plain(text: Sequence[Word]) -> list[str]:
    return [word.text for word in text]


def _headline_spans(text: _Text) -> tuple[Span, ...]:
    """The headline where it stands in the text; nothing where it is only told beside it."""
    title = text.told.title
    return (Span(0, len(title)),) if title and text.told.text.startswith(title) else ()


def _quoted(text: Sequence[Word], run: Run) -> bool:
    """Whether most of a run is somebody's words in quotation marks."""
    return 2 * sum(w.quoted for w in text[run.left : run.left + run.length]) > run.length


def _span(text: Sequence[Word], start: int, length: int) -> Span:
    return Span(text[start].start, text[start + length - 1].end)


def _origin(
    case: str,
    texts: Sequence[_Text],
    group: Sequence[int],
    copies: dict[tuple[int, int], _Shared],
) -> Origin:
    spans: defaultdict[int, set[Span]] = defaultdict(set)
    shown: dict[str, None] = {}
    for (left, right), shared in copies.items():
        if left in group:
            spans[left].update(shared.left)
            spans[right].update(shared.right)
            shown[shared.words] = None
    return Origin(
        case=case,
        kind="text",
        name=None,
        copies=tuple(Copy(document=texts[n].told.id, spans=tuple(_apart(spans[n]))) for n in group),
        words=tuple(sorted(shown, key=lambda text: (-len(text), text))[:3]),
    )


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in order, those that overlap as one."""
    last: Span | None = None
    for span in sorted(spans):
        if last is not None and span.start <= last.end:
            last = Span(last.start, max(last.end, span.end))
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
