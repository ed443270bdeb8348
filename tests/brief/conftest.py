"""A case with a hundred things to get wrong in a brief, made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.linking.cases import outlet

from allegedly.brief import Material
from allegedly.linking.record import record_of
from allegedly.linking.telling import tell
from allegedly.store import StoredCase, StoredDocument, StoredMember

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from allegedly.records import ClaimGroup, Link, ToldAssessment, ToldClaim, ToldSilence
    from allegedly.store import StoredOrigin

    Make = Callable[..., Material]


def stored(number: int) -> StoredDocument:
    told = outlet(number)
    return StoredDocument(
        id=told.document,
        seq=number,
        title=f"Story {number}",
        publisher=told.publisher,
        published=told.published,
        language="en",
        uri=None,
        captures=1,
        characters=100,
        claims=1,
    )


def case(
    stories: int, origins: tuple[StoredOrigin, ...] = (), title: str = "The bridge"
) -> StoredCase:
    members = tuple(
        StoredMember(
            document=stored(number),
            case="c",
            probability=1.0,
            method="event profile",
            words=(),
            decision=None,
        )
        for number in range(1, stories + 1)
    )
    return StoredCase(
        id="c",
        seq=1,
        recorded_at="2031-03-20",
        run=None,
        name="bridge",
        title=title,
        description=None,
        members=members,
        excluded=(),
        merged=(),
        origins=origins,
    )


@pytest.fixture
def make() -> Make:
    """Makes material of claims, groups and links, as `cases.material` reads it from a ledger."""

    def made(  # noqa: PLR0913 - all that a case holds
        claims: Iterable[ToldClaim] = (),
        groups: Iterable[ClaimGroup] = (),
        links: Iterable[Link] = (),
        *,
        assessments: Iterable[ToldAssessment] = (),
        silences: Iterable[ToldSilence] = (),
        origins: tuple[StoredOrigin, ...] = (),
        stories: int = 5,
        title: str = "The bridge",
    ) -> Material:
        record = record_of(
            claims,
            groups,
            links,
            assessments=assessments,
            silences=silences,
            origins=origins,
        )
        return Material(case=case(stories, origins, title), told=tell(record))

    return made
