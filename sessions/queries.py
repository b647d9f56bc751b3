"""Questions about sessions that other apps and pages ask."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.owed import Owed
from groups.models import Group
from groups.rules import board_groups_of
from schools.models import Phase, School
from sessions.models import ModelSession, Participation

Answer, Attendance, Status = (
    Participation.Answer,
    Participation.Attendance,
    ModelSession.Status,
)
# An attendance list that was not kept by then will not be remembered any better.
REMEMBERED_FOR = timedelta(days=30)


def members_of(group: Group) -> QuerySet[User]:
    """The people of a group today, by name, with their schools: whom a session can name."""
    seats = group.memberships.current().as_members()
    return (
        User.objects.filter(pk__in=seats.values("user"), is_active=True)
        .select_related("school")
        .order_by("name", "pk")
    )


def schools_of(group: Group) -> QuerySet[School]:
    """The schools where the group's people teach: where its sessions take place."""
    return School.objects.filter(pk__in=members_of(group).values("school"))


def phase_of(grade: int) -> Phase:
    """The phase that a grade belongs to. Raises DoesNotExist for no grade of a school."""
    return Phase.objects.get(first_grade__lte=grade, last_grade__gte=grade)


def next_meeting(group: Group, now: datetime) -> datetime:
    """Nine in the morning of the group's next weekday, or in a week when it has none."""
    today = timezone.localtime(now).replace(hour=9, minute=0, second=0, microsecond=0)
    if group.weekday is None:
        return today + timedelta(days=7)
    return today + timedelta(days=(group.weekday - today.weekday() - 1) % 7 + 1)


def owed_by(user: User, now: datetime) -> list[Owed]:
    """Invitations to answer, sessions to call held, attendance to take. One query."""
    board = Q(group__in=board_groups_of(user))
    parts = Participation.objects.filter(session=OuterRef("pk"))
    unanswered = Exists(parts.filter(user=user, answer=Answer.NONE))
    unticked = Exists(parts.filter(attendance=Attendance.NONE))
    asked = Q(unanswered, status=Status.PLANNED, starts_at__gt=now)
    over = Q(status=Status.PLANNED, ends_at__lte=now) & (board | Q(teacher=user))
    held = Q(unticked, board, status=Status.HELD, held_at__gt=now - REMEMBERED_FOR)
    sessions = ModelSession.objects.filter(asked | over | held).order_by("starts_at", "pk")
    return [
        _answer_owed(session) if session.starts_at > now else _step_owed(session)
        for session in sessions
    ]


def _answer_owed(session: ModelSession) -> Owed:
    return Owed(
        key=f"answer-session:{session.pk}",
        stage="m",
        verb=_("Jawab undangan"),
        rest=_("sesi “%(title)s”") % {"title": session},
        url=session.get_absolute_url(),
        due_at=session.starts_at,
    )


def _step_owed(session: ModelSession) -> Owed:
    title = {"title": session}
    if session.was_held:
        return Owed(
            key=f"tick-attendance:{session.pk}",
            stage="m",
            verb=_("Catat kehadiran"),
            rest=_("sesi “%(title)s”") % title,
            url=reverse("attendance", args=[session.pk]),
        )
    return Owed(
        key=f"hold-session:{session.pk}",
        stage="m",
        verb=_("Nyatakan terlaksana"),
        rest=_("sesi “%(title)s”") % title,
        url=session.get_absolute_url(),
        due_at=session.ends_at,
    )
