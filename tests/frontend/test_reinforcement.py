"""The pages of reflection, feedback and follow-up: what is on them, for whom, what they do."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from groups.roles import Role
from observations.services import submit_observation
from reinforcement import services
from reinforcement.models import Feedback, FeedbackShare, FollowUp, PrivateNote, Reflection
from tests import make

pytestmark = pytest.mark.django_db
LOOKING = {"target": "Sasaran", "went_well": "Baik", "not_yet": "Belum", "learned": "Pelajaran"}
WORDS = {
    "appreciation": "Meja 11 bicara lebih dulu.",
    "seen": "Empat murid menjawab berbeda.",
    "question": "",
    "suggestion": "Beri nomor.",
    "support": "",
    "private_note": "",
    "act": "give",
}
NOTE = "Ini hanya untuk Ibu."


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def open_feedback() -> Feedback:
    feedback = make.feedback()
    make.reflection(on=feedback.session)
    return Feedback.objects.get(pk=feedback.pk)


# --- reflection ---------------------------------------------------------------------------------
def test_the_guru_model_writes_her_reflection_and_reads_it_again(client):
    session = make.session(held=True)
    client.force_login(session.teacher)
    url = reverse("reflect", args=[session.pk])

    form = main(client.get(url))
    answer = client.post(url, LOOKING)
    page = client.get(url)

    assert "Hanya Bapak/Ibu yang dapat membaca refleksi ini." in form
    assert f'key="reflection-{session.pk}"' in form
    assert answer.status_code == 302
    assert answer.headers["Location"] == url
    assert "Catatan dan umpan balik rekan kini terbuka." in page.text
    for words in LOOKING.values():
        assert words in main(page)
    assert "<form" not in main(page)


def test_an_unfinished_reflection_is_shown_again_with_what_is_missing(client):
    session = make.session(held=True)
    client.force_login(session.teacher)

    answer = client.post(reverse("reflect", args=[session.pk]), LOOKING | {"learned": ""})

    assert answer.status_code == 422
    assert "Bidang ini" in main(answer)
    assert "Sasaran</textarea>" in main(answer)
    assert not Reflection.objects.exists()


def test_a_second_reflection_is_refused_in_words(client):
    session = make.session(held=True)
    make.reflection(on=session)
    client.force_login(session.teacher)

    answer = client.post(reverse("reflect", args=[session.pk]), LOOKING)

    assert answer.status_code == 403
    assert "Refleksi sesi ini sudah ditulis." in answer.text


def test_reflection_of_a_colleague_is_refused_and_of_a_stranger_not_found(client):
    session = make.session(held=True)
    make.reflection(on=session)
    url = reverse("reflect", args=[session.pk])

    client.force_login(make.chair(session.group))
    assert client.get(url).status_code == client.post(url, LOOKING).status_code == 403
    client.force_login(make.person())
    assert client.get(url).status_code == client.post(url, LOOKING).status_code == 404


# --- giving feedback ----------------------------------------------------------------------------
def test_feedback_is_kept_as_a_draft_then_given(client):
    session = make.session(held=True)
    author = make.member(session.group, Role.CORE_TEACHER)
    client.force_login(author)
    url = reverse("give-feedback", args=[session.pk])

    saved = client.post(url, {"appreciation": "Bagus.", "private_note": NOTE, "act": "save"})
    form = main(client.get(url))
    given = client.post(url, WORDS)

    assert (saved.status_code, saved.headers["Location"]) == (302, url)
    assert "Bagus.</textarea>" in form
    assert f"{NOTE}</textarea>" in form
    feedback = Feedback.objects.get()
    assert given.headers["Location"] == feedback.get_absolute_url()
    assert feedback.given_at is not None
    assert feedback.appreciation == "Meja 11 bicara lebih dulu."
    assert not PrivateNote.objects.exists()
    assert client.get(url).headers["Location"] == feedback.get_absolute_url()


def test_unfinished_feedback_is_not_given_and_says_what_is_missing(client):
    session = make.session(held=True)
    client.force_login(make.member(session.group, Role.CORE_TEACHER))

    answer = client.post(reverse("give-feedback", args=[session.pk]), WORDS | {"seen": ""})

    assert answer.status_code == 422
    assert 'href="#id_seen"' in main(answer)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(("field", "most"), [("seen", 2000), ("private_note", 1000)])
def test_words_that_are_too_long_are_refused_in_a_draft_too(client, field, most):
    session = make.session(held=True)
    client.force_login(make.member(session.group, Role.CORE_TEACHER))
    words = {field: "a" * (most + 1), "act": "save"}

    answer = client.post(reverse("give-feedback", args=[session.pk]), words)

    assert answer.status_code == 422
    assert not Feedback.objects.exists()


def test_given_feedback_sent_again_is_refused_in_words(client):
    feedback = make.feedback()
    client.force_login(feedback.author)

    answer = client.post(reverse("give-feedback", args=[feedback.session_id]), WORDS)

    assert answer.status_code == 403
    assert "Umpan balik ini sudah dikirim." in answer.text
    feedback.refresh_from_db()
    assert feedback.seen == "Empat murid menjawab berbeda."


def test_the_form_of_feedback_is_for_those_who_took_part(client):
    session = make.session(held=True)
    url = reverse("give-feedback", args=[session.pk])

    client.force_login(make.member(session.group))
    assert client.get(url).status_code == 403
    client.force_login(make.person())
    assert client.get(url).status_code == 404


def test_praise_alone_is_refused_kindly_and_kept_as_a_draft_when_asked(client):
    session = make.session(held=True)
    client.force_login(make.member(session.group, Role.CORE_TEACHER))
    url = reverse("give-feedback", args=[session.pk])
    praise = WORDS | {"appreciation": "Bagus sekali, Bu!"}

    refused = client.post(url, praise)
    kept = client.post(url, praise | {"act": "save"})

    assert refused.status_code == 422
    assert "Pujian saja belum menolong." in main(refused)
    assert "Bagus sekali, Bu!</textarea>" in main(refused)
    assert kept.status_code == 302
    assert Feedback.objects.get().given_at is None


def test_feedback_is_about_the_focus_unless_its_author_says_otherwise(client):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)
    sheet = make.observation(of=session, observer=observer)
    client.force_login(observer)
    url = reverse("give-feedback", args=[session.pk])

    form = main(client.get(url))
    client.post(url, WORDS | {"indicator": sheet.indicator_id})

    assert f'<option value="{sheet.indicator_id}" selected>' in form
    assert Feedback.objects.get().indicator == sheet.indicator
    page = main(client.get(Feedback.objects.get().get_absolute_url()))
    assert f"Tentang: {sheet.indicator}" in page


def test_own_notes_of_the_sheet_are_put_in_with_a_tap(client):
    group = make.group()
    observer, other = make.member(group), make.member(group, Role.CORE_TEACHER)
    session = make.session(of=group, observers=[observer], held=True)
    url = reverse("give-feedback", args=[session.pk])
    client.force_login(observer)

    sheet = make.observation(of=session, observer=observer)
    draft = main(client.get(url))
    submit_observation(sheet, by=observer)
    sent = main(client.get(url))
    note = sheet.notes.get()
    words = {"seen": "Empat murid.", "insert": f"note-{note.pk}"}
    inserted = client.post(url, words)
    client.force_login(other)
    of_other = main(client.get(url))
    client.post(url, words)

    assert "Menit 12: Meja 5 bertanya." not in draft
    assert 'data-words="Menit 12: Meja 5 bertanya."' in sent
    assert "Meja 7 dan 8 belum mendapat tugas." in sent
    assert inserted.headers["Location"] == f"{url}#id_seen"
    drafts = dict(Feedback.objects.values_list("author", "seen"))
    assert drafts == {
        observer.pk: "Empat murid.\nMenit 12: Meja 5 bertanya.",
        other.pk: "Empat murid.",
    }
    assert "Meja 5 bertanya." not in of_other


# --- reading feedback ---------------------------------------------------------------------------
def test_feedback_waits_for_the_reflection(client):
    feedback = make.feedback()
    client.force_login(feedback.session.teacher)
    url = feedback.get_absolute_url()

    assert client.get(url).status_code == 404
    make.reflection(on=feedback.session)
    page = main(client.get(url))

    for words in (feedback.appreciation, feedback.seen, feedback.suggestion, NOTE):
        assert words in page
    assert reverse("thank", args=[feedback.pk]) in page
    assert reverse("share-feedback", args=[feedback.pk]) in page


def test_the_author_reads_what_became_of_the_feedback(client):
    feedback = make.feedback()
    client.force_login(feedback.author)
    url = feedback.get_absolute_url()

    waiting = main(client.get(url))
    make.reflection(on=feedback.session)
    opened = main(client.get(url))
    services.thank_for_feedback(
        Feedback.objects.get(), by=feedback.session.teacher, text="Saya coba Senin."
    )
    thanked = main(client.get(url))

    assert "Terbuka bagi guru model setelah refleksinya tertulis" in waiting
    assert "Guru model sudah dapat membacanya." in opened
    assert "Saya coba Senin." in thanked
    assert NOTE in thanked
    assert reverse("thank", args=[feedback.pk]) not in thanked


def test_whom_feedback_is_shared_with_never_gets_the_private_note(client):
    feedback = open_feedback()
    reader = make.member(feedback.session.group)
    services.share_feedback(feedback, by=feedback.session.teacher, reader=reader)
    client.force_login(reader)

    page = client.get(feedback.get_absolute_url()).text
    session = client.get(feedback.session.get_absolute_url()).text

    assert feedback.suggestion in page
    assert feedback.get_absolute_url() in session
    assert NOTE not in page
    assert "Hanya untuk guru model" not in page
    assert NOTE not in session


def test_a_draft_leads_its_author_back_to_the_form(client):
    draft = make.feedback(given=False)
    client.force_login(draft.author)

    answer = client.get(draft.get_absolute_url())

    assert answer.headers["Location"] == reverse("give-feedback", args=[draft.session_id])


@pytest.mark.parametrize("who", ["ketua", "pengawas", "kepala sekolah", "Dinas", "co-observer"])
def test_given_feedback_does_not_exist_for_others(client, who):
    feedback = open_feedback()
    session = feedback.session
    reader = {
        "ketua": lambda: make.chair(session.group),
        "pengawas": lambda: make.supervisor(session.teacher.school),
        "kepala sekolah": lambda: make.principal(session.teacher.school),
        "Dinas": make.officer,
        "co-observer": lambda: make.feedback(on=session).author,
    }[who]()
    client.force_login(reader)

    assert client.get(feedback.get_absolute_url()).status_code == 404
    for name in ("thank", "share-feedback"):
        assert client.post(reverse(name, args=[feedback.pk])).status_code == 404


def test_the_guru_model_thanks_once(client):
    feedback = open_feedback()
    client.force_login(feedback.session.teacher)
    url = reverse("thank", args=[feedback.pk])

    first, second = client.post(url, {"thanks": "Bagus."}), client.post(url, {"thanks": "Lagi."})

    feedback.refresh_from_db()
    assert (first.status_code, feedback.thanks) == (302, "Bagus.")
    assert second.status_code == 403
    assert "Terima kasih sudah disampaikan." in second.text


def test_thanks_that_are_too_long_are_shown_again(client):
    feedback = open_feedback()
    client.force_login(feedback.session.teacher)

    answer = client.post(reverse("thank", args=[feedback.pk]), {"thanks": "a" * 301})

    feedback.refresh_from_db()
    assert (answer.status_code, feedback.thanked_at) == (422, None)


def test_the_guru_model_shares_feedback_with_a_person_of_her_group(client):
    feedback = open_feedback()
    reader = make.member(feedback.session.group)
    client.force_login(feedback.session.teacher)
    url = reverse("share-feedback", args=[feedback.pk])

    shared = client.post(url, {"reader": reader.pk})
    outsider = client.post(url, {"reader": make.person().pk})
    nobody = client.post(url, {})
    page = main(client.get(feedback.get_absolute_url()))

    assert (shared.status_code, outsider.status_code, nobody.status_code) == (302, 422, 422)
    assert [share.reader for share in FeedbackShare.objects.all()] == [reader]
    assert str(reader) in page
    assert f'value="{reader.pk}"' not in page


def test_the_guru_model_takes_back_that_somebody_reads(client):
    feedback = open_feedback()
    reader = make.member(feedback.session.group)
    services.share_feedback(feedback, by=feedback.session.teacher, reader=reader)
    url = reverse("unshare-feedback", args=[feedback.pk, reader.pk])

    client.force_login(feedback.author)
    by_author = client.post(url)
    client.force_login(feedback.session.teacher)
    page = main(client.get(feedback.get_absolute_url()))
    taken, again = client.post(url), client.post(url)
    client.force_login(reader)

    assert by_author.status_code == 403
    assert url in page
    assert (taken.status_code, again.status_code) == (302, 404)
    assert not FeedbackShare.objects.exists()
    assert client.get(feedback.get_absolute_url()).status_code == 404


def test_the_author_may_not_thank_or_share(client):
    feedback = open_feedback()
    client.force_login(feedback.author)

    thanks = client.post(reverse("thank", args=[feedback.pk]), {"thanks": "Saya."})
    share = client.post(reverse("share-feedback", args=[feedback.pk]), {"reader": make.person().pk})

    assert "Terima kasih disampaikan oleh guru model." in thanks.text
    assert "Umpan balik hanya dapat dibagikan oleh guru model." in share.text
    assert thanks.status_code == share.status_code == 403


# --- follow-up ----------------------------------------------------------------------------------
def test_the_guru_model_promises_with_what_colleagues_say_beside(client):
    feedback = open_feedback()
    session = feedback.session
    client.force_login(session.teacher)
    url = reverse("promise", args=[session.pk])
    due_on = timezone.localdate() + timedelta(days=7)

    form = main(client.get(url))
    answer = client.post(url, {"commitment": "Kartu bernomor.", "due_on": due_on.isoformat()})
    page = main(client.get(url))

    for words in (feedback.suggestion, feedback.question, feedback.appreciation):
        assert words in form
    assert "Kelompok 3 kurang disapa." in form
    assert NOTE not in form
    assert answer.status_code == 302
    assert FollowUp.objects.get().due_on == due_on
    assert "Kartu bernomor." in page
    assert "Sudah dicoba?" in page


def test_a_promise_for_the_past_is_shown_again_with_the_reason(client):
    session = make.session(held=True)
    make.reflection(on=session)
    client.force_login(session.teacher)
    yesterday = timezone.localdate() - timedelta(days=1)
    words = {"commitment": "Kartu.", "due_on": yesterday.isoformat()}

    answer = client.post(reverse("promise", args=[session.pk]), words)

    assert answer.status_code == 422
    assert "Pilih tanggal hari ini atau sesudahnya." in main(answer)
    assert not FollowUp.objects.exists()


def test_a_promise_before_the_reflection_is_refused_in_words(client):
    session = make.session(held=True)
    client.force_login(session.teacher)

    answer = client.get(reverse("promise", args=[session.pk]))

    assert answer.status_code == 403
    assert "Tulis refleksi lebih dulu" in answer.text


DONE = {"effort": "Senin di kelas 8.", "result": "Kelompok 3 bicara."}


def test_the_guru_model_completes_her_follow_up_once(client):
    follow_up = make.follow_up()
    client.force_login(follow_up.session.teacher)
    url = reverse("complete-follow-up", args=[follow_up.pk])

    empty = client.post(url, DONE | {"result": ""})
    done = client.post(url, DONE)
    again = client.post(url, DONE)
    page = main(client.get(reverse("promise", args=[follow_up.session_id])))

    assert (empty.status_code, done.status_code, again.status_code) == (422, 302, 403)
    assert "Senin di kelas 8.</textarea>" in main(empty)
    assert "Tindak lanjut ini sudah berakhir: selesai." in again.text
    for words in DONE.values():
        assert words in page
    assert "Sudah dicoba?" not in page
    assert "Pilih satu hal berikutnya" in page


def test_the_guru_model_changes_her_follow_up_and_the_trail_stays(client):
    follow_up = make.follow_up()
    client.force_login(follow_up.session.teacher)
    url = reverse("change-follow-up", args=[follow_up.pk])
    due_on = (timezone.localdate() + timedelta(days=3)).isoformat()
    words = {"reason": "Kartunya hilang.", "commitment": "Nomor meja.", "due_on": due_on}

    form = main(client.get(url))
    empty = client.post(url, words | {"reason": ""})
    changed = client.post(url, words)
    page = main(client.get(reverse("promise", args=[follow_up.session_id])))

    assert follow_up.commitment in form
    assert (empty.status_code, changed.status_code) == (422, 302)
    assert page.index("Nomor meja.") < page.index(follow_up.commitment)
    assert "Kartunya hilang." in page
    assert client.get(url).status_code == 403


def test_the_guru_model_drops_her_follow_up_and_may_choose_another(client):
    follow_up = make.follow_up()
    client.force_login(follow_up.session.teacher)
    url = reverse("drop-follow-up", args=[follow_up.pk])
    page_url = reverse("promise", args=[follow_up.session_id])

    form = main(client.get(url))
    empty = client.post(url, {"reason": ""})
    dropped = client.post(url, {"reason": "Saya pindah kelas."})
    page = main(client.get(page_url))
    another = main(client.get(f"{page_url}?another"))

    assert follow_up.commitment in form
    assert (empty.status_code, dropped.status_code) == (422, 302)
    assert "Saya pindah kelas." in page
    assert 'name="commitment"' not in page
    assert 'name="commitment"' in another


def test_help_that_was_offered_is_accepted_with_a_tick(client):
    feedback = open_feedback()
    session = feedback.session
    client.force_login(session.teacher)
    url = reverse("promise", args=[session.pk])
    words = {"commitment": "Kartu bernomor.", "due_on": timezone.localdate().isoformat()}

    form = main(client.get(url))
    long = client.post(url, words | {"support": "a" * 499, "offers": [feedback.pk]})
    client.post(url, words | {"support": "Spidol.", "offers": [feedback.pk]})

    assert f"{feedback.author}: “Saya punya satu set kartu peran.”" in form
    assert long.status_code == 422
    assert FollowUp.objects.get().support == f"Spidol. Dibantu {feedback.author}."


def test_her_next_lesson_opens_on_what_she_promised(client):
    follow_up = make.follow_up()
    group, teacher = follow_up.session.group, follow_up.session.teacher
    observer = make.member(group)
    coming = make.session(of=group, teacher=teacher, observers=[observer])
    supervisor = make.supervisor(teacher.school)
    others = [make.chair(group), make.member(group), make.member(group, Role.CORE_TEACHER)]

    for reader in (teacher, observer, supervisor):
        client.force_login(reader)
        page = main(client.get(coming.get_absolute_url()))
        assert "Tindak lanjut sebelumnya" in page
        assert follow_up.commitment in page
        assert (reverse("promise", args=[follow_up.session_id]) in page) is (reader == teacher)
    for other in others:
        client.force_login(other)
        page = main(client.get(coming.get_absolute_url()))
        assert follow_up.commitment not in page
        assert "Tindak lanjut sebelumnya" not in page


def test_givers_and_her_pengawas_follow_the_follow_up_without_the_feedback(client):
    feedback = make.feedback()
    follow_up = make.follow_up(on=feedback.session)
    url = reverse("promise", args=[follow_up.session_id])

    for user in (feedback.author, make.supervisor(follow_up.session.teacher.school)):
        client.force_login(user)
        page = main(client.get(url))
        assert follow_up.commitment in page
        assert feedback.seen not in page
        assert "Kelompok 3 kurang disapa." not in page
        done = client.post(reverse("complete-follow-up", args=[follow_up.pk]), DONE)
        assert done.status_code == 403
    client.force_login(make.chair(follow_up.session.group))
    assert client.get(url).status_code == 403
    assert follow_up.commitment not in client.get(url).text
    client.force_login(make.person())
    assert client.get(url).status_code == 404
    assert client.post(reverse("complete-follow-up", args=[follow_up.pk])).status_code == 404


# --- the session's page -------------------------------------------------------------------------
def section(client, user: User, session) -> str:
    client.force_login(user)
    page = main(client.get(session.get_absolute_url()))
    start = page.find('aria-labelledby="reinforcement"')
    return page[start : page.index("</section>", start)] if start >= 0 else ""


def test_the_session_page_leads_the_guru_model_through_the_stage(client):
    feedback = make.feedback()
    session = feedback.session

    before = section(client, session.teacher, session)
    make.reflection(on=session)
    after = section(client, session.teacher, session)
    services.promise_follow_up(
        session, by=session.teacher, commitment="Kartu.", due_on=timezone.localdate()
    )
    promised = section(client, session.teacher, session)

    assert "Tulis refleksi" in before
    assert "1 umpan balik menunggu" in before
    assert feedback.get_absolute_url() not in before
    assert feedback.get_absolute_url() in after
    assert "Pilih satu tindak lanjut" in after
    assert "Kartu." in promised


def test_the_session_page_shows_colleagues_their_own_part_and_the_board_a_number(client):
    feedback = make.feedback()
    session = feedback.session
    make.follow_up(on=session)
    giver, member = feedback.author, make.member(session.group)

    assert feedback.get_absolute_url() in section(client, giver, session)
    assert "Setiap kelompok memakai kartu peran." in section(client, giver, session)
    assert section(client, member, session) == ""
    board = section(client, make.chair(session.group), session)
    assert "1 umpan balik diberikan" in board
    assert feedback.get_absolute_url() not in board
    assert "kartu peran" not in board


@pytest.mark.parametrize("count", [1, 30])
def test_pages_with_feedback_cost_the_same_however_much_there_is(
    client, django_assert_num_queries, count
):
    session = make.session(held=True)
    for _ in range(count):
        make.feedback(on=session)
    make.reflection(on=session)
    client.force_login(session.teacher)
    url = reverse("promise", args=[session.pk])
    client.get(url)

    with django_assert_num_queries(10):
        page = main(client.get(url))

    assert page.count("Beri nomor pada kartu peran.") == count


def test_words_of_people_are_never_markup(client):
    session = make.session(held=True)
    session.title = "<script>alert(1)</script>"
    session.save()
    bad = "<img src=x onerror=alert(2)>"
    seen = f"{bad} di papan tulis"
    feedback = services.give_feedback(
        session,
        by=make.member(session.group, Role.CORE_TEACHER),
        appreciation=bad,
        seen=seen,
        suggestion=bad,
        private_note=bad,
    )
    make.follow_up(on=session)
    client.force_login(session.teacher)

    for url in (
        feedback.get_absolute_url(),
        reverse("promise", args=[session.pk]),
        reverse("reflect", args=[session.pk]),
    ):
        page = client.get(url).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_the_form_says_what_is_needed_and_what_may_stay_empty(client):
    session = make.session(held=True)
    client.force_login(make.member(session.group, Role.CORE_TEACHER))

    form = main(client.get(reverse("give-feedback", args=[session.pk])))

    needed = [name for name in WORDS if f'name="{name}"' in form and _is_required(form, name)]
    assert needed == ["appreciation", "seen", "suggestion"]


def _is_required(form: str, name: str) -> bool:
    start = form.index(f'name="{name}"')
    return " required" in form[start : form.index(">", start)]
