"""The pages of KESRAKU: what anyone reads of a garden, and what its school writes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from kesraku import services
from kesraku.models import Garden, GardenLesson, Harvest
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NO_NAMES = "Jangan menulis nama keluarga penerima."


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def today(back: int = 0) -> str:
    return (timezone.localdate() - timedelta(days=back)).isoformat()


def harvested(garden: Garden, *, kilograms: float, back: int = 0) -> Harvest:
    on = timezone.localdate() - timedelta(days=back)
    return services.record_harvest(garden, by=garden.started_by, on=on, grams=int(kilograms * 1000))


def written(**changes: object) -> dict[str, object]:
    facts = {"name": "Kebun Kelas V", "crop": make.crop().pk, "planted_on": today(3)}
    return facts | {"families": 2, "story": "", "submission": uuid4()} | changes


# --- reading ------------------------------------------------------------------------------------
def test_gardens_are_for_anyone(client):
    garden = make.garden()
    harvested(garden, kilograms=3.5)

    page = main(client.get("/gardens/"))

    assert f'href="/gardens/{garden.pk}/"' in page
    assert "Kangkung, umur 40 hari" in page
    assert garden.school.district.name in page
    assert "3,5&nbsp;kg" in page
    assert "Mulai kebun" not in page


def test_gardens_without_any_say_what_to_do(client):
    assert "Belum ada kebun" in main(client.get("/gardens/"))

    client.force_login(make.person())
    assert 'href="/gardens/new/"' in main(client.get("/gardens/"))


def test_gardens_ask_the_same_for_one_and_for_many(client, django_assert_num_queries):
    teacher = make.person()
    make.garden(by=teacher)
    client.force_login(teacher)
    client.get("/gardens/")

    # The person, the seats, the gardens, their totals.
    with django_assert_num_queries(4):
        client.get("/gardens/")
    for _ in range(29):
        make.garden(by=teacher)
    with django_assert_num_queries(4):
        assert client.get("/gardens/").text.count("umur 40 hari") == 20


def test_garden_page_is_for_anyone_and_tells_of_no_family(client):
    garden = make.garden()
    harvested(garden, kilograms=1.5, back=35)
    harvested(garden, kilograms=2)
    lesson = services.link_garden(session := make.session(), garden, by=session.teacher)

    answer = client.get(f"/gardens/{garden.pk}/")
    page = main(answer)

    assert "Kebun Kelas V" in page
    assert garden.school.name.replace("SMPN ", "SMPN\xa0") in page
    assert "Ipomoea aquatica" in page
    assert "1 keluarga penerima dekat sekolah." in page
    assert 'role="img"' in page
    assert '<td class="num">1,5</td>' in page
    assert page.count("<form") == 0
    assert lesson.session.title not in page
    assert garden.started_by.name not in page
    assert "Kangkung di Seko: 3,5 kg panen" in answer.text


def test_garden_page_shows_lessons_to_who_may_read_them(client):
    garden, session = make.garden(), make.session()
    services.link_garden(session, garden, by=session.teacher)

    client.force_login(session.teacher)
    assert session.title in main(client.get(f"/gardens/{garden.pk}/"))
    client.force_login(garden.started_by)
    assert session.title not in main(client.get(f"/gardens/{garden.pk}/"))


def test_garden_page_asks_the_same_for_one_and_for_many(client, django_assert_num_queries):
    garden = make.garden()
    harvested(garden, kilograms=1)
    client.force_login(garden.started_by)
    client.get(f"/gardens/{garden.pk}/")

    # The person, the seats, the garden, harvests, months, duties, lessons, posts.
    with django_assert_num_queries(8):
        client.get(f"/gardens/{garden.pk}/")
    for back in range(29):
        harvested(garden, kilograms=1, back=back)
    with django_assert_num_queries(8):
        client.get(f"/gardens/{garden.pk}/")


def test_harvests_go_on_where_they_ended(client):
    garden = make.garden()
    for back in range(11):
        harvested(garden, kilograms=back + 1, back=back)

    page = client.get(f"/gardens/{garden.pk}/").text
    after = page.split('href="?after=')[1].split('"')[0]
    rest = client.get(f"/gardens/{garden.pk}/?after={after}", headers=HTMX).text

    assert "<b>11&nbsp;kg</b>" not in page
    assert "<b>11&nbsp;kg</b>" in rest
    assert rest.count("<li") == 1


def test_garden_that_is_not_there_is_not_found(client):
    client.force_login(make.person())

    assert client.get("/gardens/7/").status_code == 404
    assert client.post("/gardens/7/harvests/").status_code == 404
    assert client.post("/harvests/7/remove/").status_code == 404


# --- tending ------------------------------------------------------------------------------------
def test_strangers_write_nothing(client):
    garden = make.garden()
    harvest = harvested(garden, kilograms=1)

    for address in (
        "/gardens/new/",
        f"/gardens/{garden.pk}/edit/",
        f"/gardens/{garden.pk}/end/",
        f"/gardens/{garden.pk}/resume/",
        f"/gardens/{garden.pk}/harvests/",
        f"/harvests/{harvest.pk}/remove/",
    ):
        assert client.post(address, written()).headers["Location"].startswith("/accounts/login/")
    assert (Garden.objects.count(), Harvest.objects.count()) == (1, 1)


def test_start_garden_by_its_form_once(client):
    teacher = make.person()
    client.force_login(teacher)
    sent = written()

    assert "Siapa pun dapat membaca halaman ini." in main(client.get("/gardens/new/"))
    answers = [client.post("/gardens/new/", sent) for _ in range(2)]

    (garden,) = Garden.objects.all()
    assert [answer.headers["Location"] for answer in answers] == [f"/gardens/{garden.pk}/"] * 2
    assert (garden.school, garden.families) == (teacher.school, 2)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "Kebun keluarga Ibu Sitti"}, NO_NAMES),
        ({"story": "Di pekarangan Pak Baso."}, NO_NAMES),
        ({"story": "Hubungi 0812 3456 7890."}, "Jangan menulis nomor HP."),
        ({"families": 0}, "Pastikan nilai ini lebih besar dari atau sama dengan 1."),
        ({"planted_on": today(-1)}, "Tanggal tanam belum tiba."),
        ({"crop": 999}, "Masukkan pilihan yang valid."),
    ],
)
def test_start_garden_says_what_is_wrong(client, changes: dict[str, object], sentence: str):
    client.force_login(make.person())

    answer = client.post("/gardens/new/", written(**changes))

    assert answer.status_code == 422
    assert sentence in main(answer)
    assert not Garden.objects.exists()


def test_newcomer_reads_why_no_garden_is_started(client):
    client.force_login(make.newcomer())
    reason = "Kebun dapat dibuat setelah Bapak/Ibu diterima di sebuah kelompok."

    assert reason in main(client.get("/gardens/new/"))
    assert client.post("/gardens/new/", written()).status_code == 403


def test_edit_end_and_resume_garden(client):
    garden = make.garden()
    client.force_login(garden.started_by)

    client.post(f"/gardens/{garden.pk}/edit/", written(name="Kebun Ceria"))
    client.post(f"/gardens/{garden.pk}/end/")
    page = main(client.get(f"/gardens/{garden.pk}/"))

    assert "Kebun Ceria" in page
    assert "Kebun ini sudah selesai" in page
    assert f'action="/gardens/{garden.pk}/resume/"' in page
    assert "Catat panen" not in page
    stale = client.post(
        f"/gardens/{garden.pk}/harvests/", {"on": today(), "grams": "1", "submission": uuid4()}
    )
    assert stale.status_code == 403
    assert "Kebun ini sudah selesai." in stale.text

    client.post(f"/gardens/{garden.pk}/resume/")
    assert "Catat panen" in main(client.get(f"/gardens/{garden.pk}/"))


def test_teacher_of_another_school_tends_nothing(client):
    garden = make.garden()
    client.force_login(make.person())
    reason = "Kebun ini diurus oleh guru sekolahnya."

    assert "Catat panen" not in main(client.get(f"/gardens/{garden.pk}/"))
    assert reason in main(client.get(f"/gardens/{garden.pk}/edit/"))
    answer = client.post(f"/gardens/{garden.pk}/edit/", written(name="Kebun saya"))
    assert answer.status_code == 403
    assert reason in answer.text


@pytest.mark.parametrize(("typed", "grams"), [("3,5", 3500), ("0.25", 250), ("12", 12_000)])
def test_harvest_is_typed_in_kilograms(client, typed: str, grams: int):
    garden = make.garden()
    client.force_login(garden.started_by)
    sent = {"on": today(), "grams": typed, "submission": uuid4()}

    for _ in range(2):
        client.post(f"/gardens/{garden.pk}/harvests/", sent)

    garden.refresh_from_db()
    assert garden.harvested_grams == grams


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"grams": "banyak"}, "Masukkan sebuah bilangan."),
        ({"grams": "0"}, "lebih besar"),
        ({"grams": "900"}, "Satu panen paling banyak 500 kg. Periksa angkanya."),
        ({"on": today(-1)}, "Tanggal panen belum tiba."),
        ({"on": today(41)}, "Tanggal panen lebih awal daripada tanggal tanam."),
    ],
)
def test_impossible_harvest_is_refused_beside_its_field(
    client, changes: dict[str, str], sentence: str
):
    garden = make.garden()
    client.force_login(garden.started_by)
    sent = {"on": today(), "grams": "1", "submission": uuid4()} | changes

    whole = client.post(f"/gardens/{garden.pk}/harvests/", sent)
    part = client.post(f"/gardens/{garden.pk}/harvests/", sent, headers=HTMX)

    assert (whole.status_code, part.status_code) == (422, 422)
    assert sentence in main(whole)
    assert sentence in part.text
    assert "<h1" not in part.text
    assert not Harvest.objects.exists()


def test_harvest_written_wrongly_is_taken_back(client):
    garden = make.garden()
    wrong = harvested(garden, kilograms=35)
    client.force_login(make.person())
    assert client.post(f"/harvests/{wrong.pk}/remove/").status_code == 403

    client.force_login(garden.started_by)
    assert f'action="/harvests/{wrong.pk}/remove/"' in main(client.get(f"/gardens/{garden.pk}/"))
    client.post(f"/harvests/{wrong.pk}/remove/")

    garden.refresh_from_db()
    assert garden.harvested_grams == 0


# --- a session and its garden -------------------------------------------------------------------
def test_garden_is_linked_to_a_session_and_shown_there(client):
    session, garden = make.session(), make.garden()
    client.force_login(session.teacher)

    assert f'href="/sessions/{session.pk}/garden/"' in main(client.get(f"/sessions/{session.pk}/"))
    assert garden.name in main(client.get(f"/sessions/{session.pk}/garden/"))
    answer = client.post(f"/sessions/{session.pk}/garden/", {"garden": garden.pk})
    page = main(client.get(f"/sessions/{session.pk}/"))

    assert answer.headers["Location"] == f"/sessions/{session.pk}/"
    assert f'href="/gardens/{garden.pk}/"' in page

    client.post(f"/sessions/{session.pk}/garden/", {"unlink": "1"})
    assert not GardenLesson.objects.exists()


def test_member_is_told_why_no_garden_can_be_linked(client):
    session, garden = make.session(), make.garden()
    client.force_login(make.member(session.group))
    reason = "Kebun dipilih oleh guru model atau pengurus."

    assert reason in main(client.get(f"/sessions/{session.pk}/garden/"))
    answer = client.post(f"/sessions/{session.pk}/garden/", {"garden": garden.pk})

    assert answer.status_code == 403
    assert reason in answer.text
    assert not GardenLesson.objects.exists()


def test_session_that_is_not_mine_is_not_found(client):
    session = make.session()
    client.force_login(make.member(make.group()))

    assert client.get(f"/sessions/{session.pk}/garden/").status_code == 404


def test_garden_that_ended_cannot_be_linked(client):
    session, garden = make.session(), make.garden()
    services.end_garden(garden, by=garden.started_by)
    client.force_login(session.teacher)

    answer = client.post(f"/sessions/{session.pk}/garden/", {"garden": garden.pk})

    assert answer.status_code == 422
    assert not GardenLesson.objects.exists()
