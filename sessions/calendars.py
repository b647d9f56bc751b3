"""Sessions as RFC 5545 says them: for feeds, for files and for letters of invitation.

Nothing here asks the database: sessions come with group, teacher, school and series read.
Words are in the active language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vRecur,
    vText,
)

from accounts.models import User
from sessions.models import ModelSession, Participation, Series

Answer = Participation.Answer

PRODUCT = "-//Smart MGMP//Kalender//ID"
# How often a calendar should come back for a feed.
FRESH_FOR = timedelta(hours=3)
# A rule that never ends would be a mistake; nobody waits for a calendar to expand one.
MOST_OCCURRENCES = 1000
# RFC 5545 has no control characters but tab and the ends of lines; one would spoil the whole.
CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\r\n"))
# Indonesia's clocks were last changed on 1 January 1988.
SAME_SINCE = 1989
PART_STATUS = {
    Answer.COMING: "ACCEPTED",
    Answer.ONLINE: "ACCEPTED",
    Answer.MAYBE: "TENTATIVE",
    Answer.NOT_COMING: "DECLINED",
}


@dataclass(frozen=True)
class Occasion:
    """What one UID stands for: a session, or a series with all of its sessions.

    Of a series that is not whole these occurrences are told by themselves, and not the rule.
    """

    sessions: list[ModelSession]
    series: Series | None = None
    is_whole: bool = True


@dataclass(frozen=True)
class Invited:
    """The one person a letter invites: a calendar shows nobody else. Answers by session id."""

    person: User
    answers: Mapping[int, str] = field(default_factory=dict)

    def has_part_in(self, session: ModelSession) -> bool:
        return session.pk in self.answers or session.teacher_id == self.person.pk

    def is_asked_to(self, session: ModelSession) -> bool:
        return self.has_part_in(session) and not session.is_cancelled


def feed(occasions: Iterable[Occasion], *, name: str, zone: ZoneInfo) -> bytes:
    """Return a calendar to subscribe to. The same sessions give the same bytes."""
    calendar = _calendar()
    # Unlike a text, a name is written as it is.
    calendar.calendar_name = " ".join(name.split())
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", vDuration(FRESH_FOR), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(FRESH_FOR))
    return _filled(calendar, _events(occasions, zone))


def file(session: ModelSession, *, zone: ZoneInfo) -> bytes:
    """Return one session to put into a calendar by hand, by itself even when it recurs."""
    calendar = _calendar("PUBLISH")
    return _filled(calendar, _events([Occasion([session])], zone), stamp=timezone.now())


def invitation(occasion: Occasion, *, to: Invited, zone: ZoneInfo) -> tuple[str, bytes]:
    """Return the method, REQUEST or CANCEL, and the calendar of a letter to one person.

    RFC 5546: a letter is about one UID, and asks nobody to come to what was called off. So of a
    series those sessions are left out that were cancelled or in which the person has no part, as
    exceptions to the rule: whatever the calendar knew of the series, it shows these alone then.
    Where nothing is left it is all taken out again.
    """
    asked = [session for session in occasion.sessions if to.is_asked_to(session)]
    meant = replace(occasion, sessions=asked or occasion.sessions)
    first, *others = _events([meant], zone, to)
    if not asked:
        return "CANCEL", _filled(_calendar("CANCEL"), [first], stamp=timezone.now())
    events = [first, *(event for event in others if event["UID"] == first["UID"])]
    return "REQUEST", _filled(_calendar("REQUEST"), events, stamp=timezone.now())


def occurrences_of(series: Series) -> list[datetime]:
    """Every moment at which the rule has a session, skipped ones too, in the series' zone."""
    zone = ZoneInfo(series.time_zone)
    rule = rrulestr(series.rule, dtstart=series.starts_at.astimezone(zone))
    return list(islice(rule, MOST_OCCURRENCES))


