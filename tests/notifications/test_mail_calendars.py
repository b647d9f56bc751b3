"""What a mail program shows that followed every letter is what our own calendar shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from accounts.models import User
from activity.services import relay
from groups.models import Group
from notifications.entries import calendar_entries
from notifications.models import Notice
from notifications.services import send_due_letters
from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession, Series
from sessions.recurrence import MonthlyByWeekday, Rule, Weekly
from tests import make
from tests.notifications.post_office import PostOffice, open_post_office
from tests.sessions import test_series_edits as edits
from tests.sessions.calendar_clients import expanded, faults_in

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")
TH, FR = 3, 4
NOW = datetime(2027, 1, 4, 9, tzinfo=WITA)
FIRST = datetime(2027, 1, 14, 14, tzinfo=WITA)
HOUR = timedelta(hours=1)
WEEKLY = Rule(Weekly((TH,)), count=8)

# From when to when, in seconds since 1970, and what.
type Shown = list[tuple[int, int, str]]


class MailCalendar:
    """Keeps what letters say as RFC 5546 asks of a calendar, section 2.1.5: by UID and occurrence.

    What comes with a lower SEQUENCE than is known is old news. A REQUEST with the rule replaces
    all that is known of a UID, one about an occurrence that alone; a CANCEL takes it out.
    """

    def __init__(self) -> None:
        self.known: dict[tuple[str, Any], icalendar.Component] = {}
        self.zones: dict[str, icalendar.Timezone] = {}

    def follow(self, letter: EmailMessage) -> None:
        for part in letter.walk():
            if part.get_content_type() == "text/calendar":
                content = part.get_payload(decode=True)
                assert faults_in(content) == []
                calendar = icalendar.Calendar.from_ical(content)
                assert part.get_param("method") == calendar["METHOD"]
                self.take(calendar)

    def take(self, calendar: icalendar.Calendar) -> None:
        self.zones |= {str(zone["TZID"]): zone for zone in calendar.walk("VTIMEZONE")}
        events = calendar.walk("VEVENT")
        [uid] = {str(event["UID"]) for event in events}
        for event in sorted(events, key=lambda event: "RECURRENCE-ID" in event):
            moment = event["RECURRENCE-ID"].dt if "RECURRENCE-ID" in event else None
            known = self.known.get((uid, moment))
            if known and int(known["SEQUENCE"]) > int(event["SEQUENCE"]):
                continue
            if moment is None:
                self.known = {key: kept for key, kept in self.known.items() if key[0] != uid}
            if calendar["METHOD"] == "REQUEST" or moment:
                self.known[uid, moment] = event

    def shown(self) -> Shown:
        calendar = icalendar.Calendar()
        for each in [*self.zones.values(), *self.known.values()]:
            calendar.add_component(each)
        return sorted(
            (start, end, title)
            for _uid, start, end, title, status in expanded(calendar.to_ical())
            if status == "CONFIRMED"
        )


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True) as clock:
        yield clock


@pytest.fixture
def office(settings) -> Iterator[PostOffice]:
    settings.SITE_URL = "https://mgmp.example.id"
    settings.DEFAULT_FROM_EMAIL = "Smart MGMP <surat@mgmp.example.id>"
    with open_post_office() as office:
        settings.MAILERS = office.settings
        yield office


class Reader:
    """A person, and the calendar of the person's mail program."""

    def __init__(self, office: PostOffice, person: User) -> None:
        self.office, self.person, self.calendar = office, person, MailCalendar()

    def follow(self) -> int:
        """Read what came, and say in how many letters."""
        relay()
        send_due_letters()
        letters = [one for one in self.office.received if one["To"] == self.person.email]
        for letter in letters:
            self.office.received.remove(letter)
            self.calendar.follow(letter)
        return len(letters)

    def ours(self) -> Shown:
        """All that was not called off, but what has begun and has no place in a later rule."""
        own = ModelSession.objects.filter(participations__user=self.person)
        own = own.exclude(status="cancelled")
        own = own.exclude(series=None, starts_at__lte=timezone.now())
        return sorted(
            (int(one.starts_at.timestamp()), int(one.ends_at.timestamp()), one.title) for one in own
        )

    def assert_shows_ours(self, *, letters: int = 1) -> None:
        assert self.follow() == letters
        assert self.calendar.shown() == self.ours()


def plan(group: Group, rule: Rule = WEEKLY, skip: tuple[date, ...] = ()) -> Series:
    return services.plan_series(
        group,
        by=make.chair(group),
        rule=rule,
        skip=skip,
        submission=uuid4(),
        kind="sharing",
        title="Berbagi praktik baik",
        place="Aula",
        starts_at=FIRST,
        ends_at=FIRST + 2 * HOUR,
        despite=EVERYTHING,
    )


def rows(series: Series) -> list[ModelSession]:
    return list(series.sessions.order_by("occurs_at"))


def change(how, session: ModelSession, *, by: timedelta | None = None, **plan) -> Series:
    if by:
        plan |= {"starts_at": session.starts_at + by, "ends_at": session.ends_at + by}
    return how(session, by=session.planned_by, despite=EVERYTHING, **plan)


