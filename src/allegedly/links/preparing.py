"""What a document's claims are compared by is made: the one step in which models run."""

from __future__ import annotations

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
    from allegedly.records import Reading

_CODE: Final = (
    "blocking",
    "clauses",
    "clustering",
    "compare",
    "confirmations",
    "grouping",
    "own_voice",
    "profiles",
    "rejecting",
    "relations",
    "reported",
)


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


def run() -> Run:
    """Which code and vectors make links."""
    code = blake2b(digest_size=6)
    for name in _CODE:
        code.update((files("allegedly.linking.claims") / f"{name}.py").read_bytes())
    code.update((files("allegedly.linking.claims") / "weights.toml").read_bytes())
    return Run(
        code=f"allegedly {version('allegedly')} links+{code.hexdigest()}",
        model=f"vectors {_model()}",
    )


def _model() -> str:
    described = (files("allegedly.encoder") / "pack" / "vectors.json").read_bytes()
    return blake2b(described, digest_size=8).hexdigest()
