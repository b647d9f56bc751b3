import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from notifications.models import Notice
from notifications.services import tell
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make.person()


@pytest.fixture
def program(person) -> APIClient:
    program = APIClient()
    program.force_authenticate(person)
    return program


def told(person) -> Notice:
    [notice] = tell([person], Notice.Kind.GROUP, lambda: "Halo.", url="/")
    return notice


def test_notices_are_the_persons_own(program, person):
    own, _other = told(person), told(make.person())

    listed = program.get(reverse("notice-list")).data["results"]

    assert [notice["id"] for notice in listed] == [own.pk]


def test_read_marks_one_and_read_all_the_rest(program, person):
    first, second, third = (told(person) for _number in range(3))

    answer = program.post(reverse("notice-read", args=[second.pk]))
    assert answer.data["read_at"] is not None
    assert list(Notice.objects.unread().order_by("pk")) == [first, third]

    assert program.post(reverse("notice-read-all")).status_code == 204
    assert not Notice.objects.unread().exists()


def test_read_at_marks_what_leads_to_a_page(program, person):
    here, there = told(person), told(person)
    Notice.objects.filter(pk=there.pk).update(url="/posts/7/")

    assert program.post(reverse("notice-read-at"), {"path": here.url}).status_code == 204
    assert program.post(reverse("notice-read-at"), {}).status_code == 400

    assert list(Notice.objects.unread()) == [there]


def test_notice_of_another_person_does_not_exist(program):
    other = told(make.person())

    assert program.get(reverse("notice-detail", args=[other.pk])).status_code == 404
    assert program.post(reverse("notice-read", args=[other.pk])).status_code == 404
