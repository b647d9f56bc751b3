"""Beranda, which says what a person owes now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rules import is_district_officer, led_schools, supervised_schools
from frontend.kept import kept
from frontend.landing import landing
from groups.models import Cycle, Group, JoinRequest
from groups.rules import board_groups_of, groups_of
from notifications.queries import count_done, owed_by
from reinforcement.models import FollowUp
from reinforcement.queries import Coverage, coverage
from sessions.models import ModelSession
from sharing.models import Post

# What depends on the time alone, e.g. that a session is over, may be that old.
KEPT_FOR = timedelta(seconds=60)
FEW, SOME, MANY = 3, 5, 20


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        return landing(request)
    if user.approved_at is None:
        return render(request, "home/waiting.html", _before_being_let_in(user))
    return render(request, "home/home.html", {"desk": kept(user, "desk", lambda: _desk_of(user))})


def _before_being_let_in(user: User) -> dict[str, Any]:
    """What a newcomer waits for, and whom to ask."""
    asked = JoinRequest.objects.visible_to(user).waiting().filter(user=user)
    groups = Group.objects.visible_to(user).exclude(join_requests__in=asked)
    if user.school:
        groups = groups.filter(level=user.school.level)
    return {
        "asked": asked.select_related("group").order_by("-pk"),
        "groups": groups.order_by("name")[:SOME],
    }


def _desk_of(user: User) -> str:
    """The person's own part of the page."""
    return render_to_string("home/_desk.html", _on_the_desk_of(user, timezone.now()))


def _on_the_desk_of(user: User, now: datetime) -> dict[str, Any]:
    return {
        "person": user,
        "greeting": _greeting(timezone.localtime(now).hour),
        "owed": owed_by(user, now),
        "done": count_done(user, _start_of_week(now)),
        "cycles": _cycles_of(user),
        "board": board_groups_of(user),
        "sessions": _next_sessions(user, now),
        "posts": Post.objects.visible_to(user).shared().with_author().order_by("-pk")[:FEW],
        "office": _office_of(user, now),
        "now": now,
        "soon": now + timedelta(days=1),
    }


def _greeting(hour: int) -> str:
    if hour < 11:  # noqa: PLR2004 -- how Indonesians part the day
        return _("Selamat pagi")
    if hour < 15:  # noqa: PLR2004
        return _("Selamat siang")
    return _("Selamat sore") if hour < 18 else _("Selamat malam")  # noqa: PLR2004


def _start_of_week(now: datetime) -> datetime:
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=today.weekday())


def _cycles_of(user: User) -> list[Cycle]:
    cycles = Cycle.objects.visible_to(user).open().filter(group__in=groups_of(user))
    return list(cycles.select_related("group").order_by("group__name"))


def _next_sessions(user: User, now: datetime) -> list[ModelSession]:
    sessions = ModelSession.objects.visible_to(user).filter(
        status=ModelSession.Status.PLANNED, ends_at__gt=now
    )
    own = user.participations.filter(session=OuterRef("pk")).values("role")
    sessions = sessions.annotate(own_role=Subquery(own)).select_related("school")
    return list(sessions.order_by("starts_at", "pk")[:FEW])


@dataclass(frozen=True)
class Office:
    """What a person sees by an appointment of the Dinas: coverage, never how anybody did."""

    coverage: Coverage | None = None
    follow_ups: list[FollowUp] = field(default_factory=list)
    cycles: list[Cycle] = field(default_factory=list)
    teachers: list[User] = field(default_factory=list)
    supervises: bool = False
    reads_reach: bool = False

    @property
    def is_held(self) -> bool:
        return bool(self.coverage or self.teachers)


def _office_of(user: User, now: datetime) -> Office:
    since = now - timedelta(days=365)
    if is_district_officer(user):
        running = Cycle.objects.visible_to(user).open().select_related("group")
        cycles = list(running.order_by("group__name")[:MANY])
        return Office(coverage(None, since), cycles=cycles, reads_reach=True)
    if schools := supervised_schools(user):
        promised = FollowUp.objects.visible_to(user).open().with_session()
        promised = promised.filter(session__teacher__school__in=schools)
        soon = list(promised.order_by("due_on", "pk")[:SOME])
        return Office(coverage(schools, since), soon, supervises=True)
    if schools := led_schools(user):
        teachers = User.objects.visible_to(user).filter(school__in=schools).exclude(pk=user.pk)
        return Office(teachers=list(teachers.order_by("name", "pk")[:MANY]))
    return Office()
