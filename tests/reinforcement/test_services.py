from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from activity.models import Entry
from groups.roles import Role
from reinforcement import events, services
from reinforcement.models import Feedback, FeedbackShare, FollowUp, PrivateNote, Reflection
from sessions.models import ModelSession, Participation
from tests import make

pytestmark = pytest.mark.django_db
WORDS = {
    "appreciation": "Meja 11 bicara lebih dulu.",
    "seen": "Empat murid menjawab berbeda.",
    "suggestion": "Beri nomor pada kartu peran.",
}
LOOKING = {"target": "T", "went_well": "B", "not_yet": "K", "learned": "P"}


def happened() -> list[object]:
    return [entry.event for entry in Entry.objects.filter(name__startswith="reinforcement.")]


def giver(session: ModelSession):
    return make.member(session.group, Role.CORE_TEACHER)


def test_write_reflection_opens_at_once_what_others_wrote():
    session = make.session(held=True)
    assert not session.is_open_to_teacher(timezone.now())

    reflection = services.write_reflection(session, by=session.teacher, **LOOKING)

    session.refresh_from_db()
    assert session.is_open_to_teacher(timezone.now())
    assert reflection.learned == "P"
    assert happened() == [events.ReflectionWritten(reflection_id=reflection.pk)]


def test_write_reflection_long_after_leaves_open_what_was_open():
    session = make.session(held=True)
    opened = timezone.now() - timedelta(days=1)
    ModelSession.objects.update(opens_at=opened)

    services.write_reflection(session, by=session.teacher, **LOOKING)

    session.refresh_from_db()
    assert session.opens_at == opened


def test_a_second_reflection_is_refused_and_changes_nothing():
    session = make.session(held=True)
    services.write_reflection(session, by=session.teacher, **LOOKING)

    with pytest.raises(PermissionDenied, match="sudah ditulis"):
        services.write_reflection(session, by=session.teacher, **LOOKING | {"learned": "Lain"})

    assert Reflection.objects.get().learned == "P"
    assert len(happened()) == 1


def test_an_empty_reflection_is_refused_and_opens_nothing():
    session = make.session(held=True)

    with pytest.raises(ValidationError) as refusal:
        services.write_reflection(session, by=session.teacher, **LOOKING | {"learned": ""})

    session.refresh_from_db()
    assert set(refusal.value.error_dict) == {"learned"}
    assert not session.is_open_to_teacher(timezone.now())
    assert not Reflection.objects.exists()
    assert happened() == []


def test_reflection_by_someone_else_is_refused():
    session = make.session(held=True)

    with pytest.raises(PermissionDenied, match="hanya untuk guru model"):
        services.write_reflection(session, by=make.chair(session.group), **LOOKING)

    assert not Reflection.objects.exists()


def test_a_draft_may_be_incomplete_and_is_kept_once():
    session = make.session(held=True)
    author = giver(session)

    services.save_feedback(session, by=author, appreciation="Bagus.", private_note="Rahasia.")
    draft = services.save_feedback(session, by=author, seen="Meja 5 diam.", private_note="")

    assert Feedback.objects.get() == draft
    assert (draft.appreciation, draft.seen, draft.suggestion) == ("Bagus.", "Meja 5 diam.", "")
    assert draft.given_at is None
    assert not PrivateNote.objects.exists()
    assert happened() == [events.FeedbackStarted(feedback_id=draft.pk)]


def test_give_feedback_counts_in_the_cycle_and_is_told():
    group = make.group()
    cycle = make.cycle(of=group)
    session = make.session(of=group, held=True)
    author = giver(session)

    feedback = services.give_feedback(session, by=author, **WORDS, private_note="Untuk Ibu.")

    cycle.refresh_from_db()
    assert cycle.feedback_given == 1
    assert feedback.given_at is not None
    assert feedback.private_note.text == "Untuk Ibu."
    assert happened() == [events.FeedbackGiven(feedback_id=feedback.pk)]


def test_give_feedback_twice_is_refused_and_counts_once():
    group = make.group()
    cycle = make.cycle(of=group)
    session = make.session(of=group, held=True)
    author = giver(session)
    services.give_feedback(session, by=author, **WORDS)

    with pytest.raises(PermissionDenied, match="sudah dikirim"):
        services.give_feedback(session, by=author, **WORDS | {"seen": "Lain."})

    cycle.refresh_from_db()
    assert cycle.feedback_given == 1
    assert Feedback.objects.get().seen == WORDS["seen"]
    assert len(happened()) == 1


def test_given_feedback_cannot_be_saved_as_a_draft_again():
    feedback = make.feedback()

    with pytest.raises(PermissionDenied, match="sudah dikirim"):
        services.save_feedback(feedback.session, by=feedback.author, seen="Lain.")

    feedback.refresh_from_db()
    assert feedback.seen == "Empat murid menjawab berbeda."
    assert feedback.given_at is not None


