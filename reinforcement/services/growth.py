"""Addresses at which a teacher's growth page is read."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from reinforcement import rules
from reinforcement.events import (
    GrowthLinkRevoked,
    GrowthShared,
)
from reinforcement.models import (
    GrowthLink,
)

MOST_OPEN_LINKS = 20


LONGEST_SHARE = timedelta(days=366)


def share_growth(*, by: User, reader: str, last_day: date) -> GrowthLink:
    """Make a secret address of the own growth page, for one reader, until the end of that day.

    Raises ValidationError for a day that is past or more than a year ahead, and when there are
    twenty open links already.
    """
    with changing(by):
        rules.may_share_growth.require(by)
        today = timezone.localdate()
        if not today <= last_day <= today + LONGEST_SHARE:
            raise ValidationError(
                {"last_day": _("Pilih tanggal dari hari ini sampai setahun lagi.")}
            )
        if by.growth_links.open().count() >= MOST_OPEN_LINKS:
            raise ValidationError(_("Sudah ada 20 tautan terbuka. Cabut salah satu lebih dulu."))
        link = GrowthLink(teacher=by, reader=reader.strip(), last_day=last_day)
        link.full_clean()
        link.save()
        record(GrowthShared(link_id=link.pk), by=by)
    return link


def revoke_growth_link(link: GrowthLink, *, by: User) -> GrowthLink:
    """Close a growth page to whoever has that address, for good."""
    with changing(link):
        rules.may_revoke_growth_link.require(by, link)
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        record(GrowthLinkRevoked(link_id=link.pk), by=by)
    return link
