"""Observers of an open lesson: taking a place, handing it over, and who looks at what."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from frontend.http import Request, go, refusals_shown_on
from sessions import rules, services
from sessions.models import ModelSession, Participation
from sessions.queries import substitutes_for


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return f"{person} · {person.school}" if person.school else str(person)


class HandOverForm(forms.Form):
    to = PersonField(User.objects.none(), label=_("Pengganti"), empty_label=_("Pilih seorang"))


class TaskForm(forms.Form):
    task = forms.CharField(
        label=_("Tugas"),
        required=False,
        max_length=150,
        help_text=_("Misalnya “Kelompok 1–2” atau “Murid yang diam”. Kosong: tanpa tugas khusus."),
    )


@require_POST
def take_place(request: Request, pk: int) -> HttpResponse:
    session = get_object_or_404(ModelSession.objects.visible_to(request.user), pk=pk)
    form = forms.Form(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.take_place(session, by=request.user)
            messages.success(request, translated("Bapak/Ibu menjadi pengamat sesi ini."))
    for reasons in form.errors.values():
        messages.error(request, " ".join(str(reason) for reason in reasons))
    return go(request, "joint-plan", pk)


@require_POST
def leave_place(request: Request, pk: int) -> HttpResponse:
    part = services.leave_place(_part(request, pk), by=request.user)
    messages.success(request, translated("Tempat pengamat dilepas. Bapak/Ibu tetap diundang."))
    return go(request, "joint-plan", part.session_id)


@require_http_methods(["GET", "POST"])
def hand_over_place(request: Request, pk: int) -> HttpResponse:
    part = _part(request, pk)
    rules.may_hand_over_place.require(request.user, part)
    form = HandOverForm(request.POST or None)
    form.fields["to"].queryset = substitutes_for(part)  # type: ignore[attr-defined]
    if form.is_valid():
        with refusals_shown_on(form):
            taken = services.hand_over_place(part, by=request.user, **form.cleaned_data)
            words = translated("%(name)s kini pengamat di tempat itu.")
            messages.success(request, words % {"name": taken.user})
            return go(request, "joint-plan", part.session_id)
    context = {"form": form, "part": part, "session": part.session}
    status = 422 if form.errors else 200
    return render(request, "sessions/hand_over_place.html", context, status=status)


@require_http_methods(["GET", "POST"])
def set_task(request: Request, pk: int) -> HttpResponse:
    part = _part(request, pk)
    rules.may_set_task.require(request.user, part)
    form = TaskForm(request.POST or None, initial={"task": part.task})
    if form.is_valid():
        with refusals_shown_on(form):
            services.set_task(part, by=request.user, **form.cleaned_data)
            messages.success(request, translated("Tugas pengamat tersimpan."))
            return go(request, "joint-plan", part.session_id)
    context = {"form": form, "part": part, "session": part.session}
    status = 422 if form.errors else 200
    return render(request, "sessions/observer_task.html", context, status=status)


def _part(request: Request, pk: int) -> Participation:
    found = Participation.objects.visible_to(request.user)
    return get_object_or_404(
        found.select_related("user", "session__group", "session__teacher"), pk=pk
    )
