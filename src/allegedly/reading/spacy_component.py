"""A component for spaCy: `nlp.add_pipe("allegedly")`, in a blank pipeline or any other.

`doc._.claims`, `doc._.assessments` and `doc._.silences` are the records, `doc._.ledger` the ledger
JSON, which is all that is kept, so that a doc can be saved and loaded. `doc.spans["claims"]` has
the contents, a span for each part of a broken one, with the act as label and the claim's id.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from allegedly.encoder import packed_encoder
from allegedly.pipeline import read_stored
from allegedly.records import Document, content_id
from allegedly.records.ledger_json import from_dict, to_dict

if TYPE_CHECKING:
    from allegedly.records import Reading

NAME: Final = "allegedly"
LEDGER: Final = "ledger"
_RECORDS: Final = ("claims", "assessments", "silences")
_TOLD: Final = ("title", "publisher", "published", "uri")
# What a stored text cannot hold; each is one character, so that places stay spaCy's.
_BREAK: Final = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@Language.factory(NAME)  # type: ignore[untyped-decorator]  # spaCy's types are not looked at
def component(nlp: Language, name: str) -> Component:
    """Make the component; its extensions are known from then on."""
    _extend()
    return Component(nlp, name)


class Component:
    """Reads each doc that passes through; the model loads with the first."""

    def __init__(self, nlp: Language, name: str) -> None:
        """Belong to a pipeline under a name."""
        self.nlp, self.name = nlp, name

    def __call__(self, doc: Doc) -> Doc:
        """Read one doc; title, publisher, published and uri may stand in its `user_data`."""
        if not doc.text.strip():
            doc.spans["claims"] = SpanGroup(doc, name="claims")
            return doc
        reading = read_stored(_document(doc), packed_encoder())
        doc._.set(LEDGER, to_dict(reading))
        doc.spans["claims"] = SpanGroup(doc, name="claims", spans=_spans(doc, reading))
        return doc


def _document(doc: Doc) -> Document:
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", _BREAK.sub("\n", doc.text)))
    told = {name: doc.user_data.get(name) for name in _TOLD}
    known: dict[str, Any] = {n: value for n, value in told.items() if isinstance(value, str)}
    return Document(id=content_id("document", text), text=text, language=doc.lang_, **known)


def _spans(doc: Doc, reading: Reading) -> list[Any]:
    """Spans of whole tokens: where a content ends inside a token, the token is taken in."""
    return [
        doc.char_span(
            span.start, span.end, label=claim.act, span_id=claim.id, alignment_mode="expand"
        )
        for claim in reading.claims
        for span in claim.content
    ]


def _extend() -> None:
    """Make the extensions known; again is no harm."""
    if not Doc.has_extension(LEDGER):
        Doc.set_extension(LEDGER, default=None)
    for name in _RECORDS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, getter=partial(_records, name=name))


def _records(doc: Doc, name: str) -> tuple[Any, ...]:
    ledger = doc._.get(LEDGER)
    found: tuple[Any, ...] = () if ledger is None else getattr(from_dict(ledger), name)
    return found
