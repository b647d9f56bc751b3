"""Reports and what is decided on them, and withdrawing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from groups.roles import Role
from sharing import rules, services
from sharing.models import Attachment, Comment, Post, Report
from sharing.queries import judges_of, owed_by
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "of_group", "of_district", "of_board_member"),
    [
        ("reporter", True, True, True),
        ("author", False, False, False),
        ("member", False, False, False),
        ("board", True, True, True),
        ("board elsewhere", False, False, False),
        ("guru inti", False, False, False),
        ("Dinas", False, True, True),
    ],
)
def test_who_reads_a_report(who: str, of_group: bool, of_district: bool, of_board_member: bool):
    group = make.group()
    posts = [
        make.post(of=group),
        make.post(of=group, audience="district"),
        make.post(of=group, by=make.chair(group)),
    ]
    for post, reads in zip(posts, (of_group, of_district, of_board_member), strict=True):
        report = make.report(post)
        user = {
            "reporter": lambda report=report: report.reporter,
            "author": lambda post=post: post.author,
            "member": lambda: make.member(group),
            "board": lambda: make.member(group, Role.SECRETARY),
            "board elsewhere": lambda: make.chair(make.group()),
            "guru inti": lambda: make.member(group, Role.CORE_TEACHER),
            "Dinas": make.officer,
        }[who]()

        assert Report.objects.visible_to(user).contains(report) is reads
        may_decide = bool(rules.may_decide_report(user, report))
        assert may_decide is (reads and who != "reporter")


def test_board_member_neither_sees_nor_decides_reports_of_the_own_words():
    group = make.group()
    chair = make.chair(group)
    report = make.report(make.post(of=group, by=chair))
    comment = make.comment(make.post(of=group), by=chair)
    on_comment = services.report_comment(comment, by=make.member(group), reason="rude")

    assert not Report.objects.visible_to(chair).exists()
    assert owed_by(chair, timezone.now()) == []
    for each in (report, on_comment):
        with pytest.raises(PermissionDenied, match="diputuskan oleh pengurus lain"):
            services.decide_report(each, by=chair, remove=False)
    assert Report.objects.waiting().count() == 2


@pytest.mark.parametrize(
    ("board", "is_for_dinas"),
    [
        ("none", True),
        ("author alone", True),
        ("author and another", False),
        ("another whose term is over", True),
        ("another who is no longer active", True),
        ("another", False),
    ],
)
def test_report_that_no_board_can_judge_is_decided_by_the_dinas(board: str, is_for_dinas: bool):
    group = make.group()
    post = make.post(of=group, by=make.chair(group) if "author" in board else make.member(group))
    if "another" in board:
        other = make.member(group, Role.SECRETARY)
        if "over" in board:
            make.leave(group, other)
        other.is_active = "no longer" not in board
        other.save()
    report, officer = make.report(post), make.officer()

    assert Report.objects.decided_by(officer).contains(report) is is_for_dinas
    assert bool(rules.may_decide_report(officer, report)) is is_for_dinas
    assert (officer in judges_of(report)) is is_for_dinas
    assert not Post.objects.visible_to(officer).contains(post)


@pytest.mark.parametrize("on_comment", [False, True])
def test_dinas_reads_the_files_of_what_it_must_judge_until_it_decided(on_comment: bool):
    group = make.group()
    chair, officer = make.chair(group), make.officer()
    post = make.post(of=group, by=chair)
    file = Attachment.objects.create(post=post, name="a.pdf", size=1)
    other = Attachment.objects.create(post=make.post(of=group, by=chair), name="b.pdf", size=1)
    if on_comment:
        comment = make.comment(post, by=chair)
        report = services.report_comment(comment, by=make.member(group), reason="rude")
    else:
        report = make.report(post)

    assert Attachment.objects.visible_to(officer).contains(file) is not on_comment
    assert not Attachment.objects.visible_to(officer).contains(other)
    assert not Attachment.objects.visible_to(make.chair(make.group())).contains(file)
    services.decide_report(report, by=officer, remove=False)

    assert not Attachment.objects.visible_to(officer).contains(file)


def test_report_waits_once_for_each_reporter():
    post = make.post()
    reporter = make.member(post.group)
    first = make.report(post, by=reporter)

    with pytest.raises(ValidationError, match="sudah menunggu keputusan pengurus"):
        make.report(post, by=reporter)
    services.decide_report(first, by=make.chair(post.group), remove=False)
    make.report(post, by=reporter)

    assert Report.objects.count() == 2


def test_report_sent_again_is_one_and_other_words_are_not_swallowed():
    post, submission = make.post(), uuid4()
    sent = {"by": make.member(post.group), "submission": submission, "reason": "rude"}
    first = services.report_post(post, **sent, words="Kasar.")

    again = services.report_post(post, **sent, words="Kasar.")
    with pytest.raises(ValidationError, match="belum terkirim"):
        services.report_post(post, **sent, words="Ada nama murid.")

    assert again == first
    assert [report.words for report in Report.objects.all()] == ["Kasar."]


def test_own_words_and_unknown_reasons_are_not_reported():
    post = make.post()

    with pytest.raises(PermissionDenied, match="Bapak/Ibu dapat menariknya"):
        services.report_post(post, by=post.author, reason="rude")
    with pytest.raises(ValidationError):
        services.report_post(post, by=make.member(post.group), reason="x")

    assert not Report.objects.exists()


def test_decision_to_remove_withdraws_the_post_for_all_who_reported():
    post = make.post()
    reports = [make.report(post) for _ in range(2)]
    chair = make.chair(post.group)

    with pytest.raises(ValidationError, match="Tulis alasannya"):
        services.decide_report(reports[0], by=chair, remove=True)
    assert Report.objects.waiting().count() == 2
    services.decide_report(reports[0], by=chair, remove=True, because="Ada nama murid.")

    post.refresh_from_db()
    assert (post.withdrawn_by, post.withdrawn_because) == (chair, "Ada nama murid.")
    assert list(Report.objects.values_list("outcome", "decided_by")) == [("removed", chair.pk)] * 2


def test_decision_to_keep_changes_nothing_but_the_report():
    post = make.post()
    comment = make.comment(post)
    report = services.report_comment(comment, by=make.member(post.group), reason="rude")

    services.decide_report(report, by=make.chair(post.group), remove=False)

    comment.refresh_from_db()
    report.refresh_from_db()
    assert (comment.deleted_at, report.outcome) == (None, "kept")
    with pytest.raises(PermissionDenied, match="sudah diputuskan"):
        services.decide_report(report, by=make.chair(post.group), remove=True)


def test_dinas_removes_a_comment_on_a_post_for_all_teachers():
    post = make.post(audience="district")
    comment = make.comment(post)
    report = services.report_comment(comment, by=make.person(), reason="rude")
    officer = make.officer()

    with pytest.raises(ValidationError, match="Tulis alasannya"):
        services.decide_report(report, by=officer, remove=True)
    assert Report.objects.waiting().get() == report
    services.decide_report(report, by=officer, remove=True, because="Kasar.")

    comment.refresh_from_db()
    post.refresh_from_db()
    assert (comment.body, comment.deleted_by, post.comment_count) == ("", officer, 0)


def test_board_owes_a_look_at_reports(django_assert_num_queries):
    post = make.post()
    chair, member = make.chair(post.group), make.member(post.group)
    make.report(post)

    [owed] = owed_by(chair, timezone.now())

    assert (owed.verb, owed.rest, owed.url) == (
        "Periksa laporan",
        "yang menunggu: 1",
        "/reports/",
    )
    assert owed_by(member, timezone.now()) == []
    make.report(post)
    with django_assert_num_queries(1):
        owed_by(chair, timezone.now())


# --- withdrawing --------------------------------------------------------------------------------
def test_board_says_why_it_withdraws_and_the_author_need_not():
    first, second = make.post(), make.post()
    chair = make.chair(first.group)

    with pytest.raises(ValidationError, match="Tulis alasannya; penulis akan membacanya"):
        services.withdraw_post(first, by=chair, because="  ")
    first.refresh_from_db()
    assert first.withdrawn_at is None
    with pytest.raises(ValidationError):
        services.withdraw_post(first, by=chair, because="x" * 301)
    services.withdraw_post(first, by=chair, because="Ada nama murid.")
    services.withdraw_post(second, by=second.author)

    assert (first.withdrawn_by, first.withdrawn_because) == (chair, "Ada nama murid.")
    assert (second.withdrawn_by, second.withdrawn_because) == (second.author, "")


def test_author_does_not_bring_back_what_the_board_withdrew():
    group = make.group()
    author = make.chair(group)
    post = make.post(of=group, by=author)
    services.withdraw_post(post, by=make.member(group, Role.SECRETARY), because="Ada nama murid.")

    with pytest.raises(PermissionDenied, match="hanya pengurus lain"):
        services.restore_post(post, by=author)
    services.restore_post(post, by=make.member(group, Role.TREASURER))

    assert (post.withdrawn_at, post.withdrawn_by, post.withdrawn_because) == (None, None, "")


def test_author_who_withdrew_first_cannot_bring_back_what_the_board_removed():
    post = make.post()
    report = make.report(post)
    services.withdraw_post(post, by=post.author)
    chair = make.chair(post.group)

    services.decide_report(report, by=chair, remove=True, because="Ada nama murid.")

    post.refresh_from_db()
    assert post.withdrawn_by == chair
    with pytest.raises(PermissionDenied, match="ditarik orang lain"):
        services.restore_post(post, by=post.author)


def test_dinas_owes_a_look_at_reports_of_what_all_teachers_read():
    make.report(make.post(audience="district"))
    of_a_group = make.post()
    make.chair(of_a_group.group)
    make.report(of_a_group)
    officer = make.officer()

    [owed] = owed_by(officer, timezone.now())

    assert (owed.verb, owed.rest) == ("Periksa laporan", "yang menunggu: 1")


def test_former_member_reads_no_answers_to_the_own_withdrawn_post():
    post = make.post()
    comment = make.comment(post)
    chair = make.chair(post.group)
    services.withdraw_post(post, by=chair, because="Keliru.")
    author = User.objects.get(pk=post.author_id)
    assert Comment.objects.visible_to(author).contains(comment)

    post.author.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert not Comment.objects.visible_to(User.objects.get(pk=author.pk)).contains(comment)
    assert Comment.objects.visible_to(chair).contains(comment)


def test_endorsement_ends_with_a_kind_that_is_not_endorsed():
    post = make.post()
    services.edit_post(post, by=post.author, kind="material")
    services.endorse_post(post, by=make.member(post.group, Role.CORE_TEACHER))

    services.edit_post(post, by=post.author, kind="information")

    post.refresh_from_db()
    assert (post.endorsed_at, post.endorsed_by, post.endorsed_version) == (None, None, None)


def test_what_its_author_withdrew_only_its_author_brings_back():
    post = make.withdrawn_post()
    chair = make.chair(post.group)

    with pytest.raises(PermissionDenied, match="hanya penulisnya yang dapat mengembalikannya"):
        services.restore_post(post, by=chair)

    post.refresh_from_db()
    assert post.withdrawn_by == post.author
    assert services.restore_post(post, by=post.author).withdrawn_at is None


def test_what_one_of_the_board_withdrew_another_of_the_board_brings_back():
    post = make.post()
    services.withdraw_post(post, by=make.chair(post.group), because="Ada nama murid.")

    assert services.restore_post(post, by=make.chair(post.group)).withdrawn_at is None
