"""The pages of Berbagi: what is on them, for whom, and what their buttons do."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from groups.roles import Role
from sharing import services
from sharing.models import Attachment, Comment, FeedVisit, Post, Report
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.7\n"


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def written(**changes: object) -> dict[str, object]:
    words = {"kind": "material", "title": "Kol ungu", "body": "Coba *ini*.", "audience": "group"}
    return words | {"submission": uuid4()} | changes


def attached(post: Post, content: bytes = PDF, name: str = "lembar kerja.pdf") -> Attachment:
    file = make.file(content, name)
    return services.attach_file(post, file, by=post.author, consent=True)


def handed_out(client, file: Attachment):
    """The answer to a download, read to its end."""
    answer = client.get(f"/files/{file.key}/")
    answer.whole = answer.getvalue()
    return answer


# --- the feed -----------------------------------------------------------------------------------
def test_feed_shows_what_i_may_read_newest_first(client):
    group = make.group()
    member = make.member(group)
    first, second = make.post(of=group), make.post(of=group)
    elsewhere = make.post(audience="district")
    make.post()
    make.withdrawn_post(of=group)
    attached(second)
    make.comment(second)
    client.force_login(member)

    page = main(client.get("/posts/"))

    links = [f'href="/posts/{post.pk}/"' for post in (elsewhere, second, first)]
    assert sorted(links, key=page.index) == links
    assert page.count("Kol ungu pengganti lakmus") == 3
    assert second.author.name in page
    assert "1 berkas, 1\xa0kB" in page
    assert "1 tanggapan" in page
    assert "Semua guru" in page


def test_feed_is_filtered_by_group_cycle_readers_and_kind(client):
    cycle = make.cycle()
    member = make.member(cycle.group)
    mine, public = make.post(of=cycle.group), make.post(audience="public")
    client.force_login(member)

    def shown(address: str) -> set[int]:
        page = main(client.get(f"/posts/{address}"))
        return {post.pk for post in (mine, public) if f'href="/posts/{post.pk}/"' in page}

    assert shown("") == {mine.pk, public.pk}
    assert shown(f"?group={cycle.group_id}") == {mine.pk}
    assert shown(f"?cycle={cycle.pk}") == {mine.pk}
    assert shown("?audience=public") == {public.pk}
    assert shown("?kind=information") == {mine.pk, public.pk}
    assert shown("?kind=question") == set()
    assert shown("?group=x&cycle=x&audience=x") == {mine.pk, public.pk}


def test_feed_without_posts_says_what_to_do(client):
    client.force_login(make.member(make.group()))

    page = main(client.get("/posts/"))

    assert "Belum ada bahan" in page
    assert 'href="/posts/new/"' in page
    assert 'action="/library/"' in page
    assert "Tidak ada bahan di saringan ini" in main(client.get("/posts/?audience=public"))


def test_feed_goes_on_where_it_ended(client):
    group = make.group()
    author = make.member(group)
    posts = [make.post(of=group, by=author) for _ in range(21)]
    client.force_login(author)

    page = client.get("/posts/").text
    assert f'href="/posts/{posts[0].pk}/"' not in page
    after = page.split('href="?after=')[1].split('"')[0]
    rest = client.get(f"/posts/?after={after}", headers=HTMX).text

    assert f'href="/posts/{posts[0].pk}/"' in rest
    assert rest.count("<li>") == 1
    assert "<main" not in rest


def test_feed_asks_the_same_for_one_and_for_many(client, django_assert_num_queries):
    group = make.group()
    reader = make.member(group)
    attached(make.post(of=group))
    client.force_login(reader)
    client.get("/posts/")

    client.post("/posts/seen/", {"newest": Post.objects.get().pk})
    make.post(of=group)

    # The person, the seats, the posts, the visit before, how many are new, where the rest begins.
    with django_assert_num_queries(6):
        client.get("/posts/")
    for _ in range(19):
        make.comment(make.post(of=group))
    with django_assert_num_queries(6):
        client.get("/posts/")


# --- a post -------------------------------------------------------------------------------------
def test_post_shows_words_files_link_and_comments(client):
    post = make.post()
    services.edit_post(post, by=post.author, link="https://contoh.sch.id/kol")
    file = attached(post)
    comment = make.comment(post)
    client.force_login(make.member(post.group))

    page = main(client.get(f"/posts/{post.pk}/"))

    assert "<strong>cukup</strong>" in page
    assert f'href="/files/{file.key}/"' in page
    assert "lembar kerja.pdf" in page
    assert 'href="https://contoh.sch.id/kol" rel="nofollow noopener"' in page
    assert comment.body_html in page
    assert f"Hanya dapat dibaca anggota {post.group.name} dan penulisnya." in page
    assert "Ubah" not in page
    assert "Tarik bahan" not in page


def test_post_of_another_group_is_not_found(client):
    post = make.post()
    file = attached(post)

    for user in (make.member(make.group()), make.newcomer(), make.officer()):
        client.force_login(user)
        assert client.get(f"/posts/{post.pk}/").status_code == 404
        assert client.get(f"/posts/{post.pk}/edit/").status_code == 404
        assert client.get(f"/files/{file.key}/").status_code == 404
        assert client.post(f"/posts/{post.pk}/comments/", {"body": "x"}).status_code == 404
        assert client.post(f"/posts/{post.pk}/withdraw/").status_code == 404
        assert client.post(f"/posts/{post.pk}/restore/").status_code == 404


def test_public_post_is_for_strangers_with_a_preview(client):
    post = make.post(audience="public")
    make.comment(post)
    file = attached(post)

    answer = client.get(f"/posts/{post.pk}/")

    assert answer.status_code == 200
    assert '<meta property="og:title" content="Kol ungu pengganti lakmus">' in answer.text
    assert 'content="Kol ungu dari pasar cukup untuk empat kelas."' in answer.text
    assert "Masuk untuk menanggapi" in main(answer)
    assert "wa.me" in main(answer)
    assert "<textarea" not in main(answer).replace('<textarea class="textarea copy-text"', "")
    assert handed_out(client, file).whole == PDF


def test_strangers_are_sent_to_sign_in(client):
    post = make.post(audience="district")

    for address in ("/posts/", "/posts/new/", f"/posts/{post.pk}/", f"/posts/{post.pk}/edit/"):
        assert client.get(address).headers["Location"].startswith("/accounts/login/")
    assert client.post(f"/posts/{post.pk}/comments/", {"body": "x"}).status_code == 302
    assert not Comment.objects.exists()


def test_post_asks_the_same_for_one_comment_and_for_twenty(client, django_assert_num_queries):
    post = make.post()
    attached(post)
    make.comment(post)
    client.force_login(make.member(post.group))
    client.get(f"/posts/{post.pk}/")

    # The person, the seats, the schools she supervises, the post, its topics, its files, its
    # comments, their answers, what the reader has to do with it, the gardens and the sessions it
    # belongs to.
    with django_assert_num_queries(11):
        client.get(f"/posts/{post.pk}/")
    for _ in range(19):
        make.comment(post, parent=make.comment(post))
    with django_assert_num_queries(11):
        assert client.get(f"/posts/{post.pk}/").text.count('id="comment-') == 40 - 1


def test_comments_beyond_twenty_are_fetched_alone(client):
    post = make.post()
    first = make.comment(post)
    for _ in range(20):
        make.comment(post)
    client.force_login(post.author)

    page = client.get(f"/posts/{post.pk}/").text
    after = page.split('href="?after=')[1].split('"')[0]
    rest = client.get(f"/posts/{post.pk}/?after={after}", headers=HTMX).text

    assert f'id="comment-{first.pk}"' not in page
    assert f'id="comment-{first.pk}"' in rest
    assert rest.count('id="comment-') == 1
    assert "<h1" not in rest


def test_script_in_words_stays_words(client):
    evil = "<script>alert(1)</script>"
    group = make.group()
    author = make.member(group)
    post = services.share_post(
        group, by=author, title=evil, body=f"{evil} [x](javascript:alert(1))", audience="public"
    )
    services.write_comment(post, by=author, body=f"<img src=x onerror=alert(1)> {evil}")
    client.force_login(author)

    for address in ("/posts/", f"/posts/{post.pk}/", f"/posts/{post.pk}/edit/"):
        page = main(client.get(address))
        assert evil not in page
        assert "<img" not in page
        assert 'href="javascript' not in page


# --- sharing and changing -----------------------------------------------------------------------
def test_share_post_by_its_form(client):
    cycle = make.cycle()
    author = make.member(cycle.group)
    client.force_login(author)
    sent = written(group=cycle.group_id, audience="public")

    assert 'name="submission"' in main(client.get("/posts/new/"))
    answers = [
        client.post(
            "/posts/new/", sent | {"attachments": [SimpleUploadedFile("lembar kerja.pdf", PDF)]}
        )
        for _ in range(2)
    ]

    (post,) = Post.objects.all()
    assert [answer.headers["Location"] for answer in answers] == [f"/posts/{post.pk}/"] * 2
    assert (post.author, post.cycle, post.audience) == (author, cycle, "public")
    assert [attachment.name for attachment in post.attachments.all()] == ["lembar kerja.pdf"]
    assert "Terima kasih, bahan Bapak/Ibu sudah dibagikan." in client.get(f"/posts/{post.pk}/").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Bidang ini harus diisi."),
        ({"body": "x" * 20_001}, "20000"),
        ({"link": "javascript:alert(1)"}, "Masukkan URL dengan format yang benar."),
        ({"audience": "semua"}, "semua"),
        ({"files": ("modul.pdf", b"MZ")}, "Berkas ini bukan PDF, gambar, atau dokumen kantor."),
        ({"files": ("modul.docx", PDF)}, "Nama berkas berakhiran .docx, padahal isinya PDF."),
        ({"files": ("modul.pdf", b"")}, "kosong"),
    ],
)
def test_share_post_says_what_is_wrong_and_keeps_nothing(client, changes, sentence: str):
    group = make.group()
    client.force_login(make.member(group))
    sent = written(group=group.pk, **changes)
    if files := sent.pop("files", None):
        sent["attachments"] = [SimpleUploadedFile(*files)]

    answer = client.post("/posts/new/", sent)

    assert answer.status_code == 422
    assert sentence in main(answer)
    assert not Post.objects.exists()


def test_share_post_with_a_photo_needs_consent(client):
    group = make.group()
    client.force_login(make.member(group))
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, format="PNG")

    def photo() -> list[SimpleUploadedFile]:
        return [SimpleUploadedFile("kebun.png", content.getvalue())]

    refused = client.post("/posts/new/", written(group=group.pk, attachments=photo()))
    taken = client.post("/posts/new/", written(group=group.pk, attachments=photo(), consent="on"))

    assert refused.status_code == 422
    assert "Foto hanya dapat dibagikan bila murid di dalamnya sudah diizinkan." in main(refused)
    assert taken.status_code == 302


def test_share_post_in_a_group_that_is_not_mine_is_refused(client):
    client.force_login(make.member(make.group()))

    answer = client.post("/posts/new/", written(group=make.group().pk))

    assert answer.status_code == 422
    assert not Post.objects.exists()


def test_share_post_without_a_group_leads_to_the_groups(client):
    client.force_login(make.person())

    page = main(client.get("/posts/new/"))

    assert "Bapak/Ibu belum menjadi anggota kelompok" in page
    assert f'href="{reverse("groups")}"' in page
    assert 'name="title"' not in page


def test_edit_post_by_its_form(client):
    post = make.post()
    file = attached(post)
    client.force_login(post.author)

    page = main(client.get(f"/posts/{post.pk}/edit/"))
    assert "Kol ungu pengganti lakmus" in page
    assert "lembar kerja.pdf" in page
    answer = client.post(
        f"/posts/{post.pk}/edit/",
        written(
            title="Kol merah",
            drop=[file.pk],
            attachments=[SimpleUploadedFile("baru.pdf", PDF)],
        ),
    )

    post.refresh_from_db()
    assert answer.headers["Location"] == f"/posts/{post.pk}/"
    assert post.title == "Kol merah"
    assert [attachment.name for attachment in post.attachments.current()] == ["baru.pdf"]


def test_edit_post_by_a_reader_is_refused(client):
    post = make.post()
    client.force_login(make.member(post.group))

    page = main(client.get(f"/posts/{post.pk}/edit/"))
    answer = client.post(f"/posts/{post.pk}/edit/", written(title="Dibajak"))

    post.refresh_from_db()
    assert "Bahan ini hanya dapat diubah oleh penulisnya." in page
    assert 'name="title"' not in page
    assert answer.status_code == 403
    assert "Bahan ini hanya dapat diubah oleh penulisnya." in answer.text
    assert post.title == "Kol ungu pengganti lakmus"


def test_post_withdrawn_by_the_board_is_brought_back_by_the_board(client):
    post = make.post()
    reader, chair = make.member(post.group), make.chair(post.group)
    client.force_login(chair)

    silent = client.post(f"/posts/{post.pk}/withdraw/")
    assert silent.status_code == 422
    assert "Tulis alasannya; penulis akan membacanya." in main(silent)
    assert "Bahan ini sudah ditarik" not in main(silent)

    client.post(f"/posts/{post.pk}/withdraw/", {"withdrawn_because": "Ada nama murid."})
    page = main(client.get(f"/posts/{post.pk}/"))
    assert "Bahan ini sudah ditarik" in page
    assert f"Ditarik {chair}" in page
    assert "Alasan: Ada nama murid." in page
    assert f'action="/posts/{post.pk}/restore/"' in page
    assert client.post(f"/posts/{post.pk}/withdraw/").status_code == 403
    client.force_login(reader)
    assert client.get(f"/posts/{post.pk}/").status_code == 404

    client.force_login(post.author)
    assert client.post(f"/posts/{post.pk}/restore/").status_code == 403
    client.force_login(make.chair(post.group))
    client.post(f"/posts/{post.pk}/restore/")
    client.force_login(reader)
    assert client.get(f"/posts/{post.pk}/").status_code == 200


def test_other_words_with_a_used_mark_come_back_with_a_new_one_and_are_shared_then(client):
    group = make.group()
    client.force_login(make.member(group))
    sent = written(group=group.pk)
    client.post("/posts/new/", sent)

    refused = client.post("/posts/new/", sent | {"title": "Asam", "body": "Kata baru."})

    page = main(refused)
    [mark] = re.findall(r'name="submission" value="([^"]+)"', page)
    assert refused.status_code == 422
    assert "Isi yang sekarang belum terkirim" in page
    assert "Kata baru.</textarea>" in page
    assert '<mg-draft-keeper key="share-post" answered>' in page
    assert mark != str(sent["submission"])
    client.post("/posts/new/", sent | {"title": "Asam", "submission": mark})
    assert Post.objects.filter(title="Asam").count() == 1


# --- files --------------------------------------------------------------------------------------
def test_file_is_handed_out_as_what_it_is(client):
    post = make.post()
    file = attached(post)
    client.force_login(make.member(post.group))

    answer = handed_out(client, file)

    assert answer.whole == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lembar kerja.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_only_a_picture_opens_in_the_browser(client):
    post = make.post()
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, format="PNG")
    picture = attached(post, content.getvalue(), "kebun.png")
    text = attached(post, b"<script>alert(1)</script>", "catatan.txt")
    client.force_login(post.author)

    shown, kept = (handed_out(client, file) for file in (picture, text))

    assert shown.headers["Content-Disposition"] == 'inline; filename="kebun.png"'
    assert kept.headers["Content-Disposition"] == 'attachment; filename="catatan.txt"'
    assert kept.headers["Content-Type"] == "text/plain; charset=utf-8"


# --- what is around a post ----------------------------------------------------------------------
def test_reaction_is_one_tap_and_one_tap_back(client):
    post = make.post()
    client.force_login(make.member(post.group))

    page = main(client.get(f"/posts/{post.pk}/"))
    assert f'action="/posts/{post.pk}/react/used/"' in page
    client.post(f"/posts/{post.pk}/react/used/")
    part = client.post(f"/posts/{post.pk}/react/thanks/", headers=HTMX).text
    assert "Dipakai 1 guru." in part
    assert "1 orang berterima kasih." in part
    assert f'action="/posts/{post.pk}/take-back/used/"' in part
    assert "<main" not in part
    back = client.post(f"/posts/{post.pk}/take-back/used/", headers=HTMX).text

    assert "Dipakai" not in back.replace("Dipakai di kelas saya", "")


def test_follow_and_mute_from_the_page(client):
    post = make.post()
    client.force_login(make.member(post.group))

    assert "Ikuti" in main(client.get(f"/posts/{post.pk}/"))
    assert "Bisukan" in client.post(f"/posts/{post.pk}/follow/", headers=HTMX).text
    assert "Ikuti" in client.post(f"/posts/{post.pk}/mute/", headers=HTMX).text


def test_endorsement_names_who_and_when_and_which_version(client):
    post = make.post(kind="material", audience="public")
    guide = make.member(post.group, Role.CORE_TEACHER)
    client.force_login(guide)
    assert "Sarankan bahan ini" in main(client.get(f"/posts/{post.pk}/"))

    client.post(f"/posts/{post.pk}/endorse/")
    services.edit_post(post, by=post.author, title="Kol merah", new_version=True, note="Baru.")
    client.logout()
    page = main(client.get(f"/posts/{post.pk}/"))

    assert f"Disarankan guru inti {guide}, " in page
    assert "Yang disarankan versi 1; kini ada versi 2." in page
    assert "Sarankan" not in page


def test_report_is_sent_decided_and_names_nobody(client):
    post = make.post()
    reporter, chair = make.member(post.group), make.chair(post.group)
    client.force_login(reporter)
    page = main(client.get(f"/posts/{post.pk}/report/"))
    assert "Penulisnya tidak pernah tahu siapa yang melaporkan." in page
    assert client.post(f"/posts/{post.pk}/report/", {}).status_code == 422
    client.post(f"/posts/{post.pk}/report/", {"reason": "rude", "submission": uuid4()})
    assert "Menunggu keputusan." in main(client.get("/reports/"))

    client.force_login(chair)
    assert "Ada laporan yang menunggu" in main(client.get("/posts/"))
    queue = main(client.get("/reports/"))
    assert "Menyinggung atau kasar" in queue
    assert reporter.name not in queue
    [report] = Report.objects.all()
    silent = client.post(f"/reports/{report.pk}/decide/", {"outcome": "removed"})
    assert silent.status_code == 422
    assert "Tulis alasannya; penulis akan membacanya." in main(silent)
    reason = {f"report-{report.pk}-withdrawn_because": "Kasar."}
    client.post(f"/reports/{report.pk}/decide/", {"outcome": "removed", **reason})

    assert "Tidak ada laporan yang menunggu" in main(client.get("/reports/"))
    assert "Ditarik, " in main(client.get("/reports/?decided=1"))
    client.force_login(reporter)
    assert client.get(f"/posts/{post.pk}/").status_code == 404


def test_reports_ask_the_same_for_one_and_for_three(client, django_assert_num_queries):
    group = make.group()
    make.report(make.post(of=group))
    client.force_login(make.chair(group))
    client.get("/reports/")

    # The person, the seats, the duties, the reports, what opens, which wait.
    with django_assert_num_queries(6):
        client.get("/reports/")
    for _ in range(2):
        make.report(make.post(of=group))
    with django_assert_num_queries(6):
        assert main(client.get("/reports/")).count('id="report-') == 3


def test_board_narrows_the_readers(client):
    post = make.post(audience="public")
    client.force_login(make.chair(post.group))

    page = main(client.get(f"/posts/{post.pk}/"))
    assert 'value="district"' in page
    client.post(f"/posts/{post.pk}/audience/", {"audience": "group", "because": "Ada nama murid."})

    post.refresh_from_db()
    assert post.audience == "group"


def test_feed_marks_what_is_new_and_parts_it_from_what_was_before(client):
    group = make.group()
    old = make.post(of=group)
    client.force_login(make.member(group))
    assert "Belum dibaca:" not in main(client.get("/posts/"))
    assert client.post("/posts/seen/", {"newest": old.pk}, headers=HTMX).status_code == 204
    new = make.post(of=group)
    FeedVisit.objects.update(seen_at=timezone.now() - timedelta(hours=1))

    page = main(client.get("/posts/"))
    assert page.count("Belum dibaca:") == 1
    assert "Tandai semua sudah dibaca" in page
    assert "1 baru sejak kunjungan terakhir" in page
    parts = ("Sejak kunjungan terakhir", f"/posts/{new.pk}/", "Sebelumnya", f"/posts/{old.pk}/")
    assert sorted(parts, key=page.rindex) == list(parts)
    fresh = main(client.get(f"/posts/?since={old.pk}"))
    assert f"/posts/{new.pk}/" in fresh
    assert f"/posts/{old.pk}/" not in fresh
    assert f'hx-post="/posts/{new.pk}/read/"' in main(client.get(f"/posts/{new.pk}/"))
    client.post("/posts/read/", {"newest": new.pk})

    read = main(client.get("/posts/"))
    assert "Belum dibaca:" not in read
    assert "Tandai semua sudah dibaca" not in read
    assert f'hx-post="/posts/{new.pk}/read/"' not in main(client.get(f"/posts/{new.pk}/"))
