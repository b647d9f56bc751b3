"""M: what is told of modul ajar and of comments on them."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from activity.events import on
from groups.models import Membership
from groups.roles import GUIDES
from notifications.models import Notice
from notifications.services import tell
from sessions.events import LessonPlanShared, PlanCommented
from sessions.models import LessonPlan, Participation, PlanComment


@on(LessonPlanShared)
def tell_who_observes_of_lesson_plan(event: LessonPlanShared) -> None:
    """The observers, the guides who are invited, and the guru model when the board shared it."""
    plan = LessonPlan.objects.select_related("session__teacher", "session__group").get(
        pk=event.plan_id
    )
    session = plan.session
    if not session.is_planned or plan.number < session.lesson_plan_versions:
        return
    seats = Membership.objects.current().filter(group=session.group_id, role__in=GUIDES)
    guides = seats.values("user")
    parts = session.participations.select_related("user")
    readers = parts.filter(Q(role=Participation.Role.OBSERVER) | Q(user__in=guides))
    tell(
        {session.model_teacher, *(part.user for part in readers)} - {plan.by},
        Notice.Kind.INVITED,
        lambda: (
            _("Modul ajar “%(session)s” dapat dibaca: versi %(number)s.")
            % {"session": session, "number": plan.number}
        ),
        url=reverse("joint-plan", args=[session.pk]),
        once_unread="plan",
    )


@on(PlanCommented)
def tell_teacher_of_plan_comment(event: PlanCommented) -> None:
    comment = PlanComment.objects.select_related("author", "plan__session__teacher").get(
        pk=event.comment_id
    )
    session = comment.plan.session
    if comment.author_id == session.teacher_id:
        return
    tell(
        [session.model_teacher],
        Notice.Kind.INVITED,
        lambda: (
            _("%(person)s mengomentari modul ajar “%(session)s”.")
            % {"person": comment.author, "session": session}
        ),
        url=reverse("joint-plan", args=[session.pk]),
        once_unread="plan comment",
    )
