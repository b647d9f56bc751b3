import pytest
from django.core.management import call_command

from schools import services
from schools.models import District, LoadedData, Phase, Province, Regency, School, Subject
from schools.reference import load, readable_name

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "readable"),
    [
        ("SD NEGERI 034 RANTE PACCU", "SDN 034 Rante Paccu"),
        ("SD NEGERI 033 AWO-AWO", "SDN 033 Awo-Awo"),
        ("SDN NEGERI 207 KARONDANG", "SDN 207 Karondang"),
        ("SD NEGERI 171 TULUNG SARI II", "SDN 171 Tulung Sari II"),
        ("SDN 242  WELLANG PELLANG", "SDN 242 Wellang Pellang"),
        ("UPT SD NEGERI 5 MASAMBA", "UPT SDN 5 Masamba"),
        ("SMP NEGERI 4 SATAP BONE-BONE", "SMPN 4 Satap Bone-Bone"),
        ("SMPS AL IRSYAD AL ISLAMIYAH", "SMPS Al Irsyad Al Islamiyah"),
        ("SMAN 1 BONE BONE", "SMAN 1 Bone Bone"),
        ("SMK NEGERI 1 MALANGKE BARAT", "SMKN 1 Malangke Barat"),
        ("SLB NUR AMIN MASAMBA", "SLB Nur Amin Masamba"),
    ],
)
def test_names_of_schools_are_written_as_people_write_them(written: str, readable: str):
    assert readable_name(written) == readable


def test_load_reference_data_brings_regions_schools_and_curriculum():
    call_command("load_reference_data", verbosity=0)

    models = (Province, Regency, District, School, Subject, Phase)
    assert [model.objects.count() for model in models] == [38, 514, 313, 351, 15, 6]
    levels = [School.objects.filter(level=level).count() for level in ("SD", "SMP", "SMA")]
    assert levels == [245, 72, 19]
    school = School.objects.select_related("district__regency__province").get(npsn="40307105")
    assert (school.name, school.is_public) == ("SDN 034 Rante Paccu", True)
    assert str(school.district.regency.province) == "Sulawesi Selatan"
    phase = Phase.objects.get(code="D")
    assert (phase.first_grade, phase.last_grade) == (7, 9)


def test_old_names_of_kecamatan_become_those_of_today():
    services.load_reference_data()

    schools = School.objects.filter(district__regency="73.22")
    assert schools.count() == 351
    assert School.objects.get(name="SMAN 1 Limbong").district.name == "Rongkong"
    assert School.objects.get(name="SMAN 1 Bone Bone").district.name == "Bone Bone"
    without = District.objects.filter(regency="73.22", schools=None).values_list("name", flat=True)
    assert set(without) == {"Sukamaju Selatan", "Baebunta Selatan", "Sabbang Selatan"}


def test_loading_twice_does_nothing_the_second_time(django_assert_num_queries):
    services.load_reference_data()

    with django_assert_num_queries(1):
        again = services.load_reference_data()

    assert again == []


def test_loading_changed_files_updates_rows_and_doubles_none():
    services.load_reference_data()
    School.objects.filter(npsn="40307105").update(name="SD LAMA")
    LoadedData.objects.update(digest="of older files")

    loaded = services.load_reference_data()

    assert "schools" in loaded
    assert School.objects.count() == 351
    assert School.objects.get(npsn="40307105").name == "SDN 034 Rante Paccu"


def test_what_was_corrected_by_hand_survives_loading():
    load()
    corrected, moved = School.objects.filter(district="73.22.06")[:2]
    corrected.name = "UPT SDN 1 Sukamaju Selatan"
    corrected.district_id = "73.22.13"
    services.correct_school(corrected)
    School.objects.filter(pk=moved.pk).update(district="73.22.13")

    load()

    rows = School.objects.filter(district="73.22.13").order_by("is_corrected")
    assert [(row.pk, row.name) for row in rows] == [
        (moved.pk, moved.name),
        (corrected.pk, "UPT SDN 1 Sukamaju Selatan"),
    ]


def test_schools_are_found_by_words_of_the_name_or_the_npsn():
    load()

    assert [str(school) for school in School.objects.matching("rante paccu")] == [
        "SDN 034 Rante Paccu"
    ]
    assert [str(school) for school in School.objects.matching("40307105")] == [
        "SDN 034 Rante Paccu"
    ]
    assert not School.objects.matching("rante jakarta").exists()
