"""The board of a group: who took part in the cycle, and who may be asked next. Counts only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from frontend import charts
from frontend.http import Request, number_in, show
from frontend.paging import page_of
from groups.models import Cycle, Group
from groups.rules import may_change_cycle, may_read_turnout
from sessions.rules import may_plan_session
from thinkpair.turnout import (
    Turnout,
    lessons_of,
    turnout_by_school,
    turnout_of,
    yet_to_observe,
    yet_to_teach,
)

# A cycle of some weeks has a handful of lessons; a page must stay light all the same.
MOST_LESSONS = 50
MOST_SCHOOLS = 200
MOST_NAMES = 60


@dataclass(frozen=True)
class View:
    """One way to look at the board: its part of the address, its words, and how many it shows."""

    name: str
    label: str | Promise
    count: int | None = None


@require_safe
def coverage(request: Request, pk: int) -> HttpResponse:
    """The group's latest cycle, or the one of ?cycle=; ?show= picks one question."""
    group = get_object_or_404(Group.objects.visible_to(request.user), pk=pk)
    may_read_turnout.require(request.user, group)
    cycle = _chosen_cycle(request, group)
    context: dict[str, Any] = {
        "group": group,
        "cycle": cycle,
        "may_plan": may_plan_session(request.user, group),
    }
    if cycle:
        turnout = turnout_of(cycle)
        views = _views(turnout)
        chosen = next((one for one in views if one.name == request.GET.get("show")), views[0])
        context |= {
            "turnout": turnout,
            "views": views,
            "view": chosen.name,
            "funnel": charts.funnel(turnout.stages, whole=turnout.members),
            "may_change": may_change_cycle(request.user, cycle),
            **_SHOWN[chosen.name](request, cycle),
        }
    return show(request, "cycles/coverage.html", context, part="people")


def _chosen_cycle(request: Request, group: Group) -> Cycle | None:
    """The cycle of the address, else the latest. Raises Http404 for one that is not the group's."""
    cycles = Cycle.objects.visible_to(request.user).filter(group=group).select_related("group")
    if "cycle" in request.GET:
        return get_object_or_404(cycles, pk=number_in(request.GET, "cycle") or 0)
    return cycles.order_by("-number").first()


def _views(turnout: Turnout) -> list[View]:
    return [
        View("", gettext_lazy("Semua")),
        View("yet-to-teach", gettext_lazy("Belum jadi guru model"), turnout.yet_to_teach),
        View("yet-to-observe", gettext_lazy("Belum mengamati"), turnout.yet_to_observe),
    ]


def _everything(_request: Request, cycle: Cycle) -> dict[str, Any]:
    lessons = lessons_of(cycle, most=MOST_LESSONS + 1)
    schools = turnout_by_school(cycle)
    return {
        "lessons": lessons[:MOST_LESSONS],
        "schools": schools[:MOST_SCHOOLS],
        "is_cut": len(lessons) > MOST_LESSONS or len(schools) > MOST_SCHOOLS,
    }


def _teachers_to_ask(request: Request, cycle: Cycle) -> dict[str, Any]:
    return _people_to_ask(
        request,
        cycle,
        yet_to_teach(cycle),
        heading=_("Belum jadi guru model"),
        question=_("Siapa bersedia menjadi guru model berikutnya?"),
    )


def _observers_to_ask(request: Request, cycle: Cycle) -> dict[str, Any]:
    return _people_to_ask(
        request,
        cycle,
        yet_to_observe(cycle),
        heading=_("Belum mengamati"),
        question=_("Siapa bersedia mengamati sesi berikutnya?"),
    )


def _people_to_ask(
    request: Request, cycle: Cycle, people: QuerySet[User], *, heading: str, question: str
) -> dict[str, Any]:
    by = ("name", "pk")
    names = [str(person) for person in people.order_by(*by)[: MOST_NAMES + 1]]
    url = request.build_absolute_uri(f"{reverse('sessions')}?cycle={cycle.pk}")
    return {
        "heading": heading,
        "page": page_of(people, request, by=by),
        "text": _asking_text(cycle, heading, names, question, url),
    }


def _asking_text(cycle: Cycle, heading: str, names: list[str], question: str, url: str) -> str:
    """What is pasted into the group's chat to find volunteers."""
    shown = [f"{number}. {name}" for number, name in enumerate(names[:MOST_NAMES], start=1)]
    rest = [_("… dan yang lain")] if len(names) > MOST_NAMES else []
    lines = [f"*{cycle.group}*", str(cycle), "", f"*{heading}*", *shown, *rest]
    return "\n".join([*lines, "", question, _("Sesi siklus ini: %(url)s") % {"url": url}])


_SHOWN: dict[str, Callable[[Request, Cycle], dict[str, Any]]] = {
    "": _everything,
    "yet-to-teach": _teachers_to_ask,
    "yet-to-observe": _observers_to_ask,
}
