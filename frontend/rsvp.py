"""The page behind a personal link: one person answers one invitation, without signing in."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend import calendar_files, errors
from frontend.answers import answer_context, tally_in_words, where
from frontend.http import refusals_shown_on
from frontend.session_page import room_of
from frontend.times import day, span
from sessions import queries, rules, services
from sessions.links import LinkIsForged, LinkIsSpent
from sessions.models import ModelSession, Participation

# Changes of one answer in an hour. Thirty teachers behind one address do not share it.
MOST_ANSWERS = 30
AN_HOUR = 3600


class AnswerForm(forms.Form):
    answer = forms.CharField(required=False)
    reason = forms.CharField(max_length=200, required=False)


def kept_secret(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Keep an address that is a key out of caches, search engines and other sites' logs."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        # With “no-referrer” a browser would not say either where our own form comes from.
        response["Referrer-Policy"] = "same-origin"
        return response

    return answer


def by_personal_link(
    view: Callable[[HttpRequest, Participation, str], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Have a view act for whom a personal link was made, in that person's language and time zone.

    410 when the link was revoked or ran out, 404 when it was never made.
    """

    @kept_secret
    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        try:
            part = queries.part_of_link(token, timezone.now())
        except LinkIsForged as error:
            raise Http404 from error
        except LinkIsSpent as spent:
            return link_spent(request, spent)
        person = part.user
        with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
            response = view(request, part, token)
        response["Content-Language"] = person.language
        return response

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@by_personal_link
def rsvp(request: HttpRequest, part: Participation, token: str) -> HttpResponse:
    """Show an invitation to whom it was sent, and take the answer."""
    now = timezone.now()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if _too_often(part):
            return errors.too_many(request)
        if now > part.session.ends_at:
            raise PermissionDenied(_("Sesi ini sudah selesai."))
        with refusals_shown_on(form):
            services.answer_invitation(part, by=part.user, **form.cleaned_data)
            return redirect(f"{reverse('rsvp', args=[token])}#answer")
    status = 422 if form.errors else 200
    page = _page(request, part, form, now) | {"token": token}
    if part.session.is_planned and not page["is_over"]:
        own_file = reverse("rsvp-calendar", args=[token])
        page["add"] = calendar_files.add_links(part.session, file=own_file)
    return render(request, "sessions/rsvp.html", page, status=status)


@require_safe
@by_personal_link
def rsvp_calendar(request: HttpRequest, part: Participation, token: str) -> HttpResponse:  # noqa: ARG001 -- all of them get the link
    """The session as a file for the calendar of the phone, without signing in."""
    return calendar_files.calendar_file_of(part.session)


def _page(
    request: HttpRequest, part: Participation, form: AnswerForm, now: datetime
) -> dict[str, Any]:
    session = part.session
    is_over = now > session.ends_at
    return {
        "part": part,
        "session": session,
        "where": where(session),
        "is_over": is_over,
        "may_answer": not is_over and rules.may_answer_invitation(part.user, part),
        "answer_errors": form.errors.values(),
        "counts": tally_in_words(queries.tally(session)),
        "agenda": session.agenda.select_related("speaker"),
        "acts_for_another": request.user.is_authenticated and request.user.pk != part.user_id,
        "is_own": request.user.pk == part.user_id,
        "preview": preview_of(request, session),
        "room": room_of(part.user, session),
        **answer_context(part),
    }


def preview_of(request: HttpRequest, session: ModelSession) -> dict[str, str]:
    """What WhatsApp shows of a link to a session: what, when and where, and nobody's name."""
    facts = [day(session.starts_at), span(session.starts_at, session.ends_at), where(session)]
    return {
        "title": str(session),
        "description": " · ".join(filter(None, [*facts, session.host])),
        "image": request.build_absolute_uri(static("frontend/preview.png")),
    }


def _too_often(part: Participation) -> bool:
    """Whether this one answer was changed again and again, as no person does."""
    key = f"rsvp:{part.pk}"
    cache.add(key, 0, AN_HOUR)
    return cache.incr(key) > MOST_ANSWERS


def link_spent(request: HttpRequest, spent: LinkIsSpent) -> HttpResponse:
    """What to do with a link that was good once."""
    context = {
        "reason": spent.messages[0],
        "group": spent.part.session.group if spent.part else None,
        "session": spent.part.session if spent.part and spent.code == "over" else None,
    }
    return render(request, "sessions/link_spent.html", context, status=410)
