"""What was sent twice is made once."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _


def made_before[Row: Model](rows: QuerySet[Row], submission: UUID, **own: object) -> Row | None:
    """Return what this very submission made before; None when it made nothing yet.

    `own` says what it must be, such as `session_id`. Raises ValidationError when it is something
    else: then the mark was used for another form.
    """
    # No rule: the caller asked its own. No event: nothing is changed here.
    made = rows.filter(submission=submission).first()
    if made and any(getattr(made, name) != value for name, value in own.items()):
        raise ValidationError(_("Kiriman ini sudah dipakai. Muat ulang halaman."), "used")
    return made
