"""The OpenAPI document, made of the route table, so that it cannot say what is not so."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import msgspec

from allegedly.web.api import shapes
from allegedly.web.app.routing import Nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from allegedly.web.app.routing import Route

REFERENCES: Final = "#/components/schemas/{name}"
JSON: Final = "application/json"
FILE: Final = "*/*"
FORM: Final = "application/x-www-form-urlencoded"
PROBLEMS: Final = {
    "400": "The request cannot be understood",
    "401": "Nobody is signed in",
    "403": "The visitor's role is not enough, or the request comes from elsewhere",
    "404": "It is not there at that moment",
    "408": "The request came too slowly",
    "409": "Somebody decided in the meantime",
    "413": "The request is larger than the desk takes",
    "415": "The request is no form and no JSON",
    "422": "A field or a decision does not hold",
    "429": "Too many requests",
}


def document(routes: Iterable[Route]) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the routes under /api."""
    listed = [route for route in routes if route.path.startswith("/api/") and route.gives]
    shown = {shape for route in listed for shape in _shapes(route)} | {shapes.Problem}
    ordered = sorted(shown, key=lambda shape: str(getattr(shape, "__name__", shape)))
    _, components = msgspec.json.schema_components(ordered, ref_template=REFERENCES)
    paths: dict[str, dict[str, Any]] = {}
    for route in listed:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "allegedly", "version": version("allegedly"), "license": _LICENCE},
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _SCHEMES},
        "security": [{"token": []}, {"session": []}],
    }


_LICENCE: Final = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
_SCHEMES: Final = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "session"},
}


def _shapes(route: Route) -> Iterator[Any]:
    if route.body is not Nothing:
        yield route.body
    if route.gives not in {dict, bytes}:
        yield route.gives


def _operation(route: Route) -> dict[str, Any]:
    answers = {str(route.status): _answer(route)}
    problem = {"application/problem+json": {"schema": _reference(shapes.Problem)}}
    answers |= {code: {"description": said, "content": problem} for code, said in PROBLEMS.items()}
    found: dict[str, Any] = {
        "operationId": route.name.replace(":", "_"),
        "summary": route.summary,
        "parameters": [*_in_path(route), *_in_query(route)],
        "responses": answers,
        "x-role": route.needs,
    }
    if route.body is not Nothing:
        shown = {"schema": _reference(route.body)}
        found["requestBody"] = {"required": True, "content": {JSON: shown, FORM: shown}}
    return found


def _answer(route: Route) -> dict[str, Any]:
    if route.gives is bytes:
        return {"description": route.summary, "content": {FILE: {"schema": {"type": "string"}}}}
    schema = {"type": "object"} if route.gives is dict else _reference(route.gives)
    return {"description": route.summary, "content": {JSON: {"schema": schema}}}


def _reference(shape: Any) -> dict[str, str]:  # noqa: ANN401  # a record's type
    return {"$ref": REFERENCES.format(name=shape.__name__)}


def _in_path(route: Route) -> Iterator[dict[str, Any]]:
    for name in re.findall(r"{(\w+)", route.path):
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _in_query(route: Route) -> Iterator[dict[str, Any]]:
    (reference,), components = msgspec.json.schema_components(
        [route.query], ref_template=REFERENCES
    )
    schema = components[reference["$ref"].rpartition("/")[2]]
    needed = set(schema.get("required", ()))
    for name, field in schema["properties"].items():
        yield {"name": name, "in": "query", "required": name in needed, "schema": field}
