"""Answers, reactions, following and recommendations: what each changes, and what a refusal not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from activity.models import Entry
from groups.roles import Role
from sharing import rules, services
from sharing.models import Comment, FeedVisit, Post, PostRead, Reaction, Subscription
from sharing.queries import followers, news_for, own_part, with_unread
from tests import make

pytestmark = pytest.mark.django_db
USED, THANKS = Reaction.Kind.USED, Reaction.Kind.THANKS


def aged(comment: Comment, minutes: int) -> Comment:
    at = timezone.now() - timedelta(minutes=minutes)
    Comment.objects.filter(pk=comment.pk).update(at=at)
    return Comment.objects.get(pk=comment.pk)


# --- answers ------------------------------------------------------------------------------------
def test_answer_to_an_answer_stands_beneath_the_first_one():
    post = make.post()
    first = make.comment(post)

    below = make.comment(post, parent=first)
    deeper = make.comment(post, parent=below)

    post.refresh_from_db()
    assert (below.parent, deeper.parent) == (first, first)
    assert list(post.comments.first_ones()) == [first]
    assert post.comment_count == 3


def test_answer_to_an_answer_on_another_post_is_refused():
    elsewhere = make.comment(make.post())
    post = make.post()

    with pytest.raises(ValidationError, match="Tanggapan itu bukan pada bahan ini"):
        make.comment(post, parent=elsewhere)

    assert not post.comments.exists()


LATE = "Tanggapan hanya dapat diubah dalam 15 menit setelah dikirim."
NOT_WRITER = "Tanggapan ini hanya dapat diubah oleh penulisnya."
NOT_DELETER = "Tanggapan ini hanya dapat dihapus oleh penulisnya atau pengurus."
DELETED = "Tanggapan ini sudah dihapus."


@pytest.mark.parametrize(
    ("who", "edit", "edit_later", "delete"),
    [
        ("writer", [], [LATE], []),
        ("author of the post", [NOT_WRITER], [NOT_WRITER, LATE], [NOT_DELETER]),
        ("member", [NOT_WRITER], [NOT_WRITER, LATE], [NOT_DELETER]),
        ("board", [NOT_WRITER], [NOT_WRITER, LATE], []),
        ("board elsewhere", [NOT_WRITER], [NOT_WRITER, LATE], [NOT_DELETER]),
        ("Dinas", [NOT_WRITER], [NOT_WRITER, LATE], [NOT_DELETER]),
    ],
)
def test_who_changes_a_comment(who: str, edit: list[str], edit_later: list[str], delete: list[str]):
    post = make.post(audience="district")
    writer = make.member(post.group)
    comment = make.comment(post, by=writer)
    user = {
        "writer": lambda: writer,
        "author of the post": lambda: post.author,
        "member": lambda: make.member(post.group),
        "board": lambda: make.chair(post.group),
        "board elsewhere": lambda: make.chair(make.group()),
        "Dinas": make.officer,
    }[who]()

    assert list(rules.may_edit_comment(user, comment).reasons) == edit
    assert list(rules.may_edit_comment(user, aged(comment, 16)).reasons) == edit_later
    assert list(rules.may_delete_comment(user, comment).reasons) == delete
    gone = services.delete_comment(comment, by=writer)
    assert DELETED in rules.may_edit_comment(user, gone).reasons
    assert list(rules.may_delete_comment(user, gone).reasons) == [*delete, DELETED]


def test_edit_comment_changes_its_words_within_a_quarter_of_an_hour():
    comment = make.comment(make.post())

    services.edit_comment(aged(comment, 14), by=comment.author, body="Saya **coba**.")
    with pytest.raises(PermissionDenied, match="dalam 15 menit"):
        services.edit_comment(aged(comment, 16), by=comment.author, body="Terlambat.")

    comment.refresh_from_db()
    assert comment.body_html == "<p>Saya <strong>coba</strong>.</p>"
    assert comment.edited_at


def test_edit_comment_ends_after_exactly_fifteen_minutes(time_machine):
    comment = make.comment(make.post())
    end = comment.at + timedelta(minutes=15)

    time_machine.move_to(end, tick=False)
    services.edit_comment(comment, by=comment.author, body="Tepat waktu.")
    time_machine.move_to(end + timedelta(microseconds=1), tick=False)
    with pytest.raises(PermissionDenied, match="dalam 15 menit"):
        services.edit_comment(comment, by=comment.author, body="Terlambat.")

    comment.refresh_from_db()
    assert comment.body == "Tepat waktu."


def test_delete_comment_takes_the_words_and_leaves_a_trace_and_answers():
    post = make.post()
    writer, chair = make.member(post.group), make.chair(post.group)
    comment = make.comment(post, by=writer)
    answer = make.comment(post, parent=comment)

    for because, refusal in (("", "Tulis alasannya"), ("a" * 201, "paling banyak 200")):
        with pytest.raises(ValidationError, match=refusal):
            services.delete_comment(comment, by=chair, because=because)
    assert not Comment.objects.exclude(deleted_at=None).exists()
    services.delete_comment(comment, by=chair, because="Menyebut nama murid.")

    comment.refresh_from_db()
    post.refresh_from_db()
    assert (comment.body, comment.body_html) == ("", "")
    assert (comment.deleted_by, bool(comment.deleted_at)) == (chair, True)
    assert list(comment.answers.all()) == [answer]
    assert post.comment_count == 1
    assert "Saya coba" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_delete_comment_twice_counts_once():
    post = make.post()
    comment = make.comment(post)
    stale = Comment.objects.get(pk=comment.pk)
    services.delete_comment(comment, by=post.author)

    with pytest.raises(PermissionDenied, match="Tanggapan ini sudah dihapus"):
        services.delete_comment(stale, by=post.author)

    post.refresh_from_db()
    assert post.comment_count == 0


# --- reactions ----------------------------------------------------------------------------------
def test_reactions_are_counted_once_and_taken_back():
    post = make.post()
    first, second = make.member(post.group), make.member(post.group)
    stale = Post.objects.get(pk=post.pk)

    services.react(post, USED, by=first)
    services.react(stale, USED, by=first)
    services.react(stale, USED, by=second)
    services.react(post, THANKS, by=second)
    post.refresh_from_db()
    assert (post.use_count, post.thank_count) == (2, 1)

    services.take_back_reaction(post, USED, by=first)
    services.take_back_reaction(post, USED, by=first)
    post.refresh_from_db()
    assert (post.use_count, post.thank_count) == (1, 1)
    assert own_part(second, post).used
    assert not own_part(first, post).used


def test_log_does_not_name_who_reacted():
    post = make.post()
    Entry.objects.all().delete()

    services.react(post, USED, by=make.member(post.group))

    [entry] = Entry.objects.all()
    assert entry.actor is None
    assert entry.data == {"post_id": post.pk}


def test_own_and_withdrawn_posts_take_no_reaction():
    post, gone = make.post(), make.withdrawn_post()

    with pytest.raises(PermissionDenied, match="bahan Bapak/Ibu sendiri"):
        services.react(post, USED, by=post.author)
    with pytest.raises(PermissionDenied, match="sudah ditarik"):
        services.react(gone, USED, by=make.chair(gone.group))

    assert not Reaction.objects.exists()


def test_reactions_are_read_by_their_own_person_alone():
    post = make.post()
    reader = make.member(post.group)
    services.react(post, USED, by=reader)

    assert Reaction.objects.visible_to(reader).count() == 1
    for other in (post.author, make.chair(post.group), make.officer()):
        assert not Reaction.objects.visible_to(other).exists()
        assert not Subscription.objects.visible_to(other).exists()


# --- following ----------------------------------------------------------------------------------
def test_authors_and_writers_follow_unasked_and_mute_for_good():
    post = make.post()
    writer, other = make.member(post.group), make.member(post.group)
    make.comment(post, by=writer)
    services.follow_post(post, by=other)
    assert set(followers(post)) == {post.author, writer, other}

    services.mute_post(post, by=post.author)
    services.mute_post(post, by=writer)
    make.comment(post, by=writer)

    assert set(followers(post)) == {other}
    assert not own_part(writer, post).follows
    assert own_part(other, post).follows


# --- recommendations ----------------------------------------------------------------------------
NOT_GUIDE = "Hanya guru inti atau instruktur kelompok ini yang dapat menyarankan."
OWN = "Ini bahan Bapak/Ibu sendiri."
NOT_MATERIAL = "Yang disarankan adalah perangkat ajar dan praktik baik."


@pytest.mark.parametrize(
    ("who", "reasons"),
    [
        ("guru inti", []),
        ("instruktur", []),
        ("member", [NOT_GUIDE]),
        ("board", [NOT_GUIDE]),
        ("guru inti elsewhere", [NOT_GUIDE]),
        ("author", [NOT_GUIDE, OWN]),
    ],
)
def test_who_endorses(who: str, reasons: list[str]):
    post = make.post(kind="material", audience="district")
    user = {
        "guru inti": lambda: make.member(post.group, Role.CORE_TEACHER),
        "instruktur": lambda: make.member(post.group, Role.INSTRUCTOR),
        "member": lambda: make.member(post.group),
        "board": lambda: make.chair(post.group),
        "guru inti elsewhere": lambda: make.member(make.group(), Role.CORE_TEACHER),
        "author": lambda: post.author,
    }[who]()

    assert list(rules.may_endorse_post(user, post).reasons) == reasons
    plain = make.post(of=post.group)
    assert NOT_MATERIAL in rules.may_endorse_post(user, plain).reasons


def test_endorse_post_names_the_version_and_is_taken_back():
    post = make.post(kind="material")
    guide, other = (make.member(post.group, Role.CORE_TEACHER) for _ in range(2))

    services.endorse_post(post, by=guide)
    assert (post.endorsed_by, post.endorsed_version, bool(post.endorsed_at)) == (guide, 1, True)
    with pytest.raises(PermissionDenied, match="Versi ini sudah disarankan"):
        services.endorse_post(post, by=other)

    services.take_back_endorsement(post, by=other)
    assert (post.endorsed_by, post.endorsed_version, post.endorsed_at) == (None, None, None)


# --- how far somebody read ----------------------------------------------------------------------
def unread(user) -> set[int]:
    found = with_unread(Post.objects.visible_to(user), user).filter(is_unread=True)
    return set(found.values_list("pk", flat=True))


def test_unread_is_what_came_after_the_first_visit_and_was_not_opened():
    group = make.group()
    reader = make.member(group)
    old = make.post(of=group)
    assert unread(reader) == set()

    services.see_feed(old.pk, by=reader)
    first, second = make.post(of=group), make.post(of=group)
    make.post(of=group, by=reader)
    assert unread(reader) == {first.pk, second.pk}
    services.read_post(first, by=reader)
    services.read_post(first, by=reader)
    assert unread(reader) == {second.pk}

    services.read_feed(second.pk, by=reader)
    assert unread(reader) == set()
    assert not PostRead.objects.exists()


def test_read_feed_leaves_what_only_another_device_has_shown():
    group = make.group()
    reader = make.member(group)
    services.see_feed(make.post(of=group).pk, by=reader)
    shown, later = make.post(of=group), make.post(of=group)
    services.see_feed(later.pk, by=reader)

    services.read_feed(shown.pk, by=reader)

    assert unread(reader) == {later.pk}


def test_marks_of_one_are_not_those_of_another():
    group = make.group()
    one, other = make.member(group), make.member(group)
    post = make.post(of=group)
    for reader in (one, other):
        services.see_feed(post.pk - 1, by=reader)

    services.read_post(post, by=one)

    assert unread(one) == set()
    assert unread(other) == {post.pk}


def test_news_are_what_came_since_the_visit_before():
    group = make.group()
    reader = make.member(group)
    old, now = make.post(of=group), timezone.now()
    services.see_feed(old.pk, by=reader)
    FeedVisit.objects.update(seen_at=now - timedelta(hours=2))
    new = make.post(of=group)
    posts = Post.objects.visible_to(reader)

    [before, again] = [
        (news_for(reader, posts, now), services.see_feed(new.pk, by=reader))[0] for _ in range(2)
    ]

    assert (before.known, before.count, before.older) == (old.pk, 1, old.pk)
    assert again == before
    assert news_for(reader, posts, now + timedelta(hours=1)) is None


def test_a_number_beyond_every_post_marks_no_future_post():
    group = make.group()
    reader = make.member(group)
    old = make.post(of=group)

    services.read_feed(10**15, by=reader)

    assert FeedVisit.objects.get().read_up_to == old.pk
