"""Who is told of what. Each test reaches the event by a service and lets the log be relayed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import services as accounts
from accounts.models import User
from activity.events import Event, handlers
from activity.models import Entry
from activity.services import relay
from groups import services as groups
from groups.roles import Role
from notifications.models import Notice
from observations import services as observations
from reinforcement import services as reinforcement
from sessions import services as sessions
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession, Participation
from sharing import services as sharing
from tests import make
from thinkpair import services as thinkpair

pytestmark = pytest.mark.django_db

# What is kept for the record alone: nobody waits for it.
NOBODY_IS_TOLD = {
    "accounts.FirstAdminCame",
    "accounts.ProfileEdited",
    "accounts.SignedUp",
    "groups.CycleEdited",
    "groups.GroupCreated",
    "groups.GroupEdited",
    "groups.GuideDismissed",
    "groups.InvitationMade",
    "groups.InvitationRevoked",
    "groups.PersonLeft",
    "kesraku.GardenEdited",
    "kesraku.GardenEnded",
    "kesraku.GardenResumed",
    "kesraku.GardenStarted",
    "kesraku.HarvestRecorded",
    "kesraku.HarvestRemoved",
    "kesraku.LessonLinkedToGarden",
    "kesraku.LessonUnlinkedFromGarden",
    "observations.FocusChosen",
    "observations.ObservationStarted",
    "reinforcement.FeedbackStarted",
    "reinforcement.ReflectionWritten",
    "sessions.AttendanceTicked",
    "sessions.CalendarFeedMade",
    "sessions.CalendarFeedRevoked",
    "sessions.CheckedIn",
    "sessions.ClockCorrected",
    "sessions.ClockStarted",
    "sessions.DecisionMade",
    "sessions.DecisionRemoved",
    "sessions.FileKept",
    "sessions.FileRemoved",
    "sessions.PaperworkFilled",
    "sessions.InvitationAnswered",
    "sessions.PenTaken",
    "sessions.QuestionAnswered",
    "sessions.QuestionAsked",
    "sessions.QuestionRemoved",
    "sessions.SheetKept",
    "sessions.StrayMinutesSettled",
    "sessions.LinksRevoked",
    "sharing.PostEdited",
    "sharing.PostRestored",
    "sharing.PostShared",
    "sharing.PostWithdrawn",
    "thinkpair.ThoughtWritten",
}


def test_every_event_is_followed_or_kept_for_the_record_on_purpose():
    ours = {name: event for name, event in Event.by_name.items() if not name.startswith("tests")}
    unfollowed = {name for name, event in ours.items() if not handlers[event]}

    assert unfollowed == NOBODY_IS_TOLD


def quiet() -> None:
    """Forget what led here, so that only what comes next is told."""
    Entry.objects.all().delete()


def told() -> dict[User, str]:
    """Who was told what; nobody was told twice."""
    relay()
    assert not Entry.objects.filter(handled_at=None).exists(), "a handler failed"
    notices = Notice.objects.select_related("recipient").order_by("pk")
    found = {notice.recipient: notice.text for notice in notices}
    assert len(found) == len(notices)
    return found


def links() -> set[str]:
    return set(Notice.objects.values_list("url", flat=True))


def test_who_is_let_in_is_welcomed():
    newcomer = make.newcomer()

    accounts.let_in(newcomer, by=make.officer())

    assert list(told()) == [newcomer]
    assert links() == {reverse("home")}


# --- groups


def test_board_is_told_who_asks_to_join_and_who_asked_of_the_answer():
    group = make.group()
    chair = make.chair(group)
    request = make.join_request(to=group)
    assert told() == {chair: f"Pendatang Baru meminta bergabung di {group}."}

    Notice.objects.all().delete()
    groups.decide_join(request, by=chair, accepted=True)

    assert told() == {request.user: f"Selamat datang di {group}."}
    assert links() == {group.get_absolute_url()}


def test_who_is_declined_is_told_whom_to_ask():
    request = make.join_request()
    chair = make.chair(request.group)
    quiet()

    groups.decide_join(request, by=chair, accepted=False)

    assert list(told()) == [request.user]
    assert "belum diterima" in told()[request.user]


def test_board_is_told_who_came_by_invitation():
    invitation = make.invitation()
    newcomer = make.newcomer()
    quiet()

    groups.accept_invitation(invitation, by=newcomer)

    assert told() == {
        invitation.made_by: f"Pendatang Baru bergabung di {invitation.group}.",
    }


def test_new_board_is_told_its_offices_but_not_who_handed_over():
    group = make.group()
    chair, secretary = make.chair(group), make.member(group)
    today = timezone.localdate()

    groups.hand_over_board(
        group,
        by=chair,
        chair=chair,
        secretary=secretary,
        starts_on=today,
        ends_on=today + timedelta(days=700),
        decree="800/12/2026",
    )

    assert told() == {secretary: f"Bapak/Ibu ditetapkan sebagai sekretaris {group}."}


def test_guide_is_told_of_the_task():
    group = make.group()
    chair, teacher = make.chair(group), make.member(group)

    groups.appoint_guide(group, by=chair, person=teacher, role=Role.CORE_TEACHER)

    assert told() == {teacher: f"Bapak/Ibu ditetapkan sebagai guru inti {group}."}


def test_members_are_told_when_a_cycle_opens_and_closes():
    group = make.group()
    chair, member = make.chair(group), make.member(group)
    make.member(make.group())
    today = timezone.localdate()

    cycle = groups.open_cycle(
        group,
        by=chair,
        theme="Bertanya",
        problem="Murid diam.",
        starts_on=today,
        ends_on=today + timedelta(days=30),
    )
    assert told() == {member: f"Siklus 1: Bertanya dimulai di {group}."}
    assert links() == {cycle.get_absolute_url()}

    Notice.objects.all().delete()
    type(cycle).objects.update(sessions_held=1)
    groups.close_cycle(cycle, by=chair, reflection="Murid mulai bertanya.")
    assert told() == {member: "Siklus 1: Bertanya ditutup. Silakan baca refleksinya."}


# --- S


def test_author_is_told_of_comments_once_until_read():
    post = make.post()
    reader = make.member(post.group)
    quiet()

    make.comment(post, by=post.author)
    make.comment(post, by=reader)
    make.comment(post, by=reader)

    assert told() == {post.author: f"{reader} menanggapi “{post}”."}


def test_comment_on_a_post_withdrawn_meanwhile_tells_nobody():
    post = make.post()
    reader = make.member(post.group)
    make.comment(post, by=reader)
    sharing.withdraw_post(post, by=post.author)

    assert told() == {}


# --- M


def test_teacher_observers_and_participants_are_invited_each_by_role():
    group = make.group()
    teacher, observer, participant = (make.member(group) for _number in range(3))

    session = make.session(of=group, teacher=teacher, observers=[observer])

    invited = told()
    assert invited.keys() == {teacher, observer, participant}
    assert invited[teacher].startswith(f"Bapak/Ibu menjadi guru model: “{session}”, ")
    assert invited[observer].startswith(f"Undangan sebagai pengamat: “{session}”, ")
    assert invited[participant].startswith(f"Undangan sebagai peserta: “{session}”, ")
    assert all(text.endswith(" WITA.") for text in invited.values())
    assert links() == {session.get_absolute_url()}


def test_a_meeting_invites_to_what_it_is_and_its_leader_to_lead():
    group = make.group()
    leader, member = make.member(group), make.member(group)

    meeting = make.meeting(of=group, leader=leader)

    invited = told()
    assert invited.keys() == {leader, member}
    assert invited[leader].startswith(f"Bapak/Ibu memimpin rapat kerja: “{meeting}”, ")
    assert invited[member].startswith(f"Undangan rapat kerja: “{meeting}”, ")


def test_a_narasumber_of_a_meeting_is_invited_as_such():
    meeting = make.meeting()
    guest = make.person()
    quiet()

    sessions.invite(meeting, guest, by=meeting.planned_by, role=Participation.Role.RESOURCE_PERSON)

    assert told()[guest].startswith(f"Undangan sebagai narasumber: “{meeting}”, ")


def test_who_leads_a_meeting_from_now_on_is_told():
    meeting = make.meeting()
    leader = make.member(meeting.group)
    quiet()

    sessions.change_session(meeting, by=meeting.planned_by, leader=leader)

    assert told()[leader].startswith("Bapak/Ibu memimpin rapat kerja: ")


def test_what_happens_to_a_meeting_is_told_by_its_kind():
    group = make.group()
    member = make.member(group)
    meeting = make.meeting(of=group, kind="think_pairs")
    by = meeting.planned_by
    quiet()

    sessions.change_session(meeting, by=by, place="Perpustakaan")
    assert told()[member].startswith("Tempat atau tautan pertemuan Think & Pairs berubah: ")

    Notice.objects.all().delete()
    later = {
        "starts_at": meeting.starts_at + timedelta(hours=1),
        "ends_at": meeting.ends_at + timedelta(hours=1),
    }
    sessions.change_session(meeting, by=by, **later, despite=EVERYTHING)
    assert told()[member].startswith("Pertemuan Think & Pairs pindah waktu: ")

    Notice.objects.all().delete()
    sessions.cancel_session(meeting, by=by, reason="Ujian.")
    assert told()[member] == f"Pertemuan Think & Pairs “{meeting}” dibatalkan: Ujian."


def test_a_held_meeting_owes_nobody_a_sheet():
    make.meeting(held=True)
    quiet()

    assert told() == {}


def test_the_leader_of_a_series_of_meetings_is_told_so():
    group = make.group()
    leader = make.member(group)

    make.series(of=group, leader=leader)

    assert told()[leader].startswith(
        "Bapak/Ibu memimpin pertemuan berbagi: “Berbagi praktik baik”, setiap "
    )


def test_who_is_invited_later_is_told():
    session = make.session()
    guest = make.person()
    quiet()

    sessions.invite(session, guest, by=session.teacher, role=Participation.Role.RESOURCE_PERSON)

    assert list(told()) == [guest]


def test_invitation_to_a_session_cancelled_meanwhile_is_not_sent():
    make.session(cancelled=True)

    assert all("dibatalkan" in text for text in told().values())


def test_everyone_is_asked_again_when_the_time_moved():
    group = make.group()
    teacher, observer = make.member(group), make.member(group)
    session = make.session(of=group, teacher=teacher, observers=[observer])
    quiet()

    sessions.change_session(
        session,
        by=session.planned_by,
        starts_at=session.starts_at + timedelta(hours=1),
        ends_at=session.ends_at + timedelta(hours=1),
        despite=EVERYTHING,
    )

    assert told().keys() == {teacher, observer}
    assert all("Mohon dijawab lagi" in text for text in told().values())


def test_a_new_place_is_told_without_asking_again():
    session = make.session()
    quiet()

    sessions.change_session(session, by=session.planned_by, place="Aula")

    assert list(told()) == [session.teacher]
    assert told()[session.model_teacher].startswith("Tempat atau tautan sesi berubah")


def test_cancelling_is_told_with_the_reason():
    session = make.session()
    quiet()

    sessions.cancel_session(session, by=session.planned_by, reason="Jalan ke Seko putus.")

    assert told() == {
        session.teacher: f"Sesi “{session}” dibatalkan: Jalan ke Seko putus.",
    }


def test_who_comes_is_told_the_day_before():
    group = make.group()
    coming, away = make.member(group), make.member(group)
    session = make.session(of=group, starts_in=timedelta(hours=20))
    sessions.answer_invitation(make.participation(session, coming), by=coming, answer="coming")
    sessions.answer_invitation(make.participation(session, away), by=away, answer="not_coming")
    quiet()

    sessions.remind_of_sessions(timezone.now())
    sessions.remind_of_sessions(timezone.now())

    assert told().keys() == {session.teacher, coming, session.planned_by}


def test_after_the_session_observers_owe_a_sheet_and_the_teacher_a_reflection():
    group = make.group()
    observer, _participant = make.member(group), make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=timedelta(hours=-3))
    quiet()

    sessions.hold_session(session, by=session.planned_by)

    assert told() == {
        observer: f"Lembar observasi “{session}” menunggu dikirim.",
        session.teacher: f"Terima kasih sudah mengajar “{session}”. Tuliskan refleksi Bapak/Ibu.",
    }
    assert links() == {
        reverse("observe", args=[session.pk]),
        reverse("reflect", args=[session.pk]),
    }


def test_who_moves_up_from_the_waiting_list_is_told():
    group = make.group()
    one, two = make.member(group), make.member(group)
    session = make.session(of=group)
    ModelSession.objects.filter(pk=session.pk).update(capacity=1)
    for person in (one, two):
        part = make.participation(session, person)
        sessions.answer_invitation(part, by=person, answer="coming")
    quiet()

    sessions.answer_invitation(make.participation(session, one), by=one, answer="maybe")

    assert list(told()) == [two]
    assert told()[two].startswith("Bapak/Ibu mendapat tempat: “Mengapa daun")
    assert links() == {session.get_absolute_url()}


def test_who_is_uninvited_is_told_and_a_guest_has_no_notices():
    session = make.session()
    part = session.participations.get()
    quiet()
    guest = sessions.invite_guest(
        session, by=session.planned_by, name="Sitti Rahma", institution="BPMP"
    )

    sessions.uninvite(part, by=session.teacher)
    sessions.uninvite(guest, by=session.teacher)

    assert list(told()) == [part.user]
    assert "ditarik" in told()[part.user]


# --- A and R


def held_session() -> ModelSession:
    session = make.session(held=True)
    quiet()
    return session


def test_before_her_reflection_the_teacher_hears_only_that_something_waits():
    session = held_session()

    first, second = make.feedback(on=session), make.feedback(on=session)
    observer = make.member(session.group)
    sessions.invite(session, observer, by=session.teacher, role=Participation.Role.OBSERVER)
    make.observation(of=session, observer=observer, submitted=True)

    text = told()[session.model_teacher]
    assert text == f"Umpan balik menunggu. Tulis refleksi “{session}” untuk membacanya."
    assert not any(str(hidden.author) in text for hidden in (first, second))
    assert Notice.objects.get(recipient=session.teacher).url == reverse(
        "reflect", args=[session.pk]
    )


def test_after_her_reflection_the_teacher_hears_who_wrote_but_not_what():
    session = held_session()
    make.reflection(on=session)

    feedback = make.feedback(on=session)

    assert told() == {
        session.teacher: f"{feedback.author} memberi umpan balik tentang “{session}”.",
    }
    assert links() == {feedback.get_absolute_url()}


def test_after_her_reflection_the_teacher_hears_of_observations():
    observation = make.observation()
    session = observation.session
    make.reflection(on=session)
    quiet()

    observations.submit_observation(observation, by=observation.observer)

    assert told() == {
        session.teacher: f"{observation.observer} mengirim lembar observasi “{session}”.",
    }


def test_author_is_told_of_thanks_and_reader_of_shared_feedback():
    session = held_session()
    make.reflection(on=session)
    feedback = make.feedback(on=session)
    reader = make.person()
    quiet()

    reinforcement.thank_for_feedback(feedback, by=session.teacher, text="Sangat membantu.")
    reinforcement.share_feedback(feedback, by=session.teacher, reader=reader)

    assert told() == {
        feedback.author: f"{session.teacher} berterima kasih atas umpan balik “{session}”.",
        reader: f"{session.teacher} membagikan satu umpan balik “{session}” kepada Bapak/Ibu.",
    }


def test_who_gave_feedback_is_told_of_promise_and_of_what_came_of_it():
    session = held_session()
    feedback = make.feedback(on=session)
    quiet()

    follow_up = make.follow_up(on=session)
    assert told() == {
        feedback.author: f"{session.teacher} memilih tindak lanjut setelah “{session}”.",
    }

    Notice.objects.all().delete()
    reinforcement.complete_follow_up(follow_up, by=session.teacher, result="Murid bertanya.")
    assert told() == {
        feedback.author: f"{session.teacher} menjalankan tindak lanjut dari “{session}”.",
    }


# --- T


def test_members_are_told_of_a_new_problem():
    group = make.group()
    member = make.member(group)

    thread = make.thread(of=group)

    assert told() == {
        member: f"{thread.author} membuka diskusi “{thread}”. Mari berpikir sendiri dulu.",
    }


def test_each_of_a_pair_is_told_of_the_other():
    group = make.group()
    one, other = make.member(group), make.member(group)
    thread = make.thread(of=group, thinkers=[one, other])
    quiet()

    thinkpair.make_pairs(thread, by=make.chair(group))

    assert told() == {
        one: f"Bapak/Ibu berpasangan dengan {other} untuk “{thread}”.",
        other: f"Bapak/Ibu berpasangan dengan {one} untuk “{thread}”.",
    }
    assert links() == {thread.pairs.get().get_absolute_url()}


def test_a_pair_has_at_most_one_unread_notice_and_never_the_words():
    pair = make.pair()
    one, other = pair.people.order_by("pk")
    quiet()

    for number in range(3):
        make.message(in_=pair, by=one, text=f"Rahasia {number}.")

    assert told() == {other: f"{one} menulis di ruang pasangan “{pair.thread}”."}


def test_shared_answer_is_told_to_whose_problem_it_is():
    pair = make.pair()
    one = pair.people.order_by("pk")[0]
    quiet()

    thinkpair.share_answer(pair, by=one, text="Tunggu tujuh detik.")

    assert told() == {pair.thread.author: f"Ada jawaban baru untuk “{pair.thread}”."}


def test_who_thought_is_told_what_came_of_it():
    pair = make.pair()
    thread = pair.thread
    quiet()

    thinkpair.close_thread(thread, by=make.chair(thread.group), conclusion="Beri waktu.")

    assert told().keys() == set(pair.people.all())


def test_who_observes_learns_of_a_lesson_plan_once_and_she_of_comments():
    group = make.group()
    observer = make.member(group)
    guide = make.member(group, Role.CORE_TEACHER)
    session = make.session(of=group, observers=[observer])
    relay()
    Notice.objects.all().delete()

    for _ in range(2):
        plan = make.lesson_plan(of=session)
    make.plan_comment(on=plan, by=observer)
    make.plan_comment(on=plan, by=guide)
    make.plan_comment(on=plan, by=session.teacher)
    relay()

    url = reverse("joint-plan", args=[session.pk])
    told = Notice.objects.order_by("pk").values_list("recipient", "text", "url")
    assert list(told) == [
        (observer.pk, f"Modul ajar “{session}” dapat dibaca: versi 2.", url),
        (guide.pk, f"Modul ajar “{session}” dapat dibaca: versi 2.", url),
        (session.teacher_id, f"{observer} mengomentari modul ajar “{session}”.", url),
    ]


def test_a_substitution_is_told_to_both_and_to_the_guru_model():
    group = make.group()
    observer, substitute = make.member(group), make.member(group)
    session = make.session(of=group, observers=[observer])
    part = make.participation(session, observer)
    relay()
    Notice.objects.all().delete()

    sessions.set_task(part, by=session.teacher, task="Kelompok 1–2")
    relay()
    sessions.hand_over_place(part, by=observer, to=substitute)
    relay()

    told = Notice.objects.order_by("pk").values_list("recipient", "text")
    names = {"session": session, "before": observer, "person": substitute}
    assert list(told) == [
        (observer.pk, "Tugas Bapak/Ibu di “{session}”: Kelompok 1–2.".format(**names)),
        (
            substitute.pk,
            "Bapak/Ibu menggantikan {before} sebagai pengamat “{session}”.".format(**names),
        ),
        (
            session.teacher_id,
            "{person} menggantikan {before} sebagai pengamat “{session}”.".format(**names),
        ),
    ]


def test_a_series_invites_and_tells_everyone_once():
    group = make.group()
    by, member = make.chair(group), make.member(group)
    series = make.series(of=group, by=by)
    text = told()[member]
    assert text.startswith("Undangan pertemuan berbagi: “Berbagi praktik baik”, setiap ")
    assert ", 4 kali, mulai " in text

    second = series.sessions.order_by("starts_at")[1]
    at = second.starts_at + timedelta(hours=1)
    times = {"starts_at": at, "ends_at": at + timedelta(hours=2)}
    Notice.objects.all().delete()
    sessions.change_following(second, by=by, **times, despite=EVERYTHING)
    assert told()[member].startswith("Rangkaian pindah waktu: “Berbagi praktik baik”")

    Notice.objects.all().delete()
    sessions.change_all(second, by=by, title="Lain", despite=EVERYTHING)
    assert told() == {}

    sessions.cancel_all(second, by=by, reason="Ujian sekolah.")
    found = told()
    assert set(found) == {member}
    assert found[member].startswith("Dibatalkan 3 kali pertemuan berbagi “Lain” sejak ")
    assert found[member].endswith(": Ujian sekolah.")


def test_a_programme_invites_everyone_once():
    group = make.group()
    by, teacher, member = make.chair(group), make.member(group), make.member(group)
    source = make.session(of=group, teacher=teacher, held=True)
    quiet()
    start = source.starts_at.replace(year=2041, month=2, day=21)
    rows = [
        sessions.Row(source, "Mengapa langit biru?", start + timedelta(weeks=week), uuid4())
        for week in range(3)
    ]

    sessions.copy_programme(group, by=by, rows=rows, despite=EVERYTHING)

    found = told()
    assert by not in found
    semester = f"Semester genap 2040/2041, {group}: "
    first = "Bapak/Ibu diundang ke 3 sesi. Yang pertama “Mengapa langit biru?”, Kamis, 21 Februari"
    assert found[member].startswith(semester + first)
    assert found[member].endswith("WITA.")
    assert found[teacher].endswith("WITA. Bapak/Ibu guru model pada 3 sesi.")
    assert links() == {f"{reverse('programme', args=[group.pk])}?semester=2040-2"}


def test_a_programme_of_which_a_session_was_cancelled_tells_of_the_rest():
    group = make.group()
    by, member = make.chair(group), make.member(group)
    source = make.meeting(of=group, held=True)
    quiet()
    start = source.starts_at.replace(year=2041, month=2, day=21)
    rows = [
        sessions.Row(source, f"Sesi {week}", start + timedelta(weeks=week), uuid4())
        for week in range(2)
    ]
    made = sessions.copy_programme(group, by=by, rows=rows, despite=EVERYTHING)
    ModelSession.objects.filter(pk=made[0].pk).update(status="cancelled")

    assert "diundang ke 1 sesi. Yang pertama “Sesi 1”" in told()[member]
