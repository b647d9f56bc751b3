"""The list of discussions, and opening one."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.http import Request, Submitted, number_in, refusals_shown_on, show
from frontend.paging import page_of
from frontend.thinkpair.becoming import card_asked, words_for_thread
from frontend.widgets import DateTimeInput
from groups.models import Group
from groups.rules import board_groups_of, groups_of
from thinkpair import services
from thinkpair.models import Thread


class ThreadForm(Submitted, forms.ModelForm):
    class Meta:
        model = Thread
        fields = ["group", "title", "problem", "think_ends_at", "pair_ends_at", "share_ends_at"]
        widgets = dict.fromkeys(("think_ends_at", "pair_ends_at", "share_ends_at"), DateTimeInput)
        labels = {"group": _("Kelompok")}
        help_texts = {
            "title": _("Misalnya: Murid diam saat ditanya “mengapa”. Apa yang bisa kita ubah?"),
        }

    def __init__(self, *args: Any, groups: QuerySet[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Group]", self.fields["group"])
        field.queryset = groups
        first = groups.first()
        self.initial["group"] = self.initial.get("group") or first
        if first and not groups.exclude(pk=first.pk).exists():
            field.widget = forms.HiddenInput()


@require_safe
def threads(request: Request) -> HttpResponse:
    found = Thread.objects.visible_to(request.user).with_own_part(request.user)
    found = found.select_related("group")
    phase, cycle = request.GET.get("phase", ""), number_in(request.GET, "cycle")
    if phase in Thread.Phase:
        found = found.filter(phase=phase)
    if cycle is not None:
        found = found.filter(cycle=cycle)
    context = {
        "page": page_of(found, request, by=("-pk",)),
        "phases": Thread.Phase.choices,
        "phase": phase,
    }
    board = Group.objects.visible_to(request.user).filter(pk__in=board_groups_of(request.user))
    context["board_groups"] = board
    return show(request, "thinkpair/threads.html", context, part="rows")


@require_http_methods(["GET", "POST"])
def open_thread(request: Request) -> HttpResponse:
    groups = Group.objects.visible_to(request.user).filter(pk__in=groups_of(request.user))
    evening = timezone.localtime().replace(hour=20, minute=0, second=0, microsecond=0)
    initial = {
        "group": request.GET.get("group"),
        "think_ends_at": evening + timedelta(days=3),
        "pair_ends_at": evening + timedelta(days=7),
        "share_ends_at": evening + timedelta(days=10),
    }
    form = ThreadForm(request.POST or None, initial=initial, groups=groups)
    if form.is_valid():
        words = dict(form.cleaned_data)
        with refusals_shown_on(form), transaction.atomic():
            thread = services.open_thread(words.pop("group"), by=request.user, **words)
            if card := card_asked(request):
                services.carry_to_thread(card, by=request.user, thread=thread)
            messages.success(request, _("Diskusi terbuka. Anggota kelompok diberi tahu."))
            return redirect(thread)
    if not form.is_bound and (card := card_asked(request)):
        form.initial.update(words_for_thread(card), group=card.pair.thread.group_id)
    status = 422 if form.errors else 200
    context = {"form": form, "has_group": bool(groups_of(request.user))}
    return render(request, "thinkpair/open_thread.html", context, status=status)
