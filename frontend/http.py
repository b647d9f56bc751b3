"""What every view shares."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts.models import User

# Digits that surely fit a 64-bit column.
LONGEST_NUMBER = 18


class Request(HttpRequest):
    """A request of a signed-in person: SignInFirst lets no one else in."""

    user: User
    htmx: HtmxDetails


class Submitted(forms.Form):
    """A form that can be sent twice and counts once: its hidden mark goes into the row it makes."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def add_error(self, field: Any, error: Any) -> None:
        """Give the form another mark when it cannot be sent with this one."""
        super().add_error(field, error)
        if field == "submission":
            words: Any = copy(self.data)
            words[self.add_prefix(field)] = str(uuid4())
            self.data = words


def number_in(words: QueryDict, name: str) -> int | None:
    """The row number that an address or a form gives under this name, None when it gives none.

    It always fits the database: of a longer one the first digits are enough to find no row.
    """
    text = words.get(name) or ""
    return int(text[:LONGEST_NUMBER]) if text.isdecimal() else None


def show(
    request: Request, page: str, context: dict[str, Any], *, part: str, status: int = 200
) -> HttpResponse:
    """Render the page or, for htmx, only its partial `part` with the messages that wait."""
    if not request.htmx:
        return render(request, page, context, status=status)
    answer = render(request, f"{page}#{part}", context, status=status)
    if waiting := list(get_messages(request)):
        answer.write(render_to_string("messages.html", {"messages": waiting, "out_of_band": True}))
    return answer


def go(request: Request, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the browser to another page; htmx too leaves the whole page for it."""
    if request.htmx:
        return HttpResponseClientRedirect(resolve_url(to, *args, **kwargs))
    answer: HttpResponseRedirect = redirect(to, *args, **kwargs)
    return answer


@contextmanager
def refusals_shown_on(form: forms.BaseForm) -> Iterator[None]:
    """Show what the domain has against otherwise valid input on the form.

    What is against a field that this form does not have is said of the whole.
    """
    try:
        yield
    except ValidationError as error:
        for field, errors in _by_field(error).items():
            form.add_error(field if field in form.fields else None, errors)


def _by_field(error: ValidationError) -> dict[str, list[ValidationError]]:
    """What was wrong, by field; what no field is named for under an empty name."""
    return error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}


def handed_out_pdf(made: bytes, name: str) -> HttpResponse:
    """A paper to download, which no cache keeps."""
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