def place_of(session: ModelSession) -> str:
    """Where it takes place, in words. The address of an online room is nobody's but who joins."""
    places = [str(place) for place in (session.school, session.place) if place]
    if session.mode != ModelSession.Mode.IN_PERSON:
        places.append(_("daring"))
    return ", ".join(places)


def about(session: ModelSession, *, page: str = "") -> str:
    """What a calendar says beneath the title: kind, group, who teaches or leads, where to look."""
    lines = [f"{session.get_kind_display()} · {session.host}"]
    if session.teacher:
        lines.append(_("Guru model: %(name)s") % {"name": session.teacher})
    elif session.leader:
        lines.append(_("Pemimpin: %(name)s") % {"name": session.leader})
    lines += ["", _("Buka di Smart MGMP: %(address)s") % {"address": page or page_of(session)}]
    return "\n".join(lines)


def page_of(session: ModelSession) -> str:
    """The whole address of a session's page."""
    return urljoin(settings.SITE_URL, session.get_absolute_url())


def _calendar(method: str = "") -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    return calendar


def _filled(calendar: Calendar, events: Iterable[Event], *, stamp: datetime | None = None) -> bytes:
    """Put the events in, with every time zone that they name, and write it all down.

    With a method, DTSTAMP is when it was written; without, when the entry last changed.
    """
    made = list(events)
    zones = {str(event["dtstart"].params["TZID"]) for event in made}
    for key in sorted(zones):
        calendar.add_component(_time_zone(key))
    for event in made:
        event.DTSTAMP = stamp or event.LAST_MODIFIED
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.translate(None, delete=CONTROLS)


@lru_cache(maxsize=8)
def _time_zone(key: str) -> Timezone:
    """The zones of Indonesia know no summer time: one line says it all.

    Of any other the library searches a century for changes, which takes it two seconds.
    """
    month_by_month = (
        datetime(year, month, 1, tzinfo=ZoneInfo(key))
        for year in range(SAME_SINCE, SAME_SINCE + 50)
        for month in range(1, 13)
    )
    names = {(at.utcoffset(), at.tzname()) for at in month_by_month}
    if len(names) > 1:
        return Timezone.from_tzid(key)
    [(offset, name)] = names
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(SAME_SINCE, 1, 1))  # noqa: DTZ001 -- the wall clock of the zone
    standard.add("tzoffsetfrom", offset)
    standard.add("tzoffsetto", offset)
    standard.add("tzname", name)
    described = Timezone()
    described.add("tzid", key)
    described.add_component(standard)
    return described


def _events(
    occasions: Iterable[Occasion], zone: ZoneInfo, to: Invited | None = None
) -> Iterator[Event]:
    for occasion in occasions:
        if occasion.series is None:
            for session in occasion.sessions:
                yield _alone(session, zone, to)
        else:
            yield from _recurring(occasion, occasion.series, zone, to)


def _alone(session: ModelSession, zone: ZoneInfo, to: Invited | None) -> Event:
    event = _event(session, session.uid, session.revision, _changed_at(session), to)
    event.DTSTART = session.starts_at.astimezone(zone)
    event.DTEND = session.ends_at.astimezone(zone)
    return event


def _recurring(
    occasion: Occasion, series: Series, zone: ZoneInfo, to: Invited | None
) -> Iterator[Event]:
    """One event for the rule, and one for each session that differs from what the rule says.

    What the rule has and no session stands for is an EXDATE; a session where the rule has none
    stands for itself. So whatever was done to a series, calendars show what we show.
    """
    sessions, own = occasion.sessions, ZoneInfo(series.time_zone)
    moments = occurrences_of(series)
    of_moment = {_second(session.occurs_at): session for session in sessions}
    following = [of_moment[moment] for moment in moments if moment in of_moment]
    if following and occasion.is_whole:
        yield from _rule(series, moments, following, to)
    else:
        yield from (_override(series, session, own, to) for session in following)
    strays = {session.pk for session in sessions} - {session.pk for session in following}
    yield from (_alone(session, zone, to) for session in sessions if session.pk in strays)


