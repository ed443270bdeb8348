"""Documents that cite one place for one statement have it from there."""

from __future__ import annotations

from allegedly.linking.origins import Citation, Told, cited_origins, origins_of
from allegedly.records import Span


def cites(document: str, name: str, content: str, publisher: str | None = None) -> Citation:
    return Citation(
        document=document, publisher=publisher, name=name, content=content, span=Span(0, 10)
    )


MINE = "that the pumps had failed before the flood"


def test_one_statement_from_one_place() -> None:
    [origin] = cited_origins(
        "case",
        [
            cites("one", "North Wire", MINE),
            cites("two", "the North Wire", "the pumps failed before the flood came"),
            cites("three", "North Wire", "that the owner had gone abroad"),
            cites("four", "South Wire", MINE),
        ],
    )
    assert (origin.kind, origin.name) == ("cited", "North Wire")
    assert {copy.document for copy in origin.copies} == {"one", "two"}
    assert MINE in origin.words


def test_nobody_in_particular_is_no_place() -> None:
    assert (
        cited_origins(
            "case", [cites("one", "a statement", MINE), cites("two", "a statement", MINE)]
        )
        == []
    )


def test_an_outlet_does_not_cite_itself() -> None:
    own = [cites("one", "North Wire", MINE, "North Wire"), cites("two", "North Wire", MINE)]
    assert cited_origins("case", own) == []


def test_shared_wording_that_is_cited_is_both() -> None:
    text = "The pumps had failed two hours before the flood, the North Wire reported on Monday."
    told = [Told(id=name, title="", text=text, publisher=name) for name in ("one", "two")]
    [origin] = origins_of(
        "case", told, [cites("one", "North Wire", MINE), cites("two", "North Wire", MINE)]
    )
    assert (origin.kind, origin.name) == ("both", "North Wire")
