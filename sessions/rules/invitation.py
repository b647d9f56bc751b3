"""Who may answer an invitation, hand out personal links and take an invitation back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of
from sessions.rules.session import reasons_pays

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession, Participation


def _reasons_not_host(user: User, session: ModelSession) -> Reasons:
    if session.group_id not in board_groups_of(user) and session.teacher_id != user.pk:
        yield _("Hanya pengurus dan guru model yang mengurus undangan sesi ini.")


@rule
def may_hand_out_links(user: User, session: ModelSession) -> Reasons:
    """The group's board, and the guru model, until the session is over or cancelled."""
    yield from _reasons_not_host(user, session)
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")
    elif session.ends_at < timezone.now():
        yield _("Sesi ini sudah selesai.")


@rule
def may_revoke_links(user: User, session: ModelSession) -> Reasons:
    """The group's board, and the guru model, at any time: a link may have gone astray."""
    yield from _reasons_not_host(user, session)


@rule
def may_uninvite(user: User, participation: Participation) -> Reasons:
    """The group's board, and the guru model, until the session begins."""
    session = participation.session
    yield from _reasons_not_host(user, session)
    yield from reasons_pays(participation)
    if not session.is_planned or session.starts_at <= timezone.now():
        yield _("Undangan ditarik paling lambat sebelum sesi dimulai.")
    elif participation.attendance:
        yield _("Kehadirannya sudah dicatat.")
