"""Groups: finding one, its page, its members, coming in and going."""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.identity import normalise_phone
from accounts.models import User
from frontend.http import Request, go, refusals_shown_on, show
from frontend.paging import page_of
from frontend.widgets import DateInput
from groups import queries, rules, services
from groups.models import Cycle, Group, Invitation, JoinRequest, Membership
from groups.roles import Role


class GroupForm(forms.ModelForm):
    class Meta:
        model = Group
        fields = [
            "name",
            "code",
            "subject",
            "level",
            "district",
            "governing_body",
            "weekday",
            "letterhead",
        ]
        help_texts = {
            "subject": _("Untuk MGMP. KKG boleh tanpa mata pelajaran."),
            "district": _("Untuk KKG gugus. MGMP kabupaten boleh tanpa kecamatan."),
            "governing_body": _("Misalnya Dinas Pendidikan Kabupaten Luwu Utara."),
        }
        widgets = {"letterhead": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        districts: Any = self.fields["district"]
        districts.queryset = districts.queryset.filter(regency=self.instance.regency_id)


class NewGroupForm(forms.ModelForm):
    chair = forms.CharField(
        label=_("Ketua pertama"),
        max_length=120,
        help_text=_("Nama pengguna, surel, nomor HP, NIP, atau NUPTK ketua."),
    )
    starts_on = forms.DateField(
        label=_("Masa tugas mulai"), widget=DateInput, initial=timezone.localdate
    )
    ends_on = forms.DateField(label=_("Masa tugas sampai"), widget=DateInput, required=False)
    decree = forms.CharField(label=_("Nomor SK"), max_length=80, required=False)

    class Meta:
        model = Group
        fields = [
            "kind",
            "name",
            "code",
            "subject",
            "level",
            "regency",
            "district",
            "governing_body",
        ]
        help_texts = GroupForm.Meta.help_texts

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        regency: Any = self.fields["regency"]
        regency.queryset = regency.queryset.filter(districts__schools__isnull=False).distinct()
        district: Any = self.fields["district"]
        district.queryset = district.queryset.filter(schools__isnull=False).distinct()

    def clean_chair(self) -> User:
        name = self.cleaned_data["chair"].strip()
        known_as = Q(username__iexact=name) | Q(email__iexact=name) | Q(nip=name) | Q(nuptk=name)
        with suppress(ValidationError):
            known_as |= Q(phone=normalise_phone(name))
        person: User | None = User.objects.visible_to(self.by).filter(known_as).first()
        if person is None:
            raise ValidationError(_("Tidak ada orang yang dikenal dengan nama atau nomor itu."))
        return person


class JoinForm(forms.Form):
    message = forms.CharField(
        label=_("Pesan untuk pengurus"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Misalnya sekolah dan mata pelajaran Bapak/Ibu."),
    )


@require_safe
def groups(request: Request) -> HttpResponse:
    seats = rules.seats(request.user)
    sought = request.GET.get("q", "").strip()
    others = queries.with_member_counts(Group.objects.visible_to(request.user).with_place())
    others = others.exclude(pk__in=rules.groups_of(request.user))
    if sought:
        others = others.filter(Q(name__icontains=sought) | Q(district__name__icontains=sought))
    context = {
        "mine": _by_group(seats),
        "page": page_of(others, request, by=("name", "pk")),
        "sought": sought,
        "asked": frozenset(_own_requests(request.user).values_list("group", flat=True)),
        "may_create": rules.may_create_group(request.user),
    }
    return show(request, "groups/groups.html", context, part="rows")


@require_safe
def group(request: Request, pk: int) -> HttpResponse:
    return show_group(request, _group(request, pk))


@require_safe
def members(request: Request, pk: int) -> HttpResponse:
    group = _group(request, pk)
    if not rules.reads_members(request.user, group):
        raise Http404
    sought = request.GET.get("q", "").strip()
    seats = Membership.objects.visible_to(request.user).current().as_members().filter(group=group)
    seats = seats.select_related("user__school__district")
    if sought:
        seats = seats.filter(
            Q(user__name__icontains=sought) | Q(user__school__name__icontains=sought)
        )
    page = page_of(seats, request, by=("user__name", "pk"))
    offices = queries.offices_among(group, [seat.user_id for seat in page.items])
    context = {
        "group": group,
        "page": page,
        "rows": [(seat, offices.get(seat.user_id, [])) for seat in page.items],
        "sought": sought,
        "may_run": rules.may_run_group(request.user, group),
    }
    return show(request, "groups/members.html", context, part="rows")


@require_http_methods(["GET", "POST"])
def new_group(request: Request) -> HttpResponse:
    rules.may_create_group.require(request.user)
    form = NewGroupForm(request.POST or None, by=request.user)
    if form.is_valid():
        with refusals_shown_on(form):
            group = services.create_group(by=request.user, **form.cleaned_data)
            messages.success(request, _("Kelompok dibuat. Ketua dapat mengundang anggota."))
            return go(request, "group", group.pk)
    status = 422 if form.errors else 200
    return show(request, "groups/new_group.html", {"form": form}, part="form", status=status)


@require_http_methods(["GET", "POST"])
def edit_group(request: Request, pk: int) -> HttpResponse:
    group = _group(request, pk)
    rules.may_edit_group.require(request.user, group)
    form = GroupForm(request.POST or None, instance=group)
    if form.is_valid():
        with refusals_shown_on(form):
            services.edit_group(group, by=request.user, **form.cleaned_data)
            messages.success(request, _("Data kelompok disimpan."))
            return go(request, "group", pk)
    status, context = 422 if form.errors else 200, {"form": form, "pk": pk}
    return show(request, "groups/edit_group.html", context, part="form", status=status)


@require_POST
def ask_to_join(request: Request, pk: int) -> HttpResponse:
    group = _group(request, pk)
    form = JoinForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.ask_to_join(group, by=request.user, **form.cleaned_data)
            messages.success(request, _("Permintaan terkirim kepada pengurus kelompok."))
            return go(request, "group", pk)
    if _own_requests(request.user).filter(group=group).exists():
        return go(request, "group", pk)
    return show_group(request, group, join_form=form, status=422)


@require_POST
def decide_join(request: Request, pk: int) -> HttpResponse:
    asked = get_object_or_404(_readable_requests(request.user), pk=pk)
    accepted = request.POST.get("answer") == "accept"
    services.decide_join(asked, by=request.user, accepted=accepted)
    said = (
        _("%(name)s sekarang anggota kelompok.") if accepted else _("Permintaan %(name)s ditolak.")
    )
    messages.success(request, said % {"name": asked.user.full_name})
    if request.htmx:
        return show_group(request, asked.group, part="requests")
    return go(request, "group", asked.group_id)


@require_POST
def leave_group(request: Request, pk: int) -> HttpResponse:
    group = _group(request, pk)
    services.leave_group(group, by=request.user)
    messages.success(
        request, _("Bapak/Ibu keluar dari %(group)s mulai besok.") % {"group": group.name}
    )
    return go(request, "groups")


def show_group(
    request: Request,
    group: Group,
    *,
    part: str = "requests",
    join_form: JoinForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a group's page, or for htmx one part of it."""
    user, now = request.user, timezone.now()
    knows, runs = rules.reads_members(user, group), rules.may_run_group(user, group)
    mine = [seat for seat in rules.seats(user) if seat.group_id == group.pk]
    cycles = list(Cycle.objects.visible_to(user).filter(group=group).order_by("-number")[:20])
    context = {
        "group": group,
        "mine": mine,
        "knows": knows,
        "may_run": runs,
        "may_edit": rules.may_edit_group(user, group),
        "may_hand_over": rules.may_hand_over_board(user, group),
        "offices": queries.offices_of(group) if knows else None,
        "member_count": queries.member_count(group),
        "cycle": next((cycle for cycle in cycles if not cycle.closed_at), None),
        "past": [cycle for cycle in cycles if cycle.closed_at],
    }
    if runs:
        requests = _readable_requests(user).waiting().filter(group=group)
        invitations = Invitation.objects.visible_to(user).open(now).filter(group=group)
        context["requests"] = requests.order_by("pk")[:20]
        context["invitations"] = invitations.select_related("made_by").order_by("-pk")[:5]
    if mine:
        context["may_leave"] = rules.may_leave_group(user, group)
    else:
        context["asked"] = _own_requests(user).filter(group=group).first()
        context["join_form"] = join_form or JoinForm()
    return show(request, "groups/group.html", context, part=part, status=status)


def _group(request: Request, pk: int) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user).with_place(), pk=pk)


def _readable_requests(user: User) -> Any:
    return JoinRequest.objects.visible_to(user).select_related("user__school", "group")


def _own_requests(user: User) -> QuerySet[JoinRequest]:
    return JoinRequest.objects.visible_to(user).waiting().filter(user=user)


def _by_group(seats: list[Membership]) -> list[tuple[Group, list[Membership]]]:
    """Each group once, with the offices that the person holds in it."""
    groups = {seat.group_id: seat.group for seat in seats}
    return [
        (group, [seat for seat in seats if seat.group_id == pk and seat.role != Role.MEMBER])
        for pk, group in sorted(groups.items(), key=lambda item: item[1].name)
    ]
