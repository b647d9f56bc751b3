"""Who may read notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule

if TYPE_CHECKING:
    from accounts.models import User
    from notifications.models import Notice


def visible_notices(user: User) -> Q:
    """The recipient alone."""
    return Q(recipient=user)


@rule
def may_read_notice(user: User, notice: Notice) -> Reasons:
    """The recipient alone."""
    if notice.recipient_id != user.pk:
        yield _("Pemberitahuan ini bukan untuk Bapak/Ibu.")
