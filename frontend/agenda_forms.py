"""The agenda in the form of a plan: a row for each point, and the words of its speakers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from frontend.people_fields import by_words, name_and_school
from groups.models import Group
from sessions.plans import MOST_ITEMS, Point
from sessions.queries import members_of, nameable_in

AGENDA = "agenda"
# The name of the button that asks for more rows of the agenda, and how many it gives.
MORE = "more"
SPARE_ROWS = 4


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


class AgendaForm(forms.ModelForm):
    """What the form of a plan knows of the agenda that is sent along with it, row by row."""

    group: Group
    # What is against the agenda as a whole.
    against_agenda: Sequence[str] = ()

    @property
    def people(self) -> QuerySet[User]:
        """Whom the plan can name."""
        return nameable_in(self.instance) if self.instance.pk else members_of(self.group)

    @property
    def has_agenda(self) -> bool:
        """Whether an agenda was sent along; a form without leaves it as it was."""
        return f"{AGENDA}-TOTAL_FORMS" in self.data

    @cached_property
    def agenda(self) -> BaseFormSet[AgendaRow]:
        if self.has_agenda:
            return AgendaRows(self.data, prefix=AGENDA)
        rows = self.initial.get(AGENDA) or [self._row(point) for point in self.points_before]
        return AgendaRows(prefix=AGENDA, initial=rows)

    @property
    def may_have_more_rows(self) -> bool:
        return self.agenda.total_form_count() < MOST_ITEMS

    @cached_property
    def points_before(self) -> list[Point]:
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

    def points(self) -> list[Point]:
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
