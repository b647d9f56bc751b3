"""Pages of the stage A: filling a sheet and reading one."""

from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Verdict
from frontend import reinforcement
from frontend.http import Request, go, refusals_shown_on
from observations import queries, rules, services
from observations.models import Answer, Indicator, Instrument, Item, Note, Observation
from observations.services import NoteWords, Words
from sessions.models import ModelSession

EMPTY_NOTES = 5
Kind = Item.Kind


LONG_AGO = datetime.fromtimestamp(0, UTC)


class SheetForm(forms.Form):
    """One field or two for each item, and rows for notes. A draft may lack any of them.

    A field that is required here is one that a submitted sheet needs; its label says so.
    """

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        instrument: Instrument,
        indicator: Indicator | None,
        answers: dict[int, Answer],
        notes: list[Note],
        saved_at: datetime | None,
        from_paper: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instrument, self.indicator = instrument, indicator
        items = queries.items_of(instrument.pk, indicator.pk if indicator else None)
        self.items = items
        # When the draft that this page shows was saved; see `save_observation`.
        self.fields["seen"] = forms.DateTimeField(
            required=False, initial=saved_at and saved_at.isoformat(), widget=forms.HiddenInput
        )
        # Which note each row was, so that one keeps what this page does not show of it.
        self.fields["kept"] = forms.CharField(
            required=False,
            max_length=37 * services.MOST_NOTES,
            initial=" ".join(str(note.uid) for note in notes),
            widget=forms.HiddenInput,
        )
        self.fields["from_paper"] = forms.BooleanField(
            label=_("Lembar ini disalin dari kertas"),
            help_text=_("Menitnya ditulis seperti di kertas."),
            required=False,
            initial=from_paper,
        )
        self.written = len(notes)
        self.rows = len(notes) + EMPTY_NOTES
        for item in items:
            self._add_item(item, answers.get(item.pk) or Answer(item=item))
        for index in range(self.rows + 1):
            note = notes[index] if index < len(notes) else None
            minute, text = (note.minute, note.text) if note else (None, "")
            self.fields[f"minute-{index}"] = forms.IntegerField(
                label=_("Menit"), min_value=0, max_value=600, required=False, initial=minute
            )
            self.fields[f"note-{index}"] = forms.CharField(
                label=_("Catatan"), max_length=500, required=False, initial=text
            )
        # The last row is the bar at the foot of the page: its minute is that of the lesson.
        self.fields[f"minute-{self.rows}"].widget = forms.HiddenInput()

    def full_clean(self) -> None:
        """Take a draft as incomplete as it is: what is missing is for the service to say."""
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    def _add_item(self, item: Item, answer: Answer) -> None:
        if item.scale:
            self.fields[f"point-{item.pk}"] = forms.TypedChoiceField(
                label=item.text,
                choices=[(point.pk, point.label) for point in item.scale.points.all()],
                coerce=int,
                empty_value=None,
                required=item.is_required,
                widget=forms.RadioSelect,
                initial=answer.point_id,
            )
        elif item.kind == Kind.YES_NO:
            self.fields[f"yes-{item.pk}"] = forms.TypedChoiceField(
                label=item.text,
                choices=[("yes", _("Ya")), ("no", _("Tidak"))],
                coerce=lambda word: word == "yes",
                empty_value=None,
                required=item.is_required,
                widget=forms.RadioSelect,
                initial={True: "yes", False: "no", None: ""}[answer.yes],
            )
        elif item.kind == Kind.COUNT:
            self.fields[f"number-{item.pk}"] = forms.IntegerField(
                label=item.text, min_value=0, required=item.is_required, initial=answer.number
            )
        else:
            self._add_text(
                f"text-{item.pk}", item.text, 4000, answer.text, is_needed=item.is_required
            )
        if item.allows_na:
            self.fields[f"is_na-{item.pk}"] = forms.BooleanField(
                label=_("Tidak berlaku"), required=False, initial=answer.is_na
            )
        if item.evidence != Item.Evidence.NEVER:
            label = _("Apa yang terlihat atau terdengar?")
            self._add_text(f"evidence-{item.pk}", label, 2000, answer.evidence, is_needed=True)

    def _add_text(
        self, name: str, label: Any, longest: int, initial: str, *, is_needed: bool
    ) -> None:
        self.fields[name] = forms.CharField(
            label=label,
            max_length=longest,
            required=is_needed,
            initial=initial,
            widget=forms.Textarea({"rows": 3}),
        )

    @property
    def wants_focus(self) -> bool:
        """Whether an indicator of the instrument is still to be picked."""
        return self.indicator is None and self.instrument.aspects.filter(pick_one=True).exists()

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Each item with its bound fields, for the template."""
        names = ("point", "yes", "number", "text", "is_na", "evidence")
        return [
            {"item": item, "best": _best_point_of(item)}
            | {
                name: self[f"{name}-{item.pk}"]
                for name in names
                if f"{name}-{item.pk}" in self.fields
            }
            for item in self.items
        ]

    @property
    def note_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"minute-{index}"], self[f"note-{index}"]) for index in range(self.rows)]

    @property
    def bar(self) -> tuple[forms.BoundField, forms.BoundField]:
        return self[f"minute-{self.rows}"], self[f"note-{self.rows}"]

    @property
    def answers(self) -> dict[int, Words]:
        """What the services take: an item's id and its words."""
        found: dict[int, Any] = {}
        for name, value in self.cleaned_data.items():
            part, _dash, key = name.partition("-")
            if part in {"point", "yes", "number", "text", "is_na", "evidence"}:
                found.setdefault(int(key), {})[part] = value
        return found

    @property
    def notes(self) -> list[NoteWords]:
        rows = zip_longest(range(self.rows + 1), self.cleaned_data["kept"])
        return [
            {
                "uid": uid,
                "minute": self.cleaned_data[f"minute-{index}"],
                "text": self.cleaned_data[f"note-{index}"],
            }
            for index, uid in rows
            if index is not None
        ]

    def clean_kept(self) -> list[UUID]:
        """The notes' uids, in the order of the rows; a page that lost them makes notes anew."""
        try:
            return [UUID(uid) for uid in self.cleaned_data["kept"].split()]
        except ValueError:
            return []

    def remember_seen(self, sheet: Observation) -> None:
        """Who presses again has now been told of what was saved elsewhere."""
        self.data = {**self.data.dict(), "seen": sheet.saved_at.isoformat()}  # type: ignore[attr-defined]

    @property
    def source(self) -> str:
        """A word of `Observation.Source`."""
        source = Observation.Source
        return source.PAPER if self.cleaned_data["from_paper"] else source.ONLINE


