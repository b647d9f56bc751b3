"""What a phone keeps for when it has no signal: pages that know nobody, and a worker."""

import json
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from frontend.http import Request
from frontend.templatetags.mgmp import asset
from frontend.thinkpair.thread import ThoughtForm

FILES = ("app.css", "app.js", "meeting.js", "sheet.js", "thread.js", "icons.svg", "mark.svg")


@ensure_csrf_cookie  # the phone sends what it keeps from here, also when no form set the cookie
@require_safe
def sheets(request: Request) -> HttpResponse:
    """The observation sheets that this phone keeps for the person; the browser fills them in."""
    return render(request, "offline/sheets.html")


@login_not_required
@require_safe
@cache_control(no_cache=True)
def kept_check_in(_request: HttpRequest) -> HttpResponse:
    """The attendance page that a phone keeps for when it has no signal: the same for everyone."""
    return HttpResponse(render_to_string("attendance/kept.html"))


@login_not_required
@require_safe
@cache_control(no_cache=True)
def kept_sheets(_request: HttpRequest) -> HttpResponse:
    """The page that a phone shows instead of any other without signal: the same for everyone."""
    return HttpResponse(render_to_string("offline/kept_sheets.html"))


@login_not_required
@require_safe
@cache_control(no_cache=True)
def kept_thought(_request: HttpRequest) -> HttpResponse:
    """The page that a phone shows for a discussion without signal: the same for everyone."""
    return HttpResponse(_thought_page())


@login_not_required
@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the pages and files that it keeps."""
    files = [asset(name) for name in FILES]
    pages = ("attendance/kept.html", "offline/kept_sheets.html", "sharing/kept_posts.html")
    words = [render_to_string("offline/worker.js"), *map(render_to_string, pages)]
    made = "".join([*words, _thought_page(), *files])
    context = {
        "attendance": reverse("kept-check-in"),
        "sheets": reverse("kept-sheets"),
        "posts": reverse("kept-posts"),
        "thoughts": reverse("kept-thought"),
        "files": mark_safe(json.dumps(files)),
        "static": settings.STATIC_URL,
        "version": f"{get_language()}-{sha256(made.encode()).hexdigest()[:12]}",
    }
    return render(request, "offline/worker.js", context, content_type="text/javascript")


def _thought_page() -> str:
    return render_to_string("thinkpair/kept_thought.html", {"thought_form": ThoughtForm()})
