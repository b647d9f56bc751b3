"""Who is told: a group's people, and the people of a session."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User
from groups.models import Group
from sessions.models import ModelSession, Participation


def board_of(group: Group) -> list[User]:
    seats = group.memberships.current().on_board().select_related("user")
    return [seat.user for seat in seats.order_by("user")]


def members_of(group: Group, *, but: int | None) -> list[User]:
    seats = group.memberships.current().as_members().exclude(user=but).select_related("user")
    return [seat.user for seat in seats.order_by("user")]


def everyone_in(
    session: ModelSession, *, but: int | None = None, answered_no: bool = True
) -> list[User]:
    """The guru model and who is invited; without `answered_no`, not who said not to come."""
    parts = session.participations.select_related("user")
    if not answered_no:
        parts = parts.exclude(answer=Participation.Answer.NOT_COMING)
    return _with_teacher(session, parts, but=but)


def everyone_in_any(sessions: list[int], *, but: int | None) -> list[User]:
    """The guru models and who is invited, each once."""
    invited = Participation.objects.filter(session__in=sessions).values("user")
    teachers = ModelSession.objects.filter(pk__in=sessions).values("teacher")
    people = User.objects.filter(Q(pk__in=invited) | Q(pk__in=teachers))
    return [person for person in people.order_by("pk") if person.pk != but]


def who_was_there(session: ModelSession, *, but: int | None) -> list[User]:
    attended = [Participation.Attendance.PRESENT, Participation.Attendance.LATE]
    parts = session.participations.filter(attendance__in=attended).select_related("user")
    return _with_teacher(session, parts, but=but)


def _with_teacher(
    session: ModelSession, parts: Iterable[Participation], *, but: int | None
) -> list[User]:
    teacher = [session.teacher] if session.teacher else []
    people = [*teacher, *(part.user for part in parts)]
    return [person for person in people if person.pk != but]
