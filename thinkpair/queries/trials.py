"""What a person still owes to cards that she tries in class."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.owed import Owed, end_of
from thinkpair.models import Trial

# So long a trial in class takes until there is something to tell.
DAYS_TO_TRY = timedelta(days=14)


def owed_outcomes(user: User, now: datetime) -> list[Owed]:
    """The outcome of each trial that began two weeks ago."""
    begun = Trial.objects.visible_to(user).filter(person=user, outcome_at=None)
    due = begun.filter(at__lte=now - DAYS_TO_TRY).select_related("card__pair__thread")
    return [
        Owed(
            key=f"outcome:{trial.pk}",
            stage="t",
            verb=_("Tulis hasil percobaan"),
            rest=_("dari “%(thread)s”") % {"thread": trial.card.pair.thread},
            url=reverse("tell-outcome", args=[trial.pk]),
            due_at=end_of(timezone.localdate(trial.at + DAYS_TO_TRY)),
        )
        for trial in due.order_by("pk")
    ]
