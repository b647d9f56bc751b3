"""Being there: the screen with the codes, and the pages that take them. Offline: offline.py."""

from datetime import datetime, timedelta
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from frontend.http import Request, Submitted, go, refusals_shown_on, show
from frontend.times import clock
from sessions import codes, queries, rules, services
from sessions.models import ModelSession, Participation

# Whoever scanned may take that long to sign in and press the button.
STAMP_LASTS = timedelta(minutes=15)
STAMP = "scanned"
SALT = "frontend.here"


class CodeForm(Submitted):
    code = forms.CharField(
        label=_("Kode 6 angka"),
        max_length=9,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "pattern": "[0-9 ]*"}
        ),
    )


@require_safe
def attendance_codes(request: Request, pk: int) -> HttpResponse:
    """The codes of this half minute, large enough for a projector."""
    found = ModelSession.objects.visible_to(request.user).select_related("group", "school")
    session = get_object_or_404(found, pk=pk)
    rules.may_show_codes.require(request.user, session)
    now = timezone.now()
    token = codes.qr_token(session.pk, session.secret, now)
    digits = codes.digits(session.pk, session.secret, now)
    address = request.build_absolute_uri(reverse("scan", args=[token]))
    context = {
        "session": session,
        "qr": _qr(address),
        "digits": f"{digits[:3]} {digits[3:]}",
        "left": round((codes.shown_until(now) - now).total_seconds()),
        "of": int(codes.STEP.total_seconds()),
        "present": queries.present_in(session),
        "address": request.build_absolute_uri(reverse("here")).split("://", 1)[1].rstrip("/"),
    }
    return show(request, "attendance/codes.html", context, part="now")


def _qr(address: str) -> SafeString:
    """A QR code as SVG, dark on light also at night: phones want it so."""
    made = segno.make_qr(address, error="l", boost_error=True)
    svg = made.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr")
    return mark_safe(svg)


@ensure_csrf_cookie  # the phone sends what it keeps from here, also when no form set the cookie
@require_safe
def here(request: Request) -> HttpResponse:
    """Today's sessions of this person, to say at which one they are."""
    sessions = list(queries.to_attend(request.user, timezone.now()))
    parts = _parts(request.user, sessions)
    rows = [(one, parts.get(one.pk)) for one in sessions]
    return render(request, "attendance/here.html", {"rows": rows})


def _parts(user: User, sessions: list[ModelSession]) -> dict[int, Participation]:
    own = Participation.objects.visible_to(user).filter(user=user, session__in=sessions)
    return {part.session_id: part for part in own}


@require_http_methods(["GET", "POST"])
def check_in(request: Request, pk: int) -> HttpResponse:
    """Take the six digits of one session."""
    found = ModelSession.objects.visible_to(request.user).select_related("group", "school")
    session = get_object_or_404(found, pk=pk)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            services.check_in_by_code(session, by=request.user, **form.cleaned_data)
            return go(request, "check-in", pk)
    context: dict[str, Any] = {
        "session": session,
        "form": form,
        "part": _parts(request.user, [session]).get(pk),
        "may": rules.may_check_in(request.user, session),
    }
    status = 422 if form.errors else 200
    return render(request, "attendance/check_in.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
def scan(request: Request, token: str) -> HttpResponse:
    """What the QR code leads to. Its moment is kept, so that signing in first loses nothing."""
    now = timezone.now()
    at = _scanned_at(request, token) or now
    try:
        session = queries.session_of_token(token, at)
    except codes.CodeRefused as refusal:
        refused = {"reasons": refusal.messages}
        return render(request, "attendance/code_refused.html", refused, status=410)
    if not request.user.is_authenticated:
        return _stamped(redirect_to_login(request.path), token, at)
    form = Submitted(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            part = services.check_in_by_code(
                session,
                by=request.user,
                token=token,
                scanned_at=at,
                sent_at=now,
                **form.cleaned_data,
            )
            if part.was_present:
                words = _("Kehadiran Bapak/Ibu tercatat pukul %(time)s.")
                messages.success(request, words % {"time": clock(part.attended_at)})
            return go(request, "check-in", session.pk)
    context = {
        "session": session,
        "form": form,
        "part": _parts(request.user, [session]).get(session.pk),
        "may": rules.may_check_in(request.user, session),
    }
    status = 422 if form.errors else 200
    return _stamped(render(request, "attendance/scan.html", context, status=status), token, at)


def _stamped(answer: HttpResponse, token: str, at: datetime) -> HttpResponse:
    """Have this browser remember when it was shown the code: a link passed on is worthless."""
    answer.set_cookie(
        STAMP,
        signing.dumps([token, at.timestamp()], salt=SALT),
        max_age=STAMP_LASTS,
        path=reverse("here"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _scanned_at(request: Request, token: str) -> datetime | None:
    """When this browser opened the code, if that is not too long ago."""
    try:
        stamped, moment = signing.loads(request.COOKIES.get(STAMP, ""), salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    at = datetime.fromtimestamp(moment, tz=timezone.get_current_timezone())
    return at if stamped == token and timezone.now() - at < STAMP_LASTS else None
