"""The calendars that phones fetch, and their addresses."""

from __future__ import annotations

import re
from datetime import timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from groups.models import Group
from groups.roles import Role
from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.models import CalendarFeed, ModelSession
from tests import make
from tests.frontend.calendars.november import NOW, at, main, page
from tests.sessions.calendar_clients import expanded, faults_in

pytestmark = pytest.mark.django_db


def feed_of(person: User, group: Group | None = None) -> CalendarFeed:
    return services.make_calendar_feed(by=person, group=group)


def fetched(feed: CalendarFeed) -> bytes:
    answer = Client().get(feed.get_absolute_url())
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert faults_in(answer.content) == []
    return answer.content


def titles(feed: CalendarFeed) -> list[str]:
    """In the order of their days."""
    found = sorted(expanded(fetched(feed)), key=lambda one: one[1])
    return [title for _uid, _start, _end, title, _status in found]


def test_feed_is_read_without_signing_in_and_says_what_a_calendar_needs(group, member, settings):
    settings.SITE_URL = "https://mgmp.example.id"
    session = at(group, 2026, 12, 1, 9, title="Berbagi; media, “kebun” dan banyak kata " * 3)

    parsed = icalendar.Calendar.from_ical(fetched(feed_of(member)))

    [event] = parsed.walk("VEVENT")
    assert event["UID"] == f"{session.uid}@mgmp.example.id"
    assert event["SUMMARY"] == session.title
    assert event["LOCATION"] == "Aula"
    assert event["STATUS"] == "CONFIRMED"
    assert event["SEQUENCE"] == 0
    assert event["URL"] == f"https://mgmp.example.id{session.get_absolute_url()}"
    assert str(event["URL"]) in str(event["DESCRIPTION"])
    assert str(group) in str(event["DESCRIPTION"])
    assert event["DTSTART"].to_ical() == b"20261201T090000"
    assert event["DTSTART"].params["TZID"] == "Asia/Makassar"
    assert "Pertemuan berbagi" in event["CATEGORIES"].to_ical().decode()
    assert parsed["X-WR-CALNAME"] == "Smart MGMP"
    assert "METHOD" not in parsed


def test_words_with_breaks_and_controls_add_nothing_to_a_feed(group, member):
    session = at(group, 2026, 12, 1, 9)
    ModelSession.objects.filter(pk=session.pk).update(
        title="Berbagi\x07\r\nATTENDEE:mailto:siapa@contoh.id", place="Aula\x1b\nEND:VEVENT"
    )
    Group.objects.filter(pk=group.pk).update(name='MGMP "IPA"\x01\r\nX-LAIN:1')

    written = fetched(feed_of(member, group))

    [event] = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert event["SUMMARY"] == "Berbagi\nATTENDEE:mailto:siapa@contoh.id"
    assert event["LOCATION"] == "Aula\nEND:VEVENT"
    assert "ATTENDEE" not in event
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", written)
    assert not re.search(rb"^X-LAIN", written, re.MULTILINE)


def test_feed_tells_neither_rooms_nor_reasons_nor_who_comes(group):
    chair, teacher = make.chair(group), make.member(group, Role.CORE_TEACHER)
    session = make.session(of=group, teacher=teacher)
    ModelSession.objects.filter(pk=session.pk).update(
        mode="blended", online_link="https://meet.example/rahasia-7"
    )
    part = session.participations.first()
    services.answer_invitation(part, by=part.user, answer="not_coming", reason="Anak sakit")
    services.cancel_session(session, by=chair, reason="Longsor di Rampi")

    text = fetched(feed_of(chair)).decode().replace("\r\n ", "")

    for secret in (
        *("rahasia-7", session.secret, "Anak sakit", "Longsor", part.user.name, part.user.email),
        chair.email,
    ):
        assert secret not in text
    assert "STATUS:CANCELLED" in text
    assert "daring" in text


