"""What the parsing process can parse: web pages and PDFs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allegedly.documents.captured import Parsed
from allegedly.documents.decoding import NotText
from allegedly.documents.wire import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from allegedly.documents.wire import Task


def _page(task: Task) -> Answer:
    from allegedly.documents.html import characters, read_page  # noqa: PLC0415  # lxml, numpy

    text = characters(task.raw, task.charset)
    if isinstance(text, NotText):
        return Answer(problem=text.reason)
    page = read_page(text)
    if page is None:
        return Answer(problem="a web page without text that is shown")
    about = page.about
    return Answer(
        parsed=Parsed(
            text=page.text,
            marks=page.marks,
            title=about.title,
            publisher=about.publisher,
            byline=about.byline,
            published=about.published,
            updated=about.updated,
            uri=about.canonical,
            language=about.language,
        )
    )


def _pdf(task: Task) -> Answer:
    from allegedly.documents.pdf import read_pdf  # noqa: PLC0415  # pdfium

    return read_pdf(task.raw, task.most)


def _fragment(task: Task) -> Answer:
    from allegedly.documents.html import read_fragment  # noqa: PLC0415  # lxml, numpy

    page = read_fragment(task.raw.decode("utf-8", "replace"), task.title)
    if page is None:
        return Answer(problem="empty")
    return Answer(parsed=Parsed(text=page.text, marks=page.marks))


PARSERS: Final[dict[str, Callable[[Task], Answer]]] = {
    "html": _page,
    "fragment": _fragment,
    "pdf": _pdf,
}
