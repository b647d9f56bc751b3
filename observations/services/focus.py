"""Every change to the focus of a session."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from observations import rules
from observations.events import FocusChosen
from observations.models import Focus, Indicator
from sessions.models import ModelSession


def choose_focus(session: ModelSession, *, by: User, indicator: Indicator) -> Focus:
    """Ask the observers to look at one indicator. Sheets that were begun keep theirs."""
    with changing(session):
        rules.may_choose_focus.require(by, session)
        aspect = indicator.aspect
        if not (aspect.pick_one and aspect.instrument.is_default):
            raise ValidationError({"indicator": _("Pilih salah satu dari indikator yang ada.")})
        focus, _is_new = Focus.objects.update_or_create(
            session=session,
            defaults={"instrument": aspect.instrument, "indicator": indicator},
        )
        record(FocusChosen(session_id=session.pk), by=by)
    return focus


def focus_of(session: ModelSession) -> Indicator | None:
    """The indicator that the observers of the session look at, once it is chosen."""
    focus = Focus.objects.filter(session=session).select_related("indicator").first()
    return focus.indicator if focus else None
