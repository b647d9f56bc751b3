"""Pages that plan, change and cancel a session."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from activity.files import ACCEPTED
from frontend.http import Request, Submitted, go, number_in, refusals_shown_on
from frontend.session_series import (
    RepeatFields,
    ScopeFields,
    cancelled_series,
    changed_series,
    planned_series,
)
from groups.models import Group
from groups.rules import board_groups_of, groups_of
from schools.models import Level, Phase
from sessions import rules, services
from sessions.conflicts import Caution, PlanNeedsConsent
from sessions.models import ModelSession
from sessions.queries import members_of, next_meeting, phase_of, schools_of
from sessions.services.lesson_plans import newest_plan

GRADES = {
    Level.SD: range(1, 7),
    Level.SMP: range(7, 10),
    Level.SMA: range(10, 13),
    Level.SMK: range(10, 13),
    Level.SLB: range(1, 13),
}


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return _name_and_school(person)


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return _name_and_school(person)


def _name_and_school(person: User) -> str:
    return f"{person} · {person.school}" if person.school else str(person)


class ChangeForm(forms.ModelForm):
    """When, where and what. Whether these fit together is for the service to say."""

    # The warnings that the planner has yet to consent to.
    cautions: tuple[Caution, ...] = ()
    grade = forms.TypedChoiceField(label=_("Kelas"), coerce=int)
    lesson_plan = forms.FileField(
        label=_("Modul ajar"),
        required=False,
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text=_("PDF, gambar, atau dokumen kantor, paling besar 10 MB."),
    )

    class Meta:
        model = ModelSession
        fields = [
            *("title", "goal", "grade", "starts_at", "ends_at"),
            *("mode", "school", "place", "online_link"),
        ]
        labels = {
            "title": _("Judul pembelajaran"),
            "goal": _("Tujuan pembelajaran"),
            "starts_at": _("Mulai"),
            "ends_at": _("Selesai"),
            "mode": _("Cara"),
            "school": _("Sekolah"),
            "place": _("Tempat"),
            "online_link": _("Tautan daring"),
        }
        help_texts = {
            "title": _("Misalnya “Mengapa daun tidak semuanya hijau?”"),
            "goal": _("Apa yang dapat dilakukan murid sesudah pelajaran ini?"),
            "place": _("Misalnya ruang kelas, kebun, atau aula."),
            "online_link": _("Perlu untuk daring dan bauran."),
        }
        widgets = {
            "goal": forms.Textarea({"rows": 3}),
            "mode": forms.RadioSelect,
        }

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = [  # type: ignore[attr-defined]
            (grade, translated("Kelas %(grade)s") % {"grade": grade})
            for grade in GRADES[Level(group.level)]
        ]
        school = self.fields["school"]
        school.queryset = schools_of(group)  # type: ignore[attr-defined]
        school.empty_label = _("Di tempat lain")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Leave out the model's own checks: the service words them on the field they belong to."""
        return self.cleaned_data

    def clean_grade(self) -> int:
        grade: int = self.cleaned_data["grade"]
        try:
            phase_of(grade)
        except Phase.DoesNotExist:
            raise forms.ValidationError(_("Kelas ini belum punya fase.")) from None
        return grade

    @property
    def plan(self) -> dict[str, Any]:
        """What the services take."""
        return self.cleaned_data | {
            "phase": phase_of(self.cleaned_data["grade"]),
            "despite": self.despite,
        }

    @property
    def despite(self) -> frozenset[str]:
        """The keys of the warnings that were ticked: one tick holds all that it stands under."""
        ticked = self.data.getlist("despite") if isinstance(self.data, QueryDict) else []
        return frozenset(" ".join(ticked).split())

    @contextmanager
    def refusals_and_warnings_shown(self) -> Iterator[None]:
        """Show what the domain has against the plan, and the warnings that want a tick."""
        with refusals_shown_on(self):
            try:
                yield
            except PlanNeedsConsent as asked:
                self.cautions = asked.cautions
                raise forms.ValidationError(_("Ada yang perlu diperiksa dulu.")) from asked


