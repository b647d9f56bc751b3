"""What a session's plan must satisfy by itself: people, time, place, room, grade, JP, agenda."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import TypedDict
from unicodedata import category

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions.kinds import hours_in
from sessions.models import AgendaItem, ModelSession
from sessions.rooms import providers

LONGEST = timedelta(hours=24)
# Controls, a tab among them, and what Unicode has to part lines and paragraphs.
BREAKS = frozenset({"Cc", "Zl", "Zp"})
LONGEST_GOAL = 1000
MOST_ITEMS = 30
MOST_PLACES = 2000
MOST_OBSERVERS = 30
Mode, Provider = ModelSession.Mode, ModelSession.Provider

type Reasons = dict[str, str | Promise]


class Point(TypedDict, total=False):
    """One point of an agenda. `speaker` is of the group or invited; else `speaker_name` is said."""

    title: str
    minutes: int
    speaker: User | None
    speaker_name: str


def check_people(people: Mapping[str, Collection[User]], members: Collection[int | None]) -> None:
    """Raise ValidationError by part when someone is not among the `members`, by id."""
    for part, named in people.items():
        for person in named:
            if person.pk not in members:
                raise ValidationError(
                    {part: _("%(name)s bukan anggota kelompok ini.") % {"name": person}}
                )


def check_plan(session: ModelSession) -> None:
    """Raise every way in which kind, time, place, room, grade and JP do not fit together."""
    errors = _reasons_against_kind(session)
    if errors:
        raise ValidationError(errors)
    session.full_clean(exclude=["group", "cycle", "planned_by"], validate_constraints=False)
    errors = (
        _reasons_against_lines({"title": session.title, "place": session.place})
        | reasons_against_time(session)
        | _reasons_against_place(session)
        | _reasons_against_numbers(session)
    )
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


def agenda_of(session: ModelSession, points: Sequence[Point]) -> list[AgendaItem]:
    """Make the items of an agenda, not saved yet. Raises ValidationError on `agenda`."""
    if len(points) > MOST_ITEMS:
        raise ValidationError(
            {"agenda": _("Paling banyak %(count)s acara.") % {"count": MOST_ITEMS}}
        )
    items, errors = [], []
    for number, point in enumerate(points, start=1):
        item = AgendaItem(session=session, position=number, **point)
        if item.speaker:
            item.speaker_name = ""
        try:
            item.full_clean(exclude=["session", "speaker"], validate_constraints=False)
        except ValidationError as error:
            reasons: Sequence[str | Promise] = error.messages
        else:
            lines = {"title": item.title, "speaker_name": item.speaker_name}
            reasons = list(_reasons_against_lines(lines).values())
        errors += [
            _("Acara %(number)s: %(reason)s") % {"number": number, "reason": reason}
            for reason in reasons
        ]
        items.append(item)
    if errors:
        raise ValidationError({"agenda": errors})
    return items


def _reasons_against_kind(session: ModelSession) -> Reasons:
    """A lesson has a guru model, phase and grade; a meeting has none of them, nor observers.

    Of a visit phase and grade may stay open.
    """
    errors: Reasons = {}
    if session.is_lesson:
        if session.teacher is None:
            errors["teacher"] = _("Pilih guru model.")
        if not session.is_visit and (session.phase is None or session.grade is None):
            errors["grade"] = _("Pilih kelas.")
        return errors
    if session.teacher:
        errors["teacher"] = _("Pertemuan tidak memakai guru model.")
    if session.phase or session.grade is not None:
        errors["grade"] = _("Pertemuan tidak memakai kelas.")
    if session.observer_places is not None:
        errors["observer_places"] = _("Pertemuan tidak memakai pengamat.")
    return errors


def _reasons_against_lines(words: Mapping[str, str]) -> Reasons:
    """What is copied into lists, letters and calendars is one line without anything unseen."""
    return {
        name: _("Tulis dalam satu baris.")
        for name, text in words.items()
        if any(category(letter) in BREAKS for letter in text)
    }


def reasons_against_time(session: ModelSession) -> Reasons:
    """Why a session cannot be then, or be worth that many JP, by field."""
    if session.ends_at <= session.starts_at:
        return {"ends_at": _("Sesi berakhir sebelum mulai.")}
    if session.ends_at - session.starts_at > LONGEST:
        return {"ends_at": _("Satu sesi paling lama satu hari. Periksa tanggal selesainya.")}
    most = hours_in(session.starts_at, session.ends_at, session.hour_length)
    if session.lesson_hours > most:
        words = _("Waktunya cukup untuk paling banyak %(most)s JP (1 JP = %(minutes)s menit).")
        return {"lesson_hours": words % {"most": most, "minutes": session.hour_length}}
    return {}


def _reasons_against_place(session: ModelSession) -> Reasons:
    errors: Reasons = {}
    if session.mode != Mode.ONLINE and not (session.school_id or session.place.strip()):
        errors["place"] = _("Sesi luring dan bauran perlu sekolah atau tempat.")
    if session.mode == Mode.IN_PERSON:
        return errors
    if session.provider == Provider.LINK and not session.online_link:
        errors["online_link"] = _("Sesi daring dan bauran perlu tautan.")
    if session.provider not in providers():
        errors["provider"] = _("Ruang ini tidak tersedia di sini. Pakai tautan sendiri.")
    return errors


def _reasons_against_numbers(session: ModelSession) -> Reasons:
    errors: Reasons = {}
    most = {"capacity": MOST_PLACES, "observer_places": MOST_OBSERVERS}
    for name, upper in most.items():
        places: int | None = getattr(session, name)
        if places is not None and not 1 <= places <= upper:
            errors[name] = _("Tulis angka 1 sampai %(most)s, atau kosongkan.") % {"most": upper}
    return errors