def test_whatever_happens_to_a_series_mail_calendars_show_it(office):
    group = make.group()
    reader = Reader(office, make.member(group))

    series = plan(group, skip=(date(2027, 1, 28),))
    reader.assert_shows_ours()

    change(services.change_session, rows(series)[1], by=26 * HOUR)
    reader.assert_shows_ours()

    services.cancel_session(rows(series)[2], by=series.made_by, reason="Jalan putus.")
    reader.assert_shows_ours()

    later = change(services.change_following, rows(series)[4], by=-HOUR)
    reader.assert_shows_ours()
    assert later != series
    assert len(reader.ours()) == 6

    change(services.change_session, rows(later)[1], place="Lab", by=HOUR)
    reader.assert_shows_ours()

    change(services.change_all, rows(later)[0], by=24 * HOUR)
    reader.assert_shows_ours()

    services.cancel_following(rows(later)[1], by=series.made_by, reason="Libur.")
    reader.assert_shows_ours()
    assert len(reader.ours()) == 4

    services.cancel_all(rows(series)[0], by=series.made_by, reason="Bubar.")
    reader.assert_shows_ours()
    assert len(reader.ours()) == 1


def test_sessions_that_a_new_rule_has_no_place_for_leave_mail_calendars(office):
    group = make.group()
    reader = Reader(office, make.member(group))
    series = plan(group)
    reader.assert_shows_ours()

    change(services.change_all, rows(series)[0], rule=Rule(Weekly((TH,)), every=2, count=3))
    reader.assert_shows_ours()
    assert len(reader.ours()) == 3

    later = change(services.change_following, rows(series)[1], rule=Rule(Weekly((FR,)), count=1))
    reader.assert_shows_ours()
    assert len(reader.ours()) == 2
    assert later.continues == series


def test_a_change_of_words_tells_nobody_and_the_next_letter_tells_all(office):
    group = make.group()
    reader = Reader(office, make.member(group))
    series = plan(group)
    reader.assert_shows_ours()

    second = change(services.change_following, rows(series)[2], title="Raker")
    third = change(services.change_following, rows(second)[2], title="Refleksi")
    assert reader.follow() == 0

    change(services.change_session, rows(third)[0], by=24 * HOUR)
    reader.assert_shows_ours()
    assert third.continues.continues == series

    change(services.change_session, rows(second)[1], by=24 * HOUR)
    reader.assert_shows_ours()

    services.cancel_following(rows(third)[1], by=series.made_by, reason="Libur.")
    reader.assert_shows_ours()


def test_what_goes_on_after_a_series_is_told_with_it_when_it_ends_earlier(office):
    group = make.group()
    reader = Reader(office, make.member(group))
    series = plan(group)
    reader.assert_shows_ours()
    second = change(services.change_following, rows(series)[5], title="Raker")
    third = change(services.change_following, rows(second)[1], title="Refleksi")
    between = change(services.change_following, rows(series)[3], agenda=[])
    assert reader.follow() == 0

    change(services.change_following, rows(series)[0], by=HOUR)

    reader.assert_shows_ours()
    assert third.continues.continues == between.continues == series


def test_the_series_before_is_told_once(office):
    group = make.group()
    person = make.member(group)
    reader = Reader(office, person)
    series = plan(group)
    later = change(services.change_following, rows(series)[3], by=HOUR)
    reader.assert_shows_ours(letters=2)
    change(services.change_session, rows(later)[1], by=HOUR)
    change(services.change_all, rows(later)[0], place="Lab")
    reader.assert_shows_ours(letters=2)

    told = [
        [(method, _uids(content)) for method, content in calendar_entries(notice)]
        for notice in Notice.objects.filter(recipient=person).order_by("pk")
    ]

    old, new = (("REQUEST", {f"{one.uid}@mgmp.example.id"}) for one in (series, later))
    assert told == [[old], [new, old], [new], [new]]


def _uids(content: bytes) -> set[str]:
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {str(event["UID"]) for event in events}


def test_who_is_invited_to_some_alone_is_shown_these_alone(office):
    group = make.group()
    series = plan(group)
    reader = Reader(office, make.person())
    for session in rows(series)[3:6]:
        services.invite(session, reader.person, by=series.made_by, role="resource_person")
    reader.assert_shows_ours(letters=3)

    later = change(services.change_following, rows(series)[4], by=HOUR)
    reader.assert_shows_ours()
    change(services.change_following, rows(later)[0], rule=Rule(Weekly((FR,)), count=1))
    reader.assert_shows_ours()
    assert len(reader.ours()) == 2


@pytest.mark.parametrize("begins", [0, 2])
def test_whose_only_session_has_no_place_any_more_is_shown_none(office, begins: int):
    group = make.group()
    series = plan(group)
    reader = Reader(office, make.person())
    services.invite(rows(series)[6], reader.person, by=series.made_by, role="resource_person")
    reader.assert_shows_ours()
    assert len(reader.ours()) == 1

    change(services.change_following, rows(series)[begins], rule=Rule(Weekly((FR,)), count=2))

    reader.assert_shows_ours()
    assert reader.ours() == []


