"""What a session's plan must satisfy: people, time, place, link, grade and her diary."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions.models import ModelSession

LONGEST = timedelta(hours=24)
LONGEST_GOAL = 1000
Mode = ModelSession.Mode

type Reasons = dict[str, str | Promise]


def check_people(
    teacher: User,
    observers: Collection[User],
    participants: Collection[User],
    members: Mapping[int, User],
) -> None:
    """Raise ValidationError by part when someone is not among the `members`, by id."""
    named = {"teacher": [teacher], "observers": observers, "participants": participants}
    for part, people in named.items():
        for person in people:
            if person.pk not in members:
                raise ValidationError(
                    {part: _("%(name)s bukan anggota kelompok ini.") % {"name": person}}
                )
    if teacher in observers:
        raise ValidationError(
            {"observers": _("Guru model tidak dapat menjadi pengamat sesinya sendiri.")}
        )


def check_plan(session: ModelSession) -> None:
    """Raise every way in which time, place, link, grade and the guru model's diary do not fit.

    Locks the guru model's row, so that two groups do not plan her for the same hour.
    """
    session.full_clean(exclude=["group", "cycle", "planned_by"], validate_constraints=False)
    errors = _reasons_against_time(session) | _reasons_against_place(session)
    if len(session.goal) > LONGEST_GOAL:
        errors["goal"] = _("Paling banyak %(count)s huruf.") % {"count": LONGEST_GOAL}
    phase, grade = session.phase, session.grade
    if phase and grade and not phase.first_grade <= grade <= phase.last_grade:
        errors["grade"] = _("%(phase)s adalah kelas %(first)s sampai %(last)s.") % {
            "phase": phase,
            "first": phase.first_grade,
            "last": phase.last_grade,
        }
    if errors:
        raise ValidationError(errors)
    if session.teacher is None:
        return
    User.objects.select_for_update().get(pk=session.teacher.pk)
    others = ModelSession.objects.filter(teacher=session.teacher_id).exclude(pk=session.pk)
    if clash := others.clashing_with(session.starts_at, session.ends_at).first():
        raise ValidationError(
            {
                "starts_at": _("%(teacher)s sudah menjadi guru model “%(title)s”, %(time)s.")
                % {"teacher": session.teacher, "title": clash, "time": _words_for_time(clash)}
            }
        )


def _reasons_against_time(session: ModelSession) -> Reasons:
    if session.ends_at <= session.starts_at:
        return {"ends_at": _("Sesi berakhir sebelum mulai.")}
    if session.ends_at - session.starts_at > LONGEST:
        return {"ends_at": _("Satu sesi paling lama satu hari. Periksa tanggal selesainya.")}
    return {}


def _reasons_against_place(session: ModelSession) -> Reasons:
    errors: Reasons = {}
    if session.mode != Mode.ONLINE and not (session.school_id or session.place.strip()):
        errors["place"] = _("Sesi luring dan bauran perlu sekolah atau tempat.")
    if session.mode != Mode.IN_PERSON and not session.online_link:
        errors["online_link"] = _("Sesi daring dan bauran perlu tautan.")
    return errors


def _words_for_time(session: ModelSession) -> str:
    start, end = (timezone.localtime(at) for at in (session.starts_at, session.ends_at))
    day = date_format(start, "l, j F Y")
    return f"{day}, {start:%H.%M}–{end:%H.%M} {start.tzname()}"
