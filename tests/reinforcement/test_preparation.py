"""Part A of the talk: who may write and read it, and what it changes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from activity.models import Entry
from groups.roles import Role
from reinforcement import events, rules, services
from reinforcement.models import Preparation
from tests import make

pytestmark = pytest.mark.django_db


def happened() -> list[object]:
    return [entry.event for entry in Entry.objects.filter(name__startswith="reinforcement.")]


@pytest.mark.parametrize("state", ["planned", "held", "cancelled"])
@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("guru model", True),
        ("partner", True),
        ("observer", True),
        ("pengawas", True),
        ("pengawas elsewhere", False),
        ("participant", False),
        ("coordinator", False),
        ("guru inti", False),
        ("kepala sekolah", False),
        ("Dinas", False),
        ("stranger", False),
    ],
)
def test_who_reads_how_she_prepares(who, reads, state):
    group = make.group()
    observer, partner = make.member(group), make.member(group)
    session = make.session(of=group, observers=[observer])
    school = session.model_teacher.school
    reader = {
        "guru model": lambda: session.teacher,
        "partner": lambda: partner,
        "observer": lambda: observer,
        "pengawas": lambda: make.supervisor(school),
        "pengawas elsewhere": lambda: make.supervisor(make.school()),
        "participant": lambda: session.participations.filter(role="participant").latest("pk").user,
        "coordinator": lambda: make.chair(group),
        "guru inti": lambda: make.member(group, Role.CORE_TEACHER),
        "kepala sekolah": lambda: make.principal(school),
        "Dinas": make.officer,
        "stranger": make.person,
    }[who]()
    preparation = make.preparation(of=session, partner=None if who == "participant" else partner)

    type(session).objects.filter(pk=session.pk).update(status=state)

    visible = Preparation.objects.visible_to(User.objects.get(pk=reader.pk))
    assert visible.contains(preparation) is reads
    assert Preparation.objects.visible_to(session.teacher).contains(preparation)


NOT_HERS = "Persiapan ditulis oleh guru model."
HELD = "Sesi ini sudah terlaksana."
CANCELLED = "Sesi ini dibatalkan."


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        ("guru model", "planned", []),
        ("guru model", "held", [HELD]),
        ("guru model", "cancelled", [CANCELLED]),
        ("coordinator", "planned", [NOT_HERS]),
        ("coordinator", "held", [NOT_HERS, HELD]),
        ("pengawas", "planned", [NOT_HERS]),
    ],
)
def test_who_may_prepare(who, state, expected):
    session = make.session(held=state == "held", cancelled=state == "cancelled")
    user = {
        "guru model": lambda: session.teacher,
        "coordinator": lambda: make.chair(session.group),
        "pengawas": lambda: make.supervisor(session.teacher.school),
    }[who]()

    assert [str(reason) for reason in rules.may_prepare(user, session).reasons] == expected


def test_a_preparation_is_written_once_and_then_changed():
    session = make.session()
    partner, yesterday = make.member(session.group), timezone.localdate() - timedelta(days=1)

    first = services.prepare_session(session, by=session.teacher, target="Murid bicara.")
    again = services.prepare_session(
        session, by=session.teacher, target="Semua bicara.", partner=partner, talked_on=yesterday
    )

    assert first == again
    kept = Preparation.objects.get()
    assert (kept.target, kept.partner, kept.talked_on) == ("Semua bicara.", partner, yesterday)
    assert happened() == [
        events.PreparationWritten(preparation_id=kept.pk),
        events.PreparationChanged(preparation_id=kept.pk),
    ]


@pytest.mark.parametrize("wrong", ["target", "partner", "herself", "talked_on"])
def test_a_preparation_that_is_not_right_is_refused_and_changes_nothing(wrong):
    session = make.session()
    wrongs: dict[str, dict[str, Any]] = {
        "target": {"target": ""},
        "partner": {"partner": make.person()},
        "herself": {"partner": session.teacher},
        "talked_on": {"talked_on": timezone.localdate() + timedelta(days=1)},
    }
    words = wrongs[wrong]

    with pytest.raises(ValidationError) as refusal:
        services.prepare_session(session, by=session.teacher, **{"target": "Bicara."} | words)

    assert set(refusal.value.error_dict) == set(words)
    assert not Preparation.objects.exists()
    assert happened() == []


def test_nobody_prepares_for_her_or_after_the_lesson():
    planned, held = make.session(), make.session(held=True)

    with pytest.raises(PermissionDenied, match="oleh guru model"):
        services.prepare_session(planned, by=make.chair(planned.group), target="Bicara.")
    with pytest.raises(PermissionDenied, match="sudah terlaksana"):
        services.prepare_session(held, by=held.teacher, target="Bicara.")

    assert not Preparation.objects.exists()