def test_whose_invitation_is_taken_back_is_shown_the_rest(office):
    group = make.group()
    person = make.member(group)
    reader = Reader(office, person)
    series = plan(group)
    alone = make.meeting(of=group)
    reader.assert_shows_ours(letters=2)

    for session in (rows(series)[1], alone):
        services.uninvite(make.participation(session, person), by=series.made_by)
        reader.assert_shows_ours()

    change(services.change_following, rows(series)[3], by=HOUR)
    reader.assert_shows_ours()
    services.invite(rows(series)[1], person, by=series.made_by, role="participant")
    reader.assert_shows_ours()
    assert len(reader.ours()) == 8


def test_who_never_was_told_of_a_session_is_not_told_to_take_it_out():
    group = make.group()
    session = make.meeting(of=group)
    relay()
    person = make.person()
    part = services.invite(session, person, by=session.planned_by, role="resource_person")
    Notice.objects.all().delete()
    services.uninvite(part, by=session.planned_by)
    relay()

    [notice] = Notice.objects.filter(recipient=person, session=session)

    assert calendar_entries(notice) == []


def test_whoever_only_now_is_named_is_told_of_nothing_before(office):
    group = make.group()
    series = plan(group)
    leader = make.member(group)
    reader = Reader(office, leader)

    later = change(services.change_following, rows(series)[4], by=HOUR, leader=leader)

    reader.assert_shows_ours()
    [notice] = Notice.objects.filter(recipient=leader)
    assert [method for method, _content in calendar_entries(notice)] == ["REQUEST"]
    assert len(reader.ours()) == len(rows(later))


def test_series_of_which_every_session_was_moved_by_itself_keeps_its_rule(office):
    group = make.group()
    reader = Reader(office, make.member(group))
    series = plan(group)
    for session in rows(series)[:2]:
        change(services.change_session, session, by=HOUR)
    reader.assert_shows_ours(letters=3)

    change(services.change_following, rows(series)[2], by=-HOUR)

    reader.assert_shows_ours()


def test_series_of_which_only_what_was_cancelled_is_left_is_told_as_cancelled(office):
    group = make.group()
    person = make.member(group)
    reader = Reader(office, person)
    series = plan(group, Rule(Weekly((TH,)), count=3))
    first, second, _third = rows(series)
    services.cancel_session(second, by=series.made_by, reason="Jalan putus.")
    reader.assert_shows_ours(letters=2)

    without_first = {"rule": Rule(Weekly((TH,)), count=2), "skip": {FIRST.date()}}
    change(services.change_all, first, **without_first)

    reader.assert_shows_ours()
    assert rows(series) == [second]
    assert reader.ours() == []
    assert Notice.objects.filter(recipient=person).latest("pk").text == (
        "Dibatalkan 2 kali pertemuan berbagi “Berbagi praktik baik” sejak Kamis, 14 Januari 2027, "
        "14.00 WITA: Rangkaian berubah menjadi: Setiap Kamis, 2 kali."
    )


@pytest.mark.parametrize("count", [3, 12])
def test_entries_take_as_many_queries_for_a_long_series(
    office, django_assert_num_queries, count: int
):
    group = make.group()
    reader = Reader(office, make.member(group))
    series = plan(group, Rule(Weekly((TH,)), count=count))
    change(services.change_following, rows(series)[1], by=HOUR)
    reader.assert_shows_ours(letters=2)
    newest = Notice.objects.select_related("series", "session", "recipient").latest("pk")

    with django_assert_num_queries(4):
        entries = calendar_entries(newest)

    assert len(entries) == 2


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.builds(Rule, edits.PATTERNS, every=st.integers(1, 2), count=st.integers(4, 7)),
    st.sets(st.integers(0, 6), max_size=4),
    st.lists(st.tuples(st.integers(0, 20), edits.EDITS), min_size=2, max_size=7),
)
# Of the two sessions that the guest has a part in one was held, the other finds no place.
@example(
    rule=Rule(MonthlyByWeekday(1, 4), count=4),
    some={0, 1},
    done=[
        (0, ("hold", "one", None)),
        (1, ("rule", "all", (Rule(MonthlyByWeekday(1, 0), count=1), 0))),
    ],
)
def test_whatever_is_done_to_a_series_mail_calendars_show_its_times(office, rule, some, done):
    with edits.undone():
        group = make.group()
        member, guest = Reader(office, make.member(group)), Reader(office, make.person())
        for number, session in enumerate(rows(edits.plan(group, rule, skipped=0))):
            if number in some:
                services.invite(
                    session, guest.person, by=session.planned_by, role="resource_person"
                )
        world = edits.World(group)
        # Of what is held before its letter leaves no calendar learns.
        for reader in (member, guest):
            reader.follow()
        for index, (what, scope, how) in done:
            world.edit(index, what, scope, how)
            for reader in (member, guest):
                reader.follow()
                # That words changed is told to nobody.
                assert times(reader.calendar.shown()) == times(reader.ours())


def times(shown: Shown) -> list[tuple[int, int]]:
    return [(start, end) for start, end, _title in shown]
