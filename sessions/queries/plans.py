"""What a plan begins with: schools, phases and the next meeting."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from groups.models import Group
from schools.models import Phase, School
from sessions.queries.people import members_of


def schools_of(group: Group) -> QuerySet[School]:
    """The schools where the group's people teach: where its sessions take place."""
    return School.objects.filter(pk__in=members_of(group).values("school"))


def phase_of(grade: int) -> Phase:
    """The phase that a grade belongs to. Raises DoesNotExist for no grade of a school."""
    return Phase.objects.get(first_grade__lte=grade, last_grade__gte=grade)


def next_meeting(group: Group, now: datetime) -> datetime:
    """Nine in the morning of the group's next weekday, or in a week when it has none."""
    today = timezone.localtime(now).replace(hour=9, minute=0, second=0, microsecond=0)
    if group.weekday is None:
        return today + timedelta(days=7)
    return today + timedelta(days=(group.weekday - today.weekday() - 1) % 7 + 1)
