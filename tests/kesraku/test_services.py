from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from activity.models import Entry
from kesraku import services
from kesraku.events import GardenStarted, HarvestRecorded, LessonLinkedToGarden
from kesraku.models import Garden, GardenLesson, Harvest
from tests import make

NO_NAMES = "Jangan menulis nama keluarga penerima. Tulis cukup “satu keluarga dekat sekolah”."
AT_LEAST_ONE = "Pastikan nilai ini lebih besar dari atau sama dengan 1."

pytestmark = pytest.mark.django_db


def today(back: int = 0):
    return timezone.localdate() - timedelta(days=back)


def of_kesraku() -> list[object]:
    entries = Entry.objects.filter(name__startswith="kesraku.").order_by("pk")
    return [entry.event for entry in entries]


def test_start_garden_is_of_the_persons_school():
    teacher, kangkung = make.person(), make.crop()

    garden = services.start_garden(
        by=teacher, name="Kebun Kelas V", crop=kangkung, planted_on=today(10), families=2
    )

    garden.refresh_from_db()
    assert (garden.school, garden.started_by, garden.crop) == (teacher.school, teacher, kangkung)
    assert garden.age == 10
    assert garden.harvest_window == (today(10 - 30), today(10 - 70))
    assert of_kesraku() == [GardenStarted(garden_id=garden.pk)]


def test_start_garden_sent_twice_makes_one():
    teacher, submission = make.person(), uuid4()

    first, second = (
        services.start_garden(
            by=teacher,
            name="Kebun",
            crop=make.crop(),
            planted_on=today(),
            submission=submission,
        )
        for _ in range(2)
    )

    assert first == second
    assert of_kesraku() == [GardenStarted(garden_id=first.pk)]


def test_start_garden_by_a_newcomer_changes_nothing():
    with pytest.raises(PermissionDenied):
        services.start_garden(
            by=make.newcomer(), name="Kebun", crop=make.crop(), planted_on=today()
        )

    assert not Garden.objects.exists()


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"name": ""}, {"name": ["Field ini tidak boleh kosong."]}),
        ({"families": 0}, {"families": [AT_LEAST_ONE]}),
        ({"planted_on": today(-2)}, {"planted_on": ["Tanggal tanam belum tiba."]}),
        (
            {"story": "Di rumah Ibu Sitti."},
            {"story": [NO_NAMES]},
        ),
    ],
)
def test_garden_with_wrong_facts_is_neither_started_nor_changed(facts, refusal):
    garden = make.garden()

    with pytest.raises(ValidationError) as on_start:
        services.start_garden(
            by=garden.started_by,
            **{"name": "Kebun", "crop": make.crop(), "planted_on": today()} | facts,
        )
    with pytest.raises(ValidationError) as on_edit:
        services.edit_garden(garden, by=garden.started_by, **facts)

    assert on_start.value.message_dict == on_edit.value.message_dict == refusal
    (kept,) = Garden.objects.all()
    assert (kept.name, kept.families, kept.story) == (
        "Kebun Kelas V",
        1,
        "Murid menyiram setiap pagi.",
    )


def test_edit_garden_changes_what_is_told():
    garden = make.garden()

    services.edit_garden(garden, by=garden.started_by, name="Kebun Ceria", families=3)

    garden.refresh_from_db()
    assert (garden.name, garden.families) == ("Kebun Ceria", 3)


def test_edit_garden_cannot_plant_after_a_harvest():
    garden = make.garden()
    services.record_harvest(garden, by=garden.started_by, on=today(5), grams=500)

    with pytest.raises(ValidationError) as refusal:
        services.edit_garden(garden, by=garden.started_by, planted_on=today(4))

    assert refusal.value.message_dict == {"planted_on": ["Sudah ada panen sebelum tanggal itu."]}


def test_edit_garden_of_another_school_changes_nothing():
    garden = make.garden()

    with pytest.raises(PermissionDenied, match=r"Kebun ini diurus oleh guru sekolahnya\."):
        services.edit_garden(garden, by=make.person(), name="Kebun saya")

    garden.refresh_from_db()
    assert garden.name == "Kebun Kelas V"


def test_end_and_resume_garden():
    garden = make.garden()
    stale = Garden.objects.get(pk=garden.pk)

    services.end_garden(garden, by=garden.started_by)
    with pytest.raises(PermissionDenied, match=r"Kebun ini sudah selesai\."):
        services.end_garden(stale, by=garden.started_by)
    with pytest.raises(PermissionDenied, match=r"Kebun ini sudah selesai\."):
        services.record_harvest(stale, by=garden.started_by, on=today(), grams=1)

    services.resume_garden(garden, by=garden.started_by)
    garden.refresh_from_db()
    assert garden.ended_at is None


