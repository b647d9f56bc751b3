"""What stands in the way of a plan: people who are busy refuse it, days and places warn.

A warning does not hinder: whoever plans says that it is known, by its key, and plans all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from groups.models import Group
from sessions.days import Holiday, holidays_between, in_school_hours, is_friday_prayer
from sessions.models import AgendaItem, ModelSession, Participation
from sessions.models.session import ModelSessionQuerySet

SUNDAY = 6
Answer, Role = Participation.Answer, Participation.Role


class About(StrEnum):
    """What a warning is about."""

    HOLIDAY = "holiday"
    SUNDAY = "sunday"
    PRAYER = "prayer"
    SCHOOL_HOURS = "school-hours"
    WEEKDAY = "weekday"
    SCHOOL = "school"


# Plan without asking about any warning: for tests, demonstrations and what happened already.
EVERYTHING: frozenset[str] = frozenset(About)


@dataclass(frozen=True)
class Caution:
    """A reason to think twice. Its `key` names the day too, so that consent is to this one alone.

    Planning takes in `despite` either the keys that were seen or all of a sort, as in `About`.
    """

    about: About
    key: str
    words: str

    def is_known_to(self, despite: Collection[str]) -> bool:
        return self.key in despite or self.about in despite


class PlanNeedsConsent(ValidationError):  # noqa: N818 -- it is no error of the program
    """The plan may stand if who plans says so: pass the keys of these `cautions` in `despite`."""

    def __init__(self, cautions: Collection[Caution]) -> None:
        self.cautions = tuple(cautions)
        super().__init__(
            {each.key: ValidationError(each.words, code="warning") for each in cautions}
        )


def lock_diaries(people: Iterable[User | None]) -> None:
    """Let nobody else plan these people until the transaction ends; always in the same order."""
    pks = {person.pk for person in people if person}
    locked = User.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    list(locked.values_list("pk"))


def require_free(
    session: ModelSession, people: Mapping[str, Collection[User]], *, by: User
) -> None:
    """Raise ValidationError by part for people who are busy in another session at that time.

    Busy is who teaches, leads, observes, speaks or is narasumber there, in whatever group. Lock
    them first, see `lock_diaries`.
    """
    if clashes := clashes_of(session, people, by=by):
        raise ValidationError({part: list(words) for part, words in clashes.items()})


def require_all_free(
    sessions: Collection[ModelSession],
    people: Mapping[str, Collection[User]],
    *,
    by: User,
    instead_of: Collection[int] = (),
) -> None:
    """Raise as `require_free` does for people who are busy at the time of any of the sessions.

    The sessions by the ids of `instead_of` do not count: they give way to these.
    """
    if clashes := _clashes(sessions, people, by=by, instead_of=instead_of):
        raise ValidationError({part: list(words) for part, words in clashes.items()})


def clashes_of(
    session: ModelSession, people: Mapping[str, Collection[User]], *, by: User
) -> dict[str, list[str]]:
    """Who of the `people`, by part, is busy then, in words that `by` may read.

    The title of a session that `by` may not read stays unsaid. One query when nobody is busy.
    """
    return _clashes([session], people, by=by, instead_of=[session.pk] if session.pk else [])


def _clashes(
    sessions: Collection[ModelSession],
    people: Mapping[str, Collection[User]],
    *,
    by: User,
    instead_of: Collection[int],
) -> dict[str, list[str]]:
    busy = _busy_in(sessions, {one.pk for each in people.values() for one in each}, instead_of)
    if not busy:
        return {}
    elsewhere = {other.pk for others in busy.values() for other, _does in others}
    told = ModelSession.objects.visible_to(by).filter(pk__in=elsewhere).values_list("pk", flat=True)
    readable = set(told)
    clashes: dict[str, list[str]] = {}
    for part, named in people.items():
        for person in named:
            for other, does in busy.get(person.pk, ()):
                words = _busy_words(person, other, does, may_read=other.pk in readable)
                clashes.setdefault(part, []).append(words)
    return clashes


def require_consent(session: ModelSession, *, by: User, despite: Collection[str]) -> None:
    """Raise PlanNeedsConsent for the warnings about that plan that are not in `despite`."""
    unknown = [each for each in cautions_about(session, by=by) if not each.is_known_to(despite)]
    if unknown:
        raise PlanNeedsConsent(unknown)


def cautions_about(session: ModelSession, *, by: User) -> list[Caution]:
    """Every reason to think twice about the time and the school of a plan. At most two queries."""
    start, end = session.starts_at, session.ends_at
    return [*cautions_of_time(start, end, session.group), *_cautions_of_school([session], by=by)]


def cautions_of_time(start: datetime, end: datetime, group: Group | None) -> list[Caution]:
    """What is odd about that time for that group: its day, Friday prayer, school. No query.

    Without a group, as for a visit, school hours are what is meant, not a matter of caution.
    """
    start, end = timezone.localtime(start), timezone.localtime(end)
    found = [(About.HOLIDAY, words) for words in _holidays_in_words(start, end)]
    if not found:
        found += _odd_weekday(start, end, group)
    if is_friday_prayer(start, end):
        words = _("Waktunya kena salat Jumat, pukul 11.30 sampai 13.00.")
        found.append((About.PRAYER, words))
    return [Caution(about, f"{about}-{start:%Y-%m-%d}", words) for about, words in found]


def _holidays_in_words(start: datetime, end: datetime) -> Iterator[str]:
    days = holidays_between(start.date(), end.date())
    if not days:
        return
    named = [_holiday_in_words(holiday) for each in days.values() for holiday in each]
    yield _("%(day)s bukan hari kerja: %(names)s.") % {
        "day": date_format(next(iter(days)), "l, j F Y"),
        "names": "; ".join(dict.fromkeys(named)),
    }


def _holiday_in_words(holiday: Holiday) -> str:
    name = holiday.name
    if holiday.is_joint_leave:
        name = _("cuti bersama %(name)s") % {"name": name}
    return _("%(name)s (perkiraan)") % {"name": name} if holiday.is_estimated else name


def _odd_weekday(start: datetime, end: datetime, group: Group | None) -> list[tuple[About, str]]:
    if start.weekday() == SUNDAY:
        return [(About.SUNDAY, _("Itu hari Minggu."))]
    if group is None:
        return []
    usual = group.get_weekday_display()  # type: ignore[no-untyped-call, unused-ignore]
    if start.weekday() == group.weekday:
        return []
    if in_school_hours(start, end):
        words = _("Waktunya pada jam sekolah, dan bukan hari MGMP (%(weekday)s).")
        if not usual:
            words = _("Waktunya pada jam sekolah.")
        return [(About.SCHOOL_HOURS, words % {"weekday": usual})]
    if usual:
        words = _("Bukan hari MGMP: kelompok ini biasa berkumpul hari %(weekday)s.")
        return [(About.WEEKDAY, words % {"weekday": usual})]
    return []


def require_consent_to_all(
    sessions: Collection[ModelSession], *, by: User, despite: Collection[str]
) -> None:
    """Raise as `require_consent` does for all warnings about sessions of one school together."""
    cautions = [
        each
        for session in sessions
        for each in cautions_of_time(session.starts_at, session.ends_at, session.group)
    ]
    if sessions:
        cautions += _cautions_of_school(sessions, by=by)
    if unknown := [each for each in cautions if not each.is_known_to(despite)]:
        raise PlanNeedsConsent(unknown)


def _clashing_with_any(sessions: Collection[ModelSession]) -> ModelSessionQuerySet:
    """Sessions between the first and the last of these: where one query is to do."""
    return ModelSession.objects.clashing_with(
        min(session.starts_at for session in sessions), max(session.ends_at for session in sessions)
    )


def _meets_any(other: ModelSession, sessions: Collection[ModelSession]) -> bool:
    return any(
        other.starts_at < session.ends_at and session.starts_at < other.ends_at
        for session in sessions
    )


def _cautions_of_school(sessions: Collection[ModelSession], *, by: User) -> list[Caution]:
    """The first other group that has the school at the time of each of these sessions.

    A visit takes no room from anybody, and is known to the two alone.
    """
    school, group = next((session.school, session.group_id) for session in sessions)
    if school is None:
        return []
    there = _clashing_with_any(sessions).filter(school=school)
    there = there.exclude(group=group).exclude(kind=ModelSession.Kind.VISIT)
    others = list(there.select_related("group").order_by("starts_at"))
    if not others:
        return []
    told = ModelSession.objects.visible_to(by).filter(pk__in=[other.pk for other in others])
    readable = set(told.values_list("pk", flat=True))
    return [
        _caution_of_school(session, other, may_read=other.pk in readable)
        for session in sessions
        for other in [each for each in others if _meets_any(each, [session])][:1]
    ]


def _caution_of_school(session: ModelSession, other: ModelSession, *, may_read: bool) -> Caution:
    words = _("%(school)s dipakai kelompok lain pada waktu itu, %(time)s.")
    if may_read:
        words = _("%(school)s dipakai %(group)s untuk “%(title)s”, %(time)s.")
    values = {
        "school": session.school,
        "group": other.group,
        "title": other,
        "time": time_in_words(other),
    }
    key = f"{About.SCHOOL}-{timezone.localdate(session.starts_at):%Y-%m-%d}"
    return Caution(About.SCHOOL, key, words % values)


def _busy_in(
    sessions: Collection[ModelSession], people: Collection[int], instead_of: Collection[int]
) -> dict[int, list[tuple[ModelSession, Promise]]]:
    """Return what each of the people does in which other session at any of these times."""
    here = {"session": OuterRef("pk")}
    parts = Participation.objects.filter(
        user__in=people, role__in=[Role.OBSERVER, Role.RESOURCE_PERSON]
    ).exclude(answer=Answer.NOT_COMING)
    speaking = AgendaItem.objects.filter(speaker__in=people)
    found = (
        _clashing_with_any(sessions)
        .exclude(pk__in=instead_of)
        .filter(
            Q(teacher__in=people)
            | Q(leader__in=people)
            | Exists(parts.filter(**here))
            | Exists(speaking.filter(**here))
        )
        .order_by("starts_at", "pk")
    )
    others = [other for other in found if _meets_any(other, sessions)]
    if not others:
        return {}
    does: dict[tuple[int, int], Promise] = {}
    for part in parts.filter(session__in=others):
        does[part.session_id, part.user_id] = _DOES[part.role]
    for item in speaking.filter(session__in=others):
        does[item.session_id, item.speaker_id or 0] = _DOES["speaker"]
    for other in others:
        does[other.pk, other.leader_id or 0] = _DOES["leader"]
        does[other.pk, other.teacher_id or 0] = _DOES["teacher"]
    return {
        person: [(other, does[other.pk, person]) for other in others if (other.pk, person) in does]
        for person in people
    }


_DOES = {
    "teacher": gettext_lazy("%(name)s sudah menjadi guru model “%(title)s”, %(time)s."),
    "leader": gettext_lazy("%(name)s sudah memimpin “%(title)s”, %(time)s."),
    "speaker": gettext_lazy("%(name)s sudah berbicara di “%(title)s”, %(time)s."),
    Role.OBSERVER.value: gettext_lazy("%(name)s sudah menjadi pengamat “%(title)s”, %(time)s."),
    Role.RESOURCE_PERSON.value: gettext_lazy(
        "%(name)s sudah menjadi narasumber “%(title)s”, %(time)s."
    ),
}


def _busy_words(person: User, other: ModelSession, does: Promise, *, may_read: bool) -> str:
    words = str(does) if may_read else _("%(name)s sudah ada kegiatan lain, %(time)s.")
    return words % {"name": person, "title": other, "time": time_in_words(other)}


def time_in_words(session: ModelSession) -> str:
    """Day and hours of a session, e.g. “Selasa, 24 November 2026, 09.00–10.20 WITA”."""
    start, end = (timezone.localtime(at) for at in (session.starts_at, session.ends_at))
    day = date_format(start, "l, j F Y")
    return f"{day}, {start:%H.%M}–{end:%H.%M} {start.tzname()}"
