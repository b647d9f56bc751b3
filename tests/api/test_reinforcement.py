from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from groups.roles import Role
from observations.models import Indicator
from reinforcement import services
from reinforcement.models import Feedback, FeedbackShare, FollowUp, GrowthLink, Reflection
from tests import make
from tests.reinforcement.test_growth import lesson

pytestmark = pytest.mark.django_db
LOOKING = {"target": "Sasaran", "went_well": "Baik", "not_yet": "Belum", "learned": "Pelajaran"}
WORDS = {
    "appreciation": "Meja 11 bicara lebih dulu.",
    "seen": "Empat murid menjawab berbeda.",
    "suggestion": "Beri nomor.",
}
NOTE = "Ini hanya untuk Ibu."


@pytest.fixture
def api():
    return APIClient()


def open_feedback() -> Feedback:
    feedback = make.feedback()
    make.reflection(on=feedback.session)
    return Feedback.objects.get(pk=feedback.pk)


def test_reflect_once_and_for_oneself(api):
    session = make.session(held=True)
    sent = {"session": session.pk, **LOOKING}
    api.force_authenticate(session.teacher)

    made = api.post("/api/v1/reflections/", sent)
    again = api.post("/api/v1/reflections/", sent)
    empty = api.post("/api/v1/reflections/", sent | {"learned": ""})
    api.force_authenticate(make.chair(session.group))
    others = api.post("/api/v1/reflections/", sent)

    assert (made.status_code, made.data["learned"]) == (201, "Pelajaran")
    assert (again.status_code, again.data["detail"]) == (403, "Refleksi sesi ini sudah ditulis.")
    assert (empty.status_code, set(empty.data)) == (400, {"learned"})
    assert others.data["detail"] == "Bagian ini hanya untuk guru model."
    assert api.get("/api/v1/reflections/").data["results"] == []
    assert Reflection.objects.count() == 1


def test_a_session_that_one_may_not_read_does_not_exist(api):
    session = make.session(held=True)
    api.force_authenticate(make.person())

    for path, sent in (("reflections", LOOKING), ("feedback", WORDS), ("follow-ups", {})):
        answer = api.post(f"/api/v1/{path}/", {"session": session.pk, **sent})
        assert (answer.status_code, "session" in answer.data) == (400, True)


def test_feedback_is_drafted_changed_and_given(api):
    session = make.session(held=True)
    author = make.member(session.group, Role.CORE_TEACHER)
    api.force_authenticate(author)

    draft = api.post("/api/v1/feedback/", {"session": session.pk, "private_note": NOTE})
    url = f"/api/v1/feedback/{draft.data['id']}/"
    early = api.post(f"{url}give/")
    changed = api.patch(url, WORDS)
    given = api.post(f"{url}give/")
    late = api.patch(url, {"seen": "Lain."})

    assert (draft.status_code, draft.data["author_role"]) == (201, "core_teacher")
    assert (early.status_code, set(early.data)) == (400, {"appreciation", "seen", "suggestion"})
    assert (changed.status_code, changed.data["given_at"]) == (200, None)
    assert given.data["given_at"] is not None
    assert (late.status_code, late.data["detail"]) == (403, "Umpan balik ini sudah dikirim.")
    assert api.get(f"{url}private-note/").data["text"] == NOTE


def test_feedback_of_someone_who_was_not_there_is_refused(api):
    session = make.session(held=True)
    api.force_authenticate(make.member(session.group))

    answer = api.post("/api/v1/feedback/", {"session": session.pk, **WORDS})

    assert answer.status_code == 403
    assert answer.data["detail"] == "Umpan balik ditulis oleh yang mengikuti sesi ini."


def test_the_private_note_never_reaches_whom_feedback_is_shared_with(api):
    feedback = open_feedback()
    reader = make.member(feedback.session.group)
    services.share_feedback(feedback, by=feedback.session.teacher, reader=reader)
    url = f"/api/v1/feedback/{feedback.pk}/"

    api.force_authenticate(reader)
    shared, listed = api.get(url), api.get("/api/v1/feedback/")
    hidden = api.get(f"{url}private-note/")
    api.force_authenticate(feedback.session.teacher)
    hers = api.get(f"{url}private-note/")

    assert shared.data["seen"] == feedback.seen
    assert NOTE not in shared.content.decode() + listed.content.decode()
    assert hidden.status_code == 404
    assert hers.data["text"] == NOTE


