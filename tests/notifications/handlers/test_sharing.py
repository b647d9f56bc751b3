"""What is told of posts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.services import relay
from groups.roles import Role
from notifications.models import Notice
from sharing import services as sharing
from sharing.models import Reaction
from tests import make
from tests.notifications.telling import quiet, told

pytestmark = pytest.mark.django_db


def test_author_is_told_of_comments_once_until_read():
    post = make.post()
    reader = make.member(post.group)
    quiet()

    make.comment(post, by=reader)
    make.comment(post, by=reader)

    assert told() == {post.author: f"{reader} menanggapi “{post}”."}


def test_thanks_do_not_silence_a_comment():
    post = make.post()
    reader = make.member(post.group)
    quiet()

    sharing.react(post, Reaction.Kind.THANKS, by=reader)
    make.comment(post, by=reader)
    relay()

    assert [notice.text for notice in post.author.notices.order_by("pk")] == [
        f"Seorang rekan berterima kasih atas “{post}”.",
        f"{reader} menanggapi “{post}”.",
    ]


def test_comment_on_a_post_withdrawn_meanwhile_tells_nobody():
    post = make.post()
    reader = make.member(post.group)
    make.comment(post, by=reader)
    sharing.withdraw_post(post, by=post.author)

    assert told() == {}


def test_followers_are_told_of_answers_unless_muted_or_gone():
    post = make.post()
    writer, muted, gone = (make.member(post.group) for _ in range(3))
    for person in (writer, muted, gone):
        sharing.follow_post(post, by=person)
    sharing.mute_post(post, by=muted)
    gone.memberships.all().delete()
    quiet()

    make.comment(post, by=writer)

    assert told() == {post.author: f"{writer} menanggapi “{post}”."}


def test_author_who_left_is_not_told_of_answers_that_are_the_groups():
    post = make.post()
    writer = make.member(post.group)
    make.leave(post.group, post.author)
    quiet()

    make.comment(post, by=writer)

    assert told() == {}


def test_followers_and_who_is_named_are_found_alike_for_one_and_for_five():
    def queries_of(count: int) -> int:
        post = make.post(audience="district")
        people = [make.member(post.group) for _ in range(count)]
        for person in people:
            sharing.follow_post(post, by=person)
        quiet()
        names = " ".join(f"@{person.username}" for person in people)
        make.comment(post)
        sharing.edit_post(post, by=post.author, body=f"Lihat {names}.")
        with CaptureQueriesContext(connection) as asked:
            relay()
        return len(asked)

    assert queries_of(1) == queries_of(5)
    assert Notice.objects.filter(text__contains="menyebut").count() == 6


def test_author_is_told_of_use_and_thanks_without_a_name():
    used, thanked = make.post(), make.post()
    quiet()

    sharing.react(used, Reaction.Kind.USED, by=make.member(used.group))
    sharing.react(thanked, Reaction.Kind.THANKS, by=make.member(thanked.group))

    assert told() == {
        used.author: f"“{used}” dipakai seorang rekan di kelasnya.",
        thanked.author: f"Seorang rekan berterima kasih atas “{thanked}”.",
    }


def test_author_is_told_of_an_endorsement_and_its_end():
    one, two = make.post(kind="material"), make.post(kind="material")
    first, second = (make.member(post.group, Role.CORE_TEACHER) for post in (one, two))
    sharing.endorse_post(two, by=second)
    quiet()

    sharing.endorse_post(one, by=first)
    sharing.take_back_endorsement(two, by=second)

    assert told() == {
        one.author: f"{first} menyarankan “{one}” untuk dipakai.",
        two.author: f"Saran untuk “{two}” ditarik kembali.",
    }


def test_endorser_is_told_once_that_the_words_changed():
    post = make.post(kind="material")
    guide = make.member(post.group, Role.CORE_TEACHER)
    sharing.endorse_post(post, by=guide)
    quiet()

    sharing.edit_post(post, by=post.author, topics=["kol"])
    assert told() == {}
    sharing.edit_post(post, by=post.author, title="Kol merah")
    sharing.edit_post(post, by=post.author, title="Kol biru")

    words = "“Kol biru” yang Bapak/Ibu sarankan sudah diubah. Mohon dilihat lagi."
    assert told() == {guide: words}


def test_endorser_who_left_or_endorsed_anew_is_not_told_of_a_change():
    left, anew = (make.post(kind="material") for _ in range(2))
    gone, guide = (make.member(post.group, Role.CORE_TEACHER) for post in (left, anew))
    sharing.endorse_post(left, by=gone)
    sharing.endorse_post(anew, by=guide)
    make.leave(left.group, gone)
    quiet()

    for post in (left, anew):
        sharing.edit_post(post, by=post.author, title="Kol merah")
    sharing.endorse_post(anew, by=guide)

    assert told() == {anew.author: f"{guide} menyarankan “Kol merah” untuk dipakai."}


def test_author_is_told_why_the_board_withdrew_and_not_of_the_own_doing():
    theirs, own = make.post(), make.post()
    quiet()

    sharing.withdraw_post(theirs, by=make.chair(theirs.group), because="Ada nama murid.")
    sharing.withdraw_post(own, by=own.author)

    assert told() == {theirs.author: f"Bahan “{theirs}” ditarik: Ada nama murid."}


def test_author_is_told_of_a_restoration_and_of_other_readers():
    gone, wide = make.post(), make.post(audience="public")
    chair = make.chair(gone.group)
    sharing.withdraw_post(gone, by=chair, because="Ada nama murid.")
    quiet()

    sharing.restore_post(gone, by=chair)
    sharing.change_audience(wide, "group", by=make.chair(wide.group), because="Ada nama murid.")

    assert told() == {
        gone.author: f"Bahan “{gone}” dapat dibaca lagi.",
        wide.author: f"Pengurus mengubah pembaca “{wide}” menjadi Kelompok: Ada nama murid.",
    }


def test_author_is_told_when_the_board_widens_again_and_not_of_the_own_change():
    theirs, own = (make.post(audience="public") for _ in range(2))
    chair = make.chair(theirs.group)
    sharing.change_audience(theirs, "group", by=chair, because="Ada nama murid.")
    quiet()

    sharing.change_audience(theirs, "district", by=chair)
    sharing.edit_post(own, by=own.author, audience="group")

    assert told() == {
        theirs.author: f"Pengurus mengubah pembaca “{theirs}” menjadi Semua guru.",
    }


def test_board_is_told_of_a_report_without_whom_it_is_about():
    group = make.group()
    reported, secretary = make.chair(group), make.member(group, Role.SECRETARY)
    post = make.post(of=group, by=reported)
    quiet()

    make.report(post)

    assert told() == {secretary: "Ada laporan tentang isi bahan. Mohon diperiksa."}


def test_dinas_is_told_of_reports_that_it_decides():
    group, officer = make.group(), make.officer()
    author = make.chair(group)
    own, wide = make.post(of=group, by=author), make.post(audience="district")
    chair = make.chair(wide.group)
    kept_in = make.post(of=wide.group)
    words = "Ada laporan tentang isi bahan. Mohon diperiksa."
    quiet()

    make.report(kept_in)
    assert told() == {chair: words}
    make.report(own)
    assert told() == {chair: words, officer: words}
    make.report(wide)

    assert told() == {chair: words, officer: words}


def test_reporter_is_told_of_the_outcome_and_the_author_not_of_the_report():
    post = make.post()
    comment = make.comment(post, by=make.member(post.group))
    reporter = make.member(post.group)
    report = sharing.report_comment(comment, by=reporter, reason="rude")
    quiet()

    sharing.decide_report(report, by=make.chair(post.group), remove=True, because="Kasar.")

    assert told() == {
        comment.author: f"Tanggapan Bapak/Ibu pada “{post}” dihapus: Kasar.",
        reporter: f"Laporan Bapak/Ibu tentang “{post}” diterima: isinya ditarik.",
    }


def test_who_muted_a_post_is_told_of_answers_that_name_them_alone():
    post = make.post()
    muted, writer = make.member(post.group), make.member(post.group)
    sharing.mute_post(post, by=muted)
    quiet()

    make.comment(post, by=writer)
    sharing.write_comment(post, by=writer, body=f"Bagaimana menurut @{muted.username}?")

    assert told() == {
        post.author: f"{writer} menanggapi “{post}”.",
        muted: f"{writer} menyebut Bapak/Ibu di “{post}”.",
    }
