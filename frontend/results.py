"""What the observers of one session saw, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from frontend import charts
from frontend.http import Request
from observations import rules
from observations.models import ScalePoint
from observations.results import Agreement, Line, Seen, Sheets, results_of
from sessions.models import ModelSession


@dataclass(frozen=True)
class Choice:
    """One word of a scale, and who chose it."""

    label: str
    glyph: str
    names: list[str]
    words: str


@dataclass(frozen=True)
class Shown:
    """One item as the page shows it."""

    line: Line
    choices: list[Choice]
    evidence: list[Seen]


@require_safe
def results(request: Request, pk: int) -> HttpResponse:
    """Item by item what each observer saw; whoever will read it later is told when."""
    found = ModelSession.objects.visible_to(request.user).select_related("group", "teacher")
    session = get_object_or_404(found, pk=pk)
    sheets = results_of(session, request.user)
    is_teacher = session.teacher_id == request.user.pk
    if not sheets and not is_teacher and not rules.may_open_sheet(request.user, session):
        raise Http404
    context = {
        "session": session,
        "parts": [(one, shown(one.lines), _agreement(request, session, one)) for one in sheets],
        "is_teacher": is_teacher,
        "is_open": session.is_open_to_teacher(timezone.now()),
    }
    return render(request, "observations/results.html", context)


def _agreement(request: Request, session: ModelSession, sheets: Sheets) -> list[Agreement]:
    may = rules.may_read_agreement(request.user, session)
    return sheets.agreement() if may else []


def shown(lines: Iterable[Line]) -> list[Shown]:
    """Items with who chose which word, and what observers wrote to them."""
    return [
        Shown(line, _choices(line), [one for one in line.seen if _has_words(one)]) for line in lines
    ]


def _has_words(one: Seen) -> bool:
    return bool(one.answer.evidence or one.answer.text or one.notes)


def _choices(line: Line) -> list[Choice]:
    """Who chose which word, in the order of the scale; yes before no, numbers by size."""
    item = line.item
    chosen: dict[str, list[str]] = {}
    points = list(item.scale.points.all()) if item.scale else []
    for label in [point.label for point in points] or [_("Ya"), _("Tidak")]:
        chosen[label] = []
    for one in sorted(line.seen, key=lambda one: one.answer.number or 0):
        if label := _word(one):
            chosen.setdefault(label, []).append(str(one.observation.observer))
    return [
        Choice(label, _glyph(label, points), names, _observers(len(names)))
        for label, names in chosen.items()
        if names
    ]


def _word(one: Seen) -> str:
    answer = one.answer
    if answer.is_na:
        return _("Tidak berlaku")
    if answer.point:
        return answer.point.label
    if answer.yes is not None:
        return _("Ya") if answer.yes else _("Tidak")
    return "" if answer.number is None else str(answer.number)


def _glyph(label: str, points: list[ScalePoint]) -> str:
    drawn = zip(points, charts.glyphs(len(points)), strict=True)
    return next((glyph for point, glyph in drawn if point.label == label), "")


def _observers(count: int) -> str:
    return ngettext("%(count)s pengamat", "%(count)s pengamat", count) % {"count": count}