def test_record_harvest_is_added_up():
    garden = make.garden()

    services.record_harvest(garden, by=garden.started_by, on=today(5), grams=1500)
    second = services.record_harvest(garden, by=garden.started_by, on=today(), grams=250)

    garden.refresh_from_db()
    assert garden.harvested_grams == 1750
    assert of_kesraku()[-1] == HarvestRecorded(harvest_id=second.pk)


def test_record_harvest_sent_twice_counts_once():
    garden, submission = make.garden(), uuid4()

    first, second = (
        services.record_harvest(
            garden, by=garden.started_by, on=today(), grams=800, submission=submission
        )
        for _ in range(2)
    )

    garden.refresh_from_db()
    assert first == second
    assert garden.harvested_grams == 800


@pytest.mark.parametrize(
    ("back", "grams", "refusal"),
    [
        (-1, 500, {"on": ["Tanggal panen belum tiba."]}),
        (41, 500, {"on": ["Tanggal panen lebih awal daripada tanggal tanam."]}),
        (0, 500_001, {"grams": ["Satu panen paling banyak 500 kg. Periksa angkanya."]}),
        (0, 0, {"grams": [AT_LEAST_ONE]}),
    ],
)
def test_impossible_harvest_changes_nothing(back: int, grams: int, refusal: dict[str, list[str]]):
    garden = make.garden()

    with pytest.raises(ValidationError) as refused:
        services.record_harvest(garden, by=garden.started_by, on=today(back), grams=grams)

    garden.refresh_from_db()
    assert refused.value.message_dict == refusal
    assert garden.harvested_grams == 0
    assert not Harvest.objects.exists()


def test_remove_harvest_takes_its_grams_back():
    garden = make.garden()
    wrong = services.record_harvest(garden, by=garden.started_by, on=today(), grams=35_000)
    services.record_harvest(garden, by=garden.started_by, on=today(), grams=3_500)

    with pytest.raises(PermissionDenied):
        services.remove_harvest(wrong, by=make.person())
    services.remove_harvest(wrong, by=garden.started_by)

    garden.refresh_from_db()
    assert garden.harvested_grams == 3_500
    assert [harvest.grams for harvest in garden.harvests.all()] == [3_500]


def test_link_garden_and_another_instead():
    session = make.session()
    first, second = make.garden(), make.garden()

    services.link_garden(session, first, by=session.teacher)
    services.link_garden(session, first, by=session.teacher)
    services.link_garden(session, second, by=make.chair(session.group))

    (lesson,) = GardenLesson.objects.all()
    assert (lesson.session, lesson.garden) == (session, second)
    assert of_kesraku()[2:] == [
        LessonLinkedToGarden(session_id=session.pk, garden_id=first.pk),
        LessonLinkedToGarden(session_id=session.pk, garden_id=second.pk),
    ]


def test_link_garden_by_another_member_changes_nothing():
    session = make.session()

    with pytest.raises(PermissionDenied):
        services.link_garden(session, make.garden(), by=make.member(session.group))

    assert not GardenLesson.objects.exists()


def test_link_garden_that_ended_is_refused():
    session, garden = make.session(), make.garden()
    services.end_garden(garden, by=garden.started_by)

    with pytest.raises(ValidationError) as refusal:
        services.link_garden(session, garden, by=session.teacher)

    assert refusal.value.message_dict == {"garden": ["Kebun ini sudah selesai. Pilih kebun lain."]}


def test_unlink_garden():
    session = make.session()
    services.link_garden(session, make.garden(), by=session.teacher)

    with pytest.raises(PermissionDenied):
        services.unlink_garden(session, by=make.member(session.group))
    services.unlink_garden(session, by=session.teacher)

    assert not GardenLesson.objects.exists()


def test_remove_harvest_twice_at_once_counts_once():
    garden = make.garden()
    tender = garden.started_by
    on = timezone.localdate()
    harvest = services.record_harvest(garden, by=tender, on=on, grams=900)
    again = Harvest.objects.get(pk=harvest.pk)

    services.remove_harvest(harvest, by=tender)
    garden = services.remove_harvest(again, by=tender)

    assert garden.harvested_grams == 0
