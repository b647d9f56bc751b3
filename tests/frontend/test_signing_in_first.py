import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/?next="
PAGE = "http://testserver/groups/3/?tab=people"
HTMX = {"HX-Request": "true", "HX-Current-URL": PAGE}


def test_a_stranger_comes_back_to_the_page_asked_for(client):
    answer = client.get(reverse("notices"))

    assert answer["Location"] == f"{LOGIN}/notices/"


def test_a_button_pressed_after_signing_out_leads_back_to_its_page(client):
    answer = client.post(reverse("read-notices"), headers={"Referer": PAGE})

    assert answer["Location"] == f"{LOGIN}/groups/3/%3Ftab%3Dpeople"


def test_htmx_leaves_the_whole_page_to_sign_in(client):
    answer = client.post(reverse("read-notices"), headers=HTMX)

    assert answer["HX-Redirect"] == f"{LOGIN}/groups/3/%3Ftab%3Dpeople"


@pytest.mark.parametrize("elsewhere", ["", "https://elsewhere.example/groups/3/", "javascript:x"])
def test_nobody_is_led_elsewhere_after_signing_in(client, elsewhere: str):
    answer = client.post(reverse("read-notices"), headers={"Referer": elsewhere})

    assert answer["Location"] == f"{LOGIN}/"