def test_feed_shows_what_its_owner_may_read_now(group, member):
    feed = feed_of(member)
    mine, invited = at(group, 2026, 12, 1, 9, title="Milik kelompok"), make.session()
    assert titles(feed) == ["Milik kelompok"]

    services.invite(invited, member, by=invited.planned_by, role="resource_person")
    assert titles(feed) == [invited.title, mine.title]

    member.memberships.update(ends_on=NOW.date() - timedelta(days=1))
    assert titles(feed) == [invited.title]

    User.objects.filter(pk=member.pk).update(is_active=False)
    assert Client().get(feed.get_absolute_url()).status_code == 404


def test_feed_of_a_group_has_nothing_of_others(group):
    other = make.group()
    both = make.member(group)
    make.also(both, other, Role.MEMBER)
    both = User.objects.get(pk=both.pk)
    at(group, 2026, 12, 1, 9, title="Satu")
    at(other, 2026, 12, 2, 9, title="Dua")

    assert titles(feed_of(both, group)) == ["Satu"]
    assert titles(feed_of(both)) == ["Satu", "Dua"]


def test_feed_forgets_what_is_half_a_year_ago_but_keeps_a_series_whole(group, member):
    at(group, 2026, 5, 20, 9, title="Lama sekali")
    at(group, 2026, 6, 20, 9, title="Baru saja")
    series = make.weekly(of=group, times=3)
    first = series.sessions.order_by("occurs_at").first()
    for session in series.sessions.all():
        shifted = session.starts_at - timedelta(days=190)
        ModelSession.objects.filter(pk=session.pk).update(
            occurs_at=shifted, starts_at=shifted, ends_at=shifted + timedelta(hours=1)
        )
    series.starts_at -= timedelta(days=190)
    series.save()

    assert titles(feed_of(member)) == [*[first.title] * 3, "Baru saja"]