@pytest.mark.parametrize("missing", ["appreciation", "seen", "suggestion"])
def test_give_feedback_without_a_main_part_is_refused_and_keeps_the_draft(missing):
    session = make.session(held=True)
    author = giver(session)
    services.save_feedback(session, by=author, appreciation="Draf.")

    with pytest.raises(ValidationError) as refusal:
        services.give_feedback(session, by=author, **WORDS | {missing: ""})

    draft = Feedback.objects.get()
    assert set(refusal.value.error_dict) == {missing}
    assert (draft.appreciation, draft.given_at) == ("Draf.", None)
    assert happened() == [events.FeedbackStarted(feedback_id=draft.pk)]


def test_feedback_before_holding_and_by_strangers_is_refused():
    planned, held = make.session(), make.session(held=True)

    with pytest.raises(PermissionDenied, match="belum dinyatakan terlaksana"):
        services.save_feedback(planned, by=giver(planned), **WORDS)
    with pytest.raises(PermissionDenied, match="yang mengikuti sesi"):
        services.give_feedback(held, by=make.person(), **WORDS)

    assert not Feedback.objects.exists()


def test_the_author_speaks_as_what_guides_most():
    session = make.session(held=True)
    supervising = make.supervisor(session.teacher.school)
    both = make.member(session.group, Role.INSTRUCTOR)
    make.also(both, session.group, Role.CORE_TEACHER)
    speaker, elsewhere = make.person(), make.member(make.group(), Role.INSTRUCTOR)
    for guest, role in ((speaker, "resource_person"), (elsewhere, "participant")):
        Participation.objects.create(session=session, user=guest, role=role)
    authors = [supervising, both, giver(session), speaker, elsewhere]

    roles = [services.save_feedback(session, by=author, **WORDS).author_role for author in authors]

    assert roles == ["supervisor", "instructor", "core_teacher", "resource_person", "peer"]


def test_thank_for_feedback_once():
    feedback = make.feedback()
    make.reflection(on=feedback.session)
    teacher = feedback.session.teacher

    services.thank_for_feedback(feedback, by=teacher, text="Saya coba Senin.")

    feedback.refresh_from_db()
    assert feedback.thanks == "Saya coba Senin."
    assert feedback.thanked_at is not None
    assert happened()[-1] == events.FeedbackThanked(feedback_id=feedback.pk)
    with pytest.raises(PermissionDenied, match="sudah disampaikan"):
        services.thank_for_feedback(feedback, by=teacher)
    feedback.refresh_from_db()
    assert feedback.thanks == "Saya coba Senin."


def test_thanks_before_opening_are_refused():
    feedback = make.feedback()

    with pytest.raises(PermissionDenied, match="terbuka setelah refleksi"):
        services.thank_for_feedback(feedback, by=feedback.session.teacher, text="Terima kasih.")

    feedback.refresh_from_db()
    assert (feedback.thanks, feedback.thanked_at) == ("", None)


def test_share_feedback_with_a_person_once():
    feedback = make.feedback()
    make.reflection(on=feedback.session)
    teacher, reader = feedback.session.teacher, make.person()

    first = services.share_feedback(feedback, by=teacher, reader=reader)
    again = services.share_feedback(feedback, by=teacher, reader=reader)

    assert first == again
    assert happened()[-1] == events.FeedbackShared(share_id=first.pk)
    assert len(happened()) == 3


def test_unshare_feedback_once_by_the_guru_model_alone():
    feedback = make.feedback()
    make.reflection(on=feedback.session)
    teacher, reader = feedback.session.teacher, make.person()
    services.share_feedback(feedback, by=teacher, reader=reader)

    with pytest.raises(PermissionDenied, match="oleh guru model"):
        services.unshare_feedback(feedback, by=reader, reader=reader)
    assert FeedbackShare.objects.count() == 1
    for _ in range(2):
        services.unshare_feedback(feedback, by=teacher, reader=reader)

    assert not FeedbackShare.objects.exists()
    taken = events.FeedbackUnshared(feedback_id=feedback.pk, reader_id=reader.pk)
    assert happened().count(taken) == 1


@pytest.mark.parametrize("who", ["author", "guru model", "newcomer"])
def test_share_feedback_with_whom_it_makes_no_sense_is_refused(who):
    feedback = make.feedback()
    make.reflection(on=feedback.session)
    teacher = feedback.session.teacher
    reader = {"author": feedback.author, "guru model": teacher}.get(who) or make.newcomer()

    with pytest.raises(ValidationError) as refusal:
        services.share_feedback(feedback, by=teacher, reader=reader)

    assert set(refusal.value.error_dict) == {"reader"}
    assert not FeedbackShare.objects.exists()


