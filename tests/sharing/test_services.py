from io import BytesIO
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from activity.models import Entry
from groups.models import Cycle
from groups.roles import Role
from sharing import services
from sharing.events import PostCommented, PostShared
from sharing.models import Attachment, Comment, Post, Topic
from tests import make

pytestmark = pytest.mark.django_db


def pdf(name: str = "lembar kerja.pdf"):
    return make.file(b"%PDF-1.7\n", name)


def happened() -> list[object]:
    return [entry.event for entry in Entry.objects.order_by("pk")]


def test_share_post_keeps_words_files_and_counts_in_the_open_cycle():
    cycle = make.cycle()
    author = make.member(cycle.group)

    post = services.share_post(
        cycle.group,
        by=author,
        title="Kol ungu",
        body="## Langkah\n**Rendam** kol.",
        link="https://contoh.sch.id/kol",
        audience="district",
        files=[pdf(), pdf("jawaban.pdf")],
    )

    post.refresh_from_db()
    cycle.refresh_from_db()
    assert (post.author, post.group, post.cycle) == (author, cycle.group, cycle)
    assert post.body_html == "<h2>Langkah</h2>\n<p><strong>Rendam</strong> kol.</p>"
    assert [(file.name, file.size) for file in post.attachments.order_by("pk")] == [
        ("lembar kerja.pdf", 9),
        ("jawaban.pdf", 9),
    ]
    assert (post.file_count, post.file_bytes) == (2, 18)
    assert cycle.posts_shared == 1
    assert happened() == [PostShared(post_id=post.pk)]


def test_share_post_without_an_open_cycle_is_counted_nowhere():
    post = make.post()

    assert post.cycle is None


def test_move_post_counts_it_in_the_other_cycle_or_in_none():
    old = make.cycle()
    post = make.post(of=old.group)
    Cycle.objects.filter(pk=old.pk).update(closed_at=timezone.now())
    new = make.cycle(of=old.group)

    def counted() -> list[int]:
        return [Cycle.objects.get(pk=cycle.pk).posts_shared for cycle in (old, new)]

    services.move_post(post, new, by=post.author)
    assert (post.cycle, counted()) == (new, [0, 1])
    services.move_post(post, new, by=post.author)
    assert counted() == [0, 1]
    services.move_post(post, None, by=post.author)
    assert (post.cycle, counted()) == (None, [0, 0])
    services.move_post(post, old, by=post.author)
    assert (post.cycle, counted()) == (old, [1, 0])


def test_move_post_by_another_or_to_a_strange_cycle_changes_nothing():
    cycle, strange = make.cycle(), make.cycle()
    post = make.post(of=cycle.group)

    with pytest.raises(PermissionDenied):
        services.move_post(post, None, by=make.chair(cycle.group))
    with pytest.raises(ValidationError, match="bukan siklus kelompok itu"):
        services.move_post(post, strange, by=post.author)

    post.refresh_from_db()
    assert post.cycle == cycle
    assert Cycle.objects.get(pk=cycle.pk).posts_shared == 1
    assert Cycle.objects.get(pk=strange.pk).posts_shared == 0


def test_share_post_sent_twice_makes_one_post():
    cycle = make.cycle()
    author, submission = make.member(cycle.group), uuid4()

    first, second = (
        services.share_post(cycle.group, by=author, title="Kol", submission=submission)
        for _ in range(2)
    )

    cycle.refresh_from_db()
    assert first == second
    assert Post.objects.count() == 1
    assert cycle.posts_shared == 1
    assert happened() == [PostShared(post_id=first.pk)]


def test_share_post_sent_again_after_an_edit_is_still_the_same_post():
    group, submission = make.group(), uuid4()
    author = make.member(group)
    first = {"title": "Kol", "body": "Rendam.\nSaring.", "topics": ["Asam", "kol"]}
    post = services.share_post(group, by=author, submission=submission, files=[pdf()], **first)
    services.edit_post(post, by=author, title="Kol ungu", topics=[])

    sent_again = {"submission": submission, "body": "Rendam.\r\nSaring.", "topics": ["kol", "Asam"]}
    with_its_file = services.share_post(
        group, by=author, files=[pdf()], **(first | sent_again), situation="Tersembunyi"
    )
    without = services.share_post(group, by=author, **(first | sent_again))

    assert with_its_file == without == post
    assert post.attachments.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Asam"},
        {"body": "Lain."},
        {"audience": "public"},
        {"topics": ["baru"]},
        {"files": [make.file(b"%PDF-1.4\n", "lembar kerja.pdf")]},
        {"files": [make.file(b"%PDF-1.7\n", "baru.pdf")]},
    ],
    ids=lambda other: next(iter(other)),
)
def test_share_post_with_a_used_mark_swallows_no_other_words(other: dict[str, object]):
    group, submission = make.group(), uuid4()
    author = make.member(group)
    first = {"title": "Kol", "audience": "group", "submission": submission}
    services.share_post(group, by=author, files=[pdf()], **first)

    with pytest.raises(ValidationError, match="belum terkirim") as refusal:
        services.share_post(group, by=author, **(first | other))

    assert list(refusal.value.error_dict) == ["submission"]
    assert Post.objects.count() == Attachment.objects.count() == 1
    assert not Topic.objects.exists()


