"""The live page of a session: the lesson clock, who is here, questions. It refreshes itself.

See ADR 0009. What the page shows of everybody are parts, `live/_<part>.html`: the page is made of
them, and a poll is answered with those that changed since the version that the phone has.
"""

from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.cache import cache
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from frontend.http import Request, Submitted, go, number_in, refusals_shown_on
from frontend.session_page import room_of
from sessions import rules, services
from sessions.live import read_token, session_of, state_of, token_for, version_of
from sessions.models import ModelSession, Question

PARTS = ("clock", "agenda", "questions", "present", "minutes", "decisions")
# So much of the minutes' end is on the live page: each phone fetches it at every save.
MINUTES_SHOWN = 1200
# What was made for one version is asked for by everyone within seconds, and then never again.
_KEPT_FOR = 300


class QuestionForm(Submitted):
    text = forms.CharField(
        label=gettext_lazy("Pertanyaan saya"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )


class ClockForm(forms.Form):
    started_at = forms.DateTimeField(label=gettext_lazy("Mulai yang benar"))
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


@require_safe
def live(request: Request, pk: int) -> HttpResponse:
    return _page(request, pk)


def _page(
    request: Request,
    pk: int,
    *,
    asking: QuestionForm | None = None,
    correcting: ClockForm | None = None,
) -> HttpResponse:
    session, user = _session(request, pk), request.user
    part, now = rules.part_in(user, session), timezone.now()
    context = {
        "session": session,
        "parts": _made(session),
        "url": reverse("live-part", args=[token_for(session, user)]),
        "now": now,
        "leads": rules.leads(user, session),
        "may_run_clock": rules.may_run_clock(user, session),
        "may_answer": rules.leads(user, session) or session.note_taker_id == user.pk,
        "may_ask": rules.may_ask(user, session),
        "may_write": rules.may_write_minutes(user, session),
        "may_close": rules.may_close_session(user, session),
        "may_check_in": not (part and part.attendance) and rules.may_check_in(user, session),
        "room": room_of(user, session),
        "own": session.questions.filter(author=user, answered_at=None).order_by("pk"),
        "asking": asking or QuestionForm(),
        "correcting": correcting or ClockForm(initial={"started_at": session.clock_started_at}),
    }
    failed = bool(asking or correcting)
    return render(request, "live/live.html", context, status=422 if failed else 200)


def _session(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user).select_related(
        "group", "teacher", "leader", "note_taker", "school", "clock_started_by"
    )
    session = get_object_or_404(found, pk=pk)
    own = session.participations.filter(user=request.user)
    prefetch_related_objects([session], Prefetch("participations", own))
    return session


def _made(session: ModelSession) -> dict[str, SafeString]:
    """Every part of the page, by its name, in the active language and time zone."""
    state, now = state_of(session), timezone.now()
    proceedings = state.minutes.proceedings if state.minutes else ""
    context = {
        "state": state,
        "now": now,
        "minute": session.minute_at(now),
        "end_of_minutes": proceedings[-MINUTES_SHOWN:],
        "is_cut": len(proceedings) > MINUTES_SHOWN,
    }
    return {
        name: mark_safe(render_to_string(f"live/_{name}.html", context).strip()) for name in PARTS
    }


@login_not_required
@require_safe
def live_part(request: Request, token: str) -> HttpResponse:
    """Answer 204 when the phone has the newest, else the parts that changed; 403 to an old token.

    The token stands for the person, so nobody's session is looked up; the phone sends no cookie.
    """
    try:
        ticket = read_token(token)
    except signing.BadSignature:
        return _fresh(HttpResponse(status=403))
    version, seen = version_of(ticket.session_pk), number_in(request.GET, "v")
    if version is None or version == seen:
        return _fresh(HttpResponse(status=404 if version is None else 204))
    about = (ticket.session_pk, ticket.language, ticket.time_zone)
    with translation.override(ticket.language), timezone.override(ZoneInfo(ticket.time_zone)):
        made = cache.get(_key(version, *about))
        if made is None:
            made = _made(session_of(ticket))
            cache.set(_key(version, *about), made, _KEPT_FOR)
    had: dict[str, str] = cache.get(_key(seen, *about), {}) if seen is not None else {}
    changed = {name: html for name, html in made.items() if had.get(name) != html}
    return _fresh(JsonResponse({"version": version, "parts": changed}))


def _key(version: int, session_pk: int, language: str, time_zone: str) -> str:
    return f"live:{session_pk}:{version}:{language}:{time_zone}"


def _fresh(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def live_ticket(request: Request, pk: int) -> JsonResponse:
    """Give a phone its next token, if the person may still read the session."""
    session = get_object_or_404(ModelSession.objects.visible_to(request.user), pk=pk)
    return JsonResponse({"url": reverse("live-part", args=[token_for(session, request.user)])})


@require_safe
def lesson_clock(request: Request, pk: int) -> JsonResponse:
    """When minute 0 was and when the last one ends, for an observer's sheet that is open."""
    session = get_object_or_404(ModelSession.objects.visible_to(request.user), pk=pk)
    moments = {"start": session.counts_from, "end": session.counts_until}
    return JsonResponse({name: at.isoformat() for name, at in moments.items()})


@require_POST
def start_clock(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    if session.clock_started_at and rules.may_run_clock(request.user, session):
        messages.info(request, _("Jam sesi sudah berjalan."))
        return go(request, "live", pk)
    services.start_clock(session, by=request.user)
    messages.success(request, _("Jam sesi dimulai. Menit semua orang mengikutinya."))
    return go(request, "live", pk)


@require_POST
def correct_clock(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    form = ClockForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.correct_clock(session, by=request.user, **form.cleaned_data)
            messages.success(request, _("Jam sesi dibetulkan."))
            return go(request, "live", pk)
    return _page(request, pk, correcting=form)


@require_POST
def ask_question(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    form = QuestionForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.ask_question(session, by=request.user, **form.cleaned_data)
            messages.success(request, _("Pertanyaan terkirim."))
            return go(request, "live", pk)
    return _page(request, pk, asking=form)


@require_POST
def mark_answered(request: Request, pk: int) -> HttpResponse:
    """Mark the question that the pressed button names."""
    session = _session(request, pk)
    question = get_object_or_404(
        session.questions.all(), pk=number_in(request.POST, "question") or 0
    )
    services.mark_answered(question, by=request.user)
    return go(request, "live", pk)


@require_POST
def remove_question(request: Request, pk: int) -> HttpResponse:
    found = Question.objects.visible_to(request.user).select_related("session")
    question = get_object_or_404(found, pk=pk)
    session_pk = question.session_id
    services.remove_question(question, by=request.user)
    messages.success(request, _("Pertanyaan dihapus."))
    return go(request, "live", session_pk)
