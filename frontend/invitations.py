"""Invitations to a group: the page with the QR for the board, the page behind it for anyone."""

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from frontend.http import Request, Submitted, go, show
from groups import queries, rules, services
from groups.models import Group, Invitation


@require_POST
def make_invitation(request: Request, pk: int) -> HttpResponse:
    group = get_object_or_404(Group.objects.visible_to(request.user), pk=pk)
    form = Submitted(request.POST)
    submission = form.cleaned_data["submission"] if form.is_valid() else None
    try:
        invitation = services.make_invitation(group, by=request.user, submission=submission)
    except ValidationError as refusal:
        raise PermissionDenied(" ".join(refusal.messages)) from refusal
    return go(request, "group-invitation", pk, invitation.pk)


@require_safe
def group_invitation(request: Request, pk: int, ipk: int) -> HttpResponse:
    invitation = _invitation(request, pk, ipk)
    url = request.build_absolute_uri(invitation.get_absolute_url())
    context = {
        "invitation": invitation,
        "group": invitation.group,
        "url": url,
        "qr": _qr(url),
        "is_open": invitation.is_open(timezone.now()),
        "may_revoke": rules.may_revoke_invitation(request.user, invitation),
    }
    return show(request, "groups/group_invitation.html", context, part="invitation")


@require_POST
def revoke_invitation(request: Request, pk: int, ipk: int) -> HttpResponse:
    services.revoke_invitation(_invitation(request, pk, ipk), by=request.user)
    messages.success(request, _("Undangan dicabut. Tautan dan kode QR-nya tidak berlaku lagi."))
    return go(request, "group", pk)


@login_not_required
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show a stranger which group invites; sign-up finds the token in the session.

    410 when the invitation was revoked or ran out, 404 when there never was one.
    """
    found = _found(token)
    is_open = found.is_open(timezone.now())
    user = request.user if isinstance(request.user, User) else None
    if is_open and user is None:
        request.session["invitation"] = token
    context = {
        "invitation": found,
        "group": found.group,
        "is_open": is_open,
        "may_accept": rules.may_accept_invitation(user, found) if user else None,
    }
    return render(request, "groups/invitation.html", context, status=200 if is_open else 410)


@require_POST
def accept_invitation(request: Request, token: str) -> HttpResponse:
    found = _found(token)
    if found.is_open(timezone.now()) and not rules.may_accept_invitation(request.user, found):
        return redirect("group", found.group_id)
    services.accept_invitation(found, by=request.user)
    request.session.pop("invitation", None)
    messages.success(request, _("Selamat datang di %(group)s.") % {"group": found.group.name})
    return redirect("group", found.group_id)


def _found(token: str) -> Invitation:
    found = queries.find_invitation(token)
    if found is None:
        raise Http404
    return found


def _invitation(request: Request, pk: int, ipk: int) -> Invitation:
    found = Invitation.objects.visible_to(request.user).select_related("group", "made_by")
    return get_object_or_404(found, pk=ipk, group=pk)


def _qr(url: str) -> SafeString:
    """The address as an SVG of one path, with a quiet zone of four modules around it."""
    drawn = segno.make_qr(url, error="m").svg_inline(border=4, omitsize=True)
    return mark_safe(drawn)
