"""Who may read a teacher's growth and show it, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule

if TYPE_CHECKING:
    from accounts.models import User
    from reinforcement.models import GrowthLink


def visible_growth_links(user: User) -> Q:
    """The teacher alone."""
    return Q(teacher=user)


@rule
def may_share_growth(user: User) -> Reasons:
    """Whoever is let into the platform, her own page."""
    if user.approved_at is None:
        yield _("Bapak/Ibu belum diterima di kelompok mana pun.")


@rule
def may_revoke_growth_link(user: User, link: GrowthLink) -> Reasons:
    """Whose growth it shows, once."""
    if link.teacher_id != user.pk:
        yield _("Tautan ini hanya dapat dicabut oleh pemiliknya.")
    if link.revoked_at:
        yield _("Tautan ini sudah dicabut.")
