"""What a person still owes after a session, and readings around feedback."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from accounts.roles import Duty
from accounts.rules import supervised_schools
from activity.owed import Owed, end_of
from groups.rules import guided_groups_of
from reinforcement.models import Feedback
from sessions.models import OPENS_AFTER, ModelSession, Participation

FEEDBACK_WITHIN = timedelta(days=14)
PROMISE_WITHIN = timedelta(days=7)
REMIND_OF_FOLLOW_UP = timedelta(days=7)

_A = Participation.Attendance
_AWAY = (_A.EXCUSED, _A.SICK, _A.ABSENT)


def owed_by(user: User, now: datetime) -> list[Owed]:
    """Reflection, promise and follow-up of the guru model, and feedback of those who watched."""
    return [*_owed_as_teacher(user, now), *_owed_as_giver(user, now)]


def _owed_as_teacher(user: User, now: datetime) -> list[Owed]:
    """One thing a session: reflect, then promise, then (from a week before its date) do it."""
    soon = timezone.localdate(now) + REMIND_OF_FOLLOW_UP
    unfinished = Q(follow_up=None) | Q(follow_up__done_at=None, follow_up__due_on__lte=soon)
    sessions = (
        user.taught_sessions.filter(unfinished, status=ModelSession.Status.HELD)
        .select_related("reflection", "follow_up")
        .order_by("starts_at")
    )
    return [_next_of_teacher(session) for session in sessions]


def _next_of_teacher(session: ModelSession) -> Owed:
    if not hasattr(session, "reflection"):
        return Owed(
            key=f"reflect:{session.pk}",
            stage="r",
            verb=_("Tulis refleksi"),
            rest=_("tentang “%(session)s”") % {"session": session},
            url=reverse("reflect", args=[session.pk]),
            due_at=session.ends_at + OPENS_AFTER,
        )
    if not hasattr(session, "follow_up"):
        opened = session.opens_at or session.ends_at
        return Owed(
            key=f"promise:{session.pk}",
            stage="r",
            verb=_("Pilih satu tindak lanjut"),
            rest=_("setelah “%(session)s”") % {"session": session},
            url=reverse("promise", args=[session.pk]),
            due_at=opened + PROMISE_WITHIN,
        )
    return Owed(
        key=f"follow-up:{session.follow_up.pk}",
        stage="r",
        verb=_("Jalankan tindak lanjut"),
        rest=_("“%(commitment)s”") % {"commitment": session.follow_up},
        url=reverse("promise", args=[session.pk]),
        due_at=end_of(session.follow_up.due_on),
    )


def _owed_as_giver(user: User, now: datetime) -> list[Owed]:
    observed = user.participations.filter(role=Participation.Role.OBSERVER).values("session")
    away = user.participations.filter(attendance__in=_AWAY).values("session")
    given = user.written_feedback.given().values("session")
    expected = Q(pk__in=observed) | Q(group__in=guided_groups_of(user))
    if schools := supervised_schools(user):
        expected |= Q(teacher__school__in=schools)
    sessions = (
        ModelSession.objects.filter(expected, status=ModelSession.Status.HELD)
        .filter(held_at__gt=now - FEEDBACK_WITHIN)
        .exclude(teacher=user)
        .exclude(pk__in=given)
        .exclude(pk__in=away)
        .select_related("teacher")
        .order_by("held_at")
    )
    return [
        Owed(
            key=f"feedback:{session.pk}",
            stage="r",
            verb=_("Beri umpan balik"),
            rest=_("untuk %(teacher)s, “%(session)s”")
            % {"teacher": session.teacher, "session": session},
            url=reverse("give-feedback", args=[session.pk]),
            due_at=(session.held_at or session.ends_at) + FEEDBACK_WITHIN,
        )
        for session in sessions
    ]


def possible_readers(feedback: Feedback) -> QuerySet[User]:
    """People to whom the guru model may want to show a feedback, who cannot read it yet.

    Those are the members of the session's group and the pengawas of her school.
    """
    session = feedback.session
    members = session.group.memberships.current().values("user")
    supervisors = Appointment.objects.current().of(Duty.SUPERVISOR)
    guides = supervisors.filter(school=session.teacher.school_id).values("user")
    return (
        User.objects.filter(Q(pk__in=members) | Q(pk__in=guides), is_active=True)
        .exclude(approved_at=None)
        .exclude(pk__in=[session.teacher_id, feedback.author_id])
        .exclude(pk__in=feedback.shares.values("reader"))
        .select_related("school")
        .order_by("name")
    )


def feedback_count(session: ModelSession) -> int:
    """How many gave feedback on a session: a number, for those who may not read it."""
    return Feedback.objects.given().filter(session=session).count()
