"""M: what is told of a semester's programme."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import User
from activity.events import on
from groups.models import Group
from notifications.models import Notice
from notifications.services import tell
from notifications.words import moment
from sessions.events import ProgrammePlanned
from sessions.models import ModelSession, Participation
from sessions.semesters import Semester


@on(ProgrammePlanned)
def invite_to_programme(event: ProgrammePlanned) -> None:
    """One notice for each person, however many sessions there are."""
    group = Group.objects.get(pk=event.group_id)
    semester = Semester.from_text(event.semester)
    url = f"{reverse('programme', args=[group.pk])}?semester={semester}"
    for (first, count, lessons), people in _alike(event.session_ids).items():
        told = [person for person in people if person.pk != event.actor_id]
        words = partial(_programme_in_words, group, semester, first, count, lessons)
        tell(told, Notice.Kind.INVITED, words, url=url)


def _alike(sessions: list[int]) -> dict[tuple[ModelSession, int, int], list[User]]:
    """People by what they are told: their first session, how many there are, how many they teach.

    Only what is still planned counts.
    """
    found = ModelSession.objects.filter(pk__in=sessions, status=ModelSession.Status.PLANNED)
    planned = list(found.select_related("teacher").order_by("starts_at", "pk"))
    invited: defaultdict[int, set[User]] = defaultdict(set)
    for part in Participation.objects.filter(session__in=planned).select_related("user"):
        invited[part.session_id].add(part.user)
    own: defaultdict[User, list[ModelSession]] = defaultdict(list)
    for session in planned:
        for person in invited[session.pk] | {session.teacher}:
            if person:
                own[person].append(session)
    alike: defaultdict[tuple[ModelSession, int, int], list[User]] = defaultdict(list)
    for person, theirs in own.items():
        lessons = sum(session.teacher_id == person.pk for session in theirs)
        alike[theirs[0], len(theirs), lessons].append(person)
    return alike


def _programme_in_words(
    group: Group, semester: Semester, first: ModelSession, count: int, lessons: int
) -> str:
    text = ngettext(
        "%(semester)s, %(group)s: Bapak/Ibu diundang ke %(count)s sesi. "
        "Yang pertama “%(session)s”, %(time)s.",
        "%(semester)s, %(group)s: Bapak/Ibu diundang ke %(count)s sesi. "
        "Yang pertama “%(session)s”, %(time)s.",
        count,
    ) % {
        "semester": semester.words,
        "group": group,
        "count": count,
        "session": first,
        "time": moment(first.starts_at),
    }
    if not lessons:
        return text
    more = ngettext(
        "Bapak/Ibu guru model pada %(count)s sesi.",
        "Bapak/Ibu guru model pada %(count)s sesi.",
        lessons,
    )
    return f"{text} {more % {'count': lessons}}"
