"""Sessions to attend, who was there, and the JP that it earned."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from groups.rules import groups_of
from sessions.codes import CodeRefused, read_qr, session_named_in
from sessions.models import ModelSession, Participation

Attendance, Status = Participation.Attendance, ModelSession.Status


def to_attend(user: User, now: datetime) -> QuerySet[ModelSession]:
    """Today's sessions of this person's groups and those with an invitation, the next one first.

    What is over stays in the list until it is closed: codes that waited for signal still come.
    """
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    own = Participation.objects.filter(session=OuterRef("pk"), user=user)
    return (
        ModelSession.objects.visible_to(user)
        .filter(Q(group__in=groups_of(user)) | Exists(own))
        .filter(starts_at__range=(today, today + timedelta(days=1)), closed_at=None)
        .exclude(status=Status.CANCELLED)
        .select_related("group", "school")
        .order_by("starts_at", "pk")
    )


def session_of_token(token: str, at: datetime) -> ModelSession:
    """The session whose QR code was scanned at that moment. Raises CodeRefused for no such code."""
    pk = session_named_in(token)
    session = ModelSession.objects.filter(pk=pk).select_related("group", "school").first()
    if session is None:
        raise CodeRefused(_("Kode ini bukan kode kehadiran yang asli."), "forged")
    read_qr(token, pk, session.secret, at=at)
    return session


def present_in(session: ModelSession) -> int:
    """How many are written down as present, in time or late."""
    there = (Attendance.PRESENT, Attendance.LATE)
    return session.participations.filter(attendance__in=there).count()


def hours_earned(user: User, year: int) -> QuerySet[ModelSession]:
    """The closed sessions of a year in which this person earned JP, the last one first.

    Each has `hours`: what the person earned, as participant or as guru model.
    """
    own = Participation.objects.filter(session=OuterRef("pk"), user=user)
    earned = Coalesce(Subquery(own.values("lesson_hours")[:1]), Value(0)) + Case(
        When(teacher=user, then=F("teacher_hours")), default=Value(0)
    )
    invited = user.participations.filter(lesson_hours__gt=0).values("session")
    found = ModelSession.objects.filter(Q(teacher=user) | Q(pk__in=invited), starts_at__year=year)
    return found.annotate(hours=earned).filter(hours__gt=0).order_by("-starts_at", "-pk")
