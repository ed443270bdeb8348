"""What a brief is made from, and sentences before any story is numbered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.linking.record import Record
    from allegedly.linking.telling import Telling
    from allegedly.store import StoredCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a brief is made from: a case, and what is told of it, as the desk decided."""

    case: StoredCase
    told: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A sentence with the stories and the records that it is built from; see `Sentence`."""

    text: str
    documents: tuple[str, ...]
    records: tuple[str, ...]
    follows: bool = False


Item = tuple[Draft, ...]  # a sentence with those that follow it
Writing = Callable[[], Item]  # an item that is put in words where there is room for it


def draft(text: str, names: Iterable[str], record: Record, *, follows: bool = False) -> Draft:
    """A sentence that is built from records, by their ids."""
    cited = tuple(dict.fromkeys(names))
    documents = dict.fromkeys(record.outlet[name].document for name in cited)
    return Draft(text=text, documents=tuple(documents), records=cited, follows=follows)
