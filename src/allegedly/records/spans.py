"""Places in a text."""

from __future__ import annotations

import msgspec


# A struct is made in a fifth of a dataclass's time; a case has thousands, read as pairs from JSON.
class Span(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """Half-open range of Unicode code points into `Document.text`, a pair in JSON.

    Raises ValueError unless 0 <= start < end: a span always shows at least one character.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: start {self.start}, end {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def cut(self, text: str) -> str:
        """The exact words in `text`; raises ValueError where the span reaches past its end."""
        if self.end > len(text):
            raise ValueError(f"span {self.start}:{self.end} is outside a text of {len(text)}")
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]


def words(text: str, spans: Spans) -> str:
    """The exact words of a discontinuous span, its parts joined by an ellipsis."""
    return " … ".join(span.cut(text) for span in spans)
