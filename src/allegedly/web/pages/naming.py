"""What to call a story that came without a title: by its first words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from allegedly.exports import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.store import View

UNTITLED: Final = "Untitled story"


@dataclass(slots=True)
class Names:
    """Names of stories at one moment; each is looked up once, those of `prefetch` together."""

    view: View
    _openings: dict[str, str] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def prefetch(self, about: Iterable[tuple[str, str | None]]) -> None:
        """Have those of some documents at hand that come without a title."""
        wanted = {document for document, title in about if not title}
        self._openings |= self.view.openings(wanted) if wanted else {}

    def of(self, document: str, title: str | None) -> str:
        """The title, else the first words of the text."""
        if title:
            return title
        if document not in self._openings:
            self.prefetch([(document, None)])
        return wording.first_words(self._openings.get(document, "")) or UNTITLED

    def text(self, document: str) -> str:
        """The whole text."""
        if document not in self._texts:
            self._texts[document] = self.view.text(document)
        return self._texts[document]
