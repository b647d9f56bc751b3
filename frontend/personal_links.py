"""Pages of who invites: personal links to send one by one, and guests without an account."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from frontend.answers import personal_text
from frontend.http import Request, go, refusals_shown_on, show
from frontend.paging import page_of
from groups.rules import board_groups_of
from sessions import queries, rules, services
from sessions.models import ModelSession, Participation

FOUND_AT_MOST = 12


@dataclass(frozen=True)
class Letter:
    """What is sent to one person: the words with the link, and where WhatsApp sends them."""

    part: Participation
    text: str
    whatsapp: str
    may_uninvite: bool


class GuestForm(forms.Form):
    name = forms.CharField(label=_("Nama dengan gelar"), max_length=120)
    institution = forms.CharField(label=_("Instansi"), max_length=120)
    phone = forms.CharField(
        label=_("Nomor WhatsApp"),
        max_length=40,
        required=False,
        help_text=_("Untuk mengirim undangannya. Tidak tampil kepada anggota."),
    )


@require_safe
def personal_links(request: Request, pk: int) -> HttpResponse:
    """Everyone invited, with a link of their own each and a button that opens WhatsApp."""
    session = _session(request, pk)
    rules.may_revoke_links.require(request.user, session)
    sought = request.GET.get("q", "").strip()
    parts = Participation.objects.visible_to(request.user).filter(session=session)
    unanswered = parts.filter(answer=Participation.Answer.NONE)
    only_unanswered = request.GET.get("answer") == "none"
    count = unanswered.count()
    if only_unanswered:
        parts = unanswered
    if sought:
        parts = parts.filter(
            Q(user__name__icontains=sought)
            | Q(user__school__name__icontains=sought)
            | Q(user__institution__icontains=sought)
        )
    parts = parts.select_related("user__school")
    page = page_of(parts, request, by=("user__name", "pk"))
    is_board = session.group_id in board_groups_of(request.user)
    context = {
        "session": session,
        "sought": sought,
        "unanswered": count,
        "only_unanswered": only_unanswered,
        "page": page,
        "letters": [_letter(request, session, part, is_board=is_board) for part in page.items],
        "may_send": rules.may_hand_out_links(request.user, session),
        "may_invite": rules.may_invite(request.user, session),
    }
    return show(request, "sessions/personal_links.html", context, part="rows")


def _letter(
    request: Request, session: ModelSession, part: Participation, *, is_board: bool
) -> Letter:
    """The phone numbers of members are for their board alone."""
    part.session = session
    path = reverse("rsvp", args=[services.personal_token(part)])
    text = personal_text(part, request.build_absolute_uri(path))
    phone = part.user.phone.removeprefix("+") if is_board else ""
    whatsapp = f"https://wa.me/{phone}?{urlencode({'text': text})}"
    return Letter(part, text, whatsapp, bool(rules.may_uninvite(request.user, part)))


@require_POST
def revoke_all_links(request: Request, pk: int) -> HttpResponse:
    services.revoke_all_links(_session(request, pk), by=request.user)
    messages.success(request, _("Semua tautan pribadi dicabut. Kirim yang baru dari halaman ini."))
    return go(request, "personal-links", pk)


@require_POST
def revoke_link(request: Request, pk: int) -> HttpResponse:
    part = _part(request, pk)
    services.revoke_link(part, by=request.user)
    words = _("Tautan %(name)s dicabut. Tautan barunya siap dikirim.")
    messages.success(request, words % {"name": part.user})
    return go(request, "personal-links", part.session_id)


@require_POST
def uninvite(request: Request, pk: int) -> HttpResponse:
    part = _part(request, pk)
    session = services.uninvite(part, by=request.user)
    messages.success(request, _("Undangan %(name)s ditarik.") % {"name": part.user})
    return go(request, "personal-links", session.pk)


@require_http_methods(["GET", "POST"])
def invite_guest(request: Request, pk: int) -> HttpResponse:
    """Invite a narasumber without an account: a new one, or one of an earlier session."""
    session = _session(request, pk)
    rules.may_invite.require(request.user, session)
    known = _known(session)
    if request.method == "POST" and "guest" in request.POST:
        form = _invite_again(request, session, known)
    else:
        form = GuestForm(request.POST or None)
        if form.is_valid():
            with refusals_shown_on(form):
                part = services.invite_guest(session, by=request.user, **form.cleaned_data)
                return _sent_on(request, part)
    if isinstance(form, HttpResponse):
        return form
    context = {"session": session, "form": form, "known": known[:FOUND_AT_MOST]}
    status = 422 if form.errors else 200
    return render(request, "sessions/invite_guest.html", context, status=status)


def _invite_again(
    request: Request, session: ModelSession, known: QuerySet[User]
) -> GuestForm | HttpResponse:
    text = request.POST["guest"]
    guest = get_object_or_404(known, pk=int(text) if text.isdecimal() else 0)
    form = GuestForm()
    try:
        role = Participation.Role.RESOURCE_PERSON
        part = services.invite(session, guest, by=request.user, role=role)
    except ValidationError as refusal:
        form = GuestForm({"name": guest.name, "institution": guest.institution})
        form.add_error(None, refusal.messages)
        return form
    return _sent_on(request, part)


def _known(session: ModelSession) -> QuerySet[User]:
    invited = session.participations.values("user")
    return queries.guests_of(session.group).exclude(pk__in=invited)


def _sent_on(request: Request, part: Participation) -> HttpResponse:
    words = _("%(name)s diundang. Kirim tautannya lewat WhatsApp.")
    messages.success(request, words % {"name": part.user})
    there = reverse("personal-links", args=[part.session_id])
    return go(request, f"{there}?{urlencode({'q': part.user.name})}")


def _session(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user)
    found = found.select_related("group", "teacher", "leader", "school")
    return get_object_or_404(found, pk=pk)


def _part(request: Request, pk: int) -> Participation:
    found = Participation.objects.visible_to(request.user).select_related("session", "user")
    return get_object_or_404(found, pk=pk)
