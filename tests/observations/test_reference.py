import json

import pytest

from observations import reference
from observations.content import content_of
from observations.models import Indicator, Instrument, Item, Scale

pytestmark = pytest.mark.django_db


SHIPPED = ["smart-ringkas", "rubrik-observasi-kelas", "lesson-study", "teach-primary"]


def test_load_brings_four_instruments_that_say_whose_they_are(django_assert_max_num_queries):
    reference.load()

    with django_assert_max_num_queries(1):
        reference.load()

    assert set(Instrument.objects.values_list("code", flat=True)) == set(SHIPPED)
    assert [each.code for each in Instrument.objects.filter(is_default=True)] == ["smart-ringkas"]
    for instrument in Instrument.objects.all():
        assert instrument.is_published
        assert instrument.published_at
        assert instrument.made_by is None
        assert all([instrument.purpose, instrument.source, instrument.licence])


def test_load_brings_smart_ringkas():
    reference.load()

    instrument = Instrument.objects.get(code="smart-ringkas")
    assert [
        (aspect.name, aspect.pick_one, [each.items.count() for each in aspect.indicators.all()])
        for aspect in instrument.aspects.all()
    ] == [("Fokus", True, [3] * 5), ("Murid dan pelajaran", False, [3])]
    scale = Scale.objects.get(code="keefektifan-3")
    assert [(point.label, point.is_best) for point in scale.points.all()] == [
        ("Belum dilakukan", False),
        ("Dilakukan tapi belum efektif", False),
        ("Dilakukan dan efektif", True),
    ]
    assert scale.made_for is None


@pytest.mark.parametrize("code", ["smart-ringkas", "rubrik-observasi-kelas"])
def test_behaviours_of_the_rubric_ask_for_evidence_and_have_hints(code: str):
    reference.load()

    behaviours = Item.objects.filter(indicator__aspect__instrument__code=code, kind="scale")

    assert behaviours.count() == 15
    assert {item.scale.code for item in behaviours} == {"keefektifan-3"}
    assert all(item.evidence == "unless_best" for item in behaviours)
    assert all(len(item.encouraged) == len(item.discouraged) == 3 for item in behaviours)


def test_lesson_study_asks_seven_open_questions_and_for_no_name():
    reference.load()

    questions = Item.objects.filter(indicator__aspect__instrument__code="lesson-study")

    assert [item.kind for item in questions] == ["text"] * 7
    assert "Nama murid" in questions.get(code="belum-terlibat").discouraged


def test_teach_has_28_behaviours_9_judgements_and_3_snapshots():
    reference.load()

    instrument = Instrument.objects.get(code="teach-primary")
    items = Item.objects.filter(indicator__aspect__instrument=instrument)
    elements = Indicator.objects.filter(aspect__instrument=instrument).exclude(code="e0")
    behaviours = items.filter(code__startswith="b")
    judged = items.filter(code__endswith="-menyeluruh")
    assert [behaviours.filter(indicator=each).count() for each in elements] == [
        *(4, 3),
        *(4, 3, 2, 3),
        *(3, 3, 3),
    ]
    assert {item.scale.code for item in behaviours} == {"teach-rendah-tinggi"}
    assert [item.code for item in behaviours.filter(allows_na=True)] == ["b1-3", "b1-4", "b4-2"]
    assert judged.count() == 9
    assert {item.scale.code for item in judged} == {"teach-1-5"}
    assert [item.kind for item in items.filter(indicator__code="e0")] == ["yes_no", "scale"] * 3
    assert "tidak dibuat oleh The World Bank" in instrument.notice
    assert instrument.licence == "CC BY 3.0 IGO"


@pytest.mark.parametrize("code", SHIPPED)
def test_what_a_file_says_is_what_its_rows_say(code: str):
    reference.load()
    file = json.loads((reference.DATA / f"{code}-1.json").read_text(encoding="utf-8"))
    instrument = Instrument.objects.get(code=code)

    content = content_of(instrument)

    assert _filled_in(file, like=content) == content


def _filled_in(said, like):
    """The content of a file with what it leaves out taken from `like`, if that is a default."""
    if isinstance(like, dict):
        defaults: tuple[object, ...] = ("", [], None, False, True, "never")
        return {
            name: _filled_in(said[name], value) if name in said else value
            for name, value in like.items()
            if name in said or value in defaults
        }
    if isinstance(like, list):
        assert len(said) == len(like)
        return [_filled_in(one, other) for one, other in zip(said, like, strict=True)]
    return said


def test_load_leaves_a_published_version_alone():
    reference.load()
    before = Item.objects.count()
    Item.objects.update(text="Diubah")

    reference.load()

    assert set(Item.objects.values_list("text", flat=True)) == {"Diubah"}
    assert Item.objects.count() == before


def test_a_newer_default_takes_the_place_of_the_old_one():
    old = Instrument.objects.create(
        code="smart-ringkas",
        version=0,
        name="Lama",
        minutes=8,
        source="-",
        valid_from="2026-01-01",
        is_default=True,
    )

    reference.load()

    old.refresh_from_db()
    assert not old.is_default
    assert Instrument.objects.get(is_default=True).version == 1
