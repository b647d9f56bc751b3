import pytest
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory

from frontend.http import go, show
from frontend.shell import shell_of
from groups.roles import Role
from tests import make

pytestmark = pytest.mark.django_db


def request_of(user, path: str = "/", **headers: str):
    request = RequestFactory().get(path, headers=headers)
    request.user = user
    return request


def test_the_bar_names_the_group_a_person_helps_to_lead(django_assert_num_queries):
    user = make.member(make.group())
    led = make.group()
    leader = make.chair(led)
    leader.memberships.update(user=user)
    shell = shell_of(request_of(user))

    with django_assert_num_queries(1):
        assert shell.name == led.name
        assert len(shell.groups) == 2
        assert {membership.role for membership in shell.memberships} == {Role.MEMBER, Role.CHAIR}


def test_a_page_without_a_bar_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        shell = shell_of(request_of(AnonymousUser()))
        assert (shell.name, shell.groups, shell.unread) == ("", [], 0)


def test_a_request_has_one_shell():
    request = request_of(AnonymousUser())

    assert shell_of(request) is shell_of(request)


@pytest.mark.parametrize(
    ("path", "place"),
    [("/", "home"), ("/sessions/12/", "sessions"), ("/posts/", "posts"), ("/gallery/", "")],
)
def test_the_place_of_a_page_is_lit(path: str, place: str):
    assert shell_of(request_of(AnonymousUser(), path)).place == place


def test_signed_in_people_see_their_bar_and_strangers_the_way_in(client):
    stranger = client.get("/tidak-ada/").text
    client.force_login(make.member(make.group()))
    member = client.get("/").text

    assert "topbar-wide" in stranger
    assert "Masuk</a>" in stranger
    assert 'class="places"' not in stranger
    assert 'class="places"' in member
    assert 'aria-current="page"' in member


def test_unread_notices_light_the_bell(client):
    user = make.member(make.group())
    user.unread_notices = 2
    user.save()
    client.force_login(user)

    assert "Pemberitahuan, 2 baru" in client.get("/").text


def test_messages_reach_htmx_out_of_band():
    request = request_of(AnonymousUser(), **{"HX-Request": "true"})
    request.htmx = True
    request._messages = CookieStorage(request)
    messages.success(request, "Tersimpan.")

    answer = show(request, "errors/not_found.html", {}, part="message")

    assert "notice-ok" in answer.text
    assert "Tersimpan." in answer.text
    assert 'hx-swap-oob="true"' in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    ("htmx", "status", "header"), [(True, 200, "HX-Redirect"), (False, 302, "Location")]
)
def test_htmx_too_leaves_for_another_page(htmx: bool, status: int, header: str):
    request = request_of(AnonymousUser())
    request.htmx = htmx

    answer: HttpResponse = go(request, "notices")

    assert (answer.status_code, answer[header]) == (status, "/notices/")


def test_the_message_line_is_there_before_it_is_needed():
    assert '<mg-messages id="messages" class="messages" aria-live="polite"' in render_to_string(
        "messages.html"
    )
