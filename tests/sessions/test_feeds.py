"""Who may have a calendar on the phone, and what making and closing its address does."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from activity.models import Entry
from groups.models import Group
from groups.roles import Role
from sessions import rules, services
from sessions.models import CalendarFeed
from tests import make

pytestmark = pytest.mark.django_db


def person_who_is(who: str, group: Group) -> User:
    makers = {
        "member": lambda: make.member(group),
        "chair": lambda: make.chair(group),
        "core teacher": lambda: make.member(group, Role.CORE_TEACHER),
        "chair of another": lambda: make.chair(make.group()),
        "supervisor": lambda: make.supervisor(make.school()),
        "officer": make.officer,
        "newcomer": make.newcomer,
    }
    return makers[who]()


@pytest.mark.parametrize(
    ("who", "own", "of_group"),
    [
        ("member", True, True),
        ("chair", True, True),
        ("core teacher", True, True),
        ("chair of another", True, False),
        ("supervisor", True, False),
        ("officer", True, False),
        ("newcomer", True, False),
    ],
)
def test_may_make_calendar_feed(who, own, of_group):
    group = make.group()
    person = person_who_is(who, group)

    assert bool(rules.may_make_calendar_feed(person, None)) is own
    assert bool(rules.may_make_calendar_feed(person, group)) is of_group


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("is_owner", [True, False])
def test_may_revoke_calendar_feed(is_owner, is_closed):
    owner = make.person()
    feed = services.make_calendar_feed(by=owner)
    if is_closed:
        services.revoke_calendar_feed(feed, by=owner)
    person = owner if is_owner else make.person()

    assert bool(rules.may_revoke_calendar_feed(person, feed)) is (is_owner and not is_closed)


def test_there_is_one_open_address_for_each_group_and_one_for_all():
    group, other = make.group(), make.group()
    person = make.member(group)
    make.also(person, other, Role.MEMBER)
    person = User.objects.get(pk=person.pk)

    made = [
        services.make_calendar_feed(by=person, group=one)
        for one in (None, group, other, None, group, other)
    ]

    assert made[:3] == made[3:]
    assert len({feed.token for feed in made}) == 3
    assert all(len(feed.token) >= 40 for feed in made)
    assert Entry.objects.filter(name="sessions.CalendarFeedMade").count() == 3


def test_making_an_address_for_a_group_of_others_is_refused():
    person = make.person()

    with pytest.raises(PermissionDenied, match="Hanya anggota kelompok"):
        services.make_calendar_feed(by=person, group=make.group())

    assert not CalendarFeed.objects.exists()


def test_closed_address_stays_closed_and_a_new_one_is_another():
    person = make.person()
    first = services.make_calendar_feed(by=person)

    services.revoke_calendar_feed(first, by=person)
    second = services.make_calendar_feed(by=person)

    first.refresh_from_db()
    assert first.revoked_at is not None
    assert second.token != first.token
    assert list(CalendarFeed.objects.open()) == [second]
    assert Entry.objects.filter(name="sessions.CalendarFeedRevoked").count() == 1


def test_closing_the_address_of_another_is_refused_and_changes_nothing():
    feed = services.make_calendar_feed(by=make.person())

    with pytest.raises(PermissionDenied, match="milik orang lain"):
        services.revoke_calendar_feed(feed, by=make.person())

    feed.refresh_from_db()
    assert feed.revoked_at is None


def test_closing_twice_is_refused():
    person = make.person()
    feed = services.make_calendar_feed(by=person)
    services.revoke_calendar_feed(feed, by=person)

    with pytest.raises(PermissionDenied, match="sudah ditutup"):
        services.revoke_calendar_feed(feed, by=person)


def test_only_the_owner_sees_an_address():
    person = make.person()
    feed = services.make_calendar_feed(by=person)

    assert list(CalendarFeed.objects.visible_to(person)) == [feed]
    assert not CalendarFeed.objects.visible_to(make.person()).exists()
