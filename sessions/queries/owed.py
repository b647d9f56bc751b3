"""What a person owes to sessions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from activity.owed import Owed
from groups.rules import board_groups_of
from sessions.kinds import noun_of
from sessions.models import ModelSession, Participation

Answer, Attendance = Participation.Answer, Participation.Attendance
Kind, Status = ModelSession.Kind, ModelSession.Status

# What was not closed by then will not be remembered any better.
REMEMBERED_FOR = timedelta(days=30)
# A series invites for months: an answer is owed when the session is that near.
ASKED_WITHIN = timedelta(days=21)
# Who is not sure makes up their mind when the session is that near.
MADE_UP_WITHIN = timedelta(days=3)


def owed_by(user: User, now: datetime) -> list[Owed]:
    """Invitations to answer or to be sure of, sessions to close, lessons to call held. One query.

    The board closes a session, which holds it too; the guru model alone calls hers held, so that
    her observers may submit before it is closed. A meeting is only closed, a visit only held.
    """
    board = Q(group__in=board_groups_of(user))
    parts = Participation.objects.filter(session=OuterRef("pk"))
    own = parts.filter(user=user, attendance=Attendance.NONE)
    unanswered, unsure = (
        Exists(own.filter(answer=Answer.NONE)),
        Exists(own.filter(answer=Answer.MAYBE)),
    )
    to_answer = Q(unanswered, starts_at__lte=now + ASKED_WITHIN)
    to_make_sure = Q(unsure, starts_at__lte=now + MADE_UP_WITHIN)
    asked = Q(to_answer | to_make_sure, status=Status.PLANNED, starts_at__gt=now)
    leads = Q(teacher=user) | Q(leader=user)
    led = Q(leads, kind__in=[Kind.LESSON, Kind.VISIT], status=Status.PLANNED, ends_at__lte=now)
    fresh = Q(status=Status.PLANNED) | Q(status=Status.HELD, ends_at__gt=now - REMEMBERED_FOR)
    to_close = Q(fresh, board, closed_at=None, ends_at__lte=now)
    owing = ModelSession.objects.filter(asked | led | to_close)
    found: QuerySet[Any] = owing.annotate(is_unsure=unsure)
    sessions = found.order_by("starts_at", "pk")
    boards = board_groups_of(user)
    return [
        _answer_owed(session, is_unsure=session.is_unsure)
        if session.starts_at > now
        else _step_owed(session, closes=session.group_id in boards)
        for session in sessions
    ]


def _answer_owed(session: ModelSession, *, is_unsure: bool) -> Owed:
    return Owed(
        key=f"answer-session:{session.pk}",
        stage="m",
        verb=_("Pastikan jawaban") if is_unsure else _("Jawab undangan"),
        rest=_in_words(session),
        url=session.get_absolute_url(),
        due_at=session.starts_at,
    )


def _step_owed(session: ModelSession, *, closes: bool) -> Owed:
    if closes:
        return Owed(
            key=f"close-session:{session.pk}",
            stage="m",
            verb=_("Tutup"),
            rest=_in_words(session),
            url=reverse("close-session", args=[session.pk]),
            due_at=session.ends_at,
        )
    return Owed(
        key=f"hold-session:{session.pk}",
        stage="m",
        verb=_("Nyatakan terlaksana"),
        rest=_in_words(session),
        url=session.get_absolute_url(),
        due_at=session.ends_at,
    )


def _in_words(session: ModelSession) -> str:
    return _("%(kind)s “%(title)s”") % {"kind": noun_of(session), "title": session}
