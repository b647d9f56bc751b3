"""SMART cycles: where a group stands, and opening, changing and closing one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend import charts
from frontend.http import Request, Submitted, go, refusals_shown_on, show
from frontend.thinkpair.becoming import card_asked, words_for_cycle
from frontend.widgets import DateInput
from groups import rules, services
from groups.models import Cycle, Group
from thinkpair.services import carry_to_cycle


class CycleForm(forms.ModelForm):
    class Meta:
        model = Cycle
        fields = ["theme", "problem", "starts_on", "ends_on"]
        widgets = {
            "problem": forms.Textarea(attrs={"rows": 4}),
            "starts_on": DateInput,
            "ends_on": DateInput,
        }
        help_texts = {
            "theme": _("Satu kalimat pendek, misalnya Bertanya di kelas IPA."),
            "problem": _("Apa yang terjadi di kelas, pada murid yang mana, dan sejak kapan?"),
        }


class OpenCycleForm(Submitted, CycleForm):
    pass


class CloseForm(forms.Form):
    reflection = forms.CharField(
        label=_("Refleksi penutup"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Apa yang berubah pada murid, apa yang kita pelajari, apa yang kita bawa?"),
    )


@require_safe
def cycle(request: Request, pk: int) -> HttpResponse:
    cycle = _cycle(request, pk)
    context = {
        "cycle": cycle,
        "group": cycle.group,
        "funnel": charts.funnel({stage.value: count for stage, count in cycle.counts.items()}),
        "is_member": cycle.group_id in rules.groups_of(request.user),
        "may_read_turnout": rules.may_read_turnout(request.user, cycle.group),
        "may_change": rules.may_change_cycle(request.user, cycle),
        "may_close": rules.may_close_cycle(request.user, cycle),
    }
    return show(request, "cycles/cycle.html", context, part="stage")


@require_http_methods(["GET", "POST"])
def open_cycle(request: Request, pk: int) -> HttpResponse:
    group = get_object_or_404(Group.objects.visible_to(request.user), pk=pk)
    rules.may_run_group.require(request.user, group)
    card = card_asked(request)
    initial = words_for_cycle(card) if card else {}
    form = OpenCycleForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_shown_on(form), transaction.atomic():
            opened = services.open_cycle(group, by=request.user, **form.cleaned_data)
            if card:
                carry_to_cycle(card, by=request.user, cycle=opened)
            messages.success(request, _("Siklus dibuka. Anggota diberi tahu."))
            return go(request, "cycle", opened.pk)
    return _show_form(request, "cycles/open_cycle.html", form, group=group)


@require_http_methods(["GET", "POST"])
def edit_cycle(request: Request, pk: int) -> HttpResponse:
    cycle = _cycle(request, pk)
    rules.may_change_cycle.require(request.user, cycle)
    form = CycleForm(request.POST or None, instance=cycle)
    if form.is_valid():
        with refusals_shown_on(form):
            services.edit_cycle(cycle, by=request.user, **form.cleaned_data)
            messages.success(request, _("Siklus disimpan."))
            return go(request, "cycle", pk)
    return _show_form(request, "cycles/edit_cycle.html", form, pk=pk)


@require_http_methods(["GET", "POST"])
def close_cycle(request: Request, pk: int) -> HttpResponse:
    cycle = _cycle(request, pk)
    rules.may_close_cycle.require(request.user, cycle)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            services.close_cycle(cycle, by=request.user, **form.cleaned_data)
            messages.success(request, _("Siklus ditutup. Terima kasih sudah belajar bersama."))
            return go(request, "cycle", pk)
    return _show_form(request, "cycles/close_cycle.html", form, cycle=cycle)


def _cycle(request: Request, pk: int) -> Cycle:
    return get_object_or_404(Cycle.objects.visible_to(request.user).select_related("group"), pk=pk)


def _show_form(request: Request, page: str, form: forms.BaseForm, **about: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return show(request, page, {"form": form, **about}, part="form", status=status)
