"""Questions about instruments and observations that other apps and pages ask."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from activity.owed import Owed
from observations.models import Indicator, Instrument, Item, Observation, Scale
from sessions.models import ModelSession, Participation

if TYPE_CHECKING:
    from accounts.models import User

# What was seen fades: later than this, nobody is reminded of a sheet any more.
REMEMBERED_FOR = timedelta(days=30)
FEWEST_POINTS = 2
Attendance, Status = Participation.Attendance, ModelSession.Status


def default_instrument() -> Instrument:
    """The instrument that observers fill. Raises DoesNotExist before reference data are loaded."""
    return Instrument.objects.get(is_default=True)


def indicators_to_pick(instrument: Instrument) -> list[Indicator]:
    """The indicators of an instrument of which one is picked for a session; often none."""
    found = Indicator.objects.filter(aspect__instrument=instrument, aspect__pick_one=True)
    return list(found.order_by("aspect__position", "position"))


def items_of(instrument_id: int, indicator_id: int | None) -> list[Item]:
    """The items to fill, in order and with scales: those of the focus, and those for everyone."""
    asked = Q(indicator__aspect__pick_one=False) | Q(indicator=indicator_id)
    found = Item.objects.filter(asked, indicator__aspect__instrument=instrument_id)
    return list(
        found.select_related("indicator__aspect")
        .prefetch_related("scale__points")
        .order_by("indicator__aspect__position", "indicator__position", "position")
    )


def scales_for(instrument: Instrument) -> QuerySet[Scale]:
    """The scales to choose from in a draft: those that came along, its own and those it uses."""
    used = Item.objects.filter(indicator__aspect__instrument=instrument).values("scale")
    choice = Q(made_for=None) | Q(made_for=instrument) | Q(pk__in=used)
    return Scale.objects.filter(choice).prefetch_related("points").order_by("name", "pk")


def missing_in_instrument(instrument: Instrument) -> list[str]:
    """What a draft still needs before it can be published, a sentence for each."""
    whole = Instrument.objects.whole().get(pk=instrument.pk)
    aspects = list(whole.aspects.all())
    missing = [] if aspects else [_("Tambahkan paling sedikit satu aspek dengan isinya.")]
    if sum(aspect.pick_one for aspect in aspects) > 1:
        missing.append(_("Hanya satu aspek yang boleh memakai “satu indikator saja”."))
    for aspect in aspects:
        indicators = list(aspect.indicators.all())
        if not indicators:
            missing.append(_("Aspek “%(name)s” belum punya indikator.") % {"name": aspect})
        if aspect.pick_one and len(indicators) == 1:
            missing.append(
                _("Aspek “%(name)s” perlu paling sedikit dua indikator untuk dipilih.")
                % {"name": aspect}
            )
        for indicator in indicators:
            if not indicator.items.all():
                missing.append(_("Indikator “%(name)s” belum punya butir.") % {"name": indicator})
            missing += [
                sentence for item in indicator.items.all() for sentence in _missing_in_item(item)
            ]
    return missing


def _missing_in_item(item: Item) -> list[str]:
    points = list(item.scale.points.all()) if item.scale else []
    missing = []
    if item.scale and len(points) < FEWEST_POINTS:
        missing.append(_("Skala “%(name)s” perlu paling sedikit dua kata.") % {"name": item.scale})
    if item.evidence == Item.Evidence.UNLESS_BEST and not any(one.is_best for one in points):
        missing.append(
            _("Butir “%(text)s” meminta bukti kecuali pada kata terbaik, tetapi tidak punya.")
            % {"text": item}
        )
    return missing


def owed_by(user: User, now: datetime) -> list[Owed]:
    """Sheets to fill after a lesson, and a focus to choose before one. One query."""
    sheets = Observation.objects.filter(observer=user, session=OuterRef("pk"))
    was_away = Q(attendance__in=[Attendance.ABSENT, Attendance.SICK, Attendance.EXCUSED])
    parts = Participation.objects.observers().filter(user=user).exclude(was_away)
    observes = Q(pk__in=parts.values("session")) | Exists(sheets.filter(submitted_at=None))
    begun = Q(status=Status.HELD) | Q(status=Status.PLANNED, starts_at__lte=now)
    unsent = begun & Q(~Exists(sheets.submitted()), observes, ends_at__gt=now - REMEMBERED_FOR)
    unfocused = Q(teacher=user, status=Status.PLANNED, starts_at__gt=now, focus=None)
    sessions = ModelSession.objects.filter(unsent | unfocused).order_by("starts_at", "pk")
    return [
        _focus_owed(session) if session.starts_at > now else _sheet_owed(session)
        for session in sessions
    ]


def _sheet_owed(session: ModelSession) -> Owed:
    return Owed(
        key=f"submit-observation:{session.pk}",
        stage="a",
        verb=_("Isi lembar observasi"),
        rest=_("sesi “%(title)s”") % {"title": session},
        url=reverse("observe", args=[session.pk]),
        due_at=session.ends_at + timedelta(days=1),
    )


def _focus_owed(session: ModelSession) -> Owed:
    return Owed(
        key=f"choose-focus:{session.pk}",
        stage="a",
        verb=_("Pilih fokus pengamatan"),
        rest=_("sesi “%(title)s”") % {"title": session},
        url=reverse("choose-focus", args=[session.pk]),
        due_at=session.starts_at,
    )
