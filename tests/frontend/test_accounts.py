import pytest
from django.urls import reverse

from accounts import services
from accounts.models import Appointment, User
from groups.roles import Role
from tests import make

pytestmark = pytest.mark.django_db


def _profile(person: User, **changes: str) -> dict[str, str]:
    kept = {
        "name": person.name,
        "username": person.username,
        "school": person.school.name if person.school else "",
        "language": "id",
        "time_zone": "Asia/Makassar",
    }
    return kept | changes


def test_saya_shows_who_i_am_and_my_groups(client):
    group = make.group()
    person = make.member(group, Role.SECRETARY)
    services.edit_profile(person, by=person, nip="198503152010012001", phone="081234567890")
    client.force_login(person)

    page = client.get(reverse("me")).text

    for words in (str(person), person.school.name, "198503152010012001", "+6281234567890"):
        assert words.replace(" ", "") in page.replace("\xa0", "").replace(" ", "")
    assert group.name in page
    assert "Sekretaris" in page
    assert "Menunggu persetujuan" not in page


def test_saya_of_a_newcomer_says_that_approval_is_waited_for(client):
    client.force_login(make.newcomer())

    page = client.get(reverse("me")).text

    assert "Menunggu persetujuan" in page
    assert "belum menjadi anggota kelompok" in page


def test_person_page_shows_school_groups_and_duties_but_no_private_number(client):
    group = make.group()
    person, reader = make.member(group), make.member(group)
    services.edit_profile(person, by=person, nip="198503152010012001", phone="081234567890")
    supervised = make.school()
    Appointment.objects.create(user=person, duty="supervisor", school=supervised)
    client.force_login(reader)

    page = client.get(reverse("person", args=[person.pk])).text

    assert f"<h1>{person}</h1>" in page
    assert group.name in page
    assert "Pengawas" in page
    for private in ("198503152010012001", "81234567890", person.email):
        assert private not in page


def test_person_page_hides_groups_that_are_not_the_readers(client):
    group = make.group()
    person = make.member(group)
    client.force_login(make.person())

    page = client.get(reverse("person", args=[person.pk])).text

    assert f"<h1>{person}</h1>" in page
    assert group.name not in page


@pytest.mark.parametrize("who", ["newcomer", "gone", "nobody"])
def test_person_page_is_not_there_for(client, who: str):
    person = make.person()
    if who == "gone":
        person.is_active = False
        person.save()
    client.force_login(make.newcomer() if who == "newcomer" else make.person())
    pk = 0 if who == "nobody" else person.pk

    assert client.get(reverse("person", args=[pk])).status_code == 404


def test_edit_profile_saves_and_goes_back_to_saya(client):
    person, school = make.person(), make.school()
    client.force_login(person)

    answer = client.post(
        reverse("edit-profile"),
        _profile(person, phone="0812 3456 7890", title_after="S.Pd.", school=school.npsn)
        | {"position": "Guru IPA", "institution": "Dinas Pendidikan"},
    )

    person.refresh_from_db()
    assert answer.url == reverse("me")
    assert (person.phone, person.title_after, person.school) == ("+6281234567890", "S.Pd.", school)
    assert (person.position, person.institution) == ("Guru IPA", "Dinas Pendidikan")
    page = client.get(reverse("person", args=[person.pk])).text
    assert "Guru IPA" in page
    assert "Dinas Pendidikan" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("nip", "123", "NIP terdiri atas 18 angka."),
        ("nuptk", "123", "NUPTK terdiri atas 16 angka."),
        ("phone", "123", "Nomor HP tidak dikenali."),
        ("school", "12345", "NPSN terdiri atas 8 angka."),
        ("school", "99999999", "Tidak ada sekolah dengan NPSN ini dalam daftar."),
        ("school", "Hogwarts", "Sekolah ini tidak ada dalam daftar."),
        ("username", "dua kata", "Pakai huruf, angka, titik"),
    ],
)
def test_edit_profile_says_what_is_wrong_and_saves_nothing(
    client, field: str, value: str, words: str
):
    person = make.person()
    client.force_login(person)

    answer = client.post(
        reverse("edit-profile"), _profile(person, title_after="S.Pd.") | {field: value}
    )

    assert answer.status_code == 422
    assert words in answer.text
    person.refresh_from_db()
    assert person.title_after == ""


def test_edit_profile_by_htmx_answers_with_the_form_alone(client):
    person = make.person()
    client.force_login(person)
    htmx = {"HX-Request": "true"}

    wrong = client.post(reverse("edit-profile"), _profile(person, nip="1"), headers=htmx)
    right = client.post(reverse("edit-profile"), _profile(person), headers=htmx)

    assert wrong.status_code == 422
    assert "<html" not in wrong.text
    assert right.headers["HX-Redirect"] == reverse("me")


def test_school_with_several_of_that_name_asks_for_the_npsn(client):
    person = make.person()
    twins = [make.school(), make.school()]
    client.force_login(person)

    answer = client.post(reverse("edit-profile"), _profile(person, school="seko"))

    assert "Ada beberapa sekolah yang cocok" in answer.text
    assert all(twin.npsn in answer.text for twin in twins)


def test_language_of_a_person_is_kept_with_the_person(client):
    person = make.person()
    client.force_login(person)

    answer = client.post(reverse("set-language"), {"language": "en", "next": reverse("me")})

    person.refresh_from_db()
    assert (answer.url, person.language) == (reverse("me"), "en")
    assert client.get(reverse("me")).headers["Content-Language"] == "en"


def test_language_of_a_stranger_is_kept_in_a_cookie(client):
    client.post(reverse("set-language"), {"language": "en"})

    assert client.get(reverse("about")).headers["Content-Language"] == "en"


@pytest.mark.parametrize("sent", [{"language": "xx"}, {}])
def test_language_that_is_not_spoken_changes_nothing(client, sent: dict[str, str]):
    answer = client.post(reverse("set-language"), sent)

    assert answer.url == reverse("home")
    assert client.get(reverse("about")).headers["Content-Language"] == "id"


def test_language_never_leads_to_another_site(client):
    answer = client.post(
        reverse("set-language"), {"language": "en", "next": "https://jahat.example/"}
    )

    assert answer.url == reverse("home")


def test_first_admin_sets_name_and_password_by_the_link(client):
    url = reverse("first-admin", args=[services.invite_first_admin()])

    assert "Admin pertama" in client.get(url).text
    weak = client.post(url, {"name": "Admin", "username": "admin", "password": "123"})
    assert weak.status_code == 422
    answer = client.post(url, {"name": "Admin", "username": "admin", "password": "daun-ketapang-9"})

    assert answer.status_code == 302
    assert client.get("/admin/").status_code == 200
    again = client.get(url)
    assert (again.status_code, "tidak berlaku lagi" in again.text) == (410, True)
