import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from schools.models import Level
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make.person()


@pytest.fixture
def program(person) -> APIClient:
    program = APIClient()
    program.force_authenticate(person)
    return program


def _names(answer) -> list[str]:
    return [row["name"] for row in answer.data["results"]]


def test_me_is_ones_own_profile(program, person):
    answer = program.get(reverse("api-me"))

    assert answer.data["username"] == person.username
    assert answer.data["school"] == person.school_id
    assert "password" not in answer.data


def test_me_is_changed_as_on_the_page(program, person):
    school = make.school()

    answer = program.patch(
        reverse("api-me"),
        {
            "phone": "0812 3456 7890",
            "school": school.pk,
            "position": "Guru IPA",
            "email": "x@y.id",
        },
    )

    person.refresh_from_db()
    assert (answer.status_code, answer.data["phone"]) == (200, "+6281234567890")
    assert (person.phone, person.school) == ("+6281234567890", school)
    assert program.get(reverse("person-detail", args=[person.pk])).data["position"] == "Guru IPA"
    assert person.email != "x@y.id"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("nip", "123", "NIP terdiri atas 18 angka."),
        ("nuptk", "123", "NUPTK terdiri atas 16 angka."),
        ("phone", "123", "Nomor HP tidak dikenali. Contoh yang benar: 0812 3456 7890."),
        ("username", "dua kata", "Pakai huruf, angka, titik"),
    ],
)
def test_me_says_what_is_wrong_and_changes_nothing(program, person, field, value, words):
    answer = program.patch(reverse("api-me"), {field: value, "title_after": "S.Pd."})

    assert answer.status_code == 400
    assert answer.data[field][0].startswith(words)
    person.refresh_from_db()
    assert person.title_after == ""


def test_me_with_somebody_elses_number_is_refused(program):
    other = make.person()
    other.phone = "+6281234567890"
    other.save()

    answer = program.patch(reverse("api-me"), {"phone": "081234567890"})

    assert answer.status_code == 400
    assert "Nomor HP ini sudah dipakai orang lain." in str(answer.data)


def test_people_are_those_one_may_see_without_private_numbers(program, person):
    colleague, newcomer = make.person(), make.newcomer()

    listed = program.get(reverse("person-list"))

    assert _names(listed) == [colleague.name, person.name]
    assert set(listed.data["results"][0]) == {
        "id",
        "full_name",
        "name",
        "title_before",
        "title_after",
        "school",
        "institution",
        "position",
    }
    assert program.get(reverse("person-detail", args=[newcomer.pk])).status_code == 404


def test_people_are_found_by_name_and_school(program):
    colleague = make.person()

    by_name = program.get(reverse("person-list"), {"search": colleague.name.lower()})
    by_school = program.get(reverse("person-list"), {"school": colleague.school_id})

    assert _names(by_name) == _names(by_school) == [colleague.name]


def test_schools_are_found_by_name_npsn_level_and_kecamatan(program, person):
    primary, secondary = make.school(Level.SD), make.school(Level.SMP)
    url = reverse("school-list")

    assert _names(program.get(url, {"search": secondary.npsn})) == [secondary.name]
    assert _names(program.get(url, {"level": "SD"})) == [primary.name]
    everyone = sorted([person.school.name, primary.name, secondary.name])
    assert _names(program.get(url, {"search": "seko", "district": "73.22.07"})) == everyone
    assert _names(program.get(url, {"search": "jakarta"})) == []


def test_schools_come_in_pages_that_follow_each_other(program):
    for _ in range(4):
        make.school()

    first = program.get(reverse("school-list"), {"size": 3})
    second = program.get(first.data["next"])

    names = _names(first) + _names(second)
    assert (len(_names(first)), names) == (3, sorted(names))


def test_subjects_and_phases_are_listed_and_found_by_code(program):
    make.subject()
    make.phase()

    subjects = program.get(reverse("subject-list")).data["results"]
    phase = program.get(reverse("phase-detail", args=["D"])).data

    assert subjects == [{"code": "IPA", "name": "IPA"}]
    assert phase == {"code": "D", "first_grade": 7, "last_grade": 9}
    assert program.get(reverse("phase-list")).data["results"] == [phase]
    assert program.get(reverse("subject-detail", args=["XX"])).status_code == 404


@pytest.mark.parametrize("name", ["person-list", "school-list"])
def test_lists_ask_the_same_for_one_row_and_for_thirty(
    program, django_assert_max_num_queries, name: str
):
    def ask() -> int:
        with django_assert_max_num_queries(10) as asked:
            assert program.get(reverse(name), {"size": 100}).status_code == 200
        return len(asked)

    for_one = ask()
    for _ in range(30):
        make.person()

    assert ask() == for_one


@pytest.mark.parametrize(
    "name", ["api-me", "person-list", "school-list", "subject-list", "phase-list"]
)
def test_strangers_are_asked_to_sign_in(name: str):
    assert APIClient().get(reverse(name)).status_code == 401
