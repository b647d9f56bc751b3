"""Two people, or two taps of one, at the same moment. Row locks decide, so PostgreSQL only."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import User
from groups import services
from groups.models import Cycle, Group, Invitation, JoinRequest, Membership
from groups.roles import Role
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Start all acts at the same moment, and say how each ended."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            ready.wait(10)
            act()
        except (PermissionDenied, ValidationError) as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_two_accepts_of_one_invitation_make_one_membership():
    invitation, newcomer = make.invitation(), make.newcomer()

    def accept():
        person = User.objects.get(pk=newcomer.pk)
        services.accept_invitation(Invitation.objects.get(pk=invitation.pk), by=person)

    assert at_once(accept, accept, accept) == ["PermissionDenied", "PermissionDenied", "done"]

    assert Membership.objects.filter(user=newcomer).count() == 1
    assert Invitation.objects.get().uses == 1


def test_two_ways_into_one_group_make_one_membership():
    request = make.join_request()
    group, newcomer = request.group, request.user
    chair = make.chair(group)
    links = [services.make_invitation(group, by=chair) for _ in range(2)]

    def accept(link: Invitation):
        person = User.objects.get(pk=newcomer.pk)
        services.accept_invitation(Invitation.objects.get(pk=link.pk), by=person)

    def decide():
        found = JoinRequest.objects.get(pk=request.pk)
        services.decide_join(found, by=User.objects.get(pk=chair.pk), accepted=True)

    ends = at_once(lambda: accept(links[0]), lambda: accept(links[1]), decide)

    assert "done" in ends
    assert Membership.objects.filter(user=newcomer).count() == 1
    request.refresh_from_db()
    assert request.accepted is True


def test_two_boards_decide_one_request_once():
    request = make.join_request()
    board = [make.chair(request.group), make.member(request.group, Role.SECRETARY)]

    def decide(by: User, *, accepted: bool):
        found = JoinRequest.objects.get(pk=request.pk)
        services.decide_join(found, by=User.objects.get(pk=by.pk), accepted=accepted)

    ends = at_once(
        lambda: decide(board[0], accepted=True), lambda: decide(board[1], accepted=False)
    )

    assert ends == ["PermissionDenied", "done"]
    request.refresh_from_db()
    assert Membership.objects.filter(user=request.user).exists() is request.accepted


def test_two_boards_open_one_cycle():
    group = make.group()
    board = [make.chair(group), make.member(group, Role.SECRETARY)]
    today = timezone.localdate()

    def open_one(by: User):
        services.open_cycle(
            Group.objects.get(pk=group.pk),
            by=User.objects.get(pk=by.pk),
            theme="Bertanya",
            problem="Murid jarang bertanya.",
            starts_on=today,
            ends_on=today + timedelta(days=30),
        )

    ends = at_once(lambda: open_one(board[0]), lambda: open_one(board[1]))

    assert ends == ["ValidationError", "done"]
    assert [cycle.number for cycle in Cycle.objects.all()] == [1]


def test_a_member_cannot_leave_while_made_chair():
    group = make.group()
    chair, successor = make.chair(group), make.member(group)
    today = timezone.localdate()

    def leave():
        services.leave_group(Group.objects.get(pk=group.pk), by=User.objects.get(pk=successor.pk))

    def hand_over():
        services.hand_over_board(
            Group.objects.get(pk=group.pk),
            by=User.objects.get(pk=chair.pk),
            chair=User.objects.get(pk=successor.pk),
            starts_on=today,
            ends_on=today + timedelta(days=365),
            decree="SK 2",
        )

    ends = at_once(leave, hand_over)

    assert "done" in ends
    assert len(set(ends)) == 2
    head = group.memberships.current().get(role=Role.CHAIR).user
    assert group.memberships.staying().as_members().filter(user=head).exists()
