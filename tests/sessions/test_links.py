"""Personal links: what they prove, and when they end."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from activity.models import Entry
from groups.roles import Role
from sessions import links, rules, services
from sessions.models import Participation
from sessions.queries import part_of_link
from tests import make

pytestmark = pytest.mark.django_db


def invited() -> Participation:
    return make.session().participations.get()


def guest_of(part: Participation) -> Participation:
    session = part.session
    return services.invite_guest(
        session, by=session.planned_by, name="Sitti Rahma", institution="BPMP Sulawesi Selatan"
    )


def test_a_link_leads_to_the_one_participation_that_it_was_made_for():
    part = invited()
    token = services.personal_token(part)

    assert part_of_link(token, timezone.now()) == part
    assert len(token) < 60
    assert token != services.personal_token(guest_of(part))


@pytest.mark.parametrize("change", ["person", "version", "part", "signature", "salt", "nonsense"])
def test_a_link_that_we_did_not_sign_is_of_nobody(change: str):
    part = invited()
    token = services.personal_token(part)
    one, person, version, signature = token.split(".")
    other = signing.b62_encode(99)
    forged = {
        "person": f"{one}.{other}.{version}.{signature}",
        "version": f"{one}.{person}.1.{signature}",
        "part": f"{other}.{person}.{version}.{signature}",
        "signature": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "salt": signing.Signer(sep=".", salt="other").sign(f"{one}.{person}.{version}"),
        "nonsense": "x",
    }[change]

    with pytest.raises(links.LinkIsForged):
        part_of_link(forged, timezone.now())


def test_a_signed_token_of_another_shape_is_no_link():
    odd = signing.Signer(sep=".", salt="sessions.links.personal").sign("../etc")

    with pytest.raises(links.LinkIsForged):
        links.read_token(odd)


def test_a_link_ends_with_the_session_and_a_guests_two_weeks_later():
    part = invited()
    guest = guest_of(part)
    end = part.session.ends_at
    later = end + timedelta(seconds=1)

    assert part_of_link(services.personal_token(part), end) == part
    assert part_of_link(services.personal_token(guest), later + timedelta(days=13)) == guest
    with pytest.raises(links.LinkIsSpent, match="sudah selesai"):
        part_of_link(services.personal_token(part), later)
    with pytest.raises(links.LinkIsSpent, match="sudah selesai"):
        part_of_link(services.personal_token(guest), later + timedelta(days=14))


def test_a_revoked_link_is_spent_and_the_next_one_is_good():
    part = invited()
    old = services.personal_token(part)

    services.revoke_link(part, by=part.session.planned_by)

    with pytest.raises(links.LinkIsSpent, match="dicabut") as spent:
        part_of_link(old, timezone.now())
    assert spent.value.part == part
    assert part_of_link(services.personal_token(part), timezone.now()) == part
    assert Entry.objects.latest("pk").data == {
        "session_id": part.session_id,
        "user_id": part.user_id,
    }


def test_all_links_of_a_session_are_revoked_at_once_and_no_others():
    part, other = invited(), invited()
    guest = guest_of(part)
    tokens = [services.personal_token(one) for one in (part, guest)]

    services.revoke_all_links(part.session, by=part.session.planned_by)

    for token in tokens:
        with pytest.raises(links.LinkIsSpent):
            part_of_link(token, timezone.now())
    assert part_of_link(services.personal_token(other), timezone.now()) == other


def test_links_of_who_was_uninvited_replaced_or_deactivated_are_spent():
    gone, replaced, left = invited(), invited(), invited()
    tokens = [services.personal_token(one) for one in (gone, replaced, left)]
    services.uninvite(gone, by=gone.session.planned_by)
    Participation.objects.filter(pk=replaced.pk).update(user=make.member(replaced.session.group))
    left.user.is_active = False
    left.user.save()

    for token in tokens:
        with pytest.raises(links.LinkIsSpent):
            part_of_link(token, timezone.now())


HOSTS = [
    ("board", True),
    ("guru model", True),
    ("invited", False),
    ("core teacher", False),
    ("other chair", False),
    ("officer", False),
]


@pytest.mark.parametrize(("who", "is_host"), HOSTS)
@pytest.mark.parametrize(
    ("state", "hands_out", "uninvites"),
    [
        ({}, True, True),
        ({"starts_in": -timedelta(minutes=10)}, True, False),
        ({"starts_in": -timedelta(hours=2)}, False, False),
        ({"held": True}, False, False),
        ({"cancelled": True}, False, False),
    ],
    ids=["planned", "begun", "over", "held", "cancelled"],
)
def test_who_hands_out_links_revokes_them_and_takes_invitations_back(
    who: str, is_host: bool, state: dict[str, object], hands_out: bool, uninvites: bool
):
    session = make.session(**state)
    part = session.participations.get()
    user = {
        "board": lambda: session.planned_by,
        "guru model": lambda: session.teacher,
        "invited": lambda: make.member(session.group),
        "core teacher": lambda: make.member(session.group, Role.CORE_TEACHER),
        "other chair": lambda: make.chair(make.group()),
        "officer": make.officer,
    }[who]()

    assert bool(rules.may_hand_out_links(user, session)) is (is_host and hands_out)
    assert bool(rules.may_revoke_links(user, session)) is is_host
    assert bool(rules.may_uninvite(user, part)) is (is_host and uninvites)
    verdicts = (rules.may_hand_out_links(user, session), rules.may_uninvite(user, part))
    assert all(str(reason).endswith(".") for each in verdicts for reason in each.reasons)
