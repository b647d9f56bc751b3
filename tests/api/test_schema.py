import pytest
import yaml
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from tests import make

pytestmark = pytest.mark.django_db


def test_schema_is_valid_openapi_without_a_warning(capsys):
    validate_schema(SchemaGenerator().get_schema(request=None, public=True))

    assert capsys.readouterr().err == ""


def test_every_operation_says_what_it_does():
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]

    silent = [
        f"{method} {path}"
        for path, methods in paths.items()
        for method, about in methods.items()
        if not about.get("description")
    ]

    assert silent == []


def test_page_of_the_api_shows_every_operation(client):
    client.force_login(make.person())

    page = client.get(reverse("api-docs")).text

    assert "<b>GET</b> /api/v1/notices/" in page
    for words in ("<code>read_at</code>", "<code>?cursor=</code>", "POST</b> /api/v1/token/"):
        assert words in page


def test_schema_is_for_people_who_signed_in(client):
    assert client.get(reverse("api-schema")).status_code == 302

    client.force_login(make.person())
    schema = yaml.safe_load(client.get(reverse("api-schema")).text)

    assert schema["info"]["title"] == "Smart MGMP"
    assert "/api/v1/notices/" in schema["paths"]
