from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from activity.models import Entry
from groups.models import Group, Stage
from groups.roles import Role
from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession, Participation
from sessions.queries import answers_to
from tests import make

pytestmark = pytest.mark.django_db


def happened() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("name", flat=True))


def plan(group: Group, **changes):
    start = timezone.now() + timedelta(days=1)
    values = {
        "by": changes.get("by") or make.chair(group),
        "teacher": changes.get("teacher") or make.member(group),
        "submission": uuid4(),
        "title": "Perbandingan senilai",
        "goal": "Murid menemukan pola.",
        "phase": make.phase(),
        "grade": 7,
        "school": make.school(),
        "starts_at": start,
        "ends_at": start + timedelta(minutes=80),
        "despite": EVERYTHING,
    }
    return services.plan_session(group, **values | changes)


def test_plan_session_invites_every_current_member_but_the_guru_model():
    group = make.group()
    cycle = make.cycle(of=group)
    teacher, observer, member = (make.member(group) for _ in range(3))
    left = make.member(group)
    left.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    board = make.member(group, Role.SECRETARY)
    make.person()

    session = plan(group, by=board, teacher=teacher, observers=[observer])

    assert session.cycle == cycle
    assert session.is_planned
    assert dict(session.participations.values_list("user", "role")) == {
        observer.pk: "observer",
        member.pk: "participant",
        board.pk: "participant",
    }
    assert happened() == ["sessions.SessionPlanned"]


def test_plan_session_for_chosen_participants_invites_them_alone():
    group = make.group()
    chosen, _other = make.member(group), make.member(group)

    session = plan(group, participants=[chosen])

    assert [part.user for part in session.participations.all()] == [chosen]


def test_plan_session_sent_twice_plans_one():
    group, submission = make.group(), uuid4()
    by, teacher = make.chair(group), make.member(group)

    first = plan(group, by=by, teacher=teacher, submission=submission)
    second = plan(group, by=by, teacher=teacher, submission=submission)

    assert second == first
    assert ModelSession.objects.count() == 1
    assert happened() == ["sessions.SessionPlanned"]


def test_plan_session_by_a_member_changes_nothing():
    group = make.group()

    with pytest.raises(PermissionDenied, match="Hanya pengurus"):
        plan(group, by=make.member(group))

    assert not ModelSession.objects.exists()
    assert happened() == []


NOON = timezone.now() + timedelta(days=3)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"ends_at": NOON, "starts_at": NOON}, "ends_at", "berakhir sebelum mulai"),
        (
            {"starts_at": NOON, "ends_at": NOON + timedelta(days=2)},
            "ends_at",
            "paling lama satu hari",
        ),
        ({"school": None}, "place", "perlu sekolah atau tempat"),
        ({"mode": "online"}, "online_link", "perlu tautan"),
        ({"mode": "blended", "place": "Aula"}, "online_link", "perlu tautan"),
        (
            {"mode": "blended", "school": None, "online_link": "https://meet.example"},
            "place",
            "perlu sekolah",
        ),
        ({"mode": "online", "online_link": "javascript:alert(1)"}, "online_link", "URL"),
        ({"grade": 10}, "grade", "kelas 7 sampai 9"),
        ({"title": ""}, "title", ""),
        ({"goal": "x" * 1001}, "goal", "1000"),
    ],
)
def test_plan_that_does_not_fit_is_refused_on_its_field(changes, field: str, words: str):
    with pytest.raises(ValidationError) as refusal:
        plan(make.group(), **changes)

    assert list(refusal.value.message_dict) == [field]
    assert words in refusal.value.message_dict[field][0]
    assert not ModelSession.objects.exists()


def test_plan_session_with_a_guru_model_from_elsewhere_is_refused():
    group, stranger = make.group(), make.person()

    with pytest.raises(ValidationError, match="bukan anggota kelompok") as refusal:
        plan(group, teacher=stranger)
    with pytest.raises(ValidationError, match="bukan anggota kelompok"):
        plan(group, observers=[stranger])
    with pytest.raises(ValidationError, match="bukan anggota kelompok"):
        plan(group, participants=[stranger])

    assert list(refusal.value.message_dict) == ["teacher"]


