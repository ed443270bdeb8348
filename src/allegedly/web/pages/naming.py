"""What to call a story that came without a title: by its first words."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from allegedly.exports import wording
from allegedly.store import NotInLedgerError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.store import View

UNTITLED: Final = "Untitled story"
OPENING: Final = 400  # characters in which the first words are looked for


@dataclass(slots=True)
class Names:
    """Names of stories at one moment; each is looked up once, those of `prefetch` together.

    `texts` has the texts that are at hand, by their documents.
    """

    view: View
    texts: dict[str, str] = field(default_factory=dict)
    _openings: dict[str, str] = field(default_factory=dict)

    def prefetch(self, about: Iterable[tuple[str, str | None]]) -> None:
        """Have those of some documents at hand that come without a title."""
        wanted = {document for document, title in about if not title}
        wanted -= self._openings.keys() | self.texts.keys()
        self._openings |= self.view.openings(wanted, OPENING) if wanted else {}

    def of(self, document: str, title: str | None) -> str:
        """The title, else the first words of the text."""
        if title:
            return title
        self.prefetch([(document, None)])
        text = self.texts.get(document) or self._openings.get(document, "")
        return wording.first_words(text.lstrip()[:OPENING]) or UNTITLED

    def called(self, documents: Iterable[str]) -> dict[str, str]:
        """The names of some stories by their ids, of those that are there at the moment."""
        found: dict[str, str] = {}
        for document in documents:
            with suppress(NotInLedgerError):
                found[document] = self.of(document, self.view.document(document).title)
        return found

    def text(self, document: str) -> str:
        """The whole text."""
        if document not in self.texts:
            self.texts[document] = self.view.text(document)
        return self.texts[document]
