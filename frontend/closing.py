"""Closing a session, with what is still missing before the eyes; and opening it again."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from frontend.http import Request, go, refusals_shown_on
from sessions import rules, services
from sessions.models import Minutes, MinutesRevision, ModelSession, Participation

Attendance = Participation.Attendance


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Alasan"), max_length=300, widget=forms.Textarea({"rows": 2})
    )


@require_http_methods(["GET", "POST"])
def close_session(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    if request.method == "GET" and session.is_closed:
        return _page(request, session, ReopenForm())
    rules.may_close_session.require(request.user, session)
    if request.method == "GET":
        return _page(request, session, ReopenForm())
    services.close_session(session, by=request.user)
    messages.success(request, _("Sesi ditutup. Kehadiran, notula, dan JP sudah tetap."))
    return go(request, session)


@require_POST
def reopen_session(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    form = ReopenForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.reopen_session(session, by=request.user, **form.cleaned_data)
            messages.success(request, _("Sesi dibuka kembali. Tutup lagi bila sudah benar."))
            return go(request, "close-session", pk)
    rules.may_reopen_session.require(request.user, session)
    return _page(request, session, form, status=422)


def _session(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user)
    return get_object_or_404(
        found.select_related("group", "teacher", "leader", "note_taker", "closed_by"), pk=pk
    )


def _page(
    request: Request, session: ModelSession, form: ReopenForm, *, status: int = 200
) -> HttpResponse:
    """What closing will do, or what it did."""
    parts = list(session.participations.select_related("user").order_by("user__name", "pk"))
    missing = [part for part in parts if not part.attendance and not part.is_waiting]
    named = {session.leader_id, session.note_taker_id}
    becomes = [(part, services.filled_in(part, is_named=part.user_id in named)) for part in missing]
    strays = MinutesRevision.objects.visible_to(request.user).filter(
        minutes__session=session, is_stray=True, settled_at=None
    )
    context = {
        "session": session,
        "here": sum(part.was_present for part in parts),
        "absent": [part for part, word in becomes if word == Attendance.ABSENT],
        "excused": [part for part, word in becomes if word == Attendance.EXCUSED],
        "led": [part for part, word in becomes if word == Attendance.PRESENT],
        "minutes": Minutes.objects.visible_to(request.user).filter(session=session).first(),
        "strays": strays.count(),
        "decisions": session.decisions.count(),
        "may_close": rules.may_close_session(request.user, session),
        "may_reopen": rules.may_reopen_session(request.user, session),
        "form": form,
    }
    return render(request, "live/close.html", context, status=status)
