"""The OpenAPI description: what FastAPI gathers from the routes, and the models that answers refer to by name."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from trialmine.serve.problems import MEDIA_TYPE

_REFERENCE = "#/components/schemas/{model}"


def describe(app: FastAPI, *models: type[BaseModel]) -> None:
    """Give the app a description that holds these models too."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            told = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
            _, schemas = models_json_schema([(m, "serialization") for m in models], ref_template=_REFERENCE)
            parts = told.setdefault("components", {}).setdefault("schemas", {})
            parts.update({name: schema for name, schema in schemas["$defs"].items() if name not in parts})
            for unused in ("HTTPValidationError", "ValidationError"):
                parts.pop(unused, None)
            _as_problems(told)
            app.openapi_schema = told
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign]  # FastAPI's own way of extending the description


def _as_problems(told: dict[str, Any]) -> None:
    """FastAPI's own 422 is told as the problem that it is here."""
    for path in told["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE.format(model="Problem")}}}