@pytest.mark.parametrize("who", ["ketua", "pengawas", "Dinas", "guru model"])
def test_feedback_does_not_exist_for_who_may_not_read_it(api, who):
    feedback = make.feedback()
    session = feedback.session
    readers = {
        "ketua": lambda: make.chair(session.group),
        "pengawas": lambda: make.supervisor(session.teacher.school),
        "Dinas": make.officer,
        "guru model": lambda: session.teacher,
    }
    api.force_authenticate(readers[who]())
    url = f"/api/v1/feedback/{feedback.pk}/"

    assert api.get("/api/v1/feedback/").data["results"] == []
    assert api.get(url).status_code == api.get(f"{url}private-note/").status_code == 404
    assert api.post(f"{url}thank/").status_code == api.post(f"{url}share/").status_code == 404
    assert api.patch(url, {"seen": "Lain."}).status_code == 404


def test_the_guru_model_thanks_and_shares(api):
    feedback = open_feedback()
    reader = make.person()
    api.force_authenticate(feedback.session.teacher)
    url = f"/api/v1/feedback/{feedback.pk}/"

    thanked, again = api.post(f"{url}thank/", {"thanks": "Bagus."}), api.post(f"{url}thank/")
    shared = api.post(f"{url}share/", {"reader": reader.pk})
    nonsense = api.post(f"{url}share/", {"reader": feedback.author.pk})
    changed = api.patch(url, {"seen": "Lain."})

    assert (thanked.data["thanks"], again.status_code) == ("Bagus.", 403)
    assert shared.status_code == 204
    assert [share.reader for share in FeedbackShare.objects.all()] == [reader]
    assert (nonsense.status_code, set(nonsense.data)) == (400, {"reader"})
    assert changed.data["detail"] == "Umpan balik ini hanya dapat diubah oleh penulisnya."


def test_the_guru_model_takes_back_that_somebody_reads(api):
    feedback = open_feedback()
    reader = make.person()
    services.share_feedback(feedback, by=feedback.session.teacher, reader=reader)
    url = f"/api/v1/feedback/{feedback.pk}/"
    api.force_authenticate(feedback.session.teacher)

    taken, again = [api.post(f"{url}unshare/", {"reader": reader.pk}) for _ in range(2)]
    api.force_authenticate(reader)

    assert (taken.status_code, again.status_code) == (204, 204)
    assert api.get(url).status_code == 404


def test_praise_alone_is_answered_with_a_sentence_and_stays_a_draft(api):
    session = make.session(held=True)
    api.force_authenticate(make.member(session.group, Role.CORE_TEACHER))
    words = WORDS | {"session": session.pk, "seen": "Nilai 95, sangat bagus!"}
    draft = api.post("/api/v1/feedback/", words)

    refused = api.post(f"/api/v1/feedback/{draft.data['id']}/give/")

    assert (refused.status_code, set(refused.data)) == (400, {"seen"})
    assert "Tulis satu fakta" in refused.data["seen"][0]
    assert Feedback.objects.get().given_at is None


def test_feedback_names_an_indicator_that_was_looked_at_and_no_other(api):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)
    focus = make.observation(of=session, observer=observer).indicator
    other = Indicator.objects.exclude(aspect__instrument=focus.aspect.instrument).first()
    api.force_authenticate(observer)

    made = api.post("/api/v1/feedback/", {"session": session.pk})
    url = f"/api/v1/feedback/{made.data['id']}/"
    wrong = api.patch(url, {"indicator": other.pk})
    none = api.patch(url, {"indicator": None}, format="json")

    assert made.data["indicator"] == focus.pk
    assert (wrong.status_code, set(wrong.data)) == (400, {"indicator"})
    assert none.data["indicator"] is None


def test_a_reader_of_shared_feedback_may_not_answer_as_its_owner(api):
    feedback = open_feedback()
    reader = make.member(feedback.session.group, Role.INSTRUCTOR)
    services.share_feedback(feedback, by=feedback.session.teacher, reader=reader)
    api.force_authenticate(reader)
    url = f"/api/v1/feedback/{feedback.pk}/"

    refused = [
        api.patch(url, {"seen": "Lain."}),
        api.post(f"{url}give/"),
        api.post(f"{url}thank/"),
        api.post(f"{url}share/", {"reader": make.person().pk}),
    ]

    assert [answer.status_code for answer in refused] == [403] * 4
    assert Feedback.objects.count() == 1


