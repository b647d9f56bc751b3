from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from rest_framework.test import APIClient

from sharing import services
from sharing.models import Attachment, Comment, Post
from tests import make
from tests.api.programs import ids, program_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n"


def test_posts_are_those_of_the_page():
    cycle = make.cycle()
    group = cycle.group
    program = program_of(make.member(group))
    mine, public = make.post(of=group), make.post(audience="public")
    make.post()
    gone = make.withdrawn_post(of=group)

    assert ids(program.get(reverse("post-list"))) == [public.pk, mine.pk]
    assert ids(program.get(reverse("post-list"), {"group": group.pk})) == [mine.pk]
    assert ids(program.get(reverse("post-list"), {"cycle": cycle.pk})) == [mine.pk]
    assert ids(program.get(reverse("post-list"), {"audience": "public"})) == [public.pk]
    assert program.get(reverse("post-detail", args=[gone.pk])).status_code == 404
    assert program_of(gone.author).get(reverse("post-detail", args=[gone.pk])).status_code == 200


def test_posts_are_found_by_words_page_by_page_with_a_marked_piece():
    group = make.group()
    member = make.member(group)
    program = program_of(member)
    for n in range(3):
        services.share_post(group, by=member, title=f"Kue {n}", body="Murid melipat <kertas>.")

    first = program.get(reverse("post-list"), {"search": "lipatan", "size": 2})
    second = program.get(first.data["next"])

    assert [row["title"] for row in first.data["results"]] == ["Kue 2", "Kue 1"]
    assert [row["title"] for row in second.data["results"]] == ["Kue 0"]
    assert second.data["next"] is None
    excerpt = first.data["results"][0]["excerpt"]
    assert excerpt == "Murid <mark>melipat</mark> &lt;kertas&gt;."


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"kind": "question"}, ["Pecahan satu"]),
        ({"grade": "8"}, ["Pecahan dua"]),
        ({"topic": "kue"}, ["Pecahan satu"]),
        ({"endorsed": "true"}, []),
        ({"subject": "IPA"}, ["Pecahan dua", "Pecahan satu"]),
        ({"subject": "tidak-ada"}, []),
        ({"phase": "D"}, []),
        ({"kind": "x", "grade": "99", "cursor": "x"}, ["Pecahan dua", "Pecahan satu"]),
    ],
)
@pytest.mark.parametrize("search", ["", "pecahan"])
def test_posts_are_narrowed_with_and_without_words(search, asked, titles):
    group = make.group()
    member = make.member(group)
    services.share_post(
        group, by=member, title="Pecahan satu", kind="question", grade=7, topics=["kue"]
    )
    services.share_post(group, by=member, title="Pecahan dua", kind="material", grade=8)
    asked = {name: value for name, value in asked.items() if search or name != "cursor"}

    answer = program_of(member).get(reverse("post-list"), {"search": search, **asked})

    assert [row["title"] for row in answer.data["results"]] == titles


def test_posts_ask_the_same_for_one_and_for_thirty(django_assert_num_queries):
    group = make.group()
    program = program_of(make.member(group))
    make.post(of=group)
    program.get(reverse("post-list"))

    # The posts, their topics.
    with django_assert_num_queries(2):
        program.get(reverse("post-list"), {"size": 100})
    for _ in range(29):
        make.post(of=group)
    with django_assert_num_queries(2):
        assert len(ids(program.get(reverse("post-list"), {"size": 100}))) == 30


def test_post_is_shared_once_changed_withdrawn_and_restored():
    cycle = make.cycle()
    author = make.member(cycle.group)
    program = program_of(author)
    sent = {"group": cycle.group_id, "title": "Kol", "body": "**Ya**", "submission": uuid4()}

    first, second = (program.post(reverse("post-list"), sent) for _ in range(2))
    address = reverse("post-detail", args=[first.data["id"]])

    assert (first.status_code, second.data["id"]) == (201, first.data["id"])
    assert first.data["body_html"] == "<p><strong>Ya</strong></p>"
    assert (first.data["cycle"], first.data["author"]) == (cycle.pk, author.pk)
    assert program.patch(address, {"title": "Kol ungu"}).data["title"] == "Kol ungu"
    assert program.post(f"{address}withdraw/").data["withdrawn_at"]
    assert program.post(f"{address}withdraw/").status_code == 403
    assert program.post(f"{address}restore/").data["withdrawn_at"] is None


