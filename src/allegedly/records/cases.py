"""One event across documents: the case, which documents belong to it, and their origins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from allegedly.records.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegedly.records.spans import Spans

OriginKind = Literal["text", "cited", "both"]
ORIGIN_KINDS: tuple[OriginKind, ...] = get_args(OriginKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One contested event; `name` is what people call it by, `seeds` the documents it began with.

    Title and description may change later; the id stays.
    """

    name: str
    title: str
    seeds: tuple[str, ...]
    description: str | None = None

    @property
    def id(self) -> str:
        """The id: a name with the documents that the case began with."""
        return content_id("case", self.name, sorted(self.seeds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """That a document is about a case, as a machine found; `belongs` false takes it back.

    `words` are those that the document shares with the case, the weightiest first.
    """

    case: str
    document: str
    belongs: bool
    probability: float
    method: str
    words: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id: a document is in a case or out of it, whatever is found later."""
        return content_id("membership", self.case, self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Where in a document the words of an origin stand."""

    document: str
    spans: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Documents of one case that have one text or one cited statement behind them.

    `text`: they share wording. `cited`: they pass on what one source said or one place published,
    named by `name`. `both`: they share wording that is such a statement. `words` show why.
    """

    case: str
    kind: OriginKind
    name: str | None
    copies: tuple[Copy, ...]
    words: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id: the same documents for the same reason are one origin."""
        documents = sorted(copy.document for copy in self.copies)
        return content_id("origin", self.case, self.kind, self.name, documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a case's documents have in common: the keys by which a new one finds it.

    `terms` weigh the stems of words, a vector of length one; `vector` is the mean of the sentence
    vectors, empty where there are none. `commonness` is the id of how common words were then.
    `first` and `last` bound the publication of what was counted in, as ISO 8601 times, None where
    nobody knows; `members` is how many documents belonged, `language` what most
    of them are in, empty where nobody knows.
    """

    case: str
    terms: Mapping[str, float]
    vector: tuple[float, ...]
    commonness: str
    first: str | None
    last: str | None
    members: int
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commonness:
    """In how many of so many documents each stem of a word was met; rare ones are left out."""

    documents: int
    stems: Mapping[str, int]

    @property
    def id(self) -> str:
        """The id: the same counts are one."""
        return content_id("commonness", self.documents, dict(sorted(self.stems.items())))
