import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from activity.models import Entry
from activity.services import relay
from notifications.models import Letter, Notice
from notifications.queries import owed_by
from notifications.services import read_all, read_notice, read_notices_at, remind_of_owed, tell
from notifications.words import moment
from tests import make

Kind = Notice.Kind


def bell(person: User) -> int:
    person.refresh_from_db(fields=["unread_notices"])
    return person.unread_notices


@pytest.mark.django_db
def test_tell_gives_each_person_one_notice_and_one_letter():
    people = [make.person() for _ in range(3)]

    tell([*people, people[0]], Kind.GROUP, lambda: "Halo.", url="/")

    assert [notice.recipient for notice in Notice.objects.order_by("pk")] == people
    assert Letter.objects.count() == 3
    assert [bell(person) for person in people] == [1, 1, 1]


@pytest.mark.django_db
def test_tell_sends_no_letter_without_an_address_and_nothing_to_who_is_gone():
    without, gone = make.person(), make.person()
    User.objects.filter(pk=without.pk).update(email="")
    User.objects.filter(pk=gone.pk).update(is_active=False)

    tell([without, gone], Kind.GROUP, lambda: "Halo.", url="/")

    assert [notice.recipient for notice in Notice.objects.all()] == [without]
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_tell_asks_as_many_queries_for_30_people_as_for_one(django_assert_num_queries):
    people = [make.person() for _ in range(30)]

    with django_assert_num_queries(6):
        tell(people[:1], Kind.GROUP, lambda: "Halo.", url="/")
    with django_assert_num_queries(6):
        tell(people, Kind.GROUP, lambda: "Halo.", url="/")


@pytest.mark.django_db
def test_tell_speaks_each_persons_language_on_their_own_clock():
    here, there = make.person(), make.person()
    User.objects.filter(pk=there.pk).update(language="en", time_zone="Asia/Jakarta")
    at = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)

    tell([here, there], Kind.SOON, lambda: moment(at), url="/")

    assert list(Notice.objects.order_by("recipient").values_list("text", flat=True)) == [
        "Selasa, 24 November 2026, 09.30 WITA",
        "Tuesday, 24 November 2026, 08.30 WIB",
    ]


@pytest.mark.django_db
def test_tell_cuts_what_is_too_long_for_a_notice():
    tell([make.person()], Kind.GROUP, lambda: "a" * 400, url="/")

    assert Notice.objects.get().text == "a" * 299 + "…"


@pytest.mark.django_db
def test_tell_once_unread_waits_until_the_earlier_notice_was_read():
    person, other = make.person(), make.person()
    tell([person], Kind.PAIR, lambda: "Satu.", url="/pairs/1/", once_unread="message")

    tell([person, other], Kind.PAIR, lambda: "Dua.", url="/pairs/1/", once_unread="message")
    assert sorted(Notice.objects.values_list("recipient", "text")) == [
        (person.pk, "Satu."),
        (other.pk, "Dua."),
    ]

    read_all(by=person)
    tell([person, other], Kind.PAIR, lambda: "Tiga.", url="/pairs/1/", once_unread="message")
    assert Notice.objects.filter(text="Tiga.").get().recipient == person


@pytest.mark.django_db
def test_tell_once_unread_is_not_silenced_by_what_else_was_told_of_the_page():
    person = make.person()
    tell([person], Kind.SHARING, lambda: "Ditarik.", url="/posts/1/")
    tell([person], Kind.SHARING, lambda: "Terima kasih.", url="/posts/1/", once_unread="thanks")

    for _number in range(2):
        tell([person], Kind.SHARING, lambda: "Tanggapan.", url="/posts/1/", once_unread="comment")

    texts = Notice.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Ditarik.", "Terima kasih.", "Tanggapan."]
    assert Letter.objects.count() == 3


@pytest.mark.django_db
def test_read_notices_at_a_page_marks_those_of_the_person_that_lead_to_it():
    person, other = make.person(), make.person()
    for url in ("/posts/1/", "/posts/1/#comments", "/posts/12/"):
        tell([person, other], Kind.SHARING, lambda: "Halo.", url=url)

    assert read_notices_at("/posts/1/", by=person) == 2
    assert read_notices_at("/posts/1/", by=person) == 0

    assert [notice.url for notice in person.notices.unread()] == ["/posts/12/"]
    assert (bell(person), bell(other)) == (1, 3)


