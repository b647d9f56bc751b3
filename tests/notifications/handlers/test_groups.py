"""What is told of a group: who is let in, joins and serves, and its cycles."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import services as accounts
from groups import services as groups
from groups.roles import Role
from notifications.models import Notice
from tests import make
from tests.notifications.telling import links, quiet, told

pytestmark = pytest.mark.django_db


def test_who_is_let_in_is_welcomed():
    newcomer = make.newcomer()

    accounts.let_in(newcomer, by=make.officer())

    assert list(told()) == [newcomer]
    assert links() == {reverse("home")}


def test_board_is_told_who_asks_to_join_and_who_asked_of_the_answer():
    group = make.group()
    chair = make.chair(group)
    request = make.join_request(to=group)
    assert told() == {chair: f"Pendatang Baru meminta bergabung di {group}."}

    Notice.objects.all().delete()
    groups.decide_join(request, by=chair, accepted=True)

    assert told() == {request.user: f"Selamat datang di {group}."}
    assert links() == {group.get_absolute_url()}


def test_who_is_declined_is_told_whom_to_ask():
    request = make.join_request()
    chair = make.chair(request.group)
    quiet()

    groups.decide_join(request, by=chair, accepted=False)

    assert list(told()) == [request.user]
    assert "belum diterima" in told()[request.user]


def test_board_is_told_who_came_by_invitation():
    invitation = make.invitation()
    newcomer = make.newcomer()
    quiet()

    groups.accept_invitation(invitation, by=newcomer)

    assert told() == {
        invitation.made_by: f"Pendatang Baru bergabung di {invitation.group}.",
    }


def test_new_board_is_told_its_offices_but_not_who_handed_over():
    group = make.group()
    chair, secretary = make.chair(group), make.member(group)
    today = timezone.localdate()

    groups.hand_over_board(
        group,
        by=chair,
        chair=chair,
        secretary=secretary,
        starts_on=today,
        ends_on=today + timedelta(days=700),
        decree="800/12/2026",
    )

    assert told() == {secretary: f"Bapak/Ibu ditetapkan sebagai sekretaris {group}."}


def test_guide_is_told_of_the_task():
    group = make.group()
    chair, teacher = make.chair(group), make.member(group)

    groups.appoint_guide(group, by=chair, person=teacher, role=Role.CORE_TEACHER)

    assert told() == {teacher: f"Bapak/Ibu ditetapkan sebagai guru inti {group}."}


def test_members_are_told_when_a_cycle_opens_and_closes():
    group = make.group()
    chair, member = make.chair(group), make.member(group)
    make.member(make.group())
    today = timezone.localdate()

    cycle = groups.open_cycle(
        group,
        by=chair,
        theme="Bertanya",
        problem="Murid diam.",
        starts_on=today,
        ends_on=today + timedelta(days=30),
    )
    assert told() == {member: f"Siklus 1: Bertanya dimulai di {group}."}
    assert links() == {cycle.get_absolute_url()}

    Notice.objects.all().delete()
    type(cycle).objects.update(sessions_held=1)
    groups.close_cycle(cycle, by=chair, reflection="Murid mulai bertanya.")
    assert told() == {member: "Siklus 1: Bertanya ditutup. Silakan baca refleksinya."}