def test_post_is_refused_as_on_the_page():
    group = make.group()
    post = make.post(of=group)
    member, stranger = program_of(make.member(group)), program_of(make.person())
    address = reverse("post-detail", args=[post.pk])

    shared = stranger.post(reverse("post-list"), {"group": group.pk, "title": "Kol"})
    edited = member.patch(address, {"title": "Dibajak"})
    wrong = member.post(
        reverse("post-list"), {"group": group.pk, "title": "", "link": "javascript:alert(1)"}
    )

    assert (shared.status_code, str(shared.data["detail"])) == (
        403,
        "Hanya anggota kelompok yang dapat berbagi di sini.",
    )
    assert (edited.status_code, str(edited.data["detail"])) == (
        403,
        "Bahan ini hanya dapat diubah oleh penulisnya.",
    )
    assert (wrong.status_code, set(wrong.data)) == (400, {"title", "link"})
    assert stranger.patch(address, {"title": "x"}).status_code == 404
    assert APIClient().get(address).status_code in {401, 403}
    assert list(Post.objects.values_list("title", flat=True)) == [post.title]


def test_comments_are_written_once_and_read_with_the_post():
    post = make.post()
    program = program_of(make.member(post.group))
    sent = {"post": post.pk, "body": "Saya coba.", "submission": uuid4()}

    first, second = (program.post(reverse("comment-list"), sent) for _ in range(2))
    stranger = program_of(make.person())

    assert (first.status_code, second.data["id"]) == (201, first.data["id"])
    assert ids(program.get(reverse("comment-list"), {"post": post.pk})) == [first.data["id"]]
    assert ids(stranger.get(reverse("comment-list"))) == []
    assert stranger.post(reverse("comment-list"), sent).status_code == 400
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("name", ["comment", "attachment"])
def test_comments_and_files_ask_the_same_for_one_and_for_thirty(django_assert_num_queries, name):
    group = make.group()
    program = program_of(make.member(group))

    def one_more() -> None:
        post = make.post(of=group)
        make.comment(post)
        services.attach_file(post, make.file(PDF, "kartu.pdf"), by=post.author)

    one_more()
    program.get(reverse("attachment-list"))
    for rows in (1, 30):
        with django_assert_num_queries(1):
            answer = program.get(reverse(f"{name}-list"), {"size": 100})
        assert len(answer.data["results"]) == rows
        for _ in range(30 - rows):
            one_more()


def test_comment_of_a_newcomer_is_refused_as_on_the_page():
    post = make.post(audience="public")
    sent = {"post": post.pk, "body": "Halo."}

    answer = program_of(make.newcomer()).post(reverse("comment-list"), sent)

    assert (answer.status_code, str(answer.data["detail"])) == (
        403,
        "Tanggapan dapat ditulis setelah Bapak/Ibu diterima di sebuah kelompok.",
    )
    assert not Comment.objects.exists()


def test_picture_without_consent_is_refused_and_a_sixth_file_too():
    post = make.post()
    program = program_of(post.author)

    def upload(content: bytes, name: str, **more: object):
        sent = {"post": post.pk, "file": SimpleUploadedFile(name, content), **more}
        return program.post(reverse("attachment-list"), sent, format="multipart")

    picture = BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    refused = upload(picture.getvalue(), "kebun.png")
    taken = upload(picture.getvalue(), "kebun.png", consent="true")
    for _ in range(4):
        upload(PDF, "kartu.pdf")
    sixth = upload(PDF, "kartu.pdf")

    assert refused.data == {
        "consent": ["Foto hanya dapat dibagikan bila murid di dalamnya sudah diizinkan."]
    }
    assert (taken.status_code, taken.data["content_type"]) == (201, "image/png")
    assert sixth.data == {"attachments": ["Paling banyak 5 berkas untuk satu bahan."]}
    assert Attachment.objects.count() == 5