@pytest.mark.django_db
def test_read_notice_marks_it_once_and_counts_what_is_left():
    person = make.person()
    first, _second = (
        tell([person], Kind.GROUP, lambda: "Halo.", url="/")[0] for _number in range(2)
    )

    read_notice(first, by=person)
    read_at = Notice.objects.get(pk=first.pk).read_at
    read_notice(first, by=person)

    assert Notice.objects.get(pk=first.pk).read_at == read_at
    assert bell(person) == 1


@pytest.mark.django_db
def test_read_notice_of_another_person_is_refused_and_changes_nothing():
    [notice] = tell([make.person()], Kind.GROUP, lambda: "Halo.", url="/")

    with pytest.raises(PermissionDenied, match="bukan untuk Bapak/Ibu"):
        read_notice(notice, by=make.person())

    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.django_db
def test_read_all_leaves_other_people_alone():
    person, other = make.person(), make.person()
    for _number in range(3):
        tell([person, other], Kind.GROUP, lambda: "Halo.", url="/")

    assert read_all(by=person) == 3

    assert (bell(person), bell(other)) == (0, 3)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_bell_is_right_when_notices_arrive_while_others_are_read():
    person, both = make.person(), threading.Barrier(2)

    def tell_twenty():
        both.wait()
        for _number in range(20):
            tell([person], Kind.GROUP, lambda: "Halo.", url="/")
        connection.close()

    def read_often():
        reader = User.objects.get(pk=person.pk)
        both.wait()
        for _number in range(20):
            read_all(by=reader)
        connection.close()

    threads = [threading.Thread(target=target) for target in (tell_twenty, read_often)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert bell(person) == person.notices.unread().count()
    assert person.notices.count() == 20


@pytest.fixture
def noon():
    """Twelve o'clock in Luwu Utara."""
    with time_machine.travel("2026-11-24T12:00+08:00", tick=False) as clock:
        yield clock


@pytest.mark.django_db
@pytest.mark.usefixtures("noon")
def test_remind_of_owed_says_what_the_home_page_says_once_for_the_day():
    group = make.group()
    observer = make.member(group)
    make.session(of=group, observers=[observer], starts_in=timedelta(hours=20))
    Entry.objects.all().delete()
    [owed] = owed_by(observer, timezone.now())

    remind_of_owed(timezone.now())
    remind_of_owed(timezone.now() + timedelta(hours=1))
    relay()

    [notice] = observer.notices.all()
    assert notice.text.startswith(f"{owed.verb} {owed.rest}, ")
    assert (notice.kind, notice.url) == (Kind.OWED, owed.url)


@pytest.mark.django_db
def test_remind_of_owed_is_silent_days_before_and_at_night(noon):
    group = make.group()
    observer = make.member(group)
    make.session(of=group, observers=[observer], starts_in=timedelta(hours=60))
    Entry.objects.all().delete()

    remind_of_owed(timezone.now())
    noon.move_to("2026-11-26T05:00+08:00")
    remind_of_owed(timezone.now())
    assert not Entry.objects.exists()

    noon.move_to("2026-11-26T06:30+08:00")
    remind_of_owed(timezone.now())
    assert Entry.objects.filter(data__person_id=observer.pk).count() == 1


@pytest.mark.django_db
def test_remind_of_owed_again_when_the_day_moved(noon):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=timedelta(hours=20))
    remind_of_owed(timezone.now())
    type(session).objects.update(
        starts_at=session.starts_at + timedelta(days=7), ends_at=session.ends_at + timedelta(days=7)
    )

    noon.shift(timedelta(days=7))
    remind_of_owed(timezone.now())

    reminders = Entry.objects.filter(name="notifications.TaskIsDue", data__person_id=observer.pk)
    assert reminders.count() == 2


@pytest.mark.django_db
def test_remind_of_owed_passes_over_newcomers_and_who_left():
    with transaction.atomic():
        group = make.group()
        gone = make.member(group)
        make.session(of=group, observers=[gone], starts_in=timedelta(hours=2))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    make.newcomer()
    Entry.objects.all().delete()

    with time_machine.travel("2026-11-24T12:00+08:00", tick=False):
        remind_of_owed(timezone.now())

    assert not Entry.objects.filter(data__person_id=gone.pk).exists()
