"""The source chain of a claim: every layer's source, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from allegedly.records import Attribution, Source


def chain(a: Attribution, who: Mapping[int, Source | None]) -> tuple[Source, ...]:
    """The sources of an attribution and those it lies within, outermost first.

    `who` gives sources by attribution id. A layer that names nobody is left out, and so is one
    that only cites the source of the layer within it. A chain that comes back to a source, or to an
    attribution, ends before it does: what Interfax says the ministry said Interfax reported was
    passed on by the ministry.
    """
    hops: list[Source] = []
    seen: set[int] = set()
    layer: Attribution | None = a
    inner: Attribution | None = None
    while layer is not None and id(layer) not in seen:
        seen.add(id(layer))
        hop = who.get(id(layer))
        if hop is not None:
            beside = bool(hops) and _same(hop, hops[-1])
            if not beside and any(_same(hop, known) for known in hops):
                break
            # Of one source cited by itself one hop is left; what it says it told others keeps both.
            if not (beside and inner is not None and inner.content == layer.content):
                hops.append(hop)
            inner = layer
        layer = layer.within
    return tuple(reversed(hops))


def depth(a: Attribution) -> int:
    """How many attributions one lies within; a loop is counted once."""
    seen = {id(a)}
    while a.within is not None and id(a.within) not in seen:
        a = a.within
        seen.add(id(a))
    return len(seen) - 1


def _same(one: Source, other: Source) -> bool:
    return one.name is not None and one.name == other.name
