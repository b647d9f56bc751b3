"""Choosing what observers fill: a session's focus, or another instrument for the own sheet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from frontend.http import Request, go, number_in, refusals_shown_on
from observations import rules, services
from observations.models import Indicator, Instrument
from observations.services import instrument_for
from sessions.models import ModelSession

MOST_SHOWN = 60


class FocusForm(forms.Form):
    """An instrument and, where it picks one, an indicator of it."""

    instrument = forms.ModelChoiceField(
        Instrument.objects.none(), widget=forms.HiddenInput, required=False
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label=_("Indikator"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Pilih salah satu.")},
    )

    def __init__(self, *args: Any, request: Request, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = instrument
        self.among = [
            indicator
            for aspect in instrument.aspects.all()
            if aspect.pick_one
            for indicator in aspect.indicators.all()
        ]
        found: Any = self.fields["instrument"]
        found.queryset = Instrument.objects.visible_to(request.user)
        self.initial["instrument"] = instrument.pk
        field: Any = self.fields["indicator"]
        if self.among:
            visible = Indicator.objects.visible_to(request.user)
            field.queryset = visible.filter(pk__in=[one.pk for one in self.among])
        else:
            del self.fields["indicator"]

    def clean_instrument(self) -> Instrument:
        sent: Instrument | None = self.cleaned_data["instrument"]
        return sent or self.shown

    @property
    def chosen(self) -> str:
        """The id of the indicator that is ticked, as text."""
        return str(self["indicator"].value() or "") if self.among else ""


@require_http_methods(["GET", "POST"])
def choose_focus(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    rules.may_choose_focus.require(request.user, session)
    form = _form(request, session)
    if form.is_valid():
        with refusals_shown_on(form):
            services.choose_focus(session, by=request.user, **form.cleaned_data)
            messages.success(request, _("Fokus tersimpan. Pengamat melihatnya di lembar mereka."))
            return go(request, session)
    return _show(request, "observations/choose_focus.html", session, form)


@require_http_methods(["GET", "POST"])
def start_sheet(request: Request, pk: int) -> HttpResponse:
    """Begin the own sheet with another instrument than the session's focus asks for."""
    session = _session(request, pk)
    rules.may_open_sheet.require(request.user, session)
    if session.observations.visible_to(request.user).filter(observer=request.user).exists():
        return go(request, "observe", pk)
    form = _form(request, session)
    if form.is_valid():
        with refusals_shown_on(form):
            services.start_observation(session, by=request.user, **form.cleaned_data)
            return go(request, "observe", pk)
    return _show(request, "observations/start_sheet.html", session, form)


def _form(request: Request, session: ModelSession) -> FocusForm:
    """The form for the instrument that was asked for, else the one that the session has."""
    asked = number_in(request.POST or request.GET, "instrument")
    visible = Instrument.objects.visible_to(request.user)
    visible = visible.prefetch_related("aspects__indicators__items")
    instrument = get_object_or_404(visible, pk=asked or instrument_for(session).pk)
    focus = getattr(session, "focus", None)
    initial = {"indicator": focus.indicator_id if focus else None}
    return FocusForm(request.POST or None, request=request, instrument=instrument, initial=initial)


def _show(request: Request, page: str, session: ModelSession, form: FocusForm) -> HttpResponse:
    usable = Instrument.objects.visible_to(request.user).usable_on(timezone.localdate())
    others = usable.exclude(pk=form.shown.pk).select_related("group")
    context = {
        "session": session,
        "form": form,
        "instrument": form.shown,
        "others": others[:MOST_SHOWN],
    }
    return render(request, page, context, status=422 if form.errors else 200)


def _session(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("group", "teacher", "focus"), pk=pk)
