"""Answers when something may not be, is not there, or broke: always with a reason and a way on."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the rule's reason: as a page or, for htmx, in the page's message line."""
    return _answer(request, "errors/refused.html", 403, reason=exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, the same for what is not there and for what this person may not read."""
    del exception
    return _answer(request, "errors/not_found.html", 404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 to what no form of ours sends, e.g. too many fields. It reads nothing of it."""
    del request, exception
    return HttpResponse(render_to_string("errors/bad_request.html"), status=400)


def too_big(request: HttpRequest) -> HttpResponse:
    """Answer 413 to more than any form takes. It reads nothing of what was sent."""
    words = _("Berkas yang dikirim terlalu besar: paling banyak 5 berkas, masing-masing 10 MB.")
    if request.path_info.startswith("/api/"):
        return JsonResponse({"detail": words}, status=413)
    part = "#message" if request.headers.get("HX-Request") else ""
    text = render_to_string(f"errors/too_big.html{part}", {"words": words})
    return _to_messages(HttpResponse(text, status=413))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 for a form whose mark has expired, e.g. after signing in again elsewhere."""
    del reason
    return _answer(request, "errors/csrf_failed.html", 403)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429 for someone who tried too often."""
    del exception
    return _answer(request, "errors/too_many.html", 429)


def broken(_request: HttpRequest) -> HttpResponse:
    """Answer 500. The page asks nothing of the database or the session, which may be what broke."""
    return HttpResponse(render_to_string("errors/broken.html"), status=500)


def _answer(request: HttpRequest, page: str, status: int, **context: object) -> HttpResponse:
    part = "#message" if request.headers.get("HX-Request") else ""
    return _to_messages(render(request, f"{page}{part}", context, status=status))


def _to_messages(answer: HttpResponse) -> HttpResponse:
    """Have htmx put the answer in the page's message line. A browser ignores these headers."""
    answer["HX-Retarget"] = "#messages"
    answer["HX-Reswap"] = "innerHTML"
    return answer
