"""The forms to share and to change: kinds, what posts are found by, versions."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schools.models import Phase
from sharing import services
from sharing.models import Post
from tests import make

pytestmark = pytest.mark.django_db
PARTS = {
    "situation": "Murid kelas 7 diam.",
    "action": "Kartu peran.",
    "change": "Mereka bertanya.",
    "evidence": "12 dari 30 bertanya.",
}


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def written(**changes: object) -> dict[str, object]:
    words = {"kind": "material", "title": "Kol ungu", "body": "Coba *ini*.", "audience": "group"}
    return words | {"submission": uuid4()} | changes


@pytest.mark.parametrize("kind", Post.Kind.values)
def test_form_begins_with_the_kind_that_is_asked_for(client, kind: str):
    client.force_login(make.member(make.group()))

    page = main(client.get(f"/posts/new/?kind={kind}"))

    ticked = page.split("checked")[0].rpartition("<input")[2]
    assert f'value="{kind}"' in ticked
    assert page.index('name="kind"') < page.index('name="title"')
    assert all(f'name="{part}"' in page for part in Post.PARTS)


def test_form_with_a_kind_that_there_is_not_begins_with_information(client):
    client.force_login(make.member(make.group()))

    page = main(client.get("/posts/new/?kind=x"))

    assert 'value="information"' in page.split("checked")[0].rpartition("<input")[2]


def test_practice_is_shared_by_its_form(client):
    group = make.group()
    client.force_login(make.member(group))

    client.post("/posts/new/", written(group=group.pk, kind="practice", **PARTS))

    post = Post.objects.get()
    page = main(client.get(f"/posts/{post.pk}/"))
    assert "Praktik baik" in page
    assert "<h2>Yang berubah</h2>" in page
    assert "12 dari 30 bertanya." in page


def test_practice_without_its_parts_is_sent_back_with_what_was_written(client):
    group = make.group()
    client.force_login(make.member(group))

    answer = client.post("/posts/new/", written(group=group.pk, kind="practice", action="Kartu."))

    assert answer.status_code == 422
    assert main(answer).count("Praktik baik diceritakan dalam empat bagian") == 3
    assert "Kartu.</textarea>" in main(answer)
    assert not Post.objects.exists()


def test_parts_left_in_the_form_of_another_kind_are_passed_over(client):
    group = make.group()
    client.force_login(make.member(group))

    answer = client.post("/posts/new/", written(group=group.pk, **PARTS))

    assert answer.status_code == 302
    assert Post.objects.get().situation == ""


def test_tags_of_the_form_stand_on_the_post_as_links(client):
    group = make.group()
    Phase.objects.create(code="D", first_grade=7, last_grade=9)
    client.force_login(make.member(group))

    client.post(
        "/posts/new/",
        written(group=group.pk, phase="D", grade="7", topics="Alat peraga, pecahan,"),
    )

    post = Post.objects.get()
    page = main(client.get(f"/posts/{post.pk}/"))
    assert (post.subject, post.phase_id, post.grade) == (group.subject, "D", 7)
    assert f"?subject={group.subject_id}" in page
    assert "?phase=D" in page
    assert "?grade=7" in page
    assert "?topic=alat%20peraga" in page
    assert "#pecahan" in page
    assert 'value="alat peraga, pecahan"' in main(client.get(f"/posts/{post.pk}/edit/"))


def test_what_is_wrong_with_tags_is_said_beside_them(client):
    group = make.group()
    Phase.objects.create(code="D", first_grade=7, last_grade=9)
    client.force_login(make.member(group))

    grade = client.post("/posts/new/", written(group=group.pk, phase="D", grade="4"))
    topics = client.post("/posts/new/", written(group=group.pk, topics="a,b,c,d,e,f"))

    assert (grade.status_code, topics.status_code) == (422, 422)
    assert "Kelas 4 tidak termasuk Fase D, yaitu kelas 7–9." in main(grade)
    assert "Paling banyak 5 topik." in main(topics)
    assert 'value="a,b,c,d,e,f"' in main(topics)


def test_change_that_is_not_sent_yet_says_that_only_this_device_keeps_it(client):
    post = make.post()
    client.force_login(post.author)

    page = main(client.get(f"/posts/{post.pk}/edit/"))

    assert "Perubahan ini baru tersimpan di perangkat ini, belum di server." in page
    assert "Tersimpan di HP" not in page


def test_post_without_tags_shows_none(client):
    post = make.post()
    services.edit_post(post, by=post.author, subject=None)
    client.force_login(post.author)

    assert "Bahan lain tentang" not in main(client.get(f"/posts/{post.pk}/"))


PDF = b"%PDF-1.7\n"


def material() -> Post:
    group = make.group()
    return services.share_post(
        group,
        by=make.member(group),
        kind="material",
        title="Lembar kerja",
        audience="public",
        files=[make.file(PDF, "lama.pdf")],
    )


def test_new_version_by_the_form_lists_both_with_their_files(client):
    post = material()
    old = post.attachments.get()
    client.force_login(post.author)
    assert "Ini versi baru" in main(client.get(f"/posts/{post.pk}/edit/"))

    client.post(
        f"/posts/{post.pk}/edit/",
        written(
            audience="public",
            new_version="on",
            note="Soal 3 diperbaiki.",
            drop=[old.pk],
            attachments=[SimpleUploadedFile("baru.pdf", PDF)],
        ),
    )

    client.logout()
    page = main(client.get(f"/posts/{post.pk}/"))
    assert page.index("baru.pdf") < page.index("Versi bahan ini")
    versions = page.split("Versi bahan ini")[1]
    assert "Versi 2" in versions
    assert "Soal 3 diperbaiki." in versions
    assert versions.index("baru.pdf") < versions.index("Versi 1") < versions.index("lama.pdf")
    assert client.get(old.get_absolute_url()).getvalue() == PDF
    assert "lama.pdf (versi 1)" in edit_page_of(client, post)


def edit_page_of(client, post: Post) -> str:
    client.force_login(post.author)
    return main(client.get(f"/posts/{post.pk}/edit/"))


def test_new_version_without_a_note_says_so(client):
    post = material()
    client.force_login(post.author)

    answer = client.post(f"/posts/{post.pk}/edit/", written(new_version="on"))

    assert answer.status_code == 422
    assert "Tulis singkat apa yang berubah pada versi ini." in main(answer)


def test_file_dropped_without_a_new_version_is_gone_for_all(client):
    post = material()
    old = post.attachments.get()
    client.force_login(post.author)

    client.post(f"/posts/{post.pk}/edit/", written(drop=[old.pk]))

    assert client.get(old.get_absolute_url()).status_code == 404
    assert "lama.pdf" not in main(client.get(f"/posts/{post.pk}/"))


def test_history_shows_old_words_to_author_and_board_alone(client):
    post = make.post()
    evil = "<script>x</script>"
    services.edit_post(post, by=post.author, body=evil)
    services.edit_post(post, by=post.author, title="Kol", body="Baru.", kind="question")

    for reader in (post.author, make.chair(post.group)):
        client.force_login(reader)
        page = main(client.get(f"/posts/{post.pk}/history/"))
        assert "Kol ungu dari pasar **cukup** untuk empat kelas." in page
        assert "&lt;script&gt;x&lt;/script&gt;" in page
        assert evil not in page
        assert "Informasi" in page
        assert f"/posts/{post.pk}/history/" in main(client.get(f"/posts/{post.pk}/"))
    client.force_login(make.member(post.group))
    assert client.get(f"/posts/{post.pk}/history/").status_code == 404
    assert "history" not in main(client.get(f"/posts/{post.pk}/"))


def test_history_asks_the_same_for_one_change_and_for_three(client, django_assert_num_queries):
    post = make.post()
    services.edit_post(post, by=post.author, title="Satu")
    client.force_login(post.author)
    client.get(f"/posts/{post.pk}/history/")

    # The person, the seats, the post, the changes with who made them, the subjects.
    with django_assert_num_queries(5):
        client.get(f"/posts/{post.pk}/history/")
    services.edit_post(post, by=post.author, title="Dua")
    services.edit_post(post, by=post.author, title="Tiga")
    with django_assert_num_queries(5):
        client.get(f"/posts/{post.pk}/history/")


def test_post_that_never_changed_has_an_empty_history(client):
    post = make.post()
    client.force_login(post.author)

    assert "Belum ada perubahan" in main(client.get(f"/posts/{post.pk}/history/"))
