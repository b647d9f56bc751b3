"""How the guru model prepares: part A of the talk."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from reinforcement import rules
from reinforcement.events import PreparationChanged, PreparationWritten
from reinforcement.models import Preparation
from reinforcement.queries import possible_partners
from sessions.models import ModelSession


def prepare_session(
    session: ModelSession,
    *,
    by: User,
    target: str,
    plan: str = "",
    request: str = "",
    partner: User | None = None,
    talked_on: date | None = None,
) -> Preparation:
    """Keep what the guru model wants of the lesson and asks her observers to look at.

    It may be written again until the lesson was held. `partner` is with whom she talked it over
    and who reads it then, a member of the group or pengawas of her school. Raises ValidationError
    for anybody else, and for a talk that is yet to come.
    """
    with changing(session):
        rules.may_prepare.require(by, session)
        if partner and not possible_partners(session).filter(pk=partner.pk).exists():
            raise ValidationError({"partner": _("Pilih anggota kelompok atau pengawas sekolah.")})
        if talked_on and talked_on > timezone.localdate():
            raise ValidationError({"talked_on": _("Pilih tanggal hari ini atau sebelumnya.")})
        written = Preparation.objects.filter(session=session).first()
        preparation = written or Preparation(session=session)
        preparation.target, preparation.plan, preparation.request = target, plan, request
        preparation.partner, preparation.talked_on = partner, talked_on
        preparation.full_clean()
        preparation.save()
        happened = PreparationChanged if written else PreparationWritten
        record(happened(preparation_id=preparation.pk), by=by)
    return preparation
