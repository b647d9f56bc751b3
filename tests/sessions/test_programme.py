"""Last semester's programme, planned again."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from activity.models import Entry
from groups.models import Group, Membership
from groups.roles import Role
from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.days import holidays_between
from sessions.models import ModelSession
from sessions.programme import placed, proposals
from sessions.semesters import Semester
from sessions.services import ProgrammeRefused, Row
from tests import make

WITA = ZoneInfo("Asia/Makassar")
# January to June 2041, and the half year before it.
GENAP, GANJIL = Semester(2040, 2), Semester(2040, 1)
FRIDAY = 4


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WITA)


def planned(group: Group, when: str, **plan: Any) -> ModelSession:
    """A meeting of two hours at that time."""
    start = at(when)
    by = plan.pop("by", None) or make.chair(group)
    facts = {
        "kind": "sharing",
        "title": "Berbagi praktik baik",
        "place": "Aula",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
    }
    return services.plan_session(
        group, by=by, submission=uuid4(), despite=EVERYTHING, **facts | plan
    )


def lesson(group: Group, when: str, teacher: User, **plan: Any) -> ModelSession:
    facts = {"kind": "lesson", "teacher": teacher, "phase": make.phase(), "grade": 8}
    return planned(group, when, **facts | plan)


def row(source: ModelSession, when: str, **changes: Any) -> Row:
    facts = {"title": source.title, "starts_at": at(when), "submission": uuid4()}
    return Row(source, **facts | changes)


def gone(person: User, group: Group) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=person, group=group).update(ends_on=yesterday)


# --- when


@pytest.mark.django_db
def test_each_session_keeps_its_week_on_the_groups_day():
    group = make.group()
    group.weekday = 3
    group.save()
    # The Monday of the first week is 25 June 2040; Tuesday 14 August is in the eighth.
    planned(group, "2040-08-14T14:00:00")

    [proposal] = proposals(make.chair(group), group, GENAP)

    # The Monday of the first week of 2041 is 31 December 2040; seven weeks on it is Thursday.
    assert proposal.starts_at == at("2041-02-21T14:00:00")
    assert proposal.ends_at == at("2041-02-21T16:00:00")
    assert (proposal.notes, proposal.cautions, proposal.chosen) == ([], [], True)


@pytest.mark.django_db
def test_a_holiday_is_skipped_and_said():
    group = make.group()
    independence = date(2040, 8, 17)
    group.weekday = independence.weekday()
    group.save()
    before = Semester(2039, 2)
    day = before.day_in(Semester(2040, 1).week_of(independence), FRIDAY)
    planned(group, f"{day}T14:00:00")

    [proposal] = proposals(make.chair(group), group, Semester(2040, 1))

    assert proposal.starts_at == at("2040-08-24T14:00:00")
    assert proposal.notes == [
        "Jumat, 17 Agustus 2040 bukan hari kerja: Hari Kemerdekaan Republik Indonesia.",
        "Jadi Jumat, 24 Agustus 2040.",
    ]


@pytest.mark.django_db
def test_two_sessions_of_one_week_do_not_meet_and_what_is_planned_keeps_its_place():
    group = make.group()
    group.weekday = 3
    group.save()
    planned(group, "2040-08-14T14:00:00", title="Satu")
    planned(group, "2040-08-16T14:00:00", title="Dua")
    planned(group, "2041-02-28T15:00:00", title="Sudah ada")

    first, second = proposals(make.chair(group), group, GENAP)

    assert first.starts_at == at("2041-02-21T14:00:00")
    assert second.starts_at == at("2041-03-07T14:00:00")
    assert second.notes == [
        "Kamis, 21 Februari 2041 sudah terisi.",
        "Kamis, 28 Februari 2041 sudah terisi.",
        "Jadi Kamis, 7 Maret 2041.",
    ]


@pytest.mark.django_db
def test_cancelled_ones_are_left_out_and_copies_are_not_chosen_again():
    group = make.group()
    chair = make.chair(group)
    off = planned(group, "2040-08-14T14:00:00", title="Batal")
    services.cancel_session(off, by=chair, reason="Hujan.")
    planned(group, "2040-09-13T14:00:00", title="Raker")
    planned(group, "2041-03-14T14:00:00", title="raker")

    [proposal] = proposals(chair, group, GENAP)

    assert not proposal.chosen
    assert proposal.starts_at == at("2041-03-14T14:00:00")
    assert proposal.notes == ["Sudah ada di semester ini: Kamis, 14 Maret 2041."]


@pytest.mark.django_db
def test_a_copy_is_known_by_its_source_also_under_another_title():
    group = make.group()
    chair = make.chair(group)
    source = planned(group, "2040-08-14T14:00:00", by=chair)
    rows = [row(source, "2041-02-21T14:00:00", title="Judul lain")]
    [copy] = services.copy_programme(group, by=chair, rows=rows, despite=EVERYTHING)

    [proposal] = proposals(chair, group, GENAP)

    assert not proposal.chosen
    assert copy.copied_from == source
    services.cancel_session(copy, by=chair, reason="Hujan.")
    assert proposals(chair, group, GENAP)[0].chosen


@pytest.mark.django_db
def test_who_is_no_member_any_more_is_said():
    group = make.group()
    teacher, leader = make.member(group), make.member(group)
    lesson(group, "2040-08-14T09:00:00", teacher, leader=leader, note_taker=make.chair(group))
    chair = make.chair(group)
    [before] = proposals(chair, group, GENAP)
    gone(teacher, group)
    gone(leader, group)

    [after] = proposals(chair, group, GENAP)

    assert (before.teacher, before.notes) == (teacher, [])
    assert after.teacher is None
    assert after.notes == [
        f"{teacher} bukan anggota lagi: pilih guru model.",
        f"{leader} bukan anggota lagi, jadi tidak ikut disalin.",
    ]


@pytest.mark.django_db
def test_proposals_take_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    group = make.group()
    chair = make.chair(group)
    for week in range(12):
        lesson(group, f"2040-{7 + week // 4:02}-{1 + week % 4 * 7:02}T09:00:00", chair, by=chair)
        if week in {0, 11}:
            person = User.objects.get(pk=chair.pk)
            with django_assert_num_queries(5):
                found = proposals(person, group, GENAP)
    assert len(found) == 12


@given(
    weekday=st.sampled_from([None, 0, 1, 2, 3, 4, 5]),
    days=st.lists(st.integers(0, 183), min_size=1, max_size=20),
    hour=st.integers(7, 16),
    semester=st.builds(Semester, st.integers(2030, 2060), st.sampled_from([1, 2])),
)
def test_every_chosen_day_is_the_groups_own_free_and_no_holiday(weekday, days, hour, semester):
    group = Group(weekday=weekday)
    taken: list[tuple[datetime, datetime]] = []
    for offset in sorted(days):
        day = min(semester.previous.first + timedelta(days=offset), semester.previous.last)
        start = datetime(day.year, day.month, day.day, hour, tzinfo=WITA)
        source = ModelSession(group=group, starts_at=start, ends_at=start + timedelta(hours=2))

        found = placed(source, semester, taken)

        on = found.starts_at.date()
        assert semester.first <= on <= semester.last
        if found.chosen:
            assert on.weekday() == (day.weekday() if weekday is None else weekday)
            assert holidays_between(on, on) == {}
            assert found.starts_at.hour == hour
            assert semester.week_of(on) >= semester.previous.week_of(day)
            assert all(found.ends_at <= begin or end <= found.starts_at for begin, end in taken)
            if not found.notes:
                week = semester.week_of(on) - semester.previous.week_of(day)
                assert week in {0, 1}
        else:
            assert found.notes
        taken.append((found.starts_at, found.ends_at))


# --- planning them


@pytest.mark.django_db
def test_rows_are_planned_together_with_all_that_a_copy_keeps():
    group = make.group()
    chair, teacher, member = make.chair(group), make.member(group), make.member(group)
    guest = make.person()
    school = make.school()
    source = lesson(
        group,
        "2040-08-14T09:00:00",
        teacher,
        by=chair,
        goal="Bertanya.",
        leader=chair,
        note_taker=member,
        school=school,
        capacity=20,
        observer_places=3,
        lesson_hours=1,
        hour_length=60,
        agenda=[
            {"title": "Pembukaan", "minutes": 10, "speaker": member},
            {"title": "Materi", "minutes": 60, "speaker_name": "Dr. Tenri"},
        ],
    )
    item = source.agenda.get(position=2)
    item.speaker, item.speaker_name = guest, ""
    item.save()
    facts = {"by": chair, "mode": "online", "online_link": "https://meet.jit.si/x"}
    other = planned(group, "2040-09-13T14:00:00", **facts)
    Entry.objects.all().delete()

    first, second = services.copy_programme(
        group,
        by=chair,
        rows=[
            row(source, "2041-02-21T14:00:00", title="Mengapa langit biru?"),
            row(other, "2041-03-14T14:00:00"),
        ],
        despite=EVERYTHING,
    )

    assert (first.title, first.teacher, first.leader) == ("Mengapa langit biru?", teacher, chair)
    assert (first.note_taker, first.school, first.goal) == (member, school, "Bertanya.")
    assert (first.capacity, first.observer_places) == (20, 3)
    assert (first.lesson_hours, first.hour_length) == (1, 60)
    assert first.ends_at - first.starts_at == source.ends_at - source.starts_at
    assert [
        (item.title, item.minutes, item.speaker, item.speaker_name) for item in first.agenda.all()
    ] == [("Pembukaan", 10, member, ""), ("Materi", 60, None, str(guest))]
    assert first.status == "planned"
    assert first.uid != source.uid
    assert {part.user for part in first.participations.all()} == {chair, member}
    assert (second.mode, second.online_link) == ("online", "https://meet.jit.si/x")
    entry = Entry.objects.get()
    assert entry.name == "sessions.ProgrammePlanned"
    assert entry.data["semester"] == "2040-2"
    assert entry.data["session_ids"] == [first.pk, second.pk]


@pytest.mark.django_db
def test_a_row_that_was_sent_before_stays_one_session():
    group = make.group()
    chair = make.chair(group)
    source = planned(group, "2040-08-14T14:00:00", by=chair)
    rows = [row(source, "2041-02-21T14:00:00")]
    first = services.copy_programme(group, by=chair, rows=rows, despite=EVERYTHING)
    Entry.objects.all().delete()

    again = services.copy_programme(group, by=chair, rows=rows, despite=EVERYTHING)

    assert again == first
    assert not Entry.objects.exists()
    more = [*rows, row(source, "2041-03-21T14:00:00", title="Lagi")]
    third = services.copy_programme(group, by=chair, rows=more, despite=EVERYTHING)
    assert third[0] == first[0]
    assert Entry.objects.get().data["session_ids"] == [third[1].pk]
    assert group.sessions.count() == 3


def refused(group: Group, by: User, rows: list[Row], despite: Collection[str] = EVERYTHING) -> Any:
    count = group.sessions.count()
    with pytest.raises(ProgrammeRefused) as refusal:
        services.copy_programme(group, by=by, rows=rows, despite=despite)
    assert group.sessions.count() == count, "nothing half saved"
    return refusal.value


@pytest.mark.django_db
def test_one_row_that_cannot_be_refuses_all_and_is_named():
    group = make.group()
    chair, teacher = make.chair(group), make.member(group)
    source = lesson(group, "2040-08-14T09:00:00", teacher, by=chair)
    elsewhere = lesson(group, "2041-02-21T14:30:00", teacher, by=chair, title="Lain")
    good = row(source, "2041-03-21T14:00:00")
    busy = row(source, "2041-02-21T14:00:00")
    blank = row(source, "2041-04-04T14:00:00", title=" ")

    refusal = refused(group, chair, [good, busy, blank])

    assert set(refusal.refusals) == {busy.submission, blank.submission}
    assert elsewhere.title in refusal.refusals[busy.submission][0]
    assert refusal.cautions == {}


@pytest.mark.django_db
def test_rows_of_one_hour_refuse_each_others_people():
    group = make.group()
    chair, teacher = make.chair(group), make.member(group)
    source = lesson(group, "2040-08-14T09:00:00", teacher, by=chair)
    first, second = (row(source, "2041-02-21T14:00:00") for _ in range(2))

    refusal = refused(group, chair, [first, second])

    assert set(refusal.refusals) == {second.submission}


@pytest.mark.django_db
def test_a_lesson_wants_a_teacher_who_is_a_member():
    group = make.group()
    chair, teacher, member = make.chair(group), make.member(group), make.member(group)
    source = lesson(group, "2040-08-14T09:00:00", teacher, by=chair)
    gone(teacher, group)
    without = row(source, "2041-02-21T14:00:00")
    stranger = row(source, "2041-03-14T14:00:00", teacher=make.person())

    refusal = refused(group, chair, [without, stranger])

    assert refusal.refusals[without.submission] == ["Pilih guru model."]
    assert "bukan anggota kelompok ini" in refusal.refusals[stranger.submission][0]
    chosen = row(source, "2041-02-21T14:00:00", teacher=member)
    [made] = services.copy_programme(group, by=chair, rows=[chosen], despite=EVERYTHING)
    assert made.teacher == member


@pytest.mark.django_db
def test_warnings_stand_on_their_row_until_they_are_known():
    group = make.group()
    chair = make.chair(group)
    source = planned(group, "2040-08-14T14:00:00", by=chair)
    sunday, fine = row(source, "2041-02-24T14:00:00"), row(source, "2041-02-21T14:00:00")

    refusal = refused(group, chair, [sunday, fine], despite=frozenset())

    assert refusal.refusals == {}
    [caution] = refusal.cautions[sunday.submission]
    assert caution.key == "sunday-2041-02-24"
    known = {caution.key}
    made = services.copy_programme(group, by=chair, rows=[sunday, fine], despite=known)
    assert len(made) == 2


@pytest.mark.django_db
def test_what_is_no_programme_of_the_group_is_refused_whole():
    group = make.group()
    chair = make.chair(group)
    source = planned(group, "2040-08-14T14:00:00", by=chair)
    one = row(source, "2041-02-21T14:00:00")
    foreign = row(make.meeting(), "2041-02-21T14:00:00")

    for rows in ([], [one, one], [foreign], [one] * 61):
        with pytest.raises(ValidationError):
            services.copy_programme(group, by=chair, rows=rows, despite=EVERYTHING)
    assert group.sessions.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "may"), [(Role.SECRETARY, True), (Role.MEMBER, False), (Role.CORE_TEACHER, False)]
)
def test_the_board_alone_plans_a_programme(role: Role, may: bool):
    group = make.group()
    source = planned(group, "2040-08-14T14:00:00")
    by = make.member(group, role)
    rows = [row(source, "2041-02-21T14:00:00")]

    if may:
        assert services.copy_programme(group, by=by, rows=rows, despite=EVERYTHING)
    else:
        with pytest.raises(PermissionDenied):
            services.copy_programme(group, by=by, rows=rows, despite=EVERYTHING)
