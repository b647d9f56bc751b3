"""To whom feedback may be shown."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import Appointment, User
from accounts.roles import Duty
from reinforcement.models import Feedback


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
