from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groups import queries, services
from groups.models import Cycle, Group, Stage
from groups.roles import Role
from tests import make

pytestmark = pytest.mark.django_db


def day(offset: int):
    return timezone.localdate() + timedelta(days=offset)


def owed(user) -> list[tuple[str, str, str, str]]:
    found = queries.owed_by(user, timezone.now())
    return [(debt.key, debt.verb, debt.rest, debt.url) for debt in found]


def test_a_board_owes_an_answer_to_who_asks_and_a_cycle():
    group = make.group()
    make.join_request(to=group)
    newest = make.join_request(to=group)

    assert owed(make.chair(group)) == [
        (
            f"join-requests:{newest.pk}",
            "Putuskan",
            f"2 permintaan bergabung di {group}",
            f"{group.get_absolute_url()}#permintaan",
        ),
        (
            f"open-cycle:{group.pk}:0",
            "Buka",
            f"siklus ke-1 {group}",
            reverse("open-cycle", args=[group.pk]),
        ),
    ]


def test_a_board_whose_cycle_runs_owes_nothing_and_members_never_do():
    cycle = make.cycle()
    waiting = make.group()
    make.join_request(to=waiting)

    assert owed(make.chair(cycle.group)) == []
    assert owed(make.member(waiting, Role.CORE_TEACHER)) == []
    assert owed(make.person()) == []


def test_a_cycle_past_its_end_is_to_be_closed_once_a_session_was_held():
    cycle = make.cycle()
    chair = make.chair(cycle.group)
    Cycle.objects.update(starts_on=day(-40), ends_on=day(-1))
    assert owed(chair) == []

    services.count_in_cycle(cycle.pk, Stage.MODELLING)

    assert [key for key, *_ in owed(chair)] == [f"close-cycle:{cycle.pk}"]
    services.close_cycle(cycle, by=chair, reflection="Murid mulai bertanya.")
    assert [key for key, *_ in owed(chair)] == [f"open-cycle:{cycle.group_id}:1"]


def test_owed_by_a_board_of_three_groups_asks_as_often_as_of_one(django_assert_num_queries):
    group = make.group()
    chair = make.chair(group)
    with django_assert_num_queries(3):
        assert len(owed(chair)) == 1
    for _ in range(2):
        other = make.group()
        make.join_request(to=other)
        chair.memberships.create(group=other, role=Role.CHAIR)
    del chair.__dict__["_seats"]

    with django_assert_num_queries(3):
        assert len(owed(chair)) == 5


def test_member_counts_leave_out_who_left_and_count_each_person_once():
    group, empty = make.group(), make.group()
    make.chair(group)
    make.member(group)
    make.member(group).memberships.update(ends_on=day(-1))

    counted = queries.with_member_counts(Group.objects.order_by("pk"))

    counts = [(found, vars(found)["member_count"]) for found in counted]
    assert counts == [(group, 2), (empty, 0)]
    assert queries.member_count(group) == 2


def test_offices_are_in_their_order_and_those_to_come_apart():
    group = make.group()
    secretary, chair = make.member(group, Role.SECRETARY), make.chair(group)
    guide, successor = make.member(group, Role.INSTRUCTOR), make.member(group)
    make.member(group, Role.TREASURER).memberships.filter(role=Role.TREASURER).update(
        ends_on=day(-1)
    )
    services.hand_over_board(
        group, by=chair, chair=successor, starts_on=day(3), ends_on=day(400), decree="SK 2"
    )

    offices = queries.offices_of(group)

    assert [seat.user for seat in offices.board] == [chair, secretary]
    assert [seat.user for seat in offices.guides] == [guide]
    assert [seat.user for seat in offices.coming] == [successor]


def test_an_invitation_is_found_by_its_whole_token_only():
    invitation = make.invitation()

    assert queries.find_invitation(invitation.token) == invitation
    assert queries.find_invitation(invitation.token[:-1]) is None
    assert queries.find_invitation("") is None