class PlanForm(RepeatFields, ChangeForm, Submitted):
    """A whole new session. All members of the group are invited; some are asked to observe."""

    teacher = PersonField(
        User.objects.none(), label=_("Guru model"), empty_label=_("Pilih seorang")
    )
    observers = PeopleField(
        User.objects.none(),
        label=_("Pengamat"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tiga orang sudah cukup. Anggota lain tetap diundang sebagai peserta."),
    )
    field_order = ["title", "teacher", "goal", "grade", "starts_at", "ends_at", "mode"]

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, group=group, **kwargs)
        for name in ("teacher", "observers"):
            self.fields[name].queryset = members_of(group)  # type: ignore[attr-defined]


class ScopedForm(ScopeFields, ChangeForm):
    """A change of one session, or of many of its series."""


class CancelForm(ScopeFields, forms.ModelForm):
    cancel_reason = forms.CharField(
        label=_("Alasan batal"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Semua yang diundang membaca alasan ini."),
    )

    class Meta:
        model = ModelSession
        fields = ["cancel_reason"]


@require_http_methods(["GET", "POST"])
def plan_session(request: Request) -> HttpResponse:
    group = _group(request)
    if group is None:
        groups = Group.objects.visible_to(request.user).filter(pk__in=board_groups_of(request.user))
        return render(request, "sessions/choose_group.html", {"groups": groups})
    rules.may_plan_session.require(request.user, group)
    start = _start_on(request.GET.get("on", ""), next_meeting(group, timezone.now()))
    proposed = {"starts_at": start, "ends_at": start + timedelta(minutes=80)}
    form = PlanForm(request.POST or None, request.FILES or None, group=group, initial=proposed)
    if form.is_valid():
        with form.refusals_and_warnings_shown():
            if form.repeats and (planned := planned_series(request, group, form)):
                return planned
            session = services.plan_session(group, by=request.user, **form.plan)
            messages.success(request, _invited_in_words(session))
            return go(request, session)
    context = {"form": form, "group": group}
    return render(request, "sessions/plan.html", context, status=422 if form.errors else 200)


def _group(request: Request) -> Group | None:
    """The group of the address, else the only one there is; None when one has to choose."""
    groups = Group.objects.visible_to(request.user)
    if request.GET.get("group"):
        return get_object_or_404(groups, pk=number_in(request.GET, "group") or 0)
    candidates = board_groups_of(request.user) or frozenset(sorted(groups_of(request.user))[:1])
    if not candidates:
        raise Http404
    return groups.get(pk__in=candidates) if len(candidates) == 1 else None


def _start_on(day: str, usual: datetime) -> datetime:
    """The usual hour on the day that a calendar gave, e.g. 2026-11-26; else as usual."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return usual
    return usual.replace(year=on.year, month=on.month, day=on.day)


def _invited_in_words(session: ModelSession) -> str:
    count = session.participations.count()
    words = ngettext(
        "Sesi direncanakan. %(count)s orang diundang.",
        "Sesi direncanakan. %(count)s orang diundang.",
        count,
    )
    return words % {"count": count}


@require_http_methods(["GET", "POST"])
def change_session(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    rules.may_change_session.require(request.user, session)
    form = ScopedForm(
        request.POST or None, request.FILES or None, group=session.group, instance=session
    )
    form.limit_scope(request.user, session)
    if form.is_valid():
        with form.refusals_and_warnings_shown():
            scope = form.chosen_scope
            if scope != "one":
                return changed_series(request, session, form, scope)
            services.change_session(session, by=request.user, **form.plan)
            messages.success(request, _("Perubahan tersimpan."))
            return go(request, session)
    context = {"form": form, "session": session, "title": form.initial["title"]}
    context["newest_plan"] = newest_plan(session)
    return render(request, "sessions/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cancel_session(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    rules.may_cancel_session.require(request.user, session)
    form = CancelForm(request.POST or None, instance=session)
    form.limit_scope(request.user, session)
    if form.is_valid():
        with refusals_shown_on(form):
            reason, scope = form.cleaned_data["cancel_reason"], form.chosen_scope
            if scope != "one":
                return cancelled_series(request, session, reason, scope)
            services.cancel_session(session, by=request.user, reason=reason)
            messages.success(request, _("Sesi dibatalkan. Semua yang diundang diberi tahu."))
            return go(request, session)
    context = {"form": form, "session": session}
    return render(request, "sessions/cancel.html", context, status=422 if form.errors else 200)


def _session(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user).select_related("group", "teacher")
    return get_object_or_404(found, pk=pk)