def test_plan_session_with_the_guru_model_as_her_own_observer_is_refused():
    group = make.group()
    teacher = make.member(group)

    with pytest.raises(ValidationError, match="pengamat sesinya sendiri"):
        plan(group, teacher=teacher, observers=[teacher])


def test_plan_session_that_overlaps_her_other_session_names_it():
    one, two = make.group(), make.group()
    teacher = make.member(one)
    teacher.memberships.create(group=two)
    other = make.session(of=one, teacher=teacher)

    board = make.chair(two)
    board.memberships.create(group=one)
    start = other.ends_at - timedelta(minutes=1)
    with pytest.raises(ValidationError, match="Mengapa daun tidak semuanya hijau") as refusal:
        plan(two, by=board, teacher=teacher, starts_at=start, ends_at=NOON)

    assert list(refusal.value.message_dict) == ["teacher"]
    assert two.sessions.count() == 0


def test_plan_session_right_after_the_other_or_instead_of_a_cancelled_one_is_fine():
    group = make.group()
    teacher = make.member(group)
    other = make.session(of=group, teacher=teacher)
    cancelled = make.session(of=group, teacher=teacher, starts_in=timedelta(days=5), cancelled=True)
    end = timedelta(minutes=40)

    plan(group, teacher=teacher, starts_at=other.ends_at, ends_at=other.ends_at + end)
    plan(group, teacher=teacher, starts_at=cancelled.starts_at, ends_at=cancelled.ends_at)

    assert group.sessions.count() == 4


def test_change_session_to_another_time_asks_everyone_again():
    session = make.session()
    part = session.participations.get()
    services.answer_invitation(part, by=part.user, answer="not_coming", reason="Ada rapat.")

    services.change_session(
        session,
        by=session.teacher,
        ends_at=session.ends_at + timedelta(minutes=10),
        despite=EVERYTHING,
    )

    part.refresh_from_db()
    assert (part.answer, part.answer_reason, part.answered_at) == ("", "", None)
    assert Entry.objects.last().data == {"session_id": session.pk, "moved": True}


def test_change_session_to_another_place_keeps_the_answers():
    session = make.session()
    part = session.participations.get()
    services.answer_invitation(part, by=part.user, answer="coming")

    services.change_session(session, by=session.teacher, place="Aula")

    part.refresh_from_db()
    assert part.answer == "coming"
    assert Entry.objects.last().data == {"session_id": session.pk, "moved": False}


def test_change_of_words_alone_tells_nobody():
    session = make.session()

    services.change_session(session, by=session.teacher, title="Pigmen daun")

    session.refresh_from_db()
    assert session.title == "Pigmen daun"
    assert happened() == ["sessions.SessionPlanned"]


def test_change_session_by_a_member_or_after_holding_changes_nothing():
    session, held = make.session(), make.session(held=True)

    with pytest.raises(PermissionDenied, match="Hanya pengurus dan guru model"):
        services.change_session(session, by=make.member(session.group), title="Lain")
    with pytest.raises(PermissionDenied, match="sudah terlaksana"):
        services.change_session(held, by=held.teacher, title="Lain")

    assert not ModelSession.objects.filter(title="Lain").exists()


def test_change_session_into_a_clash_is_refused_but_not_with_itself():
    group = make.group()
    teacher = make.member(group)
    session = make.session(of=group, teacher=teacher)
    other = make.session(of=group, teacher=teacher, starts_in=timedelta(days=3))

    services.change_session(
        session, by=teacher, ends_at=session.ends_at + timedelta(minutes=5), despite=EVERYTHING
    )
    with pytest.raises(ValidationError, match="sudah menjadi guru model"):
        services.change_session(
            session, by=teacher, starts_at=other.starts_at, ends_at=other.ends_at
        )


