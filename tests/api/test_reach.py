"""How far posts go, over the API."""

import pytest
from rest_framework.test import APIClient

from tests import make

pytestmark = pytest.mark.django_db


def test_what_was_shared_on_is_counted_and_listed_for_the_dinas():
    post, client = make.post(audience="district"), APIClient()
    client.force_authenticate(make.member(post.group))
    for channel in ("copy", "telegram", "visit"):
        assert (
            client.post("/api/v1/reach/", {"post": post.pk, "channel": channel}).status_code == 204
        )
    client.force_authenticate(make.officer())

    [found] = client.get("/api/v1/reach/").json()

    assert (found["id"], found["shares"], found["visits"]) == (post.pk, 2, 1)
    assert client.get("/api/v1/reach/?month=2020-01").json() == []
