"""A body of the wrong shape is a mistake of the program that sent it, never one of ours."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from tests import make

pytestmark = pytest.mark.django_db
CREATED = (
    *("group", "invitation", "cycle", "post", "comment", "session", "observation"),
    *("reflection", "feedback", "follow-up", "thread", "thought", "message", "garden", "harvest"),
)
NAMES = ("group", "cycle", "post", "session", "thread", "pair", "garden", "teacher", "submission")
TOO_LARGE = "9" * 30


@pytest.mark.parametrize("name", CREATED)
@pytest.mark.parametrize(
    "body",
    [
        [],
        [1],
        "x",
        {name: {"a": 1} for name in NAMES},
        dict.fromkeys(NAMES, TOO_LARGE),
        dict.fromkeys(NAMES, True),
        dict.fromkeys(NAMES, "a\x00b"),
    ],
    ids=["list", "list of a number", "text", "nested", "too large", "true", "null byte"],
)
def test_a_body_of_the_wrong_shape_is_answered_400(name: str, body: object):
    program = APIClient()
    program.force_authenticate(make.officer())

    answer = program.post(reverse(f"{name}-list"), body, format="json")

    assert answer.status_code == 400