def test_share_post_in_another_group_with_a_used_mark_is_refused():
    post, other = make.post(), make.group()
    make.also(post.author, other, Role.MEMBER)
    author = User.objects.get(pk=post.author_id)

    with pytest.raises(ValidationError, match="belum terkirim"):
        services.share_post(
            other, by=author, title=post.title, body=post.body, submission=post.submission
        )

    assert Post.objects.count() == 1


def test_share_post_with_the_mark_of_another_person_is_refused():
    group = make.group()
    theirs = make.post(of=group)

    with pytest.raises(ValidationError):
        services.share_post(
            group, by=make.member(group), title="Lain", submission=theirs.submission
        )

    assert list(Post.objects.all()) == [theirs]


def test_share_post_by_a_stranger_changes_nothing():
    cycle = make.cycle()

    with pytest.raises(PermissionDenied):
        services.share_post(cycle.group, by=make.person(), title="Kol")

    assert not Post.objects.exists()
    assert happened() == []


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 151}, "title"),
        ({"title": "Kol", "link": "javascript:alert(1)"}, "link"),
        ({"title": "Kol", "link": "ftp://contoh.id/"}, "link"),
        ({"title": "Kol", "audience": "semua"}, "audience"),
    ],
)
def test_share_post_with_wrong_words_changes_nothing(words: services.Words, field: str):
    cycle = make.cycle()

    with pytest.raises(ValidationError) as refusal:
        services.share_post(cycle.group, by=make.member(cycle.group), **words)

    cycle.refresh_from_db()
    assert set(refusal.value.message_dict) == {field}
    assert cycle.posts_shared == 0
    assert happened() == []


def test_all_that_is_wrong_with_the_files_is_said_at_once():
    given = [
        ContentFile(b"%PDF-1.7\n", name="modul.pdf"),
        ContentFile(b"MZ", name="modul.pdf"),
        ContentFile(b"", name="kosong.pdf"),
    ]

    with pytest.raises(ValidationError) as refusal:
        services.check_files(given)
    with pytest.raises(ValidationError) as too_many:
        services.check_files(given * 2)

    assert refusal.value.messages == [
        "Berkas ini bukan PDF, gambar, atau dokumen kantor.",
        "Berkas ini kosong.",
    ]
    assert too_many.value.messages == ["Paling banyak 5 berkas untuk satu bahan."]


def test_share_post_takes_five_files_at_most():
    group = make.group()

    with pytest.raises(ValidationError) as refusal:
        services.share_post(group, by=make.member(group), title="Kol", files=[pdf()] * 6)

    assert refusal.value.message_dict == {
        "attachments": ["Paling banyak 5 berkas untuk satu bahan."]
    }


def test_picture_is_shared_only_with_consent():
    post = make.post()
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, format="PNG")
    picture = make.file(content.getvalue(), "kebun.png")

    with pytest.raises(ValidationError) as refusal:
        services.attach_file(post, picture, by=post.author)
    attachment = services.attach_file(post, picture, by=post.author, consent=True)

    assert refusal.value.message_dict == {
        "consent": ["Foto hanya dapat dibagikan bila murid di dalamnya sudah diizinkan."]
    }
    assert list(post.attachments.all()) == [attachment]
    assert attachment.has_consent


def test_share_post_in_a_cycle_of_another_group_is_refused():
    group = make.group()

    with pytest.raises(ValidationError) as refusal:
        services.share_post(group, by=make.member(group), cycle=make.cycle(), title="Kol")

    assert refusal.value.messages == ["Siklus ini bukan siklus kelompok itu."]


def test_edit_post_changes_words_and_files():
    group = make.group()
    author = make.member(group)
    post = services.share_post(group, by=author, title="Kol", files=[pdf("lama.pdf")])
    (old,) = post.attachments.all()

    services.edit_post(
        post, by=author, title="Kol ungu", body="_Baru_", files=[pdf("baru.pdf")], drop=[old]
    )

    post.refresh_from_db()
    assert (post.title, post.body_html) == ("Kol ungu", "<p><em>Baru</em></p>")
    assert post.edited_at
    assert [file.name for file in post.attachments.current()] == ["baru.pdf"]
    assert (post.file_count, post.file_bytes) == (1, 9)
    old.refresh_from_db()
    assert old.removed_at
    assert not Attachment.objects.visible_to(author).contains(old)


def test_edit_post_leaves_files_of_other_posts_alone():
    mine, theirs = make.post(), make.post()
    file = services.attach_file(theirs, pdf(), by=theirs.author)

    services.edit_post(mine, by=mine.author, drop=[file])

    assert list(theirs.attachments.all()) == [file]


