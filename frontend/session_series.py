"""A series: its page, how to plan one in the form of a session, and the scope of a change."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import User
from frontend.http import Request, go
from frontend.widgets import DateInput
from groups.models import Group
from groups.rules import groups_of
from sessions import recurrence, rules, services
from sessions.conflicts import Caution, cautions_of_time
from sessions.models import ModelSession, Participation, Series
from sessions.recurrence import LAST, MonthlyByDay, MonthlyByWeekday, Rule, Weekly

DAYS_IN_WEEK = 7
SCOPES = [
    ("one", _("Sesi ini saja")),
    ("following", _("Sesi ini dan berikutnya")),
    ("all", _("Semua yang belum berlangsung")),
]
CHANGES = {"following": services.change_following, "all": services.change_all}
CANCELS = {"following": services.cancel_following, "all": services.cancel_all}


@dataclass(frozen=True)
class PlannedDate:
    """One day of a series before it is saved, and what speaks against it."""

    at: datetime
    cautions: list[Caution]
    is_skipped: bool

    @property
    def key(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class RepeatFields(forms.Form):
    """“Ulangi” in the form of a plan. Which weekday or date recurs follows from the start."""

    # What the planner has yet to look at.
    dates: tuple[PlannedDate, ...] = ()
    repeat = forms.ChoiceField(
        label=_("Ulangi"),
        required=False,
        choices=[
            ("", _("Tidak berulang")),
            ("weekly", _("Setiap minggu")),
            ("weekday", _("Setiap bulan, hari yang sama")),
            ("last", _("Setiap bulan, hari terakhir itu")),
            ("day", _("Setiap bulan, tanggal yang sama")),
        ],
        help_text=_("Misalnya Kamis kedua: menurut tanggal mulai."),
    )
    every = forms.IntegerField(
        label=_("Jaraknya"),
        required=False,
        initial=1,
        min_value=1,
        help_text=_("1: setiap minggu atau bulan; 2: selang satu."),
    )
    times = forms.IntegerField(
        label=_("Berapa kali"), required=False, initial=6, min_value=1, max_value=recurrence.MOST
    )
    until = forms.DateField(
        label=_("Atau sampai tanggal"),
        required=False,
        widget=DateInput,
        help_text=_("Kosongkan bila dihitung berapa kali."),
    )

    @property
    def repeats(self) -> bool:
        return bool(self.cleaned_data.get("repeat"))

    @property
    def plan(self) -> dict[str, Any]:
        """What the services take of one session."""
        own = RepeatFields.base_fields.keys()
        given: dict[str, Any] = super().plan  # type: ignore[misc]
        return {name: value for name, value in given.items() if name not in own}

    def rule_in(self, zone: ZoneInfo) -> Rule:
        """The rule that was chosen. Raises ValidationError for one that cannot be."""
        chosen = self.cleaned_data
        day = chosen["starts_at"].astimezone(zone).date()
        until = chosen["until"]
        rule = Rule(
            _pattern(chosen["repeat"], day),
            every=chosen["every"] or 1,
            count=None if until else chosen["times"],
            until=until,
        )
        recurrence.check(rule)
        return rule

    def planned_dates(self, rule: Rule, zone: ZoneInfo, group: Group) -> tuple[PlannedDate, ...]:
        """Every day of the rule. Holidays are ticked to be skipped until somebody decides."""
        start, end = self.cleaned_data["starts_at"], self.cleaned_data["ends_at"]
        moments = recurrence.occurrences(rule, recurrence.first_of(rule, start, zone), zone)
        found = []
        for at in moments:
            cautions = cautions_of_time(at, at + (end - start), group)
            is_holiday = any(each.about == "holiday" for each in cautions)
            skips = at.date() in self.skipped if self.seen else is_holiday
            found.append(PlannedDate(at, cautions, skips))
        return tuple(found)

    @property
    def seen(self) -> str:
        """The days that stood on the page that was sent."""
        return self.data.get("seen", "") if isinstance(self.data, QueryDict) else ""

    @property
    def skipped(self) -> set[date]:
        ticked = self.data.getlist("skip") if isinstance(self.data, QueryDict) else []
        shown = set(self.seen.split())
        return {date.fromisoformat(day) for day in ticked if day in shown}


def _pattern(chosen: str, day: date) -> Weekly | MonthlyByWeekday | MonthlyByDay:
    if chosen == "weekly":
        return Weekly((day.weekday(),))
    if chosen == "day":
        is_last = (day + timedelta(days=1)).month != day.month
        return MonthlyByDay(LAST if is_last and day.day not in recurrence.DAYS else day.day)
    nth = (day.day - 1) // DAYS_IN_WEEK + 1
    is_last = chosen == "last" or nth not in recurrence.NTHS
    return MonthlyByWeekday(LAST if is_last else nth, day.weekday())


def planned_series(request: Request, group: Group, form: Any) -> HttpResponse | None:
    """Plan the series of a valid form; None while its dates have yet to be looked at.

    Raises ValidationError, as the services do.
    """
    zone = ZoneInfo(request.user.time_zone)
    rule = form.rule_in(zone)
    dates = form.planned_dates(rule, zone, group)
    form.dates = dates
    if form.seen.split() != [each.key for each in dates]:
        form.data = _without_ticks(form.data)
        raise ValidationError(_("Periksa tanggalnya dulu: centang yang dilewati."))
    known = {caution.key for each in dates for caution in each.cautions}
    plan = form.plan
    if plan.pop("lesson_plan", None):
        words = _("Modul ajar diunggah pada tiap sesi, tidak pada rangkaian.")
        raise ValidationError({"lesson_plan": words})
    plan["despite"] = plan["despite"] | known
    series = services.plan_series(group, by=request.user, rule=rule, skip=form.skipped, **plan)
    count = series.sessions.count()
    said = ngettext(
        "Rangkaian direncanakan: %(count)s sesi.", "Rangkaian direncanakan: %(count)s sesi.", count
    )
    messages.success(request, said % {"count": count})
    return go(request, series)


def _without_ticks(data: QueryDict) -> QueryDict:
    """The days changed since they were ticked: holidays are proposed anew."""
    fresh = data.copy()
    fresh.pop("seen", None)
    return fresh


class ScopeFields(forms.Form):
    """Whether a change is of one session or of many; only where there is a series to change."""

    scope = forms.ChoiceField(
        label=_("Berlaku untuk"), choices=SCOPES, initial="one", widget=forms.RadioSelect
    )

    def limit_scope(self, user: User, session: ModelSession) -> None:
        """Leave the choice out where this person may change this session alone."""
        if not (session.series_id and rules.may_change_series(user, session)):
            del self.fields["scope"]

    @property
    def chosen_scope(self) -> str:
        scope: str = self.cleaned_data.pop("scope", "one")
        return scope


def changed_series(request: Request, session: ModelSession, form: Any, scope: str) -> HttpResponse:
    """Change this session and others of its series. Raises ValidationError as the services do."""
    plan = form.plan
    if plan.pop("lesson_plan", None):
        words = _("Modul ajar diunggah pada tiap sesi, tidak pada rangkaian.")
        raise ValidationError({"lesson_plan": words})
    changed = CHANGES[scope](session, by=request.user, **plan)
    messages.success(request, _("Rangkaian berubah. Semua yang diundang diberi tahu."))
    return go(request, changed)


def cancelled_series(
    request: Request, session: ModelSession, reason: str, scope: str
) -> HttpResponse:
    """Call off this session and others of its series. Raises as the services do."""
    cancelled = CANCELS[scope](session, by=request.user, reason=reason)
    words = _("Sesi rangkaian dibatalkan. Semua yang diundang diberi tahu.")
    messages.success(request, words)
    return go(request, cancelled)


def url_for(user: User, session: ModelSession, own: Participation | None) -> str:
    """The address of the session's series, for who may read it; empty without one. No query."""
    reads = session.group_id in groups_of(user) or own is not None
    return reverse("series", args=[session.series_id]) if session.series_id and reads else ""


@require_safe
def series(request: Request, pk: int) -> HttpResponse:
    """Every session of a series with its state, exceptions marked."""
    found = Series.objects.visible_to(request.user).select_related("group", "continues")
    shown = get_object_or_404(found, pk=pk)
    sessions = ModelSession.objects.visible_to(request.user).filter(series=shown)
    context = {
        "series": shown,
        "sessions": list(sessions.order_by("starts_at", "pk")),
        "continued_by": Series.objects.visible_to(request.user).filter(continues=shown).first(),
        "skipped": sorted(shown.skipped_at),
        "now": timezone.now(),
    }
    return render(request, "sessions/series.html", context)


@require_safe
def series_next(request: Request, pk: int) -> HttpResponse:
    """To the page of a series' session that runs or comes next, else of its last one."""
    found = ModelSession.objects.visible_to(request.user).filter(series=pk)
    ahead = found.filter(ends_at__gte=timezone.now()).order_by("starts_at").first()
    session = ahead or found.order_by("-starts_at").first()
    if session is None:
        raise Http404
    return go(request, session)
