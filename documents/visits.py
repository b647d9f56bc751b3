"""The recap of a pengawas' visits at one school in one semester."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from documents.typesetting import typeset
from reinforcement.models import FollowUp
from reinforcement.queries import Visit
from schools.models import School
from sessions.semesters import Semester


def visits_paper(
    visits: Sequence[Visit],
    *,
    supervisor: User,
    school: School,
    semester: Semester,
    now: datetime,
) -> bytes:
    """Return the recap as PDF in the active language: when, whom, what was looked at and promised.

    `visits` come from `reinforcement.queries.visits_at`. It says whether feedback was given and
    what the teacher promised, never how a lesson was seen.
    """
    return typeset(
        "visits",
        {
            "lang": get_language(),
            "title": _("Rekap kunjungan %(school)s") % {"school": school},
            "author": str(supervisor),
            "lede": semester.words,
            "facts": [
                [_("Pengawas"), str(supervisor)],
                [_("Sekolah"), str(school)],
                [_("Kecamatan"), str(school.district)],
            ],
            "heads": [
                _("Tanggal"),
                _("Guru"),
                _("Yang dilihat"),
                _("Umpan balik"),
                _("Tindak lanjut guru"),
            ],
            "rows": [_row(visit) for visit in visits],
            "empty": _("Belum ada kunjungan di semester ini."),
            "place": _("%(place)s, %(day)s")
            % {"place": school.district, "day": date_format(timezone.localdate(now), "j F Y")},
            "signer": str(supervisor),
            "nip": supervisor.nip or "",
            "office": _("Pengawas sekolah"),
        },
    )


def _row(paid: Visit) -> list[str]:
    visit = paid.session
    focus = getattr(visit, "focus", None)
    seen = [str(focus)] if focus else []
    seen += [visit.goal] if visit.goal else []
    told = _("direncanakan")
    if visit.was_held:
        told = _("sudah") if paid.has_feedback else _("belum")
    return [
        date_format(timezone.localtime(visit.starts_at), "j F Y"),
        str(visit.teacher),
        ". ".join(seen),
        told,
        "; ".join(_promise(one) for one in visit.follow_ups.all()),
    ]


def _promise(follow_up: FollowUp) -> str:
    state, day = follow_up.get_state_display().lower(), date_format(follow_up.due_on, "j F Y")
    return f"{follow_up.commitment} ({state}, {day})"
