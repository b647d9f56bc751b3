import pytest

from kesraku import reference
from kesraku.models import Crop

pytestmark = pytest.mark.django_db


def test_crops_are_loaded_once_with_their_days():
    reference.load()
    reference.load()

    assert Crop.objects.count() == 54
    kangkung, semangka = Crop.objects.get(name="Kangkung"), Crop.objects.get(name="Semangka")
    assert (kangkung.days_min, kangkung.days_max) == (30, 70)
    assert (semangka.days_min, semangka.days_max) == (None, None)
