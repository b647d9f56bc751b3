import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


def test_a_pair_reads_both_thoughts_and_its_talk(client):
    pair = make.pair()
    one, other = pair.people.order_by("pk")
    make.message(in_=pair, by=other, text="Berapa lama Ibu menunggu?")
    client.force_login(one)

    page = client.get(reverse("pair", args=[pair.pk])).text

    assert f"Pikiran {one.name}." in page
    assert f"Pikiran {other.name}." in page
    assert "Berapa lama Ibu menunggu?" in page
