"""schemathesis sends what the OpenAPI document allows, and what it does not, to a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.web.browser import served

from allegedly.web.api.openapi import document
from allegedly.web.table import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from allegedly.ledger import Ledger

ON_BOTH = ("test_nothing_it_sends_breaks_the_api",)
EXAMPLES = 240  # on each database, over all operations and both modes
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict(document(ROUTES))
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]
CASES = [
    operation.as_strategy(generation_mode=mode)
    for operation in OPERATIONS
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
]


@pytest.fixture
def session(ledger: Ledger) -> Iterator[tuple[str, requests.Session]]:
    """A program with a reviewer's token before a served desk."""
    plenty = {"reads_a_minute": 10**6, "writes_a_minute": 10**6}
    with served(ledger, shared=True, **plenty) as (base, desk), requests.Session() as program:
        secret = desk.keeper.begin("reviewer", "token")  # type: ignore[union-attr]  # a shared desk
        program.headers["authorization"] = f"Bearer {secret}"
        yield base, program


def test_every_operation_is_tried() -> None:
    described = document(ROUTES)["paths"]
    assert len(OPERATIONS) == sum(len(methods) for methods in described.values())


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_nothing_it_sends_breaks_the_api(
    session: tuple[str, requests.Session], data: st.DataObject
) -> None:
    base, program = session
    case: Any = data.draw(data.draw(st.sampled_from(CASES)))
    try:
        answer = case.call(base_url=base, session=program, allow_redirects=False)
    except requests.exceptions.InvalidHeader:
        return  # the client itself will not send it
    case.validate_response(answer, checks=CHECKS)
