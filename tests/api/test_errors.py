import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.test import APIRequestFactory

from api.errors import handle
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("error", "status", "data"),
    [
        (ValidationError("Salah."), 400, {"non_field_errors": ["Salah."]}),
        (ValidationError({"name": ["Kosong."]}), 400, {"name": ["Kosong."]}),
        (ValidationError({"__all__": ["Salah."]}), 400, {"non_field_errors": ["Salah."]}),
        (
            ValidationError({"grade": ValidationError("Lebih dari %(top)s.", params={"top": 12})}),
            400,
            {"grade": ["Lebih dari 12."]},
        ),
        (PermissionDenied(_("Hanya pengurus.")), 403, {"detail": "Hanya pengurus."}),
        (
            Http404("No Post matches the given query."),
            404,
            {"detail": "Tidak ditemukan, atau bukan untuk Bapak/Ibu."},
        ),
    ],
)
def test_what_the_domain_raises_becomes_an_answer(error, status, data):
    request = APIRequestFactory().get("/")
    request.user = make.person()

    answer = handle(error, {"request": request})

    assert answer is not None
    assert (answer.status_code, answer.data) == (status, data)


def test_a_mistake_of_ours_is_not_dressed_up():
    assert handle(KeyError("x"), {"request": None}) is None
