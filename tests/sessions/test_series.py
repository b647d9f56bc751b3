"""Series: planned together, changed and cancelled from one on; exceptions are kept."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from activity.models import Entry
from groups.models import Group
from groups.roles import Role
from sessions import rules, services
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession, Participation, Series
from sessions.recurrence import MonthlyByDay, MonthlyByWeekday, Rule, Weekly
from tests import make

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")
TH, FR = 3, 4
# A Thursday long enough from now that no test begins before it.
FIRST = datetime(2027, 7, 8, 14, tzinfo=WITA)
WEEKLY = Rule(Weekly((TH,)), count=5)
HOURS = timedelta(hours=2)


def plan(group: Group | None = None, rule: Rule = WEEKLY, **changes) -> Series:
    group = group or make.group()
    start = changes.pop("starts_at", FIRST)
    values = {
        "by": changes.get("by") or make.chair(group),
        "submission": uuid4(),
        "kind": ModelSession.Kind.SHARING,
        "title": "Berbagi praktik baik",
        "place": "Aula",
        "starts_at": start,
        "ends_at": start + HOURS,
        "despite": EVERYTHING,
    }
    return services.plan_series(group, rule=rule, **values | changes)


def board(series: Series) -> User:
    return series.made_by


def rows(series: Series) -> list[ModelSession]:
    return list(series.sessions.order_by("occurs_at"))


def days(series: Series) -> list[str]:
    return [f"{timezone.localtime(row.starts_at):%d.%m. %H:%M}" for row in rows(series)]


def change(how, session: ModelSession, **changes) -> Series:
    by = changes.pop("by", None) or session.series.made_by
    return how(session, by=by, despite=EVERYTHING, **changes)


def whole(series: Series) -> None:
    """The rule without the skipped is exactly the sessions."""
    series = Series.objects.get(pk=series.pk)
    moments = [moment for moment in series.moments() if moment not in series.skipped_at]
    assert (
        list(series.sessions.order_by("occurs_at").values_list("occurs_at", flat=True)) == moments
    )


def happened() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("name", flat=True))


# --- planning


def test_plan_series_makes_every_session_with_its_people():
    group = make.group()
    members = [make.member(group) for _ in range(3)]
    by = make.chair(group)

    series = plan(group, by=by, leader=members[0])

    assert series.rule == "FREQ=WEEKLY;BYDAY=TH;COUNT=5"
    assert days(series) == [
        f"{day} 14:00" for day in ("08.07.", "15.07.", "22.07.", "29.07.", "05.08.")
    ]
    whole(series)
    for session in rows(series):
        assert session.starts_at == session.occurs_at
        assert session.ends_at - session.starts_at == HOURS
        assert {part.user for part in session.participations.all()} == {*members, by}
        assert session.leader == members[0]
    assert len({session.secret for session in rows(series)}) == 5
    assert len({session.uid for session in rows(series)}) == 5
    assert happened() == ["sessions.SeriesPlanned"]


def test_plan_series_of_lessons_with_observers_and_agenda():
    group = make.group()
    teacher, observer = make.member(group), make.member(group)

    series = plan(
        group,
        kind=ModelSession.Kind.LESSON,
        teacher=teacher,
        observers=[observer],
        phase=make.phase(),
        grade=7,
        agenda=[{"title": "Pembukaan", "minutes": 10}, {"title": "Inti", "minutes": 70}],
    )

    for session in rows(series):
        assert session.teacher == teacher
        assert session.participations.get(user=observer).role == "observer"
        assert [item.title for item in session.agenda.all()] == ["Pembukaan", "Inti"]


def test_plan_series_begins_on_the_first_day_that_fits():
    series = plan(starts_at=FIRST - timedelta(days=2))

    assert days(series)[0] == "08.07. 14:00"
    whole(series)


def test_plan_series_skips_what_was_ticked():
    series = plan(skip={date(2027, 7, 8), date(2027, 7, 22), date(2027, 7, 23)})

    assert days(series) == ["15.07. 14:00", "29.07. 14:00", "05.08. 14:00"]
    assert series.starts_at == FIRST
    assert series.skipped == ["2027-07-08T14:00:00+08:00", "2027-07-22T14:00:00+08:00"]
    whole(series)


def test_plan_series_sent_twice_plans_one():
    group, submission = make.group(), uuid4()
    by = make.chair(group)

    first = plan(group, by=by, submission=submission)
    second = plan(group, by=by, submission=submission)

    assert first == second
    assert ModelSession.objects.count() == 5
    assert happened() == ["sessions.SeriesPlanned"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"skip": {date(2027, 7, 8), date(2027, 7, 15)}}, "skip", "Sisakan"),
        ({"rule": Rule(Weekly((TH,)))}, "rule", "perlu berakhir"),
        ({"rule": Rule(Weekly((TH,)), until=date(2027, 7, 1))}, "rule", "berakhir sebelum mulai"),
        ({"ends_at": FIRST - HOURS}, "ends_at", "berakhir sebelum mulai"),
        ({"place": ""}, "place", "perlu sekolah atau tempat"),
    ],
)
def test_a_series_that_does_not_fit_is_refused_on_its_field(changes, field: str, words: str):
    with pytest.raises(ValidationError) as refusal:
        plan(**{"rule": Rule(Weekly((TH,)), count=2)} | changes)

    assert list(refusal.value.message_dict) == [field]
    assert words in refusal.value.message_dict[field][0]
    assert not Series.objects.exists()
    assert happened() == []


def test_plan_series_names_every_day_on_which_somebody_is_busy():
    group = make.group()
    leader = make.member(group)
    plan(
        group,
        leader=leader,
        starts_at=FIRST + timedelta(days=14),
        rule=Rule(Weekly((TH,)), count=2),
    )

    with pytest.raises(ValidationError) as refusal:
        plan(group, leader=leader)

    words = " ".join(refusal.value.message_dict["leader"])
    assert "22 Juli 2027" in words
    assert "29 Juli 2027" in words
    assert Series.objects.count() == 1


def test_plan_series_asks_about_holidays_of_every_day():
    # 17 August is a holiday.
    tuesday = FIRST + timedelta(days=5)
    rule = Rule(Weekly((1,)), count=6)

    with pytest.raises(ValidationError) as refusal:
        plan(rule=rule, starts_at=tuesday, despite=())

    assert "holiday-2027-08-17" in refusal.value.message_dict
    series = plan(
        rule=rule, starts_at=tuesday, skip={date(2027, 8, 17)}, despite=["school-hours", "weekday"]
    )
    assert len(rows(series)) == 5


def test_plan_series_by_a_member_changes_nothing():
    group = make.group()

    with pytest.raises(PermissionDenied, match="Hanya pengurus"):
        plan(group, by=make.member(group))

    assert happened() == []


def test_planning_takes_as_many_queries_for_many_sessions_as_for_few(django_assert_max_num_queries):
    group = make.group()
    for _ in range(10):
        make.member(group)
    by = make.chair(group)
    by.memberships.all()

    counts = []
    for count in (2, 12):
        with django_assert_max_num_queries(60) as caught:
            plan(
                group,
                by=by,
                rule=Rule(Weekly((TH,)), count=count),
                starts_at=FIRST + timedelta(hours=4 * count),
            )
        counts.append(len(caught))

    # Rows beyond what one INSERT takes need another one.
    assert counts[1] <= counts[0] + 3


# --- one of them


def test_changing_one_makes_it_an_exception():
    series = plan()
    session = rows(series)[1]

    services.change_session(session, by=board(series), title="Lain", despite=EVERYTHING)

    session.refresh_from_db()
    assert session.deviates
    assert [row.deviates for row in rows(series)] == [False, True, False, False, False]
    whole(series)


def test_saving_one_unchanged_makes_no_exception():
    series = plan()
    session = rows(series)[1]

    services.change_session(session, by=board(series), title=session.title, despite=EVERYTHING)

    session.refresh_from_db()
    assert not session.deviates


def test_moving_and_cancelling_one_keeps_its_place_in_the_rule():
    series = plan()
    moved, cancelled = rows(series)[1:3]
    at = moved.starts_at + timedelta(days=1)

    services.change_session(
        moved, by=board(series), starts_at=at, ends_at=at + HOURS, despite=EVERYTHING
    )
    services.cancel_session(cancelled, by=board(series), reason="Jalan putus.")

    moved.refresh_from_db()
    assert moved.occurs_at == at - timedelta(days=1)
    whole(series)


# --- this and following


def test_change_following_goes_on_as_a_series_of_its_own():
    series = plan()
    before = rows(series)

    later = change(services.change_following, before[2], title="Judul baru")

    series.refresh_from_db()
    assert later.continues == series
    assert later.uid != series.uid
    assert series.rule == "FREQ=WEEKLY;BYDAY=TH;COUNT=2"
    assert later.rule == "FREQ=WEEKLY;BYDAY=TH;COUNT=3"
    assert rows(series) == before[:2]
    assert rows(later) == before[2:]
    assert {row.title for row in rows(series)} == {"Berbagi praktik baik"}
    assert {row.title for row in rows(later)} == {"Judul baru"}
    assert not any(row.deviates for row in rows(later))
    assert series.revision == 1
    assert [row.revision for row in rows(later)] == [1, 1, 1]
    whole(series)
    whole(later)


def test_change_following_from_the_first_on_changes_the_series_itself():
    series = plan()

    same = change(services.change_following, rows(series)[0], title="Judul baru")

    assert same == series
    assert Series.objects.count() == 1
    assert {row.title for row in rows(series)} == {"Judul baru"}
    whole(series)


def test_change_following_to_another_day_moves_all_later_ones_and_asks_again():
    series = plan(rule=Rule(Weekly((TH,)), until=date(2027, 8, 5)))
    session = rows(series)[2]
    for row in rows(series):
        part = row.participations.get()
        services.answer_invitation(part, by=part.user, answer="coming")
    at = session.starts_at + timedelta(days=1, hours=-1)

    later = change(services.change_following, session, starts_at=at, ends_at=at + HOURS)

    series.refresh_from_db()
    assert later.words == "Setiap Jumat, sampai 6 Agustus 2027"
    assert series.words == "Setiap Kamis, sampai 21 Juli 2027"
    assert days(later) == ["23.07. 13:00", "30.07. 13:00", "06.08. 13:00"]
    assert all(row.occurs_at == row.starts_at for row in rows(later))
    answers = Participation.objects.filter(session__series=later).values_list("answer", flat=True)
    assert set(answers) == {""}
    kept = Participation.objects.filter(session__series=series).values_list("answer", flat=True)
    assert set(kept) == {"coming"}
    whole(series)
    whole(later)


def test_a_week_later_no_two_sessions_are_in_each_others_way():
    series = plan()
    session = rows(series)[0]
    at = session.starts_at + timedelta(days=7)

    change(services.change_all, session, starts_at=at, ends_at=at + HOURS)

    assert days(series)[0] == "15.07. 14:00"
    assert days(series)[-1] == "12.08. 14:00"
    whole(series)


def test_exceptions_keep_their_own_changes():
    series = plan()
    first, _second, moved, cancelled, last = rows(series)
    at = moved.starts_at + timedelta(days=1)
    services.change_session(
        moved, by=board(series), starts_at=at, ends_at=at + HOURS, place="Kebun", despite=EVERYTHING
    )
    services.cancel_session(cancelled, by=board(series), reason="Jalan putus.")

    new = first.starts_at + timedelta(hours=1)
    change(services.change_all, first, starts_at=new, ends_at=new + HOURS, place="Lab")

    moved.refresh_from_db()
    cancelled.refresh_from_db()
    last.refresh_from_db()
    assert (moved.starts_at, moved.place, moved.deviates) == (at, "Kebun", True)
    assert cancelled.is_cancelled
    assert cancelled.place == "Aula"
    assert (last.place, f"{timezone.localtime(last.starts_at):%H:%M}") == ("Lab", "15:00")
    whole(series)


def test_change_all_after_some_were_held_leaves_those_alone():
    start = timezone.localtime(timezone.now()).replace(hour=8, minute=0, second=0, microsecond=0)
    start -= timedelta(days=14)
    series = plan(rule=Rule(Weekly((start.weekday(),)), count=6), starts_at=start)
    held = rows(series)[0]
    services.hold_session(held, by=board(series))
    coming = rows(series)[-1]
    at = coming.starts_at + timedelta(hours=1)

    later = change(services.change_all, coming, starts_at=at, ends_at=at + HOURS)

    held.refresh_from_db()
    assert held.series == series
    assert held.starts_at == start
    assert later.continues == series
    assert {timezone.localtime(row.starts_at).hour for row in rows(later)} == {9}
    whole(series)
    whole(later)


def test_change_all_of_words_alone_needs_no_second_series():
    start = timezone.now() - timedelta(days=14)
    series = plan(rule=Rule(Weekly((start.astimezone(WITA).weekday(),)), count=6), starts_at=start)

    same = change(services.change_all, rows(series)[-1], title="Judul baru")

    assert same == series
    assert [row.title for row in rows(series)].count("Judul baru") == 3


def test_a_monthly_rule_moves_to_the_same_day_of_each_month():
    series = plan(rule=Rule(MonthlyByWeekday(2, TH), count=4))
    session = rows(series)[1]
    at = session.starts_at - timedelta(days=2)

    later = change(services.change_following, session, starts_at=at, ends_at=at + HOURS)

    assert later.words == "Setiap Selasa kedua, 3 kali"
    assert days(later) == ["10.08. 14:00", "14.09. 14:00", "12.10. 14:00"]
    whole(later)


def test_a_day_that_not_every_month_has_is_refused_and_nothing_changes():
    series = plan(rule=Rule(MonthlyByDay(8), count=4))
    session = rows(series)[1]
    at = session.starts_at + timedelta(days=22)

    with pytest.raises(ValidationError, match="29–31"):
        change(services.change_following, session, starts_at=at, ends_at=at + HOURS)

    assert happened() == ["sessions.SeriesPlanned"]
    whole(series)


# --- another rule


def test_a_new_rule_keeps_the_near_sessions_and_cancels_the_surplus():
    series = plan(rule=Rule(Weekly((TH,)), count=6))
    before = rows(series)

    later = change(services.change_following, before[2], rule=Rule(Weekly((TH,)), every=2, count=2))

    assert [row.pk for row in rows(later)] == [before[2].pk, before[4].pk]
    gone = [row for row in before[2:] if row not in rows(later)]
    for row in gone:
        row.refresh_from_db()
        assert row.is_cancelled
        assert row.series is None
        assert row.occurs_at is None
        assert (
            row.cancel_reason == "Rangkaian berubah menjadi: Setiap 2 minggu, hari Kamis, 2 kali."
        )
    whole(series)
    whole(later)


def test_a_new_rule_makes_what_is_missing_with_the_same_people_and_agenda():
    group = make.group()
    make.member(group)
    series = plan(group, agenda=[{"title": "Pembukaan", "minutes": 10}])
    before = rows(series)

    same = change(services.change_all, before[0], rule=Rule(Weekly((FR,)), count=7), place="Lab")

    assert same == series
    assert len(rows(series)) == 7
    assert set(before) < set(rows(series))
    for row in rows(series):
        assert row.participations.count() == 2
        assert [item.title for item in row.agenda.all()] == ["Pembukaan"]
        assert row.place == "Lab"
        assert timezone.localtime(row.starts_at).weekday() == FR
    whole(series)


def test_a_new_rule_keeps_a_cancelled_day_cancelled():
    series = plan()
    services.cancel_session(rows(series)[1], by=board(series), reason="Jalan putus.")

    change(services.change_all, rows(series)[0], rule=Rule(Weekly((FR,)), count=5))

    assert [row.is_cancelled for row in rows(series)] == [False, True, False, False, False]
    whole(series)


def test_a_new_rule_skips_what_is_ticked():
    series = plan()

    change(
        services.change_all,
        rows(series)[0],
        rule=Rule(Weekly((FR,)), count=4),
        skip={date(2027, 7, 16)},
    )

    assert days(series) == ["09.07. 14:00", "23.07. 14:00", "30.07. 14:00"]
    whole(series)


def test_the_same_rule_again_changes_no_day():
    series = plan()
    before = days(series)

    later = change(services.change_following, rows(series)[1], rule=Rule(Weekly((TH,)), count=4))

    assert days(series) + days(later) == before


# --- people and diaries


def test_a_change_that_makes_somebody_busy_twice_names_the_day():
    group = make.group()
    leader = make.member(group)
    series = plan(group, leader=leader)
    other = plan(
        group,
        leader=leader,
        starts_at=FIRST + timedelta(days=15),
        rule=Rule(Weekly((FR,)), count=1),
    )
    session = rows(series)[0]
    at = session.starts_at + timedelta(days=1)

    with pytest.raises(ValidationError, match="23 Juli 2027"):
        change(services.change_all, session, starts_at=at, ends_at=at + HOURS)

    assert days(series)[0] == "08.07. 14:00"
    whole(other)


def test_who_leads_from_now_on_is_invited_to_each_once():
    group = make.group()
    series = plan(group)
    newcomer = make.member(group)

    change(services.change_all, rows(series)[0], leader=newcomer)

    for row in rows(series):
        assert row.leader == newcomer
        assert row.participations.filter(user=newcomer).count() == 1


@pytest.mark.parametrize("role", ["observer", "resource_person"])
def test_who_comes_to_one_session_is_not_invited_to_the_others_by_a_change(role: str):
    group = make.group()
    lesson = {"kind": "lesson", "phase": make.phase(), "grade": 8, "goal": "Tahu."}
    series = make.series(of=group, teacher=make.member(group), **lesson)
    first, second, *_rest = series.sessions.order_by("starts_at")
    guest = make.person()
    services.invite(first, guest, by=series.made_by, role=role)

    services.change_all(first, by=series.made_by, title="Berbagi", despite=EVERYTHING)

    second.refresh_from_db()
    assert second.title == "Berbagi"
    assert list(guest.participations.values_list("session", flat=True)) == [first.pk]


def test_a_narasumber_who_is_busy_at_the_new_time_of_her_session_keeps_the_series_where_it_is():
    series = make.series()
    first, second, *_rest = series.sessions.order_by("starts_at")
    guest, later = make.person(), timedelta(hours=5)
    services.invite(first, guest, by=series.made_by, role="resource_person")
    elsewhere = make.meeting(starts_in=first.starts_at + later - timezone.now())
    services.invite(elsewhere, guest, by=elsewhere.planned_by, role="resource_person")
    moved = {"starts_at": first.starts_at + later, "ends_at": first.ends_at + later}

    with pytest.raises(ValidationError, match="sudah ada kegiatan lain"):
        services.change_all(first, by=series.made_by, despite=EVERYTHING, **moved)
    services.change_all(second, by=series.made_by, title="Berbagi", despite=EVERYTHING)

    before = first.starts_at
    first.refresh_from_db()
    assert (first.title, first.starts_at) == ("Berbagi", before)


def test_an_agenda_for_all_replaces_each():
    series = plan(agenda=[{"title": "Pembukaan", "minutes": 10}])

    change(services.change_all, rows(series)[0], agenda=[{"title": "Doa", "minutes": 5}])

    for row in rows(series):
        assert [item.title for item in row.agenda.all()] == ["Doa"]


def test_changing_takes_as_many_queries_for_many_sessions_as_for_few(django_assert_max_num_queries):
    counts = []
    for count in (2, 12):
        series = plan(rule=Rule(Weekly((TH,)), count=count))
        session = ModelSession.objects.get(pk=rows(series)[0].pk)
        at = session.starts_at + timedelta(hours=1)
        by = User.objects.get(pk=series.made_by_id)
        with django_assert_max_num_queries(60) as caught:
            change(services.change_all, session, by=by, starts_at=at, ends_at=at + HOURS)
        counts.append(len(caught))

    assert counts[1] <= counts[0] + 3


# --- cancelling


def test_cancel_following_and_all():
    series = plan()
    session = rows(series)[2]
    services.cancel_session(rows(series)[3], by=board(series), reason="Jalan putus.")

    services.cancel_following(session, by=board(series), reason="Ujian sekolah.")

    assert [row.cancel_reason for row in rows(series)] == [
        *("", "", "Ujian sekolah.", "Jalan putus.", "Ujian sekolah."),
    ]
    whole(series)
    services.cancel_all(rows(series)[1], by=board(series), reason="Selesai.")
    assert [row.cancel_reason for row in rows(series)] == [
        *("Selesai.", "Selesai.", "Ujian sekolah.", "Jalan putus.", "Ujian sekolah."),
    ]
    series.refresh_from_db()
    assert series.revision == 2
    assert happened()[1:] == [
        *("sessions.SessionCancelled", "sessions.SeriesCancelled", "sessions.SeriesCancelled"),
    ]


def test_cancelling_without_a_reason_changes_nothing():
    series = plan()

    with pytest.raises(ValidationError, match="Tulis alasannya"):
        services.cancel_all(rows(series)[0], by=board(series), reason=" ")

    assert not any(row.is_cancelled for row in rows(series))


# --- who may

STATES = ("planned", "held", "cancelled", "alone")


def session_in(state: str) -> ModelSession:
    group = make.group()
    start = timezone.now() - timedelta(hours=1)
    weekday = start.astimezone(WITA).weekday()
    teacher = make.member(group)
    lesson = {"kind": "lesson", "teacher": teacher, "phase": make.phase(), "grade": 7}
    series = plan(group, rule=Rule(Weekly((weekday,)), count=3), starts_at=start, **lesson)
    session = rows(series)[0]
    if state == "held":
        services.hold_session(session, by=series.made_by)
    elif state == "cancelled":
        services.cancel_session(session, by=series.made_by, reason="Sakit.")
    elif state == "alone":
        return make.session(of=group, teacher=teacher)
    return session


@pytest.mark.parametrize("rule", ["may_change_series", "may_cancel_series"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "who", ["board", "guru model", "member", "core teacher", "other chair", "supervisor", "officer"]
)
def test_who_may_change_and_cancel_a_series(rule: str, state: str, who: str):
    session = session_in(state)
    group = session.group
    person = {
        "board": lambda: make.member(group, Role.SECRETARY),
        "guru model": lambda: session.teacher,
        "member": lambda: make.member(group),
        "core teacher": lambda: make.member(group, Role.CORE_TEACHER),
        "other chair": lambda: make.chair(make.group()),
        "supervisor": lambda: make.supervisor(session.teacher.school),
        "officer": make.officer,
    }[who]()

    verdict = getattr(rules, rule)(User.objects.get(pk=person.pk), session)

    assert bool(verdict) is (who == "board" and state == "planned")
    assert all(str(reason).endswith(".") for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("board", True),
        ("member", True),
        ("invited", True),
        ("other chair", False),
        ("supervisor", False),
        ("officer", False),
        ("newcomer", False),
    ],
)
def test_who_reads_a_series(who: str, reads: bool):
    session = session_in("planned")
    guest = make.person()
    Participation.objects.create(session=session, user=guest)
    person = {
        "board": lambda: session.planned_by,
        "member": lambda: make.member(session.group),
        "invited": lambda: guest,
        "other chair": lambda: make.chair(make.group()),
        "supervisor": lambda: make.supervisor(session.teacher.school),
        "officer": make.officer,
        "newcomer": make.newcomer,
    }[who]()

    person = User.objects.get(pk=person.pk)

    assert Series.objects.visible_to(person).filter(pk=session.series_id).exists() is reads


@pytest.mark.parametrize(
    ("service", "words"),
    [
        (services.change_following, {"title": "Lain"}),
        (services.change_all, {"title": "Lain"}),
        (services.cancel_following, {"reason": "Sakit."}),
        (services.cancel_all, {"reason": "Sakit."}),
    ],
)
def test_a_member_changes_nothing_and_neither_does_the_board_of_a_session_by_itself(service, words):
    group = make.group()
    session, alone = rows(plan(group))[0], make.session(of=group)

    with pytest.raises(PermissionDenied, match="Hanya pengurus"):
        service(session, by=make.member(group), **words)
    with pytest.raises(PermissionDenied, match="bukan bagian dari rangkaian"):
        service(alone, by=alone.planned_by, **words)
