"""The board of a pengawas: whom to visit, what was promised, which feedback waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.rules import supervised_schools
from documents.visits import visits_paper
from frontend.http import Request, handed_out_pdf
from reinforcement.queries import Board, Charge, supervision_board, visits_at
from schools.models import School
from sessions.semesters import Semester


@dataclass(frozen=True)
class Filter:
    """One way to look at the board: its word in the address, its label, how many it shows."""

    word: str
    label: Promise
    charges: Sequence[Charge]


@dataclass(frozen=True)
class AtSchool:
    """A supervised school and how many of its teachers were seen this term."""

    school: School
    seen: int
    teachers: int


@require_safe
def supervision(request: Request) -> HttpResponse:
    """The teachers of the supervised schools, most urgent first; never how anybody did."""
    if not supervised_schools(request.user):
        raise Http404
    now = timezone.now()
    board = supervision_board(request.user, now)
    today = timezone.localdate(now)
    filters = _filters(board, today)
    chosen = next(
        (each for each in filters if each.word == request.GET.get("show", "")), filters[0]
    )
    context: dict[str, Any] = {
        "board": board,
        "filters": filters,
        "chosen": chosen,
        "schools": _at_schools(board),
        # What a report is asked for: the running semester, or the one that just ended.
        "semesters": [board.semester, board.semester.previous],
        "today": today,
        "now": now,
    }
    return render(request, "supervision/supervision.html", context)


@require_safe
def visit_recap(request: Request, pk: int) -> HttpResponse:
    """The own visits at one supervised school in a semester, as PDF."""
    schools = School.objects.filter(pk__in=supervised_schools(request.user))
    school = get_object_or_404(schools.select_related("district"), pk=pk)
    now = timezone.now()
    try:
        semester = Semester.from_text(request.GET.get("semester", ""))
    except ValidationError:
        semester = Semester.of(timezone.localdate(now))
    visits = visits_at(request.user, school, semester)
    made = visits_paper(visits, supervisor=request.user, school=school, semester=semester, now=now)
    return handed_out_pdf(made, f"kunjungan-{school.npsn}-{semester}.pdf")


def _filters(board: Board, today: date) -> list[Filter]:
    return [
        Filter("", _("Semua"), board.charges),
        Filter("unseen", _("Belum terlihat"), [one for one in board.charges if not one.is_seen]),
        Filter("waiting", _("Menunggu umpan balik"), [one for one in board.charges if one.waiting]),
        Filter(
            "overdue",
            _("RTL lewat tenggat"),
            [one for one in board.charges if one.is_overdue(today)],
        ),
    ]


def _at_schools(board: Board) -> list[AtSchool]:
    return [
        AtSchool(school, sum(one.is_seen for one in charges), len(charges))
        for school, charges in board.schools.items()
    ]
