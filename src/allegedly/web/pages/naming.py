"""What to call a story that came without a title: by its first words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from allegedly.store import StoredDocument, View

LONGEST: Final = 90
UNTITLED: Final = "Untitled story"


@dataclass(slots=True)
class Names:
    """Names of stories at one moment; each text is looked at once."""

    view: View
    _texts: dict[str, str] = field(default_factory=dict)

    def prefetch(self, documents: Iterable[StoredDocument]) -> None:
        """Have the texts of those without a title at hand, all in one question."""
        self._texts |= self.view.texts([each for each in documents if not each.title])

    def of(self, document: str, title: str | None) -> str:
        """The title, else the first words of the text."""
        if title:
            return title
        return first_words(self.text(document))

    def text(self, document: str) -> str:
        """The whole text."""
        if document not in self._texts:
            self._texts[document] = self.view.text(document)
        return self._texts[document]


def first_words(text: str) -> str:
    """The first line that has words, cut at a word."""
    line = next((" ".join(each.split()) for each in text.split("\n") if each.strip()), UNTITLED)
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rpartition(" ")[0] + " …"
