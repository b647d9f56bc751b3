"""Lists in pages that stay right while rows are added: a page starts after a row."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest


@dataclass(frozen=True)
class Page[Row: Model]:
    """Some rows of a list, and where the rest is; `next_url` is empty on the last page."""

    items: Sequence[Row]
    next_url: str
    is_first: bool


def page_of[Row: Model](
    queryset: QuerySet[Row], request: HttpRequest, *, by: Sequence[str] = ("-pk",), size: int = 20
) -> Page[Row]:
    """Return the rows after the cursor in `?after=`, ordered by `by`, at most `size` of them.

    `by` must be unique as a whole and hold no nulls, e.g. ("-starts_at", "-pk"). A cursor that
    makes no sense gives the first page. Other parameters of the address survive in `next_url`.
    """
    after = _read(request.GET.get("after", ""), queryset, by)
    rows = queryset.filter(_beyond(by, after)) if after else queryset
    found = list(rows.order_by(*by)[: size + 1])
    items, more = found[:size], len(found) > size
    return Page(items, _next_url(request, items[-1], by) if more else "", is_first=not after)


def _beyond(by: Sequence[str], after: Sequence[Any]) -> Q:
    """Rows that come later in the order: equal in the leading fields, beyond in the next."""
    beyond, equal = Q(), Q()
    for term, value in zip(by, after, strict=True):
        name = term.removeprefix("-")
        lookup = f"{name}__lt" if term.startswith("-") else f"{name}__gt"
        beyond |= equal & Q(**{lookup: value})
        equal &= Q(**{name: value})
    return beyond


def _next_url(request: HttpRequest, last: Model, by: Sequence[str]) -> str:
    values = [_value(last, term.removeprefix("-")) for term in by]
    text = json.dumps(values, cls=ExactEncoder, separators=(",", ":"))
    address = request.GET.copy()
    address["after"] = urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f"?{address.urlencode()}"


class ExactEncoder(DjangoJSONEncoder):
    """Keeps the microseconds of a moment, which Django's encoder cuts."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _read(cursor: str, queryset: QuerySet[Any], by: Sequence[str]) -> list[Any]:
    if not cursor:
        return []
    try:
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        after = [
            _field(queryset, term.removeprefix("-")).to_python(value)
            for term, value in zip(by, values, strict=True)
        ]
    except (ValueError, TypeError, OverflowError, ValidationError):
        return []
    # PostgreSQL takes no NUL.
    return [] if any("\0" in str(value) for value in after) else after


def _field(queryset: QuerySet[Any], path: str) -> Field[Any, Any]:
    if path in queryset.query.annotations:
        annotated: Field[Any, Any] = queryset.query.annotations[path].output_field
        return annotated
    model, field = queryset.model, None
    for name in path.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        model = field.related_model or model
    if not isinstance(field, Field):
        raise FieldDoesNotExist(path)
    return field