def test_a_follow_up_is_promised_once_and_completed_once(api):
    session = make.session(held=True)
    make.reflection(on=session)
    api.force_authenticate(session.teacher)
    today = timezone.localdate()
    sent = {"session": session.pk, "commitment": "Kartu bernomor.", "due_on": today.isoformat()}

    past = api.post(
        "/api/v1/follow-ups/", sent | {"due_on": (today - timedelta(days=1)).isoformat()}
    )
    made, again = api.post("/api/v1/follow-ups/", sent), api.post("/api/v1/follow-ups/", sent)
    url = f"/api/v1/follow-ups/{made.data['id']}/complete/"
    empty = api.post(url, {})
    said = {"effort": "Di kelas 8.", "result": "Baik."}
    done, twice = api.post(url, said), api.post(url, said | {"result": "Lagi."})

    assert (past.status_code, set(past.data)) == (400, {"due_on"})
    assert (made.status_code, again.status_code) == (201, 403)
    assert (empty.status_code, set(empty.data)) == (400, {"effort", "result"})
    assert (done.data["result"], twice.status_code) == ("Baik.", 403)
    assert FollowUp.objects.get().result == "Baik."


def test_a_follow_up_is_changed_for_another_and_that_one_dropped(api):
    follow_up = make.follow_up()
    api.force_authenticate(follow_up.session.teacher)
    today = timezone.localdate().isoformat()
    other = {"reason": "Hilang.", "commitment": "Nomor meja.", "due_on": today}

    url = f"/api/v1/follow-ups/{follow_up.pk}/change/"
    empty, changed, again = api.post(url, {}), api.post(url, other), api.post(url, other)
    dropped = api.post(f"/api/v1/follow-ups/{changed.data['id']}/drop/", {"reason": "Pindah."})

    assert set(empty.data) == {"reason", "commitment", "due_on"}
    assert (changed.status_code, again.status_code) == (201, 403)
    assert (changed.data["follows"], changed.data["state"]) == (follow_up.pk, "open")
    assert (dropped.data["state"], dropped.data["reason"]) == ("dropped", "Pindah.")
    trail = [one["state"] for one in api.get("/api/v1/follow-ups/").data["results"]]
    assert trail == ["dropped", "changed"]


def test_who_follows_a_follow_up_may_not_end_it(api):
    feedback = make.feedback()
    follow_up = make.follow_up(on=feedback.session)
    url = f"/api/v1/follow-ups/{follow_up.pk}/"

    for user in (feedback.author, make.supervisor(follow_up.session.teacher.school)):
        api.force_authenticate(user)
        assert api.get(url).data["commitment"] == follow_up.commitment
        for act in ("complete", "change", "drop"):
            words = {"effort": "A", "result": "B", "reason": "C", "commitment": "D"}
            words["due_on"] = timezone.localdate().isoformat()
            assert api.post(f"{url}{act}/", words).status_code == 403
    api.force_authenticate(make.chair(follow_up.session.group))
    assert api.get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("path", ["feedback", "follow-ups", "reflections"])
def test_lists_cost_the_same_however_long(api, django_assert_num_queries, path, count):
    teacher = make.member(make.group())
    for _ in range(count):
        session = make.session(held=True)
        type(session).objects.filter(pk=session.pk).update(teacher=teacher)
        session.refresh_from_db()
        make.feedback(on=session)
        make.follow_up(on=session)
    user = type(teacher).objects.get(pk=teacher.pk)
    api.force_authenticate(user)
    api.get(f"/api/v1/{path}/")

    with django_assert_num_queries(1):
        answer = api.get(f"/api/v1/{path}/")

    assert len(answer.data["results"]) == min(count, 20)


def test_growth_is_ones_own_and_read_by_others_through_links_alone(api):
    group = make.group()
    teacher = make.member(group)
    lesson(group, teacher, [1, 2, 3], days_ago=30)
    lesson(group, teacher, [2, 2, 3])
    last_day = (timezone.localdate() + timedelta(days=7)).isoformat()
    api.force_authenticate(teacher)

    growth = api.get("/api/v1/growth/").data
    link = api.post("/api/v1/growth-links/", {"reader": "Kepsek", "last_day": last_day}).data
    late = api.post("/api/v1/growth-links/", {"reader": "Kepsek", "last_day": "2020-01-01"})
    revoked = api.post(f"/api/v1/growth-links/{link['id']}/revoke/").data
    api.force_authenticate(make.member(group))

    assert growth["lessons"] == 2
    [indicator] = growth["indicators"]
    words = [[one["word"] for one in item["sightings"]] for item in indicator["items"]]
    assert words[0] == ["Belum dilakukan", "Dilakukan tapi belum efektif"]
    assert link["address"].endswith(f"/growth/{GrowthLink.objects.get().token}/")
    assert (late.status_code, set(late.data)) == (400, {"last_day"})
    assert revoked["revoked_at"] is not None
    assert api.get("/api/v1/growth/").data == {"lessons": 0, "indicators": []}
    assert api.get(f"/api/v1/growth-links/{link['id']}/").status_code == 404


