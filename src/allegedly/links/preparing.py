"""What a document's claims are compared by is made: the one step in which models run."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from allegedly.encoder import packed_encoder
from allegedly.encoder.vectors import packed, packed_sentences
from allegedly.linking.claims import profiles
from allegedly.links.bodies import claim_body
from allegedly.pipeline import statements_of
from allegedly.records import Run
from allegedly.records.ledger_json import statement_to_dict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from allegedly.records import Reading

_CODE: Final = (
    "links",
    "linking/__init__.py",
    "linking/claims",
    "linking/force.py",
    "linking/lexicon.py",
)
"""What bears on linking, with all that lies in it; the word lists of each language besides."""


def linking(reading: Reading, *, threads: int | None = None) -> dict[str, Any]:
    """What a reading's claims and further statements are compared by, as an entry holds it.

    By default a thread to each core; where many readings are made ready side by side, one each.
    """
    encoder = packed_encoder(threads)
    further = statements_of(reading, encoder)
    own = list(profiles(reading, further))
    vectors = packed(packed_sentences().vectors([each.frame for each in own], threads=threads))
    return {
        "document": reading.document.id,
        "statements": [statement_to_dict(statement) for statement in further],
        "claims": [claim_body(each, row) for each, row in zip(own, vectors, strict=True)],
    }


@cache
def run() -> Run:
    """Which code, word lists and vectors make links."""
    code = blake2b(digest_size=6)
    for file in read():
        code.update(file.name.encode() + b"\0" + file.read_bytes())
    return Run(
        code=f"allegedly {version('allegedly')} links+{code.hexdigest()}",
        model=f"vectors {_model()}",
    )


def read() -> Iterator[Traversable]:
    """The files of code, weights and words that make links what they are, in a fixed order."""
    package = files("allegedly")
    languages = (own for own in (package / "linking").iterdir() if (own / "words.toml").is_file())
    for name in _CODE:
        yield from _files(package / name)
    for language in sorted(languages, key=lambda own: own.name):
        yield from _files(language)


def _files(top: Traversable) -> Iterator[Traversable]:
    """A file, or all code and data of a folder, in the order of their names."""
    if top.is_file():
        yield from [top] if top.name.endswith((".py", ".toml")) else []
    else:
        for own in sorted(top.iterdir(), key=lambda own: own.name):
            yield from _files(own)


def _model() -> str:
    described = (files("allegedly.encoder") / "pack" / "vectors.json").read_bytes()
    return blake2b(described, digest_size=8).hexdigest()
