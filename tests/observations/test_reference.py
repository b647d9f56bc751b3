import pytest

from observations import reference
from observations.models import Instrument, Item, Scale

pytestmark = pytest.mark.django_db


def test_load_brings_smart_ringkas():
    reference.load()

    instrument = Instrument.objects.get()
    assert (instrument.code, instrument.version, instrument.is_default) == (
        "smart-ringkas",
        1,
        True,
    )
    assert instrument.source
    assert instrument.licence
    assert [
        (aspect.name, aspect.pick_one, [each.items.count() for each in aspect.indicators.all()])
        for aspect in instrument.aspects.all()
    ] == [("Fokus", True, [3] * 5), ("Murid dan pelajaran", False, [3])]
    assert [point.label for point in Scale.objects.get().points.all()] == [
        "Belum dilakukan",
        "Dilakukan tapi belum efektif",
        "Dilakukan dan efektif",
    ]
    behaviours = Item.objects.filter(kind="scale")
    assert all(item.evidence == "unless_best" for item in behaviours)
    assert all(len(item.encouraged) == len(item.discouraged) == 3 for item in behaviours)
    assert [point.is_best for point in Scale.objects.get().points.all()] == [False, False, True]


def test_load_leaves_a_published_version_alone():
    reference.load()
    Item.objects.update(text="Diubah")

    reference.load()

    assert set(Item.objects.values_list("text", flat=True)) == {"Diubah"}
    assert Item.objects.count() == 18


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
