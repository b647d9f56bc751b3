"""A teacher's own growth: how her lessons were seen over time, and whom she lets read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from documents import growth as documents
from frontend import charts
from frontend.http import Request, handed_out_pdf, refusals_shown_on
from frontend.rsvp import kept_secret
from frontend.widgets import DateInput
from observations.models import Indicator, ScalePoint
from reinforcement import queries, services
from reinforcement.growth import Course, Growth, growth_of, scales_of
from reinforcement.models import GrowthLink
from sessions.queries import hours_earned


class ShareForm(forms.ModelForm):
    class Meta:
        model = GrowthLink
        fields = ["reader", "last_day"]
        labels = {"reader": _("Untuk siapa"), "last_day": _("Berlaku sampai")}
        help_texts = {"reader": _("Misalnya: Kepala sekolah. Hanya Bapak/Ibu yang melihatnya.")}
        widgets = {"last_day": DateInput}


@dataclass(frozen=True)
class Key:
    """One word of a scale, with its drawing where it has one."""

    label: str
    glyph: str


@dataclass(frozen=True)
class Part:
    """One indicator with a small plot for each item and, beneath, the evidence of each point."""

    indicator: Indicator
    keys: Sequence[Sequence[Key]]
    plots: Sequence[tuple[charts.Growth, Course]]


@require_safe
def growth(request: Request) -> HttpResponse:
    in_a_month = timezone.localdate() + timedelta(days=30)
    return _show_own(request, ShareForm(initial={"last_day": in_a_month}))


@require_POST
def share_growth(request: Request) -> HttpResponse:
    form = ShareForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.share_growth(by=request.user, **form.cleaned_data)
            messages.success(request, _("Tautan dibuat. Salin dan kirimkan kepada pembacanya."))
            return redirect("growth")
    return _show_own(request, form)


@require_POST
def revoke_growth_link(request: Request, pk: int) -> HttpResponse:
    link = get_object_or_404(GrowthLink.objects.visible_to(request.user), pk=pk)
    services.revoke_growth_link(link, by=request.user)
    messages.success(request, _("Tautan dicabut. Halaman ini tidak terbuka lagi lewat tautan itu."))
    return redirect("growth")


@require_safe
def growth_paper(request: Request) -> HttpResponse:
    """One page to hand over, of the person alone."""
    now = timezone.now()
    made = documents.growth_paper(growth_of(request.user, now), hours=_hours(request.user), now=now)
    return handed_out_pdf(made, "pertumbuhan.pdf")


@kept_secret
@login_not_required
@require_safe
def shared_growth(request: HttpRequest, token: str) -> HttpResponse:
    """What a teacher lets one reader see: no name of an observer, and nothing to change."""
    link = queries.growth_link(token)
    if link is None:
        raise Http404
    if not link.is_open:
        return render(request, "growth/closed.html", status=410)
    teacher = link.teacher
    with timezone.override(ZoneInfo(teacher.time_zone)):
        context = _context(teacher) | {"link": link}
        return render(request, "growth/shared.html", context)


def _show_own(request: Request, form: ShareForm) -> HttpResponse:
    links = GrowthLink.objects.visible_to(request.user).open().order_by("-made_at", "-pk")
    shared = [(link, request.build_absolute_uri(link.get_absolute_url())) for link in links]
    context = _context(request.user) | {"form": form, "links": shared, "is_own": True}
    return render(request, "growth/growth.html", context, status=422 if form.errors else 200)


def _context(teacher: User) -> dict[str, Any]:
    now = timezone.now()
    found = growth_of(teacher, now)
    return {
        "teacher": teacher,
        "growth": found,
        "parts": parts_of(found),
        "year": timezone.localdate(now).year,
        "hours": _hours(teacher),
        "now": now,
    }


def _hours(teacher: User) -> int:
    earned = hours_earned(teacher, timezone.localdate().year)
    return earned.aggregate(sum=Sum("hours"))["sum"] or 0


def parts_of(growth: Growth) -> list[Part]:
    """The small multiples of a growth page, indicator by indicator."""
    return [
        Part(
            indicator,
            [_key(words) for words in scales_of(courses)],
            [(_plot(course), course) for course in courses],
        )
        for indicator, courses in growth.indicators.items()
    ]


def _key(words: Sequence[ScalePoint]) -> list[Key]:
    drawn = zip(words, charts.glyphs(len(words)), strict=True)
    return [Key(word.label, glyph) for word, glyph in drawn]


def _plot(course: Course) -> charts.Growth:
    places = {word.pk: place for place, word in enumerate(course.words)}
    seen = [(_short(one.session.starts_at), places[one.word.pk]) for one in course.sightings]
    return charts.growth(course.item.text, seen, [word.label for word in course.words])


def _short(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "M y")