@pytest.mark.parametrize("who", ["member", "board"])
def test_edit_post_by_another_changes_nothing(who: str):
    post = make.post()
    other = {"member": make.member, "board": make.chair}[who](post.group)

    with pytest.raises(PermissionDenied, match="Bahan ini hanya dapat diubah oleh penulisnya"):
        services.edit_post(post, by=other, title="Dibajak")

    post.refresh_from_db()
    assert post.title == "Kol ungu pengganti lakmus"
    assert post.edited_at is None


def test_edit_post_that_was_withdrawn_meanwhile_is_refused():
    stale = make.post()
    services.withdraw_post(Post.objects.get(pk=stale.pk), by=stale.author)

    with pytest.raises(PermissionDenied, match="Bahan ini sudah ditarik"):
        services.edit_post(stale, by=stale.author, title="Terlambat")


def test_attach_and_remove_one_file():
    post = make.post()

    attachment = services.attach_file(post, pdf(), by=post.author)
    assert attachment.file.storage.exists(str(attachment.file))

    with pytest.raises(PermissionDenied):
        services.remove_attachment(attachment, by=make.member(post.group))
    services.remove_attachment(attachment, by=post.author)

    post.refresh_from_db()
    assert not post.attachments.current().exists()
    assert (post.file_count, post.file_bytes) == (0, 0)


def test_attach_file_by_another_stores_nothing():
    post = make.post()

    with pytest.raises(PermissionDenied):
        services.attach_file(post, pdf(), by=make.member(post.group))

    assert not post.attachments.exists()


def test_withdraw_post_takes_back_its_count_and_restore_gives_it_again():
    cycle = make.cycle()
    post = make.post(of=cycle.group)

    services.withdraw_post(post, by=post.author)
    cycle.refresh_from_db()
    assert post.withdrawn_at
    assert cycle.posts_shared == 0

    services.restore_post(post, by=post.author)
    cycle.refresh_from_db()
    assert post.withdrawn_at is None
    assert cycle.posts_shared == 1


def test_withdraw_post_twice_counts_once():
    cycle = make.cycle()
    post = make.post(of=cycle.group)
    stale = Post.objects.get(pk=post.pk)
    services.withdraw_post(post, by=post.author)

    with pytest.raises(PermissionDenied, match="Bahan ini sudah ditarik"):
        services.withdraw_post(stale, by=post.author)

    cycle.refresh_from_db()
    assert cycle.posts_shared == 0


def test_restore_post_that_stays_is_refused():
    post = make.post()

    with pytest.raises(PermissionDenied, match="Bahan ini tidak sedang ditarik"):
        services.restore_post(post, by=post.author)


def test_write_comment_is_counted_and_told():
    post = make.post()
    reader = make.member(post.group)

    comment = services.write_comment(post, by=reader, body="Saya **coba**.")

    post.refresh_from_db()
    assert comment.body_html == "<p>Saya <strong>coba</strong>.</p>"
    assert post.comment_count == 1
    assert happened() == [PostShared(post_id=post.pk), PostCommented(comment_id=comment.pk)]


def test_write_comment_sent_twice_makes_one():
    post, submission = make.post(), uuid4()

    first, second = (
        services.write_comment(post, by=post.author, body="Terima kasih.", submission=submission)
        for _ in range(2)
    )

    post.refresh_from_db()
    assert first == second
    assert post.comment_count == Comment.objects.count() == 1


def test_write_comment_with_a_used_mark_swallows_no_other_words():
    post, submission = make.post(), uuid4()
    first = services.write_comment(post, by=post.author, body="Satu.", submission=submission)

    with pytest.raises(ValidationError, match="belum terkirim"):
        services.write_comment(post, by=post.author, body="Dua.", submission=submission)
    with pytest.raises(ValidationError, match="belum terkirim"):
        services.write_comment(
            post, by=post.author, body="Satu.", parent=first, submission=submission
        )

    assert list(Comment.objects.all()) == [first]


def test_write_comment_on_a_withdrawn_post_changes_nothing():
    post = make.withdrawn_post()

    with pytest.raises(PermissionDenied, match="Bahan ini sudah ditarik"):
        services.write_comment(post, by=post.author, body="Terlambat.")

    assert not Comment.objects.exists()


def test_write_comment_without_words_is_refused():
    post = make.post()

    with pytest.raises(ValidationError) as refusal:
        services.write_comment(post, by=post.author, body="")

    post.refresh_from_db()
    assert set(refusal.value.message_dict) == {"body"}
    assert post.comment_count == 0


def test_remove_attachment_twice_at_once_counts_once():
    post = make.post()
    kept = services.attach_file(post, pdf("satu.pdf"), by=post.author)
    gone = services.attach_file(post, pdf("dua.pdf"), by=post.author)
    again = Attachment.objects.get(pk=gone.pk)

    services.remove_attachment(gone, by=post.author)
    services.remove_attachment(again, by=post.author)

    post.refresh_from_db()
    assert (post.file_count, post.file_bytes) == (1, kept.size)
