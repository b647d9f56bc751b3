"""The forms of a session's plan: fields by kind, the rows of its agenda, the warnings' tick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.files import ACCEPTED
from frontend.http import Submitted, refusals_shown_on
from frontend.session_series import RepeatFields, ScopeFields
from groups.models import Group
from schools.models import Level, Phase
from sessions.conflicts import Caution, PlanNeedsConsent
from sessions.kinds import hours_in
from sessions.models import ModelSession
from sessions.plans import MOST_ITEMS, Point
from sessions.queries import members_of, nameable_in, phase_of, schools_of
from sessions.rooms import providers

Kind = ModelSession.Kind
GRADES = {
    Level.SD: range(1, 7),
    Level.SMP: range(7, 10),
    Level.SMA: range(10, 13),
    Level.SMK: range(10, 13),
    Level.SLB: range(1, 13),
}
AGENDA = "agenda"
# The name of the button that asks for more rows of the agenda, and how many it gives.
MORE = "more"
SPARE_ROWS = 4
# What is asked of a lesson alone.
OF_LESSONS = ("teacher", "grade", "observers", "observer_places", "lesson_plan")


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return name_and_school(person)


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return name_and_school(person)


def name_and_school(person: User) -> str:
    return f"{person} · {person.school}" if person.school else str(person)


def by_words(people: Iterable[User]) -> dict[str, User]:
    """People by their name, and by their name with their school, as a row of an agenda says it."""
    found = list(people)
    by_name = {str(person): person for person in found}
    return by_name | {name_and_school(person): person for person in found}


def ticked_in(sent: QueryDict) -> frozenset[str]:
    """The keys of the warnings that were ticked: one tick holds all that it stands under."""
    return frozenset(" ".join(sent.getlist("despite")).split())


class AgendaRow(forms.Form):
    """One point of the agenda. A row without words is no point."""

    title = forms.CharField(label=_("Acara"), max_length=150, required=False)
    minutes = forms.IntegerField(label=_("Menit"), min_value=1, max_value=600, required=False)
    speaker = forms.CharField(
        label=_("Pembicara"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"list": "speakers", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        row = self.cleaned_data
        if not row.get("title") and (row.get("minutes") or row.get("speaker")):
            self.add_error("title", _("Tulis acaranya."))
        if row.get("title") and not row.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Berapa menit?"))
        return row


AgendaRows = formset_factory(
    AgendaRow, extra=SPARE_ROWS, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS, validate_max=True
)


class ChangeForm(forms.ModelForm):
    """When, where, who and what. Whether these fit together is for the service to say."""

    # The warnings that the planner has yet to consent to.
    cautions: tuple[Caution, ...] = ()
    # What is against the agenda as a whole.
    against_agenda: Sequence[str] = ()
    grade = forms.TypedChoiceField(label=_("Kelas"), coerce=int)
    leader = PersonField(
        User.objects.none(), label=_("Pemimpin"), required=False, empty_label=_("Belum ditentukan")
    )
    note_taker = PersonField(
        User.objects.none(), label=_("Notulis"), required=False, empty_label=_("Belum ditentukan")
    )
    lesson_plan = forms.FileField(
        label=_("Modul ajar"),
        required=False,
        widget=forms.FileInput({"accept": ACCEPTED}),
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
            "place": _("Misalnya ruang kelas, kebun, atau aula."),
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

    @property
    def people(self) -> QuerySet[User]:
        """Whom the plan can name."""
        return nameable_in(self.instance) if self.instance.pk else members_of(self.group)

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

    # --- the agenda

    @property
    def has_agenda(self) -> bool:
        """Whether an agenda was sent along; a form without leaves it as it was."""
        return f"{AGENDA}-TOTAL_FORMS" in self.data

    @cached_property
    def agenda(self) -> BaseFormSet[AgendaRow]:
        if self.has_agenda:
            return AgendaRows(self.data, prefix=AGENDA)
        rows = self.initial.get(AGENDA) or [self._row(point) for point in self._points_before]
        return AgendaRows(prefix=AGENDA, initial=rows)

    @property
    def says_more(self) -> bool:
        """Whether a lesson's plan says, or was to say, what it seldom needs."""
        asked = ("leader", "note_taker", "capacity", "observer_places", "lesson_hours")
        rows = any(row["title"].value() for row in self.agenda)
        wrong = self.against_agenda or any(name in self.errors for name in asked)
        return bool(rows or wrong or any(self[name].value() for name in asked[:-1]))

    @property
    def may_have_more_rows(self) -> bool:
        return self.agenda.total_form_count() < MOST_ITEMS

    @cached_property
    def _points_before(self) -> list[Point]:
        if not self.instance.pk:
            return []
        return [
            {
                "title": item.title,
                "minutes": item.minutes,
                "speaker": item.speaker,
                "speaker_name": item.speaker_name,
            }
            for item in self.instance.agenda.select_related("speaker__school")
        ]

    @staticmethod
    def _row(point: Point) -> dict[str, Any]:
        speaker = point.get("speaker")
        words = name_and_school(speaker) if speaker else point.get("speaker_name", "")
        return {"title": point["title"], "minutes": point["minutes"], "speaker": words}

    @cached_property
    def speakers(self) -> dict[str, User]:
        """Whom a row can name as a speaker, by what may be written."""
        return by_words(self.people)

    @property
    def proposed_speakers(self) -> list[str]:
        """The words of the list to choose from, each person once."""
        return [name_and_school(person) for person in dict.fromkeys(self.speakers.values())]

    def _points(self) -> list[Point]:
        """The agenda that was sent, as the services take it."""
        points: list[Point] = []
        for row in self.agenda.cleaned_data:
            if row.get("title"):
                speaker = self.speakers.get(row["speaker"])
                points.append(
                    {
                        "title": row["title"],
                        "minutes": row["minutes"],
                        "speaker": speaker,
                        "speaker_name": "" if speaker else row["speaker"],
                    }
                )
        return points

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
        if self.has_agenda and (points := self._points()) != self._points_before:
            plan["agenda"] = points
        return plan

    @property
    def despite(self) -> frozenset[str]:
        """The keys of the warnings that were ticked: one tick holds all that it stands under."""
        return ticked_in(self.data) if isinstance(self.data, QueryDict) else frozenset()

    @contextmanager
    def refusals_and_warnings_shown(self) -> Iterator[None]:
        """Show what the domain has against the plan, and the warnings that want a tick."""
        with refusals_shown_on(self):
            try:
                yield
            except PlanNeedsConsent as asked:
                self.cautions = asked.cautions
                words = _("Ada yang perlu diperiksa dulu.")
                raise forms.ValidationError({"ends_at": words}) from asked
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


def typed_so_far(sent: QueryDict) -> dict[str, Any]:
    """The words of a form that was sent for more rows of its agenda, not judged yet; else none."""
    if MORE not in sent:
        return {}
    total = sent.get(f"{AGENDA}-TOTAL_FORMS", "")
    count = min(int(total), MOST_ITEMS) if total.isascii() and total.isdigit() else 0
    rows = [
        {name: sent.get(f"{AGENDA}-{row}-{name}", "") for name in AgendaRow.base_fields}
        for row in range(count)
    ]
    words: dict[str, Any] = {name: sent.get(name) for name in sent if not name.startswith(AGENDA)}
    return words | {"observers": sent.getlist("observers"), AGENDA: rows[: MOST_ITEMS - 1]}
