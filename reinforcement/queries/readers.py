"""To whom the guru model may want to show something."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import Appointment, User
from accounts.roles import Duty
from reinforcement.models import Feedback
from sessions.models import ModelSession
from sessions.queries import members_of


def possible_readers(feedback: Feedback) -> QuerySet[User]:
    """People to whom the guru model may want to show a feedback, who cannot read it yet.

    Those are the members of the session's group and the pengawas of her school.
    """
    return (
        possible_partners(feedback.session)
        .exclude(pk=feedback.author_id)
        .exclude(pk__in=feedback.shares.values("reader"))
    )


def possible_partners(session: ModelSession) -> QuerySet[User]:
    """With whom the guru model may talk a lesson over: the group, and pengawas of her school."""
    members = members_of(session.group).values("pk")
    supervisors = Appointment.objects.current().of(Duty.SUPERVISOR)
    guides = supervisors.filter(school=session.model_teacher.school_id).values("user")
    return (
        User.objects.filter(Q(pk__in=members) | Q(pk__in=guides), is_active=True)
        .exclude(approved_at=None)
        .exclude(pk=session.model_teacher.pk)
        .select_related("school")
        .order_by("name")
    )