def test_cancel_session_keeps_its_reason():
    session = make.session()

    services.cancel_session(session, by=session.planned_by, reason=" Banjir di jalan. ")

    session.refresh_from_db()
    assert session.is_cancelled
    assert session.cancel_reason == "Banjir di jalan."
    assert happened()[-1] == "sessions.SessionCancelled"


def test_cancel_session_without_reason_or_twice_or_by_the_guru_model_is_refused():
    session, cancelled = make.session(), make.session(cancelled=True)

    with pytest.raises(ValidationError, match="Tulis alasannya"):
        services.cancel_session(session, by=session.planned_by, reason=" ")
    with pytest.raises(ValidationError, match="300"):
        services.cancel_session(session, by=session.planned_by, reason="x" * 301)
    with pytest.raises(PermissionDenied, match="Hanya pengurus"):
        services.cancel_session(session, by=session.teacher, reason="Sakit.")
    with pytest.raises(PermissionDenied, match="dibatalkan"):
        services.cancel_session(cancelled, by=cancelled.planned_by, reason="Sakit.")

    session.refresh_from_db()
    assert session.is_planned


def test_hold_session_counts_in_the_cycle_and_opens_two_days_after_its_end():
    group = make.group()
    cycle = make.cycle(of=group)
    session = make.session(of=group, starts_in=-timedelta(hours=2))

    services.hold_session(session, by=session.teacher)

    session.refresh_from_db()
    cycle.refresh_from_db()
    assert session.was_held
    assert session.opens_at == session.ends_at + timedelta(hours=48)
    assert cycle.counts[Stage.MODELLING] == 1
    assert happened()[-1] == "sessions.SessionHeld"


def test_hold_session_before_it_begins_or_twice_is_refused():
    group = make.group()
    cycle = make.cycle(of=group)
    early, held = make.session(of=group), make.session(of=group, held=True)

    with pytest.raises(PermissionDenied, match="belum mulai"):
        services.hold_session(early, by=early.teacher)
    with pytest.raises(PermissionDenied, match="sudah terlaksana"):
        services.hold_session(held, by=held.teacher)

    early.refresh_from_db()
    cycle.refresh_from_db()
    assert early.is_planned
    assert cycle.sessions_held == 1


def test_hold_session_on_a_stale_page_sees_that_it_was_cancelled():
    session = make.session(starts_in=-timedelta(hours=1))
    stale = ModelSession.objects.get(pk=session.pk)
    services.cancel_session(session, by=session.planned_by, reason="Banjir.")

    with pytest.raises(PermissionDenied, match="dibatalkan"):
        services.hold_session(stale, by=session.teacher)

    assert ModelSession.objects.get().is_cancelled


def test_open_early_brings_a_held_session_forward_and_never_back():
    session, planned = make.session(held=True), make.session()
    now = timezone.now()

    services.open_early(session, now)
    services.open_early(session, now + timedelta(hours=1))
    services.open_early(planned, now)

    assert session.opens_at == now
    assert session.is_open_to_teacher(now)
    assert planned.opens_at is None


def test_what_followed_is_counted_in_the_session():
    sheet = make.observation(submitted=True)
    feedback = make.feedback(on=sheet.session)

    session = ModelSession.objects.get(pk=sheet.session_id)

    assert feedback.session == session
    assert (session.sheets_submitted, session.feedback_given) == (1, 1)


def test_invite_adds_people_and_changes_roles():
    session = make.session()
    member = make.member(session.group)
    guest = make.person()
    services.invite(session, member, by=session.teacher, role="participant")

    services.invite(session, member, by=session.teacher, role="observer")
    services.invite(session, guest, by=session.planned_by, role="resource_person")

    assert make.participation(session, member).role == "observer"
    assert make.participation(session, guest).role == "resource_person"
    assert happened()[-2:] == ["sessions.PersonInvited", "sessions.PersonInvited"]


