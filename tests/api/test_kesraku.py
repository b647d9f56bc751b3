from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from kesraku import services
from kesraku.models import Garden, GardenLesson, Harvest
from tests import make
from tests.api.programs import ids, program_of

pytestmark = pytest.mark.django_db


def facts(**changes: object) -> dict[str, object]:
    today = timezone.localdate().isoformat()
    return {"name": "Kebun", "crop": make.crop().pk, "planted_on": today, "families": 2} | changes


def test_crops_are_listed():
    make.crop()

    answer = program_of(make.person()).get(reverse("crop-list"))

    assert [row["name"] for row in answer.data["results"]] == ["Kangkung"]


def test_gardens_ask_the_same_for_one_and_for_thirty(django_assert_num_queries):
    teacher = make.person()
    program = program_of(teacher)
    make.garden(by=teacher)

    with django_assert_num_queries(1):
        program.get(reverse("garden-list"), {"size": 100})
    for _ in range(29):
        make.garden(by=teacher)
    with django_assert_num_queries(1):
        assert len(ids(program.get(reverse("garden-list"), {"size": 100}))) == 30


def test_garden_is_started_once_changed_ended_and_resumed():
    teacher = make.person()
    program = program_of(teacher)
    sent = facts(submission=uuid4())

    first, second = (program.post(reverse("garden-list"), sent) for _ in range(2))
    address = reverse("garden-detail", args=[first.data["id"]])

    assert (first.status_code, second.data["id"]) == (201, first.data["id"])
    assert first.data["school"] == teacher.school_id
    assert program.patch(address, {"families": 3}).data["families"] == 3
    assert program.post(f"{address}end/").data["ended_at"]
    assert program.post(f"{address}end/").status_code == 403
    assert program.post(f"{address}resume/").data["ended_at"] is None


def test_garden_is_refused_as_on_the_page():
    garden = make.garden()
    owner, other = program_of(garden.started_by), program_of(make.person())
    address = reverse("garden-detail", args=[garden.pk])

    named = owner.patch(address, {"story": "Di rumah Ibu Sitti."})
    foreign = other.patch(address, {"name": "Kebun saya"})

    assert named.status_code == 400
    assert named.data["story"][0].startswith("Jangan menulis nama keluarga penerima.")
    assert (foreign.status_code, str(foreign.data["detail"])) == (
        403,
        "Kebun ini diurus oleh guru sekolahnya.",
    )
    assert program_of(make.newcomer()).post(reverse("garden-list"), facts()).status_code == 403
    assert [kept.name for kept in Garden.objects.all()] == ["Kebun Kelas V"]


def test_harvest_is_recorded_once_and_removed():
    garden = make.garden()
    program, other = program_of(garden.started_by), program_of(make.person())
    today = timezone.localdate().isoformat()
    sent = {"garden": garden.pk, "on": today, "grams": 1500, "submission": uuid4()}

    first, second = (program.post(reverse("harvest-list"), sent) for _ in range(2))
    address = reverse("harvest-detail", args=[first.data["id"]])

    assert (first.status_code, second.data["id"]) == (201, first.data["id"])
    assert ids(other.get(reverse("harvest-list"), {"garden": garden.pk})) == [first.data["id"]]
    assert other.post(reverse("harvest-list"), sent).status_code == 403
    assert program.post(reverse("harvest-list"), sent | {"grams": 0}).status_code == 400
    assert other.delete(address).status_code == 403
    assert program.delete(address).status_code == 204
    garden.refresh_from_db()
    assert garden.harvested_grams == 0
    assert not Harvest.objects.exists()


def test_harvests_ask_the_same_for_one_and_for_thirty(django_assert_num_queries):
    garden = make.garden()
    program = program_of(garden.started_by)

    for rows in (1, 30):
        while garden.harvests.count() < rows:
            services.record_harvest(garden, by=garden.started_by, on=timezone.localdate(), grams=9)
        with django_assert_num_queries(1):
            answer = program.get(reverse("harvest-list"), {"size": 100})
        assert len(ids(answer)) == rows


def test_garden_is_linked_to_a_session_and_unlinked():
    session, garden = make.session(), make.garden()
    teacher, member = program_of(session.teacher), program_of(make.member(session.group))
    address, sent = reverse("garden-detail", args=[garden.pk]), {"session": session.pk}

    linked = teacher.post(f"{address}link/", sent)

    assert (linked.data["session"], linked.data["garden"]) == (session.pk, garden.pk)
    assert member.post(f"{address}link/", sent).status_code == 403
    assert member.post(f"{address}unlink/", sent).status_code == 403
    assert program_of(make.person()).post(f"{address}link/", sent).status_code == 400
    assert teacher.post(f"{address}unlink/", sent).status_code == 204
    assert teacher.post(f"{address}unlink/", sent).status_code == 404
    assert not GardenLesson.objects.exists()


def test_garden_that_ended_is_not_linked():
    session, garden = make.session(), make.garden()
    services.end_garden(garden, by=garden.started_by)

    answer = program_of(session.teacher).post(
        f"{reverse('garden-detail', args=[garden.pk])}link/", {"session": session.pk}
    )

    assert answer.status_code == 400
    assert answer.data == {"garden": ["Kebun ini sudah selesai. Pilih kebun lain."]}
