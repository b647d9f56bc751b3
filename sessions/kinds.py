"""What is usual for each kind of session, in one table, and how many JP a time is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from sessions.models import ModelSession

Kind = ModelSession.Kind


@dataclass(frozen=True)
class Usual:
    """How long such a session usually takes, in minutes, and how long one JP of it is."""

    minutes: int
    hour_length: ModelSession.HourLength


_LESSON_HOUR = ModelSession.HourLength.LESSON_HOUR
# Decision: two lessons of 40 minutes; meetings fill an afternoon, a rapat kerja more. One JP of
# in-service training is 45 minutes; groups whose Dinas counts full hours say so in the plan.
USUAL = {
    Kind.LESSON: Usual(80, _LESSON_HOUR),
    Kind.VISIT: Usual(80, _LESSON_HOUR),
    Kind.WORKSHOP: Usual(240, _LESSON_HOUR),
    Kind.SHARING: Usual(120, _LESSON_HOUR),
    Kind.THINK_PAIRS: Usual(90, _LESSON_HOUR),
    Kind.REFLECTION: Usual(90, _LESSON_HOUR),
}
# What each is called in the midst of a sentence.
_NOUNS = {
    Kind.LESSON: _("sesi"),
    Kind.VISIT: _("kunjungan"),
    Kind.WORKSHOP: _("rapat kerja"),
    Kind.SHARING: _("pertemuan berbagi"),
    Kind.THINK_PAIRS: _("pertemuan Think & Pairs"),
    Kind.REFLECTION: _("pertemuan refleksi"),
}
# What a group's board plans; a visit is planned by a pengawas.
OF_GROUPS = tuple(kind for kind in Kind if kind != Kind.VISIT)


def noun_of(session: ModelSession) -> str:
    """What a session is called in the midst of a sentence, e.g. “rapat kerja”."""
    return str(_NOUNS[Kind(session.kind)])


def hours_in(start: datetime, end: datetime, hour_length: int) -> int:
    """How many whole JP of `hour_length` minutes fit between the two; 0 when none does."""
    return max((end - start) // timedelta(minutes=hour_length), 0)