def _rule(
    series: Series,
    moments: list[datetime],
    following: list[ModelSession],
    to: Invited | None,
) -> Iterator[Event]:
    usual = _usual(following, to)
    last = max(_changed_at(series), *(_changed_at(session) for session in following))
    page = urljoin(settings.SITE_URL, reverse("series-next", args=[series.pk]))
    event = _event(usual, series.uid, series.revision, last, to, page=page)
    event.DTSTART = moments[0]
    event.DTEND = moments[0] + (usual.ends_at - usual.starts_at)
    event.add("rrule", vRecur.from_ical(series.rule))
    kept = {_second(session.occurs_at) for session in following}
    if missing := [moment for moment in moments if moment not in kept]:
        event.add("exdate", missing)
    yield event
    for session in following:
        if session.starts_at != session.occurs_at or _facts(session, to) != _facts(usual, to):
            yield _override(series, session, ZoneInfo(series.time_zone), to)


def _second(moment: datetime | None) -> datetime | None:
    """Rules know no parts of a second."""
    return moment and moment.replace(microsecond=0)


def _usual(sessions: Sequence[ModelSession], to: Invited | None) -> ModelSession:
    """The session that most are like; if there are any at the time that the rule says, of those."""
    kept = [session for session in sessions if session.starts_at == session.occurs_at] or sessions
    most = Counter(_facts(session, to) for session in kept).most_common(1)[0][0]
    return next(session for session in kept if _facts(session, to) == most)


def _facts(session: ModelSession, to: Invited | None) -> tuple[object, ...]:
    """All that an event says of a session, but for the moment that the rule gives it."""
    return (
        session.starts_at - session.occurs_at if session.occurs_at else None,
        session.ends_at - session.starts_at,
        session.is_cancelled,
        session.title,
        session.kind,
        session.teacher_id,
        place_of(session),
        _part_status(session, to),
    )


def _override(series: Series, session: ModelSession, zone: ZoneInfo, to: Invited | None) -> Event:
    revision = series.revision + session.revision
    event = _event(session, series.uid, revision, _changed_at(session), to)
    event.add("recurrence-id", (session.occurs_at or session.starts_at).astimezone(zone))
    event.DTSTART = session.starts_at.astimezone(zone)
    event.DTEND = session.ends_at.astimezone(zone)
    return event


def _event(
    session: ModelSession,
    uid: object,
    revision: int,
    changed_at: datetime,
    to: Invited | None,
    *,
    page: str = "",
) -> Event:
    """Everything of an event but when it is."""
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", revision)
    event.add("summary", session.title)
    is_on = to.is_asked_to(session) if to else not session.is_cancelled
    event.add("status", "CONFIRMED" if is_on else "CANCELLED")
    event.add("description", about(session, page=page))
    if place := place_of(session):
        event.add("location", place)
    event.add("url", page or page_of(session))
    event.add("categories", ["Smart MGMP", str(session.get_kind_display())])
    event.add("created", session.planned_at)
    event.add("last-modified", changed_at)
    if to:
        event.add("organizer", _organizer(session))
        event.add("attendee", _attendee(session, to))
    return event


def _organizer(session: ModelSession) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = vText(session.host)
    return organizer


def _attendee(session: ModelSession, to: Invited) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{to.person.email}")
    attendee.params["CN"] = vText(str(to.person))
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(_part_status(session, to))
    if to.is_asked_to(session):
        attendee.params["RSVP"] = vText("TRUE")
    return attendee


def _part_status(session: ModelSession, to: Invited | None) -> str:
    """The guru model, who is not asked, has accepted."""
    if to is None:
        return ""
    if session.teacher_id == to.person.pk:
        return "ACCEPTED"
    answer = to.answers.get(session.pk, "")
    return PART_STATUS.get(Participation.Answer(answer), "NEEDS-ACTION")


def _changed_at(row: ModelSession | Series) -> datetime:
    made_at = row.planned_at if isinstance(row, ModelSession) else row.made_at
    return max(made_at, row.revised_at or made_at)