def test_invite_refuses_the_guru_model_outsiders_as_participants_and_the_same_again():
    session = make.session()
    invited = session.participations.get()

    with pytest.raises(ValidationError, match="Guru model sudah"):
        services.invite(session, session.teacher, by=session.planned_by, role="observer")
    with pytest.raises(ValidationError, match="Peserta adalah anggota"):
        services.invite(session, make.person(), by=session.planned_by, role="participant")
    with pytest.raises(ValidationError, match="sudah diundang"):
        services.invite(session, invited.user, by=session.planned_by, role=invited.role)
    with pytest.raises(ValidationError):
        services.invite(session, make.person(), by=session.planned_by, role="raja")
    with pytest.raises(PermissionDenied):
        services.invite(session, make.person(), by=invited_member(session), role="observer")

    assert session.participations.count() == 1


def test_a_meeting_has_no_observers():
    meeting = make.meeting()
    person = make.member(meeting.group)

    with pytest.raises(ValidationError, match="Pertemuan tidak memakai pengamat") as refusal:
        services.invite(meeting, person, by=meeting.planned_by, role="observer")

    assert list(refusal.value.message_dict) == ["person"]
    assert not meeting.participations.filter(role="observer").exists()


def invited_member(session: ModelSession):
    return make.member(session.group)


def test_answer_invitation_keeps_a_reason_only_with_a_refusal():
    part = make.session().participations.get()

    services.answer_invitation(part, by=part.user, answer="not_coming", reason="Ada rapat.")
    reason = part.answer_reason
    services.answer_invitation(part, by=part.user, answer="coming", reason="Ada rapat.")

    part.refresh_from_db()
    assert reason == "Ada rapat."
    assert (part.answer, part.answer_reason) == ("coming", "")
    assert part.answered_at
    assert happened()[-1] == "sessions.InvitationAnswered"


@pytest.mark.parametrize("answer", ["", "online", "mungkin"])
def test_answer_that_the_session_does_not_offer_is_refused(answer: str):
    part = make.session().participations.get()

    with pytest.raises(ValidationError, match="Pilih salah satu"):
        services.answer_invitation(part, by=part.user, answer=answer)

    part.refresh_from_db()
    assert part.answer == ""


def test_answers_follow_the_mode():
    session = ModelSession(mode="in_person")
    assert answers_to(session) == ("coming", "not_coming", "maybe")
    session.mode = "online"
    assert answers_to(session) == ("online", "not_coming", "maybe")
    session.mode = "blended"
    assert answers_to(session) == ("coming", "online", "not_coming", "maybe")


def test_answer_for_another_or_after_holding_is_refused():
    part, late = make.session().participations.get(), make.session(held=True).participations.get()

    with pytest.raises(PermissionDenied, match="oleh yang diundang"):
        services.answer_invitation(part, by=part.session.teacher, answer="coming")
    with pytest.raises(PermissionDenied, match="sudah terlaksana"):
        services.answer_invitation(late, by=late.user, answer="coming")

    assert not Participation.objects.exclude(answer="").exists()


def test_remind_of_sessions_once_and_again_when_it_moved():
    soon = make.session(starts_in=timedelta(hours=20))
    make.session(starts_in=timedelta(hours=30))
    make.session(starts_in=timedelta(hours=20), cancelled=True)
    make.session(starts_in=-timedelta(hours=1))
    now = timezone.now()

    services.remind_of_sessions(now)
    services.remind_of_sessions(now + timedelta(minutes=15))
    once = Entry.objects.filter(name="sessions.SessionIsSoon").count()
    services.change_session(
        soon,
        by=soon.teacher,
        starts_at=soon.starts_at + timedelta(minutes=30),
        despite=EVERYTHING,
    )
    services.remind_of_sessions(now)

    reminders = Entry.objects.filter(name="sessions.SessionIsSoon")
    assert once == 1
    assert [entry.data for entry in reminders] == [{"session_id": soon.pk}] * 2
    assert {entry.actor for entry in reminders} == {None}


def test_each_change_raises_the_revision_that_calendars_go_by():
    session = make.session()
    board = session.planned_by
    assert (session.revision, session.revised_at) == (0, None)

    services.change_session(session, by=board, place="Aula")
    services.cancel_session(session, by=board, reason="Jalan putus.")

    session.refresh_from_db()
    assert session.revision == 2
    assert session.revised_at is not None
