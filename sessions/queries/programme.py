"""The programme of a semester."""

from __future__ import annotations

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from groups.models import Group
from groups.rules import groups_of
from sessions.models import ModelSession, Participation
from sessions.semesters import Semester

Attendance = Participation.Attendance


def reads_programme(user: User, group: Group) -> bool:
    """Whether there is a programme to read: for members, and who reads any of its sessions."""
    if group.pk in groups_of(user):
        return True
    return ModelSession.objects.visible_to(user).filter(group=group).exists()


def programme_of(user: User, group: Group, semester: Semester) -> QuerySet[ModelSession]:
    """The sessions that begin in a semester, in order, as many as this person may read.

    Each has `invited` and `present`, who came in time or late. One query.
    """
    begin, end = semester.span
    there = (Attendance.PRESENT, Attendance.LATE)
    return (
        ModelSession.objects.visible_to(user)
        .filter(group=group, starts_at__gte=begin, starts_at__lt=end)
        .annotate(invited=_count_of_parts(), present=_count_of_parts(attendance__in=there))
        .select_related("teacher", "leader", "school")
        .order_by("starts_at", "pk")
    )


def _count_of_parts(**chosen: object) -> Coalesce:
    parts = Participation.objects.filter(session=OuterRef("pk"), **chosen).order_by()
    counted = parts.values("session").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), Value(0))