def test_attachment_is_uploaded_fetched_and_removed():
    post = make.post()
    author, member = program_of(post.author), program_of(make.member(post.group))

    def upload(by: APIClient, content: bytes, name: str):
        sent = {"post": post.pk, "file": SimpleUploadedFile(name, content)}
        return by.post(reverse("attachment-list"), sent, format="multipart")

    taken = upload(author, PDF, "lembar kerja.pdf")
    address = reverse("attachment-detail", args=[taken.data["key"]])
    fetched = member.get(f"{address}content/")
    content = fetched.getvalue()

    assert (taken.status_code, taken.data["name"], taken.data["size"]) == (
        201,
        "lembar kerja.pdf",
        len(PDF),
    )
    assert content == PDF
    assert fetched["Content-Disposition"] == 'attachment; filename="lembar kerja.pdf"'
    assert "sandbox" in fetched["Content-Security-Policy"]
    assert upload(author, b"MZ", "modul.pdf").data == {
        "file": ["Berkas ini bukan PDF, gambar, atau dokumen kantor."]
    }
    assert upload(member, PDF, "saya.pdf").status_code == 403
    assert program_of(make.person()).get(address).status_code == 404
    assert member.delete(address).status_code == 403
    assert author.delete(address).status_code == 204
    assert not post.attachments.current().exists()


def test_kind_and_tags_go_in_and_come_out():
    group = make.group()
    program = program_of(make.member(group))
    sent = {
        "group": group.pk,
        "kind": "practice",
        "title": "Kol",
        "situation": "a",
        "action": "b",
        "change": "c",
        "evidence": "d",
        "topics": ["Pecahan", "alat"],
    }

    made = program.post(reverse("post-list"), sent, format="json")
    url = reverse("post-detail", args=[made.data["id"]])
    changed = program.patch(url, {"topics": ["alat"], "grade": 7}, format="json")
    refused = program.patch(url, {"evidence": ""}, format="json")

    assert made.status_code == 201
    assert made.data["topics"] == ["alat", "pecahan"]
    assert made.data["subject"] == group.subject_id
    assert (changed.data["topics"], changed.data["grade"]) == (["alat"], 7)
    assert refused.status_code == 400
    assert set(refused.data) == {"evidence"}


def test_versions_are_for_readers_and_history_for_author_and_board():
    group = make.group()
    author = make.member(group)
    post = services.share_post(group, by=author, kind="material", title="Lembar kerja")
    program = program_of(author)
    url = reverse("post-detail", args=[post.pk])

    sent = {"title": "Lembar baru", "new_version": True, "note": "Soal 3."}
    changed = program.patch(url, sent, format="json")

    assert changed.data["version"] == 2
    reader = program_of(make.member(group))
    [version] = reader.get(f"{url}versions/").data
    assert (version["version"], version["note"]) == (2, "Soal 3.")
    [change] = program.get(f"{url}history/").data["results"]
    assert change["before"] == {"title": "Lembar kerja"}
    assert reader.get(f"{url}history/").status_code == 404
    assert program_of(make.member(make.group())).get(f"{url}versions/").status_code == 404


def test_drafts_are_their_authors_alone():
    author, other = make.member(make.group()), make.member(make.group())
    sent = {"submission": str(uuid4()), "words": {"title": "Kol", "consent": "on"}}

    made = program_of(author).post(reverse("draft-list"), sent, format="json")
    again = program_of(author).post(reverse("draft-list"), sent, format="json")
    taken = program_of(other).post(reverse("draft-list"), sent, format="json")
    empty = program_of(author).post(reverse("draft-list"), {"words": {}}, format="json")

    assert (made.status_code, taken.status_code, empty.status_code) == (201, 403, 204)
    assert made.data["words"] == {"title": "Kol"}
    assert again.data["id"] == made.data["id"]
    address = reverse("draft-detail", args=[made.data["id"]])
    assert ids(program_of(other).get(reverse("draft-list"))) == []
    assert program_of(other).delete(address).status_code == 404
    assert program_of(author).delete(address).status_code == 204
