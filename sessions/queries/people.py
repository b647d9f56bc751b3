"""Whom a session can name, and who was there before."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from groups.models import Group
from sessions.models import ModelSession, Participation


def members_of(group: Group | None) -> QuerySet[User]:
    """The people of a group today, by name, with their schools: whom a session can name.

    Nobody where there is no group, as on a visit.
    """
    if group is None:
        return User.objects.none()
    seats = group.memberships.current().as_members()
    return (
        User.objects.filter(pk__in=seats.values("user"), is_active=True)
        .select_related("school")
        .order_by("name", "pk")
    )


def nameable_in(session: ModelSession) -> QuerySet[User]:
    """Whom the plan of a session can name: members, who is invited, and who is named already."""
    invited = session.participations.values("user")
    named = [session.teacher_id, session.leader_id, session.note_taker_id]
    return (
        User.objects.filter(
            Q(pk__in=members_of(session.group).values("pk"))
            | Q(pk__in=invited)
            | Q(pk__in=[pk for pk in named if pk])
        )
        .select_related("school")
        .order_by("name", "pk")
    )


def substitutes_for(part: Participation) -> QuerySet[User]:
    """Who can take an observer's place or swap tasks, by name: members and invited people."""
    session, speaker = part.session, Participation.Role.RESOURCE_PERSON
    others = session.participations.exclude(role=speaker).values("user")
    speakers = session.participations.filter(role=speaker).values("user")
    named = Q(pk__in=others) | Q(pk__in=members_of(session.group).values("pk"))
    return (
        User.objects.filter(named, is_active=True)
        .exclude(pk__in=[part.user_id, session.teacher_id])
        .exclude(pk__in=speakers)
        .select_related("school")
        .order_by("name", "pk")
    )


def guests_of(group: Group | None) -> QuerySet[User]:
    """People without an account who were invited to the group's sessions before, by name.

    Nobody where there is no group: whom one visit invited is not for another one to know.
    """
    if group is None:
        return User.objects.none()
    invited = Participation.objects.filter(session__group=group).values("user")
    return User.objects.filter(is_guest=True, pk__in=invited).order_by("name", "pk")
