"""Offices in a group: handing the board over, appointing guru inti and instruktur."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from frontend.http import Request, go, refusals_shown_on, show
from frontend.widgets import DateInput
from groups import queries, rules, services
from groups.models import Group, Membership
from groups.roles import GUIDES, Role


def _choice(label: Any, *, required: bool = True) -> forms.ModelChoiceField:
    """A member of the group; the form says of which."""
    return forms.ModelChoiceField(queryset=None, label=label, required=required)


class HandOverForm(forms.Form):
    chair = _choice(_("Ketua"))
    secretary = _choice(_("Sekretaris"), required=False)
    treasurer = _choice(_("Bendahara"), required=False)
    starts_on = forms.DateField(label=_("Masa tugas mulai"), widget=DateInput)
    ends_on = forms.DateField(label=_("Masa tugas sampai"), widget=DateInput)
    decree = forms.CharField(
        label=_("Nomor SK"),
        max_length=80,
        help_text=_("Seperti tertulis pada SK, misalnya 421.3/088/Disdik/2026."),
    )

    def __init__(self, *args: Any, members: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("chair", "secretary", "treasurer"):
            choice: Any = self.fields[name]
            choice.queryset = members


class GuideForm(forms.Form):
    person = _choice(_("Anggota"))
    role = forms.TypedChoiceField(
        label=_("Tugas"),
        coerce=Role,
        choices=[(role.value, role.label) for role in Role if role in GUIDES],
        widget=forms.RadioSelect,
    )
    ends_on = forms.DateField(label=_("Sampai"), widget=DateInput, required=False)
    decree = forms.CharField(label=_("Nomor SK"), max_length=80, required=False)

    def __init__(self, *args: Any, members: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = members


@require_http_methods(["GET", "POST"])
def hand_over_board(request: Request, pk: int) -> HttpResponse:
    group = _group(request, pk)
    rules.may_hand_over_board.require(request.user, group)
    offices, today = queries.offices_of(group), timezone.localdate()
    held = {seat.role: seat.user_id for seat in reversed(offices.board)}
    term = {"starts_on": today, "ends_on": today + timedelta(days=3 * 365)}
    form = HandOverForm(request.POST or None, members=_members(request, group), initial=held | term)
    if form.is_valid():
        with refusals_shown_on(form):
            services.hand_over_board(group, by=request.user, **form.cleaned_data)
            messages.success(request, _("Serah terima jabatan dicatat."))
            return go(request, "group", pk)
    context = {"group": group, "form": form, "offices": offices}
    status = 422 if form.errors else 200
    return show(request, "groups/hand_over_board.html", context, part="form", status=status)


@require_http_methods(["GET", "POST"])
def appoint_guide(request: Request, pk: int) -> HttpResponse:
    group = _group(request, pk)
    rules.may_run_group.require(request.user, group)
    form = GuideForm(request.POST or None, members=_members(request, group))
    if form.is_valid():
        with refusals_shown_on(form):
            seat = services.appoint_guide(group, by=request.user, **form.cleaned_data)
            said = _("%(name)s sekarang %(role)s.")
            words = {"name": seat.user.full_name, "role": seat.get_role_display().lower()}
            messages.success(request, said % words)
            return go(request, "appoint-guide", pk)
    context = {"group": group, "form": form, "guides": queries.offices_of(group).guides}
    status = 422 if form.errors else 200
    return show(request, "groups/appoint_guide.html", context, part="form", status=status)


@require_POST
def dismiss_guide(request: Request, pk: int) -> HttpResponse:
    seats = Membership.objects.visible_to(request.user).select_related("group", "user")
    seat = get_object_or_404(seats, pk=pk)
    services.dismiss_guide(seat, by=request.user)
    said = _("Tugas %(name)s sebagai %(role)s berakhir hari ini.")
    words = {"name": seat.user.full_name, "role": seat.get_role_display().lower()}
    messages.success(request, said % words)
    return go(request, "appoint-guide", seat.group_id)


def _group(request: Request, pk: int) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user), pk=pk)


def _members(request: Request, group: Group) -> QuerySet[User]:
    staying = Membership.objects.visible_to(request.user).staying().as_members()
    people = User.objects.visible_to(request.user)
    return people.filter(pk__in=staying.filter(group=group).values("user")).order_by("name", "pk")
