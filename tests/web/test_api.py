"""The API: its document holds, errors are problems, and nothing that is sent breaks it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.store import stories

from allegedly.web.api.openapi import document
from allegedly.web.table import ROUTES

if TYPE_CHECKING:
    from tests.web.conftest import Visitor

    from allegedly.ledger import Ledger

DOCUMENT = document(ROUTES)
OPERATIONS = [
    (path, method, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
CLAIM = stories.taken().id
DOCUMENT_ID = stories.read().document.id
# What asks the database runs on each.
ON_BOTH = (
    "test_answers_are_as_the_document_has_them",
    "test_errors_are_problems",
    "test_a_character_that_no_database_takes_is_refused",
    "test_nothing_that_is_sent_breaks_it",
)
EXAMPLES = 150
odd = st.one_of(
    st.text(max_size=30),
    st.integers(-(2**70), 2**70).map(str),
    st.sampled_from(
        [
            *(CLAIM, CLAIM[:6], "source:warden", "orrin", "published:2031-05-05", "none", "*"),
            *("\ud800", "\0", "%", "' OR 1=1 --", '"', "*", "-", "OR", "9" * 400, "2031-13-45"),
            *("accept", "correct", "undo", "merge", "split", "in", "true", "null", "1e999"),
        ]
    ),
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | odd,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def test_the_document_names_every_route_of_the_api() -> None:
    told = {(path, method.upper()) for path, method, _ in OPERATIONS}
    assert told == {(r.path, r.method) for r in ROUTES if r.path.startswith("/api/") and r.gives}
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(names) == len(set(names))
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    json.dumps(DOCUMENT)


@pytest.fixture
def corrected(ledger: Ledger) -> Ledger:
    """A ledger in which a person has decided something."""
    ledger.decide(CLAIM, "correct", reviewer="ana", reason="x", value={"act": "accuse"})
    return ledger


# Every question of the API; what its answer is by the document, None for a file or an object.
QUESTIONS: dict[str, str | None] = {
    "/api/me": "Person",
    "/api/head": "Head",
    "/api/comparing": "Comparing",
    "/api/documents": "Documents",
    f"/api/documents/{DOCUMENT_ID}": "Document",
    f"/api/documents/{DOCUMENT_ID}/reading": None,
    "/api/claims?limit=3": "Claims",
    "/api/claims?act=accuse&source=warden&status=corrected&since=2031-01-01": "Claims",
    "/api/claims.csv": None,
    f"/api/claims/{CLAIM}/links": "ClaimLinks",
    "/api/export?format=csv": None,
    f"/api/records/{CLAIM[:10]}": "Record",
    "/api/search?q=bell&source=warden": "Hits",
    "/api/search/documents?q=bell": "Hits",
    "/api/sources": "Sources",
    "/api/decisions": "Decisions",
    "/api/waiting": "WaitingList",
    "/api/cases/orrin": "Case",
    "/api/cases/orrin/brief": None,
}


def test_every_question_is_asked() -> None:
    asked = {path.partition("?")[0] for path in QUESTIONS}
    ids = {"/api/documents/": DOCUMENT_ID, "/api/records/": CLAIM[:10], "/api/claims/": CLAIM}
    told = set()
    for path, method, _ in OPERATIONS:
        if method == "get":
            found = next((name for start, name in ids.items() if path.startswith(start)), "")
            told.add(path.replace("{id}", found).replace("{name}", "orrin"))
    assert asked == told


@pytest.mark.usefixtures("corrected")
def test_answers_are_as_the_document_has_them(ana: Visitor, ledger: Ledger) -> None:
    head = ledger.now.head().seq
    for path, name in QUESTIONS.items():
        joint = "&" if "?" in path else "?"
        for address in (path, f"{path}{joint}as_of={head}"):
            answer = ana.client.get(address)
            assert answer.status_code == 200, (address, answer.text)
            if name is not None:
                schema = {"$ref": f"#/components/schemas/{name}"}
                schema |= {"components": DOCUMENT["components"]}
                Draft202012Validator(schema).validate(answer.json())
    found = ana.client.get("/api/claims?act=accuse&source=warden&status=corrected").json()
    assert [claim["id"] for claim in found["claims"]] == [CLAIM]


def test_machine_and_person_stand_apart(ana: Visitor, ledger: Ledger) -> None:
    ledger.decide(CLAIM, "correct", reviewer="ana", reason="x", value={"act": "accuse"})
    found = ana.client.get(f"/api/records/{CLAIM}").json()
    assert found["read"]["act"] == "assert"
    assert found["decided"]["corrected"] == {"act": "accuse"}


PROBLEMS = {
    "/api/nothing": 404,
    "/api/records/ffffffff": 404,
    "/api/records/f": 404,
    "/api/cases/nothing": 404,
    "/api/cases/%00": 404,
    "/api/claims/f%00/links": 404,
    "/api/claims?source=%00": 400,
    "/api/claims?status=sung": 422,
    "/api/claims?limit=0": 422,
    "/api/claims?limit=much": 422,
    "/api/claims?offset=99999999999999999999": 422,
    "/api/claims?as_of=soon": 422,
    "/api/claims?since=soon": 422,
    "/api/claims?source=%22": 422,
    "/api/search?q=%22": 422,
}


def test_errors_are_problems(ana: Visitor) -> None:
    for path, status in PROBLEMS.items():
        answer = ana.client.get(path)
        assert answer.status_code == status, (path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == status
        assert problem["instance"] == unquote(path.partition("?")[0])
        assert problem["detail"]


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_that_is_sent_breaks_it(ana: Visitor, data: st.DataObject) -> None:
    path, method, operation = data.draw(st.sampled_from(OPERATIONS))
    known = {
        "id": st.sampled_from([CLAIM, DOCUMENT_ID]) | odd,
        "name": st.just("orrin") | odd,
        "seq": st.integers(0, 60).map(str) | odd,
    }
    for each in operation["parameters"]:
        if each["in"] == "path":
            value = data.draw(known[each["name"]]).encode("utf-8", "replace").decode()
            path = path.replace(f"{{{each['name']}}}", _quoted(value))
    asked = {
        each["name"]: data.draw(odd).encode("utf-8", "replace").decode()
        for each in operation["parameters"]
        if each["in"] == "query" and data.draw(st.booleans())
    }
    body = None
    if "requestBody" in operation:
        schema = resolved(operation["requestBody"]["content"]["application/json"]["schema"])
        names = list(schema["properties"])
        body = json.dumps(
            data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(names, values)))
        )
    headers = {"origin": ana.origin, "x-csrf-token": data.draw(st.just(ana.word()))}
    answer = ana.client.request(
        method.upper(),
        path,
        params=asked,
        content=body,
        headers=headers | ({"content-type": "application/json"} if body else {}),
        follow_redirects=False,
    )
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_character_that_no_database_takes_is_refused(ana: Visitor) -> None:
    body = {"subject": f"{CLAIM}\0", "verdict": "accept", "reason": "x"}
    for sent in (body, {**body, "subject": CLAIM, "value": [{"\0": 1}]}):
        answer = ana.ask("/api/decisions", sent)
        assert answer.status_code == 400
        assert "NUL" in answer.json()["detail"]
    assert ana.ask("/api/decisions", {**body, "subject": CLAIM, "reason": "\\u0000"}).is_success


def _quoted(value: str) -> str:
    return quote(value, safe="") or "-"
