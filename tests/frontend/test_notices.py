import pytest
from django.urls import reverse

from notifications.models import Notice
from notifications.services import tell
from tests import make

pytestmark = pytest.mark.django_db


def told(person, text="Sesi pindah waktu.", url="/notices/") -> Notice:
    [notice] = tell([person], Notice.Kind.CHANGED, lambda: text, url=url)
    return notice


def test_notices_are_shown_newest_first_the_unread_marked(client):
    person = make.person()
    told(person, "Yang lama.")
    told(person, "Yang <baru>.")
    client.force_login(person)
    client.post(reverse("open-notice", args=[Notice.objects.get(text="Yang lama.").pk]))

    page = client.get(reverse("notices")).text

    assert page.index("Yang &lt;baru&gt;.") < page.index("Yang lama.")
    assert page.count("row-new") == 1


def test_bell_shows_how_many_are_unread(client):
    person = make.person()
    told(person)
    client.force_login(person)

    assert "Pemberitahuan, 1 baru" in client.get(reverse("notices")).text

    client.post(reverse("read-notices"))
    assert "Pemberitahuan, 1 baru" not in client.get(reverse("notices")).text


def test_open_notice_marks_it_and_goes_where_it_leads(client):
    notice = told(make.person(), url="/sessions/7/")
    client.force_login(notice.recipient)

    answer = client.post(reverse("open-notice", args=[notice.pk]))

    notice.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/sessions/7/")
    assert notice.read_at is not None


def test_notice_of_another_person_does_not_exist(client):
    notice = told(make.person())
    client.force_login(make.person())

    assert client.post(reverse("open-notice", args=[notice.pk])).status_code == 404

    notice.refresh_from_db()
    assert notice.read_at is None


def test_looking_at_notices_reads_none(client):
    notice = told(make.person())
    client.force_login(notice.recipient)

    client.get(reverse("notices"))
    assert client.get(reverse("open-notice", args=[notice.pk])).status_code == 405

    notice.refresh_from_db()
    assert notice.read_at is None


def test_empty_bell_says_what_will_come(client):
    client.force_login(make.person())

    assert "Belum ada pemberitahuan" in client.get(reverse("notices")).text


def test_notices_ask_as_many_queries_for_30_as_for_one(client, django_assert_num_queries):
    person = make.person()
    client.force_login(person)
    told(person)
    client.get(reverse("notices"))

    with django_assert_num_queries(3):
        client.get(reverse("notices"))
    for _number in range(30):
        told(person)
    with django_assert_num_queries(3):
        page = client.get(reverse("notices")).text

    assert page.count("row-new") == 20
    assert "Muat lagi" in page


def test_more_notices_come_as_rows_alone(client):
    person = make.person()
    client.force_login(person)
    for number in range(25):
        told(person, f"Nomor {number}.")
    url = client.get(reverse("notices")).context["page"].next_url

    rows = client.get(reverse("notices") + url, headers={"HX-Request": "true"}).text

    assert "<main" not in rows
    assert [f"Nomor {number}." in rows for number in range(25)] == [True] * 5 + [False] * 20


def test_opened_page_sends_that_its_notices_were_read(client):
    post = make.post()
    told(post.author, url=post.get_absolute_url())
    told(post.author, "Yang lain.", url="/sessions/7/")
    client.force_login(post.author)
    send = f'hx-post="{reverse("read-notices-here")}"'

    page = client.get(post.get_absolute_url()).text
    assert send in page
    assert f'name="path" value="{post.get_absolute_url()}"' in page
    assert Notice.objects.unread().count() == 2

    answer = client.post(
        reverse("read-notices-here"), {"path": post.get_absolute_url()}, HTTP_HX_REQUEST="true"
    )

    assert answer.status_code == 204
    assert [notice.text for notice in Notice.objects.unread()] == ["Yang lain."]
    assert send not in client.get(post.get_absolute_url()).text