def test_series_is_one_rule_with_what_differs_and_changes_raise_the_sequence(group, member):
    series = make.weekly(of=group, times=4)
    board = series.made_by
    first, second, third, fourth = series.sessions.order_by("occurs_at")
    services.cancel_session(second, by=board, reason="Jalan putus.")
    services.change_session(
        third, by=board, despite=EVERYTHING, starts_at=third.starts_at + timedelta(hours=3),
        ends_at=third.ends_at + timedelta(hours=3),
    )  # fmt: skip

    content = fetched(feed_of(member))

    master, *others = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert master["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=4"
    assert master["UID"].startswith(str(series.uid))
    assert master["URL"].endswith(reverse("series-next", args=[series.pk]))
    assert [(one["RECURRENCE-ID"].dt, one["STATUS"], one["SEQUENCE"]) for one in others] == [
        (second.occurs_at, "CANCELLED", 1),
        (third.occurs_at, "CONFIRMED", 1),
    ]
    starts = [start for _uid, start, _end, _title, _status in expanded(content)]
    assert starts == [
        int(when.timestamp())
        for when in (
            first.starts_at,
            second.starts_at,
            third.starts_at,
            fourth.starts_at,
        )
    ]


def test_series_of_which_one_session_is_readable_stays_hidden(group):
    series = make.weekly(of=group, times=3)
    guest = make.person()
    second = series.sessions.order_by("occurs_at")[1]
    services.invite(second, guest, by=series.made_by, role="resource_person")

    [event] = icalendar.Calendar.from_ical(fetched(feed_of(guest))).walk("VEVENT")

    assert event["UID"].startswith(str(second.uid))
    assert "RRULE" not in event
    assert "RECURRENCE-ID" not in event


def test_feed_says_when_it_is_the_same(group, member, clock):
    session = at(group, 2026, 12, 1, 9)
    url = feed_of(member).get_absolute_url()
    phone = Client()
    first = phone.get(url)
    known = {"If-None-Match": first.headers["ETag"]}
    since = {"If-Modified-Since": first.headers["Last-Modified"]}

    clock.shift(timedelta(hours=1))
    assert phone.get(url, headers=known).status_code == 304
    assert phone.get(url, headers=since).status_code == 304
    assert phone.get(url).content == first.content

    services.cancel_session(session, by=session.planned_by, reason="Jalan putus.")
    changed = phone.get(url, headers=known)
    assert changed.status_code == 200
    assert phone.get(url, headers=since).status_code == 200
    assert b"STATUS:CANCELLED" in changed.content
    assert b"SEQUENCE:1" in changed.content


def test_feed_asks_the_same_for_one_session_and_for_sixty(group, member, django_assert_num_queries):
    make.weekly(of=group, times=2)
    url = feed_of(member).get_absolute_url()
    with django_assert_num_queries(5) as one:
        Client().get(url)
    for number in range(60):
        at(group, 2026, 12, 1 + number % 30, 9, title=f"Sesi {number}")
    make.weekly(of=group, times=4)

    with django_assert_num_queries(len(one)):
        Client().get(url)


def test_feed_speaks_the_language_and_the_zone_of_its_owner(group, member):
    at(group, 2026, 12, 1, 9, mode="online", online_link="https://meet.example/x")
    User.objects.filter(pk=member.pk).update(language="en", time_zone="Asia/Jayapura")

    [event] = icalendar.Calendar.from_ical(fetched(feed_of(member))).walk("VEVENT")

    assert event["DTSTART"].params["TZID"] == "Asia/Jayapura"
    assert event["DTSTART"].to_ical() == b"20261201T100000"
    assert "Open in Smart MGMP" in str(event["DESCRIPTION"])


def test_person_makes_copies_and_closes_an_address(client, group, member):
    client.force_login(member)
    page_of_feeds = reverse("calendar-feeds")
    assert "Buat alamat" in main(client.get(page_of_feeds))

    client.post(page_of_feeds)
    client.post(page_of_feeds, {"group": group.pk})
    client.post(page_of_feeds, {"group": group.pk})

    all_of_them, of_group = member.calendar_feeds.order_by("pk")
    shown = main(client.get(page_of_feeds))
    assert f"webcal://testserver{all_of_them.get_absolute_url()}" in shown
    assert f"http://testserver{of_group.get_absolute_url()}" in shown
    assert "Buat alamat" not in shown

    client.post(reverse("revoke-calendar-feed", args=[of_group.pk]))

    assert Client().get(of_group.get_absolute_url()).status_code == 404
    assert Client().get(all_of_them.get_absolute_url()).status_code == 200
    client.post(page_of_feeds, {"group": group.pk})
    assert member.calendar_feeds.open().get(group=group).token != of_group.token


def test_addresses_are_reached_from_the_calendar_and_from_my_page(client, member):
    client.force_login(member)

    assert reverse("calendar-feeds") in page(client)
    assert reverse("calendar-feeds") in main(client.get(reverse("me")))


def test_link_of_a_series_leads_to_its_next_session(client, group, member, clock):
    series = make.weekly(of=group, times=2)
    first, second = series.sessions.order_by("occurs_at")
    link = reverse("series-next", args=[series.pk])
    client.force_login(member)

    assert client.get(link).url == first.get_absolute_url()
    clock.move_to(first.ends_at + timedelta(minutes=1))
    assert client.get(link).url == second.get_absolute_url()
    clock.move_to(second.ends_at + timedelta(days=30))
    assert client.get(link).url == second.get_absolute_url()
    assert client.get(reverse("series-next", args=[0])).status_code == 404


def test_month_of_a_series_is_what_its_feed_says(client, group, member):
    """Our own pages and the feed are two views of the same sessions."""
    series = make.weekly(of=group, times=4)
    services.cancel_session(series.sessions.latest("pk"), by=series.made_by, reason="Hujan.")
    client.force_login(member)

    months = page(client, month="2026-11") + page(client, month="2026-12")
    occurrences = expanded(fetched(feed_of(member)))

    for session in series.sessions.all():
        assert session.get_absolute_url() in months
    assert len(occurrences) == 4
    assert [one[4] for one in occurrences] == [*["CONFIRMED"] * 3, "CANCELLED"]
    assert len(re.findall(r"<s\b", months)) == 2