def test_promise_follow_up_once_and_not_for_the_past():
    session = make.session(held=True)
    make.reflection(on=session)
    today = timezone.localdate()

    with pytest.raises(ValidationError) as refusal:
        services.promise_follow_up(
            session, by=session.teacher, commitment="Lambat.", due_on=today - timedelta(days=1)
        )
    promised = services.promise_follow_up(
        session, by=session.teacher, commitment="Kartu peran.", due_on=today
    )
    with pytest.raises(PermissionDenied, match="yang berjalan"):
        services.promise_follow_up(session, by=session.teacher, commitment="Lain.", due_on=today)

    assert set(refusal.value.error_dict) == {"due_on"}
    assert FollowUp.objects.get() == promised
    assert FollowUp.objects.get().commitment == "Kartu peran."
    assert happened()[1:] == [events.FollowUpPromised(follow_up_id=promised.pk)]


def test_promise_before_the_reflection_is_refused():
    session = make.session(held=True)

    with pytest.raises(PermissionDenied, match="refleksi lebih dulu"):
        services.promise_follow_up(
            session, by=session.teacher, commitment="Kartu.", due_on=timezone.localdate()
        )

    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("missing", ["effort", "result"])
def test_a_follow_up_is_done_with_what_was_tried_and_what_came_of_it(missing):
    follow_up = make.follow_up()
    teacher = follow_up.session.teacher
    said = {"effort": "Di kelas 8.", "result": "Kelompok 3 bicara."}

    with pytest.raises(ValidationError) as refusal:
        services.complete_follow_up(follow_up, by=teacher, **said | {missing: " "})
    services.complete_follow_up(follow_up, by=teacher, **said)
    with pytest.raises(PermissionDenied, match="sudah berakhir: selesai"):
        services.complete_follow_up(follow_up, by=teacher, **said | {"result": "Lain."})

    follow_up.refresh_from_db()
    assert set(refusal.value.error_dict) == {missing}
    assert follow_up.settled_at is not None
    assert (follow_up.effort, follow_up.result) == ("Di kelas 8.", "Kelompok 3 bicara.")
    assert happened()[-1] == events.FollowUpDone(follow_up_id=follow_up.pk)


def test_a_changed_follow_up_keeps_its_reason_and_another_one_follows_it():
    follow_up = make.follow_up()
    teacher, today = follow_up.session.teacher, timezone.localdate()
    other = {"commitment": "Memakai nomor meja.", "due_on": today, "support": "Spidol."}

    successor = services.change_follow_up(follow_up, by=teacher, reason="Hilang.", **other)

    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.reason) == ("changed", "Hilang.")
    assert follow_up.settled_at is not None
    assert (successor.follows, successor.state) == (follow_up, "open")
    assert (successor.commitment, successor.support) == ("Memakai nomor meja.", "Spidol.")
    assert happened()[-1] == events.FollowUpChanged(follow_up_id=successor.pk)
    with pytest.raises(PermissionDenied, match="sudah berakhir: diganti"):
        services.change_follow_up(follow_up, by=teacher, reason="Lagi.", **other)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"reason": " "}, "reason"), ({"commitment": ""}, "commitment"), ({"due_on": 1}, "due_on")],
)
def test_a_change_that_is_not_whole_is_refused_and_changes_nothing(wrong, field):
    follow_up = make.follow_up()
    yesterday = timezone.localdate() - timedelta(days=1)
    if "due_on" in wrong:
        wrong = {"due_on": yesterday}
    whole = {"reason": "Hilang.", "commitment": "Nomor meja.", "due_on": timezone.localdate()}

    with pytest.raises(ValidationError) as refusal:
        services.change_follow_up(follow_up, by=follow_up.session.teacher, **whole | wrong)

    assert set(refusal.value.error_dict) == {field}
    assert [one.state for one in FollowUp.objects.all()] == ["open"]
    assert FollowUp.objects.get().reason == ""


def test_a_dropped_follow_up_says_why_and_leaves_room_for_another():
    follow_up = make.follow_up()
    session, teacher = follow_up.session, follow_up.session.teacher

    with pytest.raises(ValidationError):
        services.drop_follow_up(follow_up, by=teacher, reason="")
    services.drop_follow_up(follow_up, by=teacher, reason="Saya pindah kelas.")
    assert happened()[-1] == events.FollowUpDropped(follow_up_id=follow_up.pk)
    another = services.promise_follow_up(
        session, by=teacher, commitment="Menunggu tujuh detik.", due_on=timezone.localdate()
    )

    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.reason) == ("dropped", "Saya pindah kelas.")
    assert (another.follows, another.state) == (None, "open")


def test_nobody_else_ends_her_follow_up():
    follow_up = make.follow_up()
    guide = make.supervisor(follow_up.session.teacher.school)
    today = timezone.localdate()

    with pytest.raises(PermissionDenied, match="oleh guru model"):
        services.complete_follow_up(follow_up, by=guide, effort="A", result="B")
    with pytest.raises(PermissionDenied, match="oleh guru model"):
        services.change_follow_up(follow_up, by=guide, reason="A", commitment="B", due_on=today)
    with pytest.raises(PermissionDenied, match="oleh guru model"):
        services.drop_follow_up(follow_up, by=guide, reason="A")

    assert FollowUp.objects.get().state == "open"
