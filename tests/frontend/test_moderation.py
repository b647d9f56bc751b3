"""A post after it was shared: who still reads it, who takes it away, and who may read it then."""

from uuid import uuid4

import pytest

from activity.services import relay
from groups.roles import Role
from sharing import services
from tests import make

pytestmark = pytest.mark.django_db


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def test_author_who_left_reads_the_own_post_and_its_files_and_withdraws_it(client):
    post = make.post()
    services.attach_file(post, make.file(b"%PDF-1.7\n", "a.pdf"), by=post.author)
    comment, other = make.comment(post), make.post(of=post.group)
    client.force_login(make.leave(post.group, post.author))
    file = post.attachments.get()

    page = main(client.get(f"/posts/{post.pk}/"))

    assert post.body_html in page
    assert comment.body_html not in page
    assert "Hanya anggota kelompok ini yang membaca dan menulis tanggapan." in page
    assert f'href="/posts/{post.pk}/"' in main(client.get("/posts/"))
    assert client.get(f"/files/{file.key}/").getvalue() == b"%PDF-1.7\n"
    assert client.get(f"/comments/{comment.pk}/").status_code == 404
    said = {"body": "Halo", "submission": uuid4()}
    assert client.post(f"/posts/{post.pk}/comments/", said).status_code == 403
    assert client.get(f"/posts/{other.pk}/").status_code == 404
    client.post(f"/posts/{post.pk}/withdraw/", {"withdrawn_because": ""})
    post.refresh_from_db()
    assert post.withdrawn_by == post.author


def test_author_is_not_offered_what_the_board_closed(client):
    post = make.post(audience="public")
    services.change_audience(post, "district", by=make.chair(post.group), because="Untuk guru.")
    held = "Dipersempit pengurus; hanya pengurus yang dapat melebarkannya."
    client.force_login(post.author)

    page, form = main(client.get(f"/posts/{post.pk}/")), main(client.get(f"/posts/{post.pk}/edit/"))
    refused = client.post(
        f"/posts/{post.pk}/edit/", {"kind": "question", "title": "Kol", "audience": "public"}
    )

    for shown in (page, form):
        assert held in shown
        assert 'value="district"' in shown
        assert 'value="public"' not in shown
    assert 'name="because"' not in page
    assert refused.status_code == 422
    assert held in main(refused)
    post.refresh_from_db()
    assert post.audience == "district"


def test_board_says_why_it_narrows_and_both_read_it_in_the_history(client):
    post = make.post(audience="public")
    address = f"/posts/{post.pk}/audience/"
    client.force_login(make.chair(post.group))

    refused = client.post(address, {"audience": "group", "because": ""})
    client.post(address, {"audience": "group", "because": "Ada nama murid."})

    assert refused.status_code == 422
    assert "Tulis alasannya; penulis akan membacanya." in main(refused)
    assert 'value="public"' in main(client.get(f"/posts/{post.pk}/"))
    client.force_login(post.author)
    assert f'href="/posts/{post.pk}/history/"' in main(client.get(f"/posts/{post.pk}/"))
    assert "Ada nama murid." in main(client.get(f"/posts/{post.pk}/history/"))


def test_reason_may_stay_empty_only_where_nobody_has_to_be_told(client):
    post = make.post(audience="public")

    def optional(person) -> int:
        client.force_login(person)
        menu = (
            main(client.get(f"/posts/{post.pk}/")).split("Kelola bahan")[1].split("</details>")[0]
        )
        return menu.count("boleh kosong")

    chair = make.chair(post.group)
    assert (optional(post.author), optional(chair)) == (1, 0)
    services.change_audience(post, "group", by=chair, because="Ada nama murid.")

    assert optional(chair) == 1


@pytest.mark.parametrize("of_comment", [False, True])
def test_reason_of_a_decision_is_as_long_as_its_author_can_read(client, of_comment: bool):
    post = make.post()
    report = make.report(post)
    if of_comment:
        comment = make.comment(post)
        report = services.report_comment(comment, by=report.reporter, reason="rude", words="Kasar.")
    client.force_login(make.chair(post.group))
    most = 200 if of_comment else 300
    reason = {f"report-{report.pk}-withdrawn_because": "a" * (most + 1)}

    shown = main(client.get("/reports/"))
    refused = client.post(f"/reports/{report.pk}/decide/", {"outcome": "removed", **reason})

    assert f'maxlength="{most}"' in shown
    assert refused.status_code == 422
    report.refresh_from_db()
    assert report.decided_at is None