def _best_point_of(item: Item) -> int | None:
    points = item.scale.points.all() if item.scale else []
    return next((point.pk for point in points if point.is_best), None)


@require_http_methods(["GET", "POST"])
def observe(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    own = Observation.objects.visible_to(request.user).filter(observer=request.user)
    sheet = own.filter(session=session).select_related("instrument", "indicator").first()
    if sheet and sheet.submitted_at:
        return redirect(sheet)
    if sheet is None:
        rules.may_open_sheet.require(request.user, session)
    form = sheet_form(request, session, sheet)
    if form.is_valid():
        with refusals_shown_on(form):
            # A page that showed no draft has seen nothing of one that there is by now.
            seen_at = form.cleaned_data["seen"] or (LONG_AGO if sheet else None)
            if sheet is None:
                _insist_on(rules.may_observe(request.user, session))
                sheet = services.start_observation(session, by=request.user)
            _insist_on(rules.may_edit_observation(request.user, sheet))
            services.save_observation(
                sheet,
                by=request.user,
                answers=form.answers,
                notes=form.notes,
                seen_at=seen_at,
                source=form.source,
            )
            if request.POST.get("act") != "submit":
                messages.success(request, _("Draf tersimpan. Hanya Bapak/Ibu yang membacanya."))
                return go(request, "observe", pk)
            _insist_on(rules.may_submit_observation(request.user, sheet))
            services.submit_observation(sheet, by=request.user)
            messages.success(request, _("Lembar terkirim. Terima kasih sudah mengamati."))
            return go(request, sheet)
    if sheet and form.errors:
        form.remember_seen(sheet)
    context = {
        "session": session,
        "sheet": sheet,
        "form": form,
        "made": _made_of(form, session),
        "fewest_letters": services.FEWEST_LETTERS,
        "instrument": form.instrument,
        "indicator": form.indicator,
        "wants_focus": form.wants_focus,
        "asked": reinforcement.asked_of_observer(request.user, session),
        "may_save": rules.may_observe(request.user, session),
        "minute": session.minute_at(timezone.now()),
        "now": timezone.now(),
    }
    status = 422 if form.errors else 200
    return render(request, "observations/observe.html", context, status=status)


def _made_of(form: SheetForm, session: ModelSession) -> str:
    """What a phone that keeps this page must fetch anew when it changes, beside the files."""
    items = ".".join(str(item.pk) for item in form.items)
    lesson = (session.counts_from, session.counts_until)
    clock = "-".join(f"{moment.timestamp():.0f}" for moment in lesson)
    return f"{get_language()} {form.instrument.pk} {items} {clock} {session.title}"


def _insist_on(verdict: Verdict) -> None:
    """Put a refusal on the form, where the words just typed are still to be seen."""
    if not verdict:
        raise ValidationError([str(reason) for reason in verdict.reasons])


def sheet_form(request: Request, session: ModelSession, sheet: Observation | None) -> SheetForm:
    """The form of a sheet of this session, or of one that is still to be begun."""
    instrument = sheet.instrument if sheet else services.instrument_for(session)
    indicator = sheet.indicator if sheet else None
    if indicator is None:
        indicator = services.focus_of(session, instrument)
    return SheetForm(
        request.POST or None,
        instrument=instrument,
        indicator=indicator,
        answers={answer.item_id: answer for answer in sheet.answers.all()} if sheet else {},
        notes=list(sheet.notes.all()) if sheet else [],
        saved_at=sheet.saved_at if sheet else None,
        from_paper=sheet is not None and sheet.source == Observation.Source.PAPER,
    )


@require_safe
def observation(request: Request, pk: int) -> HttpResponse:
    found = Observation.objects.visible_to(request.user).select_related(
        "session__teacher", "session__group", "observer__school", "instrument", "indicator"
    )
    sheet = get_object_or_404(found, pk=pk)
    answers = {
        answer.item_id: answer for answer in sheet.answers.select_related("point").order_by("pk")
    }
    items = queries.items_of(sheet.instrument_id, sheet.indicator_id)
    context = {
        "observation": sheet,
        "lines": [(item, answers[item.pk]) for item in items if item.pk in answers],
        "notes": sheet.notes.select_related("item"),
        "photos": sheet.photos.stored().select_related("note"),
        "versions": sheet.submissions.defer("content"),
        "is_own": sheet.observer_id == request.user.pk,
        "may_correct": rules.may_correct_observation(request.user, sheet),
    }
    return render(request, "observations/observation.html", context)


def _session(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user)
    return get_object_or_404(
        found.select_related("group", "teacher", "focus__indicator", "focus__instrument"), pk=pk
    )
