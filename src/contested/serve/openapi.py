"""The API described: an OpenAPI 3.1 document made from the same list of routes that is served."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import contested
from contested.serve.operations import Operation, adapter

SCHEMAS = "#/components/schemas/{model}"


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, and what to do."""

    error: str
    kind: str


FAILURES = {
    "400": "A filter, a parameter or what was sent cannot be understood.",
    "403": "The token is missing or wrong, or the record is shown for reading only.",
    "404": "Nothing of that id is in the record.",
    "405": "The record is shown for reading only, so that nothing can be sent to it.",
    "409": "Somebody else decided meanwhile, or the decision cannot be taken.",
    "413": "Too much was sent.",
    "415": "Something else than JSON was sent.",
    "503": "The record cannot be read now.",
}


@lru_cache(maxsize=4)
def description(found: tuple[Operation, ...]) -> dict[str, Any]:
    """The OpenAPI document of these operations."""
    schemas, definitions = _schemas(found)
    paths: dict[str, dict[str, Any]] = {}
    for operation in found:
        described = _operation(operation, schemas)
        paths.setdefault(operation.path, {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Contested",
            "version": contested.__version__,
            "summary": "A record of armed conflict in which every fact carries who said it.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token of the address that `contested serve` printed.",
                }
            },
        },
    }


def _schemas(found: Iterable[Operation]) -> tuple[dict[int, dict[str, Any]], dict[str, Any]]:
    """The schema of every type that is used, by the type's identity, and the shared parts."""
    from pydantic import TypeAdapter

    kinds: dict[int, Any] = {id(Failure): Failure}
    for operation in found:
        kinds[id(operation.returns)] = operation.returns
        if operation.body is not None:
            kinds[id(operation.body)] = operation.body
        for parameter in operation.asked:
            kinds[id(parameter.kind)] = parameter.kind
    made, shared = TypeAdapter.json_schemas(
        [(key, "validation", adapter(kind)) for key, kind in kinds.items()], ref_template=SCHEMAS
    )
    return {key: schema for (key, _), schema in made.items()}, shared["$defs"]


def _operation(operation: Operation, schemas: dict[int, dict[str, Any]]) -> dict[str, Any]:
    schema = schemas[id(operation.returns)]
    if operation.many:
        schema = {"type": "array", "items": schema}
    failed = {"application/json": {"schema": schemas[id(Failure)]}}
    answered: dict[str, Any] = {
        "description": operation.meaning,
        "content": {"application/json": {"schema": schema}},
    }
    if operation.many:
        answered["headers"] = _paging()
    codes = ["400", "403", "503"] + (["404"] if operation.names_one else [])
    codes += ["404", "405", "409", "413", "415"] if operation.body is not None else []
    out: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.meaning.split("\n")[0],
        "tags": [operation.family],
        "parameters": _parameters(operation, schemas),
        "responses": {"200": answered}
        | {code: {"description": FAILURES[code], "content": failed} for code in sorted(set(codes))},
    }
    if operation.body is not None:
        content = {"application/json": {"schema": schemas[id(operation.body)]}}
        out["requestBody"] = {"required": True, "content": content}
    return out


def _paging() -> dict[str, Any]:
    return {
        "X-Total-Count": {
            "description": "How many fit in all.",
            "schema": {"type": "integer"},
        },
        "Link": {
            "description": 'Where the next part is, with rel="next"; missing at the end.',
            "schema": {"type": "string"},
        },
    }


def _parameters(operation: Operation, schemas: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)(?::\w+)?}", operation.path)
    ]
    for one in operation.asked:
        schema = schemas[id(one.kind)]
        if one.several:
            schema = {"type": "array", "items": schema}
        elif one.default is not None:
            schema = schema | {"default": one.default}
        out.append(
            {
                "name": one.name,
                "in": "query",
                "required": one.required,
                "description": one.meaning,
                "schema": schema,
            }
        )
    return out


def readable(found: tuple[Operation, ...]) -> dict[str, Any]:
    """The document in the order in which it is read: operations by family, then the shapes."""
    document = description(found)
    families: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            answered = operation["responses"]["200"]["content"]["application/json"]["schema"]
            line = operation | {"method": method.upper(), "path": path, "returns": named(answered)}
            families.setdefault(operation["tags"][0], []).append(line)
    shapes = [
        (name, schema.get("description", ""), _fields(schema))
        for name, schema in sorted(document["components"]["schemas"].items())
    ]
    return {"families": families, "shapes": shapes, "named": named}


def _fields(schema: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (name, named(one), one.get("description", ""))
        for name, one in schema.get("properties", {}).items()
    ]


def named(schema: dict[str, Any]) -> str:
    """A schema in a few words: ``list of Incident``, ``string or null``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(named(one) for one in schema[several])
    if schema.get("type") == "array":
        parts = schema.get("prefixItems")
        if parts:
            return f"({', '.join(named(one) for one in parts)})"
        return f"list of {named(schema.get('items', {}))}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"{named(schema['additionalProperties'])} by name"
    return str(schema.get("type", "anything"))
