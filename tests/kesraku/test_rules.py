from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from kesraku import rules, services
from kesraku.models import Garden, GardenLesson, Harvest
from sessions import services as session_services
from tests import make

pytestmark = pytest.mark.django_db

NOT_LET_IN = "Kebun dapat dibuat setelah Bapak/Ibu diterima di sebuah kelompok."
NO_SCHOOL = "Isi dulu sekolah Bapak/Ibu di halaman Saya."
NOT_THEIRS = "Kebun ini diurus oleh guru sekolahnya."
ENDED = "Kebun ini sudah selesai."
GROWING = "Kebun ini masih berjalan."
NOT_TEACHER = "Kebun dipilih oleh guru model atau pengurus."
CANCELLED = "Sesi ini dibatalkan."


def test_anyone_reads_gardens_and_harvests():
    garden = make.garden()
    harvest = services.record_harvest(
        garden, by=garden.started_by, on=garden.planted_on, grams=1500
    )

    for reader in (AnonymousUser(), make.newcomer(), make.person()):
        assert Garden.objects.visible_to(reader).contains(garden)
        assert Harvest.objects.visible_to(reader).contains(harvest)


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("nobody", False),
        ("newcomer", False),
        ("teacher of the garden", False),
        ("teacher elsewhere", False),
        ("pengawas elsewhere", False),
        ("pengawas", True),
        ("member", True),
        ("guru model", True),
    ],
)
def test_who_reads_which_lessons_a_garden_gave(who: str, reads: bool):
    session, garden = make.session(), make.garden()
    lesson = services.link_garden(session, garden, by=session.teacher)
    school = session.teacher.school or make.school()
    readers: dict[str, Callable[[], User | AnonymousUser]] = {
        "nobody": AnonymousUser,
        "newcomer": make.newcomer,
        "teacher of the garden": lambda: garden.started_by,
        "teacher elsewhere": lambda: make.member(make.group()),
        "pengawas elsewhere": lambda: make.supervisor(make.school()),
        "pengawas": lambda: make.supervisor(school),
        "member": lambda: make.member(session.group),
        "guru model": lambda: session.model_teacher,
    }

    assert GardenLesson.objects.visible_to(readers[who]()).contains(lesson) is reads


def test_who_starts_a_garden():
    placeless = make.person()
    placeless.school = None

    assert list(rules.may_start_garden(make.newcomer()).reasons) == [NOT_LET_IN, NO_SCHOOL]
    assert list(rules.may_start_garden(placeless).reasons) == [NO_SCHOOL]
    assert list(rules.may_start_garden(make.person()).reasons) == []


@pytest.mark.parametrize(
    ("who", "tend", "resume", "tend_ended", "resume_ended"),
    [
        ("newcomer", [NOT_THEIRS], [NOT_THEIRS, GROWING], [NOT_THEIRS, ENDED], [NOT_THEIRS]),
        ("stranger", [NOT_THEIRS], [NOT_THEIRS, GROWING], [NOT_THEIRS, ENDED], [NOT_THEIRS]),
        ("colleague", [], [GROWING], [ENDED], []),
        ("who started it", [], [GROWING], [ENDED], []),
        ("Dinas", [], [GROWING], [ENDED], []),
    ],
)
def test_who_tends_a_garden(
    who: str, tend: list[str], resume: list[str], tend_ended: list[str], resume_ended: list[str]
):
    garden = make.garden()
    user = {
        "newcomer": make.newcomer,
        "stranger": make.person,
        "colleague": lambda: make.person(at=garden.school),
        "who started it": lambda: garden.started_by,
        "Dinas": make.officer,
    }[who]()

    assert list(rules.may_tend_garden(user, garden).reasons) == tend
    assert list(rules.may_resume_garden(user, garden).reasons) == resume

    services.end_garden(garden, by=garden.started_by)
    assert list(rules.may_tend_garden(user, garden).reasons) == tend_ended
    assert list(rules.may_resume_garden(user, garden).reasons) == resume_ended


@pytest.mark.parametrize(
    ("who", "planned", "cancelled"),
    [
        ("newcomer", [NOT_TEACHER], [NOT_TEACHER, CANCELLED]),
        ("member", [NOT_TEACHER], [NOT_TEACHER, CANCELLED]),
        ("board elsewhere", [NOT_TEACHER], [NOT_TEACHER, CANCELLED]),
        ("board", [], [CANCELLED]),
        ("guru model", [], [CANCELLED]),
    ],
)
def test_who_links_a_garden(who: str, planned: list[str], cancelled: list[str]):
    session = make.session()
    chair = make.chair(session.group)
    user = {
        "newcomer": make.newcomer,
        "member": lambda: make.member(session.group),
        "board elsewhere": lambda: make.chair(make.group()),
        "board": lambda: chair,
        "guru model": lambda: session.model_teacher,
    }[who]()

    assert list(rules.may_link_garden(user, session).reasons) == planned

    session_services.cancel_session(session, by=chair, reason="Hujan deras.")
    assert list(rules.may_link_garden(user, session).reasons) == cancelled
