"""What a person sees when something is refused, missing or broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the rule's reason: as a page or, for htmx, in the page's message line."""
    part = "#message" if request.headers.get("HX-Request") else ""
    answer = render(request, f"errors/refused.html{part}", {"reason": exception}, status=403)
    answer["HX-Retarget"] = "#messages"
    answer["HX-Reswap"] = "innerHTML"
    return answer


def not_found(request: HttpRequest, _exception: Exception) -> HttpResponse:
    return render(request, "errors/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/broken.html", status=500)


def csrf_failed(request: HttpRequest, **_reason: str) -> HttpResponse:
    return render(request, "errors/csrf_failed.html", status=403)
