"""What a person still owes after a session, and readings around feedback."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from accounts.roles import Duty
from accounts.rules import supervised_schools
from activity.owed import Owed, end_of
from groups.rules import guided_groups_of
from observations.models import Observation
from reinforcement.models import Feedback, FollowUp, GrowthLink
from sessions.models import OPENS_AFTER, ModelSession, Participation

FEEDBACK_WITHIN = timedelta(days=14)
PROMISE_WITHIN = timedelta(days=7)
REMIND_OF_FOLLOW_UP = timedelta(days=7)

_A = Participation.Attendance
_AWAY = (_A.EXCUSED, _A.SICK, _A.ABSENT)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How many held sessions were observed, fed back and followed up. Never how well."""

    sessions: int
    observed: int
    fed_back: int
    promised: int


def coverage(schools: Collection[int] | None, since: datetime) -> Coverage:
    """Count the sessions held since a moment by teachers of these schools, or of all. One query."""
    held = ModelSession.objects.filter(status=ModelSession.Status.HELD, held_at__gte=since)
    if schools is not None:
        held = held.filter(teacher__school__in=schools)
    session = OuterRef("pk")
    counted = held.annotate(
        has_observation=Exists(Observation.objects.submitted().filter(session=session)),
        has_feedback=Exists(Feedback.objects.given().filter(session=session)),
        has_follow_up=Exists(FollowUp.objects.filter(session=session)),
    ).aggregate(
        sessions=Count("pk"),
        observed=Count("pk", filter=Q(has_observation=True)),
        fed_back=Count("pk", filter=Q(has_feedback=True)),
        promised=Count("pk", filter=Q(has_follow_up=True)),
    )
    return Coverage(**counted)


def owed_by(user: User, now: datetime) -> list[Owed]:
    """Reflection, promise and follow-up of the guru model, and feedback of those who watched.

    The guru model owes one thing a session: reflect, then promise, then, from a week before its
    date, do it. At most two queries.
    """
    soon = timezone.localdate(now) + REMIND_OF_FOLLOW_UP
    promised = FollowUp.objects.filter(session=OuterRef("pk"))
    unfinished = ~Exists(promised) | Exists(promised.open().filter(due_on__lte=soon))
    sessions = (
        ModelSession.objects.filter(status=ModelSession.Status.HELD)
        .filter(Q(teacher=user) & unfinished | _awaits_feedback_of(user, now))
        .select_related("teacher", "reflection")
        .order_by("starts_at", "pk")
    )
    taught = [session.pk for session in sessions if session.teacher_id == user.pk]
    running = {one.session_id: one for one in FollowUp.objects.open().filter(session__in=taught)}
    return [
        _next_of_teacher(session, running.get(session.pk))
        if session.teacher_id == user.pk
        else _feedback_owed(session)
        for session in sessions
    ]


def _awaits_feedback_of(user: User, now: datetime) -> Q:
    observed = user.participations.filter(role=Participation.Role.OBSERVER).values("session")
    away = user.participations.filter(attendance__in=_AWAY).values("session")
    given = user.written_feedback.given().values("session")
    guided = Q(group__in=guided_groups_of(user), teacher__isnull=False)
    expected = Q(pk__in=observed) | guided
    if schools := supervised_schools(user):
        expected |= Q(teacher__school__in=schools)
    done = Q(teacher=user) | Q(pk__in=given) | Q(pk__in=away)
    return expected & Q(held_at__gt=now - FEEDBACK_WITHIN) & ~done


def _next_of_teacher(session: ModelSession, follow_up: FollowUp | None) -> Owed:
    if not hasattr(session, "reflection"):
        return Owed(
            key=f"reflect:{session.pk}",
            stage="r",
            verb=_("Tulis refleksi"),
            rest=_("tentang “%(session)s”") % {"session": session},
            url=reverse("reflect", args=[session.pk]),
            due_at=session.ends_at + OPENS_AFTER,
        )
    if follow_up is None:
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
        key=f"follow-up:{follow_up.pk}",
        stage="r",
        verb=_("Jalankan tindak lanjut"),
        rest=_("“%(commitment)s”") % {"commitment": follow_up},
        url=reverse("promise", args=[session.pk]),
        due_at=end_of(follow_up.due_on),
    )


def _feedback_owed(session: ModelSession) -> Owed:
    return Owed(
        key=f"feedback:{session.pk}",
        stage="r",
        verb=_("Beri umpan balik"),
        rest=_("untuk %(teacher)s, “%(session)s”")
        % {"teacher": session.teacher, "session": session},
        url=reverse("give-feedback", args=[session.pk]),
        due_at=(session.held_at or session.ends_at) + FEEDBACK_WITHIN,
    )


def possible_readers(feedback: Feedback) -> QuerySet[User]:
    """People to whom the guru model may want to show a feedback, who cannot read it yet.

    Those are the members of the session's group and the pengawas of her school.
    """
    session = feedback.session
    members = session.group.memberships.current().values("user")
    supervisors = Appointment.objects.current().of(Duty.SUPERVISOR)
    guides = supervisors.filter(school=session.model_teacher.school_id).values("user")
    return (
        User.objects.filter(Q(pk__in=members) | Q(pk__in=guides), is_active=True)
        .exclude(approved_at=None)
        .exclude(pk__in=[session.teacher_id, feedback.author_id])
        .exclude(pk__in=feedback.shares.values("reader"))
        .select_related("school")
        .order_by("name")
    )


def growth_link(token: str) -> GrowthLink | None:
    """The link with that address, open or not; whoever holds the address may ask."""
    return GrowthLink.objects.select_related("teacher__school").filter(token=token).first()