def test_dinas_judges_what_no_board_can_from_the_list_alone(client):
    group = make.group()
    post = make.post(of=group, by=make.chair(group))
    file = services.attach_file(post, make.file(b"%PDF-1.7\n", "a.pdf"), by=post.author)
    report = make.report(post)
    client.force_login(make.officer())

    page = main(client.get("/reports/"))

    assert post.body_html in page
    assert "Tidak ada pengurus kelompok yang dapat memutuskannya." in page
    assert f'href="/files/{file.key}/"' in page
    assert f'href="/posts/{post.pk}/"' not in page
    assert client.get(f"/posts/{post.pk}/").status_code == 404
    reason = {f"report-{report.pk}-withdrawn_because": "Ada nama murid."}
    client.post(f"/reports/{report.pk}/decide/", {"outcome": "removed", **reason})
    post.refresh_from_db()
    assert post.withdrawn_because == "Ada nama murid."
    decided = main(client.get("/reports/?decided=1"))
    assert "Isinya tidak lagi terbuka bagi Bapak/Ibu." in decided
    assert post.body_html not in decided


def test_reports_for_the_dinas_ask_the_same_for_one_and_for_three(
    client, django_assert_num_queries
):
    make.report(make.post())
    client.force_login(make.officer())
    client.get("/reports/")

    # The person, the seats, the duties, the reports, what opens, which wait, the files.
    with django_assert_num_queries(7):
        client.get("/reports/")
    for _ in range(2):
        make.report(make.post())
    with django_assert_num_queries(7):
        assert main(client.get("/reports/")).count('id="report-') == 3


def test_endorsement_of_earlier_words_says_so_and_is_given_anew_with_one_press(client):
    post = make.post(kind="material", audience="public")
    guide = make.member(post.group, Role.CORE_TEACHER)
    services.endorse_post(post, by=guide)
    services.edit_post(post, by=post.author, title="Kol merah")
    earlier = f"/posts/{post.pk}/history/?until={post.revisions.get().pk}"
    services.edit_post(post, by=post.author, title="Kol biru")

    stranger = main(client.get(f"/posts/{post.pk}/"))
    listed = main(client.get("/library/"))
    client.force_login(guide)
    page = main(client.get(f"/posts/{post.pk}/"))

    assert "yang disarankan adalah isi sebelumnya." in stranger
    assert earlier not in stranger
    assert "Disarankan sebelum diubah" in listed
    assert "Kol biru" not in main(client.get("/library/?endorsed=on"))
    assert f'href="{earlier}"' in page
    assert "Kol ungu pengganti lakmus" in main(client.get(earlier))
    assert "Kol merah" not in main(client.get(earlier))
    assert "Sarankan isi yang sekarang" in page
    client.post(f"/posts/{post.pk}/endorse/")
    assert "isi sebelumnya" not in main(client.get(f"/posts/{post.pk}/"))
    assert "Kol biru" in main(client.get("/library/?endorsed=on"))


def test_history_up_to_a_change_leaves_out_what_came_later(client):
    post = make.post()
    for title in ("Kol merah", "Kol biru", "Kol hijau"):
        services.edit_post(post, by=post.author, title=title)
    second = post.revisions.order_by("pk")[1]
    client.force_login(post.author)

    page = main(client.get(f"/posts/{post.pk}/history/?until={second.pk}"))

    assert "Kol merah" in page
    assert "Kol ungu pengganti lakmus" in page
    assert "Kol biru" not in page


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("group", "Dibaca pengurus kelompok."), ("district", "Dibaca pengurus kelompok dan Dinas.")],
)
def test_reporter_is_told_who_reads_the_report(client, audience, readers):
    post = make.post(audience=audience)
    client.force_login(make.member(post.group))

    assert readers in client.get(f"/posts/{post.pk}/report/").text


def test_board_deletes_a_comment_with_a_reason_that_its_author_reads(client):
    comment = make.comment(make.post())
    address = f"/comments/{comment.pk}/delete/"
    client.force_login(make.chair(comment.post.group))

    asked = client.get(address).text
    assert 'name="withdrawn_because"' in asked
    assert "boleh kosong" not in asked
    silent = client.post(address, {"withdrawn_because": " "})
    assert silent.status_code == 422
    assert "Tulis alasannya; penulis akan membacanya." in silent.text
    assert client.post(address, {"withdrawn_because": "Nama murid."}).status_code == 302
    relay()

    notice = comment.author.notices.get(text__contains="dihapus")
    assert notice.text.endswith("dihapus: Nama murid.")
    assert notice.url == comment.get_absolute_url()


def test_author_of_a_comment_is_asked_for_no_reason(client):
    comment = make.comment(make.post())
    client.force_login(comment.author)

    assert 'name="withdrawn_because"' not in client.get(f"/comments/{comment.pk}/delete/").text
    assert client.post(f"/comments/{comment.pk}/delete/").status_code == 302
