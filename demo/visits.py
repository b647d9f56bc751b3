"""The pengawas' visits: one that she paid, and one that goes on from what was promised."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.models import User
from accounts.rules import supervised_schools
from activity.services import relay
from demo.acts import key, observe
from demo.cast import Cast
from demo.clock import Calendar
from demo.story import visits as story
from observations import services as observations
from observations.models import Indicator
from reinforcement import services as reinforcement
from reinforcement.models import FollowUp
from sessions import services as sessions
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession

LASTS = timedelta(minutes=80)


def play(cast: Cast, calendar: Calendar) -> None:
    """See one teacher twelve days ago, and plan to see how another's promise goes."""
    promise = FollowUp.objects.open().select_related("session__teacher").earliest("promised_at")
    promised = promise.session.model_teacher
    seen = (
        User.objects.filter(school__in=supervised_schools(cast.get("pengawas")))
        .exclude(pk__in=[promised.pk, cast.get("pengawas").pk])
        .exclude(username__in=["guru", "model", "ketua"])
        .earliest("pk")
    )
    with calendar.on(-16, 19):
        held = _visit(cast, seen, story.HELD.title, story.HELD.goal, calendar.at(-12, 8))
        indicator = Indicator.objects.get(
            code=story.HELD.focus, aspect__instrument__is_default=True
        )
        observations.choose_focus(held, by=cast.get("pengawas"), indicator=indicator)
    with calendar.on(-12, 9, 30):
        sessions.hold_session(held, by=cast.get("pengawas"))
        observe(cast, held, story.SHEET, observer="pengawas")
    with calendar.on(-12, 20):
        reinforcement.give_feedback(held, by=cast.get("pengawas"), **vars(story.FEEDBACK))
    with calendar.on(-2, 19):
        _visit(cast, promised, story.COMING, promise.commitment, calendar.at(6, 8))
    relay()


def _visit(cast: Cast, teacher: User, title: str, goal: str, starts_at: datetime) -> ModelSession:
    return sessions.plan_visit(
        teacher,
        by=cast.get("pengawas"),
        submission=key(title),
        despite=EVERYTHING,
        title=title,
        goal=goal,
        school=teacher.school,
        starts_at=starts_at,
        ends_at=starts_at + LASTS,
    )
