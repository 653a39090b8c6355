"""The description of the API (OpenAPI 3.1): a domain says what its addresses answer, next to the views."""

from collections.abc import Mapping
from typing import Any

from django.urls import get_resolver

from tryggve import __version__

Json = Mapping[str, Any]

_paths: dict[str, Json] = {}
_schemas: dict[str, Json] = {}

_ERROR = {
    "type": "object",
    "required": ["error", "message"],
    "additionalProperties": False,
    "properties": {
        "error": {"type": "string", "description": "A code that stays the same."},
        "message": {"type": "string", "description": "Why, in a sentence."},
    },
}


def get(path: str, *, summary: str, parameters: list[Json], answer: Json, not_found: bool = False) -> None:
    """Describe what a GET of that address answers, beside the errors that all share."""
    answers = {
        "200": {"description": "What was asked for.", "content": {"application/json": {"schema": answer}}},
        "400": error("A parameter can't be read."),
        "401": error("No token, or one that doesn't hold any more."),
        "403": error("The token, or its person, isn't allowed this."),
        "409": error("Something has to be mended first; the message says what."),
        "503": error("The register is locked."),
    }
    if not_found:
        answers["404"] = error("There is no such thing.")
    _paths[path] = {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def schema(name: str, shape: Json) -> Json:
    """Name a shape; a reference to it is returned."""
    _schemas[name] = shape
    return {"$ref": f"#/components/schemas/{name}"}


def error(description: str) -> Json:
    """An answer that says why not."""
    reference = {"$ref": "#/components/schemas/Error"}
    return {"description": description, "content": {"application/json": {"schema": reference}}}


def document() -> Json:
    """The whole description."""
    get_resolver().url_patterns  # noqa: B018 - loads every view, and so every description
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tryggve", "version": __version__, "description": "Read only."},
        "paths": dict(sorted(_paths.items())),
        "components": {
            "schemas": {"Error": _ERROR, **_schemas},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }
