"""What a person still owes after a session."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import supervised_schools
from activity.owed import Owed, end_of
from groups.rules import guided_groups_of
from reinforcement.models import FollowUp
from sessions.models import OPENS_AFTER, ModelSession, Participation

FEEDBACK_WITHIN = timedelta(days=14)
PROMISE_WITHIN = timedelta(days=7)
REMIND_OF_FOLLOW_UP = timedelta(days=7)

_A = Participation.Attendance
_AWAY = (_A.EXCUSED, _A.SICK, _A.ABSENT)


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
        .filter(Q(teacher=user) & unfinished | awaits_feedback_of(user, now))
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


def awaits_feedback_of(user: User, now: datetime) -> Q:
    """Held sessions of the last two weeks on which this person is expected to feed back."""
    observed = user.participations.filter(role=Participation.Role.OBSERVER).values("session")
    away = user.participations.filter(attendance__in=_AWAY).values("session")
    given = user.written_feedback.given().values("session")
    guided = Q(group__in=guided_groups_of(user), teacher__isnull=False)
    expected = Q(pk__in=observed) | guided
    if schools := supervised_schools(user):
        # Who pays a visit observes it; another pengawas was not there.
        expected |= Q(teacher__school__in=schools) & ~Q(kind=ModelSession.Kind.VISIT)
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
