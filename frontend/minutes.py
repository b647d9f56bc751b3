"""The minutes of a session: read by everyone who reads it, written by one person at a time."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from frontend.http import Request, Submitted, go, refusals_shown_on
from frontend.times import clock
from sessions import rules, services
from sessions.models import Decision, Minutes, MinutesRevision, ModelSession


class MinutesForm(forms.Form):
    """The text, the revision that it goes on from, and the mark of this page."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    pen = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)
    proceedings = forms.CharField(
        label=gettext_lazy("Jalannya kegiatan"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 12}),
    )
    closing = forms.CharField(
        label=gettext_lazy("Penutup"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class DecisionForm(Submitted):
    text = forms.CharField(label=gettext_lazy("Apa yang diputuskan"), max_length=300)
    responsible = forms.CharField(
        label=gettext_lazy("Penanggung jawab"), max_length=120, required=False
    )
    due_on = forms.DateField(label=gettext_lazy("Paling lambat"), required=False)


@require_http_methods(["GET", "POST"])
def minutes(request: Request, pk: int) -> HttpResponse:
    """Show the minutes; a POST saves them, also by itself while somebody writes."""
    session = _session(request, pk)
    return _page(request, session) if request.method == "GET" else _save(request, session)


def _save(request: Request, session: ModelSession) -> HttpResponse:
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return _told(request, session, form.errors.as_text(), form, status=422)
    try:
        saved = services.save_minutes(session, by=request.user, **form.cleaned_data)
    except services.CameLate as late:
        return _told(request, session, late.messages[0], None, status=409)
    except PermissionDenied as refusal:
        if not _wants_json(request):
            raise
        return JsonResponse({"words": str(refusal)}, status=403)
    if _wants_json(request):
        return JsonResponse({"revision": saved.revision, "at": clock(timezone.now())})
    messages.success(request, _("Notula tersimpan."))
    return go(request, "minutes", session.pk)


def _told(
    request: Request, session: ModelSession, words: str, form: MinutesForm | None, *, status: int
) -> HttpResponse:
    """Say why the text was not taken as it is: to the island, or on the page with both texts."""
    if _wants_json(request):
        return JsonResponse({"words": words}, status=status)
    if form is None:
        messages.warning(request, words)
    return _page(request, session, writing=form, status=status)


@require_POST
def take_pen(request: Request, pk: int) -> HttpResponse:
    """Begin to write; with `force`, take over from whoever is writing."""
    session = _session(request, pk)
    try:
        taken = services.take_pen(session, by=request.user, force="force" in request.POST)
    except services.PenHeld as held:
        if _wants_json(request):
            return JsonResponse({"words": held.messages[0]}, status=423)
        messages.warning(request, held.messages[0])
        return go(request, "minutes", pk)
    if _wants_json(request):
        return JsonResponse({"revision": taken.revision})
    return go(request, "minutes", pk)


@require_POST
def settle_revision(request: Request, pk: int) -> HttpResponse:
    found = MinutesRevision.objects.visible_to(request.user).select_related("minutes__session")
    revision = get_object_or_404(found, pk=pk)
    services.settle_revision(revision, by=request.user)
    messages.success(request, _("Tulisan itu ditandai selesai."))
    return go(request, "minutes", revision.minutes.session_id)


@require_POST
def add_decision(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.add_decision(session, by=request.user, **form.cleaned_data)
            messages.success(request, _("Keputusan tercatat."))
            return go(request, "minutes", pk)
    return _page(request, session, deciding=form, status=422)


@require_POST
def remove_decision(request: Request, pk: int) -> HttpResponse:
    found = Decision.objects.visible_to(request.user).select_related("session")
    decision = get_object_or_404(found, pk=pk)
    session_pk = decision.session_id
    services.remove_decision(decision, by=request.user)
    messages.success(request, _("Keputusan dihapus."))
    return go(request, "minutes", session_pk)


def _session(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("group", "note_taker", "leader"), pk=pk)


def _page(
    request: Request,
    session: ModelSession,
    *,
    writing: MinutesForm | None = None,
    deciding: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, now = request.user, timezone.now()
    found = Minutes.objects.visible_to(user).filter(session=session).select_related("writer")
    kept = found.first() or Minutes(session=session)
    may_write = rules.may_write_minutes(user, session)
    strays: Any = ()
    if kept.pk:
        own = MinutesRevision.objects.visible_to(user).filter(minutes=kept, is_stray=True)
        strays = own.filter(settled_at=None).select_related("by").order_by("pk")
    words = {"revision": kept.revision, "proceedings": kept.proceedings, "closing": kept.closing}
    context = {
        "session": session,
        "minutes": kept,
        "now": now,
        "may_write": may_write,
        "is_held": bool(may_write) and kept.is_held_by_another(user, now),
        "saved_at": kept.held_until and kept.held_until - services.HELD_FOR,
        "writing": writing or MinutesForm(initial=words),
        "deciding": deciding or DecisionForm(),
        "decisions": session.decisions.order_by("pk"),
        "strays": strays,
    }
    return render(request, "live/minutes.html", context, status=status)


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")