def test_a_preparation_is_written_changed_and_read_by_who_observes(api):
    group = make.group()
    observer, partner = make.member(group), make.member(group)
    session = make.session(of=group, observers=[observer])
    api.force_authenticate(session.teacher)
    words = {"session": session.pk, "target": "Semua bicara.", "partner": partner.pk}

    made = api.post("/api/v1/preparations/", words)
    again = api.post("/api/v1/preparations/", words | {"target": "Meja 5 bicara."})
    stranger = api.post("/api/v1/preparations/", words | {"partner": make.person().pk})
    reads = {}
    for name, user in {
        "observer": observer,
        "partner": partner,
        "chair": make.chair(group),
    }.items():
        api.force_authenticate(user)
        reads[name] = [one["target"] for one in api.get("/api/v1/preparations/").data["results"]]

    assert (made.status_code, again.status_code, made.data["id"]) == (201, 201, again.data["id"])
    assert (stranger.status_code, set(stranger.data)) == (400, {"partner"})
    assert reads == {"observer": ["Meja 5 bicara."], "partner": ["Meja 5 bicara."], "chair": []}


def test_pengawas_reads_the_board_and_plans_a_visit_once(api):
    teacher = make.member(make.group())
    supervisor = make.supervisor(teacher.school)
    api.force_authenticate(User.objects.get(pk=supervisor.pk))
    start = timezone.now() + timedelta(days=3)
    sent = {
        "teacher": teacher.pk,
        "submission": str(uuid4()),
        "title": "Kunjungan kelas",
        "goal": "Kartu peran.",
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(minutes=80)).isoformat(),
        "school": teacher.school_id,
        "despite": sorted(
            f"{about}-{timezone.localtime(start):%Y-%m-%d}"
            for about in ("holiday", "sunday", "prayer")
        ),
    }

    made, again = (api.post("/api/v1/visits/", sent, format="json") for _ in range(2))
    board = api.get("/api/v1/supervision/").data

    assert (made.status_code, again.data["id"]) == (201, made.data["id"])
    assert (made.data["kind"], made.data["group"]) == ("visit", None)
    [charge] = board["teachers"]
    assert (charge["teacher"], charge["visit"], charge["is_seen"]) == (
        teacher.pk,
        made.data["id"],
        False,
    )
    assert board["workload"]["visits_planned"] == 1


def test_others_have_no_board_and_plan_no_visit(api):
    teacher = make.member(make.group())
    start = timezone.now() + timedelta(days=3)
    sent = {
        "teacher": teacher.pk,
        "title": "Kunjungan",
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(minutes=80)).isoformat(),
    }

    for person in (make.chair(teacher.memberships.get().group), make.officer()):
        api.force_authenticate(person)
        assert api.get("/api/v1/supervision/").status_code == 404
        assert api.post("/api/v1/visits/", sent, format="json").status_code == 403


def test_voices_come_by_indicator_and_only_those_that_are_open(api):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)
    sheet = make.observation(of=session, observer=observer, submitted=True)
    services.give_feedback(session, by=observer, **WORDS)
    guide = make.supervisor(session.teacher.school)
    services.give_feedback(session, by=guide, indicator=None, **WORDS)
    url = f"/api/v1/sessions/{session.pk}/voices/"
    api.force_authenticate(session.teacher)

    waiting = api.get(url).data
    make.reflection(on=session)
    found = api.get(url).data
    api.force_authenticate(observer)
    own = api.get(url).data

    assert waiting == []
    counts = {part["name"]: len(part["feedback"]) for part in found}
    assert counts[str(sheet.indicator)] == 1
    assert (found[-1]["indicator"], len(found[-1]["feedback"])) == (None, 1)
    assert "private_note" not in found[-1]["feedback"][0]
    assert [one["author"] for part in own for one in part["feedback"]] == [observer.pk]
