"""The forms of a session's plan: fields by kind, and the warnings' tick."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from frontend.agenda_forms import AGENDA, AgendaForm
from frontend.cautions import Cautious
from frontend.http import Submitted
from frontend.people_fields import PeopleField, PersonField
from frontend.session_series import RepeatFields, ScopeFields
from frontend.uploads import CheckedFileField
from groups.models import Group
from schools.models import Level, Phase
from sessions.kinds import hours_in
from sessions.models import ModelSession
from sessions.queries import members_of, phase_of, schools_of
from sessions.rooms import providers

Kind = ModelSession.Kind
GRADES = {
    Level.SD: range(1, 7),
    Level.SMP: range(7, 10),
    Level.SMA: range(10, 13),
    Level.SMK: range(10, 13),
    Level.SLB: range(1, 13),
}
# What is asked of a lesson alone.
OF_LESSONS = ("teacher", "grade", "observers", "observer_places", "lesson_plan")


class ChangeForm(Cautious, AgendaForm):
    """When, where, who and what. Whether these fit together is for the service to say."""

    grade = forms.TypedChoiceField(label=_("Kelas"), coerce=int)
    leader = PersonField(
        User.objects.none(), label=_("Pemimpin"), required=False, empty_label=_("Belum ditentukan")
    )
    note_taker = PersonField(
        User.objects.none(), label=_("Notulis"), required=False, empty_label=_("Belum ditentukan")
    )
    lesson_plan = CheckedFileField(
        label=_("Modul ajar"),
        required=False,
        help_text=_("PDF, gambar, atau dokumen kantor, paling besar 10 MB."),
    )

    class Meta:
        model = ModelSession
        fields = [
            *("title", "goal", "grade", "leader", "starts_at", "ends_at"),
            *("mode", "school", "place", "provider", "online_link"),
            *("note_taker", "lesson_hours", "hour_length", "capacity", "observer_places"),
        ]
        labels = {
            "title": _("Judul pembelajaran"),
            "goal": _("Tujuan pembelajaran"),
            "starts_at": _("Mulai"),
            "ends_at": _("Selesai"),
            "mode": _("Cara"),
            "school": _("Sekolah"),
            "place": _("Tempat"),
            "provider": _("Ruang daring"),
            "online_link": _("Tautan daring"),
            "lesson_hours": _("Jumlah JP"),
            "hour_length": _("1 JP ="),
            "capacity": _("Jumlah tempat"),
            "observer_places": _("Jumlah pengamat"),
        }
        help_texts = {
            "title": _("Misalnya “Mengapa daun tidak semuanya hijau?”"),
            "goal": _("Apa yang dapat dilakukan murid sesudah pelajaran ini?"),
            "place": _("Misalnya aula atau kebun. Perlu bila tidak di sekolah."),
            "online_link": _("Perlu untuk daring dan bauran."),
            "capacity": _("Kosongkan bila tidak dibatasi. Yang berlebih masuk daftar tunggu."),
            "observer_places": _("Kosongkan bila tidak dibatasi."),
        }
        widgets = {
            "goal": forms.Textarea({"rows": 3}),
            "mode": forms.RadioSelect,
            "provider": forms.RadioSelect,
            "hour_length": forms.RadioSelect,
        }

    def __init__(self, *args: Any, group: Group, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.kind = group, kind
        fields: dict[str, Any] = self.fields
        fields["grade"].choices = [
            (grade, translated("Kelas %(grade)s") % {"grade": grade})
            for grade in GRADES[Level(group.level)]
        ]
        fields["school"].queryset = schools_of(group)
        fields["school"].empty_label = _("Di tempat lain")
        for name in ("leader", "note_taker"):
            fields[name].queryset = self.people
        offered = providers()
        fields["provider"].choices = [(each.value, each.label) for each in offered]
        for name in ("provider", "hour_length", "lesson_hours"):
            fields[name].required = False
        if len(offered) == 1:
            del self.fields["provider"]
        if not self.is_lesson:
            self._ask_about_a_meeting()

    def _ask_about_a_meeting(self) -> None:
        for name in OF_LESSONS:
            self.fields.pop(name, None)
        self.fields["title"].label = _("Judul pertemuan")
        self.fields["title"].help_text = _("Misalnya “Menyusun program semester genap”")
        self.fields["goal"].label = _("Tujuan pertemuan")
        self.fields["goal"].help_text = _("Apa yang dihasilkan pertemuan ini?")

    @property
    def is_lesson(self) -> bool:
        return self.kind == Kind.LESSON

    def clean(self) -> dict[str, Any]:
        """Leave out the model's own checks: the service words them on the field they belong to."""
        if self.has_agenda and not self.agenda.is_valid():
            self.against_agenda = [str(words) for words in self.agenda.non_form_errors()]
            raise forms.ValidationError(_("Periksa susunan acara."))
        return self.cleaned_data

    def clean_grade(self) -> int:
        grade: int = self.cleaned_data["grade"]
        try:
            phase_of(grade)
        except Phase.DoesNotExist:
            raise forms.ValidationError(_("Kelas ini belum punya fase.")) from None
        return grade

    @property
    def says_more(self) -> bool:
        """Whether a lesson's plan says, or was to say, what it seldom needs."""
        asked = ("leader", "note_taker", "capacity", "observer_places", "lesson_hours")
        rows = any(row["title"].value() for row in self.agenda)
        wrong = self.against_agenda or any(name in self.errors for name in asked)
        return bool(rows or wrong or any(self[name].value() for name in asked[:-1]))

    # --- JP

    @property
    def hours_there_are(self) -> int | None:
        """How many JP the times of the form are worth, as far as they can be read."""
        start, end = (self._value_of(name) for name in ("starts_at", "ends_at"))
        if not start or not end:
            return None
        return hours_in(start, end, self._value_of("hour_length") or 45)

    def _value_of(self, name: str) -> Any:
        field = self.fields[name]
        try:
            return field.clean(self[name].value())
        except forms.ValidationError:
            return None

    # --- what the services take

    @property
    def plan(self) -> dict[str, Any]:
        """What the services take. What was left as it was is left out, where that matters."""
        plan = self.cleaned_data | {"despite": self.despite}
        if self.is_lesson:
            plan["phase"] = phase_of(plan["grade"])
        for name in ("provider", "hour_length"):
            if not plan.get(name):
                plan.pop(name, None)
        if plan["lesson_hours"] is None or "lesson_hours" not in self.changed_data:
            del plan["lesson_hours"]
        if self.has_agenda and (points := self.points()) != self.points_before:
            plan["agenda"] = points
        return plan

    @contextmanager
    def refusals_and_warnings_shown(self) -> Iterator[None]:
        """Show what is against the agenda beside the rest."""
        with super().refusals_and_warnings_shown():
            try:
                yield
            except ValidationError as error:
                against = getattr(error, "error_dict", {}).pop(AGENDA, None)
                if against:
                    self.against_agenda = ValidationError(against).messages
                    error.error_dict[AGENDA] = [ValidationError(_("Periksa susunan acara."))]
                raise


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

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, group=group, **kwargs)
        self.initial["lesson_hours"] = None
        for name in ("teacher", "observers"):
            if name in self.fields:
                self.fields[name].queryset = members_of(group)  # type: ignore[attr-defined]

    def _ask_about_a_meeting(self) -> None:
        super()._ask_about_a_meeting()
        leader: Any = self.fields["leader"]
        leader.required, leader.empty_label = True, _("Pilih seorang")

    @property
    def plan(self) -> dict[str, Any]:
        return super().plan | {"kind": self.kind}


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
