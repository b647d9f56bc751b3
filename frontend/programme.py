"""The programme of a semester: what a group plans and held, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from frontend.http import Request
from groups.models import Group
from groups.rules import groups_of
from sessions import queries, rules
from sessions.models import ModelSession
from sessions.semesters import Semester

# Twenty-six weeks of daily sessions would be fewer: a page must stay light.
MOST_ROWS = 200


@dataclass(frozen=True)
class Month:
    """The sessions of a month."""

    first: date
    sessions: Sequence[ModelSession]


@require_safe
def programme(request: Request, pk: int) -> HttpResponse:
    """The group's sessions of a semester, by default the present one; ?semester=2026-1."""
    group = readable_group(request.user, pk)
    semester = chosen_semester(request)
    found = list(queries.programme_of(request.user, group, semester)[: MOST_ROWS + 1])
    rows = found[:MOST_ROWS]
    going = [session for session in rows if not session.is_cancelled]
    context = {
        "group": group,
        "semester": semester,
        "present": Semester.of(timezone.localdate()),
        "months": _by_month(rows),
        "is_cut": len(found) > MOST_ROWS,
        "is_member": group.pk in groups_of(request.user),
        "may_plan": rules.may_plan_session(request.user, group),
        "count": len(going),
        "hours": sum(session.lesson_hours for session in going),
        "held_hours": sum(session.lesson_hours for session in going if session.was_held),
        "now": timezone.now(),
    }
    return render(request, "sessions/programme.html", context)


def readable_group(user: User, pk: int) -> Group:
    """The group whose programme this person may read. Raises Http404."""
    group = get_object_or_404(Group.objects.visible_to(user), pk=pk)
    if not queries.reads_programme(user, group):
        raise Http404
    return group


def chosen_semester(request: Request) -> Semester:
    """The semester of the address, else the present one. Raises Http404 for none that is."""
    text = request.GET.get("semester")
    if text is None:
        return Semester.of(timezone.localdate())
    try:
        return Semester.from_text(text)
    except ValidationError:
        raise Http404 from None


def _by_month(sessions: Sequence[ModelSession]) -> list[Month]:
    def month_of(session: ModelSession) -> date:
        return timezone.localdate(session.starts_at).replace(day=1)

    return [Month(first, list(rows)) for first, rows in groupby(sessions, month_of)]
