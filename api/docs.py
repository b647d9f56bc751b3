"""The API in words: as OpenAPI for programs and as a page for people, both for the signed-in.

The page is ours and needs no script: the usual viewers of OpenAPI weigh over a megabyte, twenty
times what a page here may weigh.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.plumbing import build_mock_request
from drf_spectacular.renderers import OpenApiYamlRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import User
from api.http import PageRequest

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Value:
    """One field that is sent or answered."""

    name: str
    kind: str
    is_required: bool
    help: str


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    method: str
    path: str
    words: str
    sends: list[Value]
    answers: list[Value]

    @property
    def id(self) -> str:
        return f"{self.method}-{self.path.strip('/')}".lower().translate(_TO_ID)


@dataclass(frozen=True)
class Resource:
    """The operations on one kind of thing."""

    name: str
    operations: list[Operation] = field(default_factory=list)


_TO_ID = str.maketrans({"/": "-", "{": "", "}": ""})


@require_safe
def schema(_request: PageRequest) -> HttpResponse:
    """The API as OpenAPI 3, in YAML."""
    text = OpenApiYamlRenderer().render(_schema(translation.get_language()))
    return HttpResponse(text, content_type="application/yaml; charset=utf-8")


@require_safe
def docs(request: PageRequest) -> HttpResponse:
    """The API as a page."""
    context = {"resources": _resources(translation.get_language())}
    return render(request, "api/docs.html", context)


def as_somebody(method: str, path: str, view: APIView, request: Request | None) -> Request:
    """Let the description of a viewset ask for its rows as a person who may see none."""
    made: Request = build_mock_request(method, path, view, request)
    made.user = User(pk=0)
    return made


@cache
def _schema(language: str) -> dict[str, Any]:
    """The whole API in one language; it changes only with the code."""
    with translation.override(language):
        made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


@cache
def _resources(language: str) -> list[Resource]:
    whole = _schema(language)
    resources: dict[str, Resource] = {}
    for path, methods in whole["paths"].items():
        name = path.removeprefix("/api/v1/").split("/")[0]
        resource = resources.setdefault(name, Resource(name))
        for method in METHODS:
            if method in methods:
                resource.operations.append(_operation(whole, path, method, methods[method]))
    return list(resources.values())


def _operation(whole: dict[str, Any], path: str, method: str, about: dict[str, Any]) -> Operation:
    answer: dict[str, Any] = next(iter(about["responses"].values()), {})
    return Operation(
        method.upper(),
        path,
        about.get("description", ""),
        [*_asked(about), *_values(whole, about.get("requestBody", {}))],
        list(_values(whole, answer)),
    )


def _asked(about: dict[str, Any]) -> Iterator[Value]:
    for asked in about.get("parameters", ()):
        if asked["in"] == "query":
            words = asked.get("description", "")
            yield Value(f"?{asked['name']}=", _kind(asked["schema"]), False, words)  # noqa: FBT003 -- a field


def _values(whole: dict[str, Any], body: dict[str, Any]) -> Iterator[Value]:
    """The fields of a body; of a list, those of its rows."""
    content: dict[str, Any] = next(iter(body.get("content", {}).values()), {})
    shape = _resolved(whole, content.get("schema", {}))
    if "results" in shape.get("properties", {}):
        shape = shape["properties"]["results"]
    if shape.get("type") == "array":
        shape = _resolved(whole, shape["items"])
    required = shape.get("required", ())
    for name, about in shape.get("properties", {}).items():
        words = about.get("description", "") or about.get("title", "")
        yield Value(name, _kind(about), name in required, words)


def _resolved(whole: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    while reference := shape.get("$ref", ""):
        shape = whole["components"]["schemas"][reference.split("/")[-1]]
    return shape


def _kind(about: dict[str, Any]) -> str:
    """The type of a field in a word or two, e.g. “integer”, “string, date”, “list of integer”."""
    if "enum" in about:
        return " | ".join(str(value) for value in about["enum"])
    if about.get("type") == "array":
        return f"list of {_kind(about['items'])}"
    words = [about.get("type", "object"), about.get("format", "")]
    return ", ".join(word for word in words if word)
