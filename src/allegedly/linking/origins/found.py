"""Both kinds of origin of a case together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from allegedly.linking.origins.cited import cited_origins
from allegedly.linking.origins.copied import text_origins

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from allegedly.linking.origins.cited import Citation
    from allegedly.linking.origins.copied import Told
    from allegedly.records import Origin


def origins_of(case: str, documents: Sequence[Told], citations: Iterable[Citation]) -> list[Origin]:
    """The origins of a case: shared wording, cited statements, or wording that is one of them."""
    copied = text_origins(case, documents)
    cited = cited_origins(case, citations)
    return [_both(origin, cited) for origin in copied] + [
        origin for origin in cited if not any(_within(origin, other) for other in copied)
    ]


def _both(copied: Origin, cited: Iterable[Origin]) -> Origin:
    """The wording with the name of whom it is cited from, where those who copy all cite it."""
    named = [origin for origin in cited if _within(origin, copied) and _within(copied, origin)]
    return replace(copied, kind="both", name=named[0].name) if named else copied


def _within(origin: Origin, other: Origin) -> bool:
    documents = {copy.document for copy in other.copies}
    return all(copy.document in documents for copy in origin.copies)
