"""Every change to what the observers of a session look at."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from observations import rules
from observations.events import FocusChosen
from observations.models import Focus, Indicator, Instrument
from observations.queries import default_instrument
from sessions.models import ModelSession


def choose_focus(
    session: ModelSession,
    *,
    by: User,
    instrument: Instrument | None = None,
    indicator: Indicator | None = None,
) -> Focus:
    """Ask the observers to fill an instrument and, where it picks one, to look at one indicator.

    Without `instrument` it is that of the indicator. Sheets that were begun keep theirs. Raises
    ValidationError for an instrument that cannot be used, see `chosen`.
    """
    with changing(session):
        rules.may_choose_focus.require(by, session)
        instrument = chosen(instrument, indicator, by)
        focus, _is_new = Focus.objects.update_or_create(
            session=session, defaults={"instrument": instrument, "indicator": indicator}
        )
        record(FocusChosen(session_id=session.pk), by=by)
    return focus


def chosen(instrument: Instrument | None, indicator: Indicator | None, reader: User) -> Instrument:
    """The instrument that this person may take for a session, with the indicator that it needs.

    Raises ValidationError for `instrument` when it is unknown to the person, not published or not
    valid today; for `indicator` when the instrument picks one and it is none of those, or does
    not pick one.
    """
    if instrument is None:
        instrument = indicator.aspect.instrument if indicator else default_instrument()
    if not Instrument.objects.visible_to(reader).filter(pk=instrument.pk).exists():
        raise ValidationError({"instrument": _("Pilih salah satu dari instrumen yang ada.")})
    for reason in rules.may_use_instrument(reader, instrument).reasons:
        raise ValidationError({"instrument": reason})
    picks = Indicator.objects.filter(aspect__instrument=instrument, aspect__pick_one=True)
    found: list[int | None] = list(picks.values_list("pk", flat=True))
    if (indicator.pk if indicator else None) not in (found or [None]):
        raise ValidationError({"indicator": _("Pilih salah satu dari indikator yang ada.")})
    return instrument


def instrument_for(session: ModelSession) -> Instrument:
    """What the session's observers fill: what its focus asks for, else the default."""
    focus = Focus.objects.filter(session=session).select_related("instrument").first()
    return focus.instrument if focus else default_instrument()


def focus_of(session: ModelSession, instrument: Instrument) -> Indicator | None:
    """The indicator of that instrument that the session's observers look at, once it is chosen."""
    asked = Focus.objects.filter(session=session, instrument=instrument)
    focus = asked.select_related("indicator").first()
    return focus.indicator if focus else None
