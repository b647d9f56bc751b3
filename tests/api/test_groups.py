"""Groups by JSON: the same services, the same refusals."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from groups import services
from groups.models import Cycle, Group, Invitation, JoinRequest, Membership, Stage
from groups.roles import Role
from tests import make

pytestmark = pytest.mark.django_db


def as_(user: User) -> APIClient:
    """A program of that person, in a request of its own."""
    program = APIClient()
    program.force_authenticate(User.objects.get(pk=user.pk))
    return program


def day(offset: int) -> str:
    return (timezone.localdate() + timedelta(days=offset)).isoformat()


def ids(answer) -> list[int]:
    return [row["id"] for row in answer.data["results"]]


# --- groups -------------------------------------------------------------------------------------
def test_groups_are_for_everyone_signed_in():
    group = make.group()

    assert ids(as_(make.newcomer()).get(reverse("group-list"))) == [group.pk]
    assert APIClient().get(reverse("group-list")).status_code == 401


def test_the_dinas_founds_a_group_and_a_teacher_is_refused():
    chair = make.person()
    words = {
        "kind": "mgmp",
        "name": "MGMP IPA SMP",
        "code": "MGMP-IPA",
        "subject": make.subject().pk,
        "level": "SMP",
        "regency": make.district().regency_id,
        "governing_body": "Dinas Pendidikan",
        "chair": chair.pk,
        "ends_on": day(365),
        "decree": "SK 1",
    }

    refused = as_(chair).post(reverse("group-list"), words)
    wrong = as_(make.officer()).post(reverse("group-list"), words | {"subject": ""})
    made = as_(make.officer()).post(reverse("group-list"), words)

    assert (refused.status_code, str(refused.data["detail"])) == (
        403,
        "Kelompok baru hanya dapat dibuat oleh Dinas Pendidikan.",
    )
    assert (wrong.status_code, list(wrong.data)) == (400, ["subject"])
    assert made.status_code == 201
    assert Group.objects.get().memberships.filter(role=Role.CHAIR).get().user == chair


def test_the_board_edits_and_a_member_does_not():
    group = make.group()
    url = reverse("group-detail", args=[group.pk])

    refused = as_(make.member(group)).patch(url, {"weekday": 2})
    edited = as_(make.chair(group)).patch(url, {"weekday": 3})

    assert (refused.status_code, edited.status_code) == (403, 200)
    group.refresh_from_db()
    assert group.weekday == 3


# --- coming in and going ------------------------------------------------------------------------
def test_asking_and_accepting_lets_a_newcomer_in():
    group, newcomer = make.group(), make.newcomer()
    chair = make.chair(group)

    asked = as_(newcomer).post(reverse("group-ask", args=[group.pk]), {"message": "Saya guru."})
    twice = as_(newcomer).post(reverse("group-ask", args=[group.pk]))
    accept = reverse("join-request-accept", args=[asked.data["id"]])
    by_newcomer = as_(newcomer).post(accept)
    by_stranger = as_(make.person()).post(accept)
    accepted = as_(chair).post(accept)
    again = as_(chair).post(reverse("join-request-decline", args=[asked.data["id"]]))

    assert (asked.status_code, asked.data["message"]) == (201, "Saya guru.")
    assert (twice.status_code, list(twice.data)) == (400, ["non_field_errors"])
    assert (by_newcomer.status_code, by_stranger.status_code) == (403, 404)
    assert (accepted.status_code, accepted.data["accepted"]) == (200, True)
    assert str(again.data["detail"]) == "Permintaan ini sudah diputuskan."
    assert newcomer.memberships.get().group == group


def test_requests_are_read_by_who_asked_and_by_the_board():
    request = make.join_request()
    other = make.join_request()
    chair = make.chair(request.group)
    url = reverse("join-request-list")

    assert ids(as_(request.user).get(url)) == [request.pk]
    assert ids(as_(chair).get(url, {"group": request.group_id})) == [request.pk]
    assert ids(as_(chair).get(url, {"group": other.group_id})) == []
    as_(chair).post(reverse("join-request-decline", args=[request.pk]))
    assert JoinRequest.objects.get(pk=request.pk).accepted is False


def test_an_invitation_is_made_once_used_and_revoked():
    group, newcomer, late = make.group(), make.newcomer(), make.newcomer()
    chair = make.chair(group)
    words = {"group": group.pk, "submission": str(uuid4())}
    url, accept = reverse("invitation-list"), reverse("invitation-accept")

    refused = as_(make.member(group)).post(url, words)
    made, same = as_(chair).post(url, words), as_(chair).post(url, words)
    joined = as_(newcomer).post(accept, {"token": made.data["token"]})
    twice = as_(newcomer).post(accept, {"token": made.data["token"]})
    revoked = as_(chair).post(reverse("invitation-revoke", args=[made.data["id"]]))
    too_late = as_(late).post(accept, {"token": made.data["token"]})
    guessed = as_(late).post(accept, {"token": "tebakan"})

    assert (refused.status_code, made.status_code, same.data["id"]) == (403, 201, made.data["id"])
    assert (joined.status_code, joined.data["user"]) == (201, newcomer.pk)
    assert (twice.status_code, revoked.status_code) == (403, 200)
    assert (too_late.status_code, guessed.status_code) == (403, 404)
    assert "sudah tidak berlaku" in str(too_late.data["detail"])
    assert Invitation.objects.get().uses == 1
    assert not late.memberships.exists()


def test_tokens_are_read_by_the_board_only():
    invitation = make.invitation()
    url = reverse("invitation-list")

    assert ids(as_(invitation.made_by).get(url)) == [invitation.pk]
    assert ids(as_(make.member(invitation.group)).get(url)) == []


def test_leaving_ends_membership_and_a_chair_is_refused():
    group = make.group()
    member, chair = make.member(group), make.chair(group)
    url = reverse("group-leave", args=[group.pk])

    assert as_(member).post(url).status_code == 204
    assert as_(chair).post(url).status_code == 403
    assert member.memberships.get().ends_on == timezone.localdate()


# --- offices ------------------------------------------------------------------------------------
def test_handing_over_the_board():
    group = make.group()
    chair, successor = make.chair(group), make.member(group)
    url = reverse("group-hand-over", args=[group.pk])
    words = {"starts_on": day(0), "ends_on": day(365), "decree": "SK 2"}

    stranger = as_(chair).post(url, words | {"chair": make.person().pk})
    done = as_(chair).post(url, words | {"chair": successor.pk})
    refused = as_(chair).post(url, words | {"chair": chair.pk})

    assert (stranger.status_code, list(stranger.data)) == (400, ["chair"])
    assert [(seat["user"], seat["role"]) for seat in done.data] == [(successor.pk, "chair")]
    assert refused.status_code == 403


def test_guides_are_appointed_and_dismissed():
    group = make.group()
    chair, member = make.chair(group), make.member(group)
    words = {"person": member.pk, "role": "instructor"}
    url = reverse("group-appoint-guide", args=[group.pk])

    refused = as_(member).post(url, words)
    wrong = as_(chair).post(url, words | {"role": "treasurer"})
    seat = as_(chair).post(url, words)
    ended = as_(chair).post(reverse("membership-dismiss", args=[seat.data["id"]]))

    assert (refused.status_code, wrong.status_code, list(wrong.data)) == (403, 400, ["role"])
    assert (seat.status_code, ended.data["ends_on"]) == (201, day(0))


def test_memberships_are_read_inside_the_group():
    group, other = make.group(), make.group()
    member = make.member(group)
    elsewhere = make.member(other).memberships.get()
    url = reverse("membership-list")

    assert ids(as_(member).get(url)) == [member.memberships.get().pk]
    assert ids(as_(make.officer()).get(url, {"group": other.pk})) == [elsewhere.pk]
    assert ids(as_(make.newcomer()).get(url)) == []


# --- cycles -------------------------------------------------------------------------------------
def test_a_cycle_is_opened_changed_and_closed():
    group = make.group()
    chair = make.chair(group)
    words = {
        "group": group.pk,
        "theme": "Bertanya",
        "problem": "Murid jarang bertanya.",
        "starts_on": day(0),
        "ends_on": day(30),
        "submission": str(uuid4()),
    }
    url = reverse("cycle-list")

    refused = as_(make.member(group)).post(url, words)
    opened, same = as_(chair).post(url, words), as_(chair).post(url, words)
    second = as_(chair).post(url, words | {"submission": str(uuid4())})
    cycle = Cycle.objects.get()
    one = reverse("cycle-detail", args=[cycle.pk])
    close = reverse("cycle-close", args=[cycle.pk])
    wrong = as_(chair).patch(one, {"ends_on": day(-1)})
    changed = as_(chair).patch(one, {"theme": "Menalar"})
    too_soon = as_(chair).post(close, {"reflection": "Selesai."})
    services.count_in_cycle(cycle.pk, Stage.MODELLING)
    empty = as_(chair).post(close, {"reflection": ""})
    closed = as_(chair).post(close, {"reflection": "Murid mulai bertanya."})

    assert (refused.status_code, opened.status_code, same.data["id"]) == (403, 201, cycle.pk)
    assert (opened.data["number"], opened.data["stage"]) == (1, "s")
    assert second.status_code == 400
    assert (wrong.status_code, changed.data["theme"]) == (400, "Menalar")
    assert str(too_soon.data["detail"]) == "Belum ada sesi yang terlaksana dalam siklus ini."
    assert (empty.status_code, list(empty.data)) == (400, ["reflection"])
    assert (closed.status_code, closed.data["reflection"]) == (200, "Murid mulai bertanya.")


def test_cycles_are_404_for_strangers():
    cycle = make.cycle()
    url = reverse("cycle-detail", args=[cycle.pk])

    assert as_(make.person()).get(url).status_code == 404
    assert as_(make.member(cycle.group)).get(url).data["theme"] == cycle.theme


# --- lists --------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["group", "membership", "join-request", "invitation"])
def test_lists_ask_as_much_for_30_rows_as_for_one(name, django_assert_num_queries):
    group = make.group()
    chair = make.chair(group)
    make.join_request(to=group)
    services.make_invitation(group, by=chair)
    url = reverse(f"{name}-list")
    program = as_(chair)
    with django_assert_num_queries({"group": 1, "membership": 3}.get(name, 2)) as first:
        program.get(url)
    for _ in range(29):
        make.group()
        make.member(group)
        make.join_request(to=group)
        services.make_invitation(group, by=chair)

    program = as_(chair)
    with django_assert_num_queries(len(first)):
        rows = ids(program.get(url))

    assert len(rows) == 20
    assert Membership.objects.count() > 30


def test_cycle_list_asks_as_much_for_30_rows_as_for_one(django_assert_num_queries):
    officer = make.officer()
    make.cycle()
    url = reverse("cycle-list")
    program = as_(officer)
    with django_assert_num_queries(3) as first:
        program.get(url)
    for _ in range(29):
        make.cycle()

    program = as_(officer)
    with django_assert_num_queries(len(first)):
        assert len(ids(program.get(url))) == 20
