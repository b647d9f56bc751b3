"""A form that is sent twice counts once, and its mark is good for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from activity.files import CheckedFile
from sessions import services
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession, SessionFile
from sessions.recurrence import Rule, Weekly
from tests import make

pytestmark = pytest.mark.django_db


def pdf(session: ModelSession) -> CheckedFile:
    return make.file(f"%PDF-1.4 {session.pk}".encode(), "Berkas.pdf")


def plan_share(session: ModelSession, mark: UUID) -> object:
    return services.share_lesson_plan(
        session, by=session.planned_by, file=pdf(session), submission=mark
    )


def plan_comment(session: ModelSession, mark: UUID) -> object:
    plan = session.lesson_plans.first() or make.lesson_plan(of=session)
    return services.comment_plan(plan, by=session.planned_by, body="Baik.", submission=mark)


def file(session: ModelSession, mark: UUID) -> object:
    words = {"kind": SessionFile.Kind.MATERIAL, "file": pdf(session), "submission": mark}
    return services.keep_file(session, by=session.planned_by, **words)


def sheet(session: ModelSession, mark: UUID) -> object:
    return services.keep_sheet(session, by=session.planned_by, file=pdf(session), submission=mark)


def guest(session: ModelSession, mark: UUID) -> object:
    words = {"name": "Sitti", "institution": "BPMP", "submission": mark}
    return services.add_guest(session, by=session.planned_by, **words)


def decision(session: ModelSession, mark: UUID) -> object:
    return services.add_decision(session, by=session.planned_by, text="Setuju.", submission=mark)


def question(session: ModelSession, mark: UUID) -> object:
    return services.ask_question(session, by=session.planned_by, text="Apa?", submission=mark)


def again(session: ModelSession, mark: UUID) -> object:
    start = timezone.now() + timedelta(days=20)
    words = {"kind": "workshop", "title": "Rapat", "place": "Aula", "despite": EVERYTHING}
    hours = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    by = session.planned_by
    return services.plan_session(session.group, by=by, submission=mark, **words, **hours)


def series(session: ModelSession, mark: UUID) -> object:
    return make.series(
        of=session.group, by=session.planned_by, rule=Rule(Weekly((2,)), count=2), submission=mark
    )


def copy(session: ModelSession, mark: UUID) -> object:
    start = timezone.now() + timedelta(days=40)
    row = services.Row(session, "Lagi", start, mark, session.teacher)
    return services.copy_programme(
        session.group, by=session.planned_by, rows=[row], despite=EVERYTHING
    )


@pytest.mark.parametrize(
    "send",
    [plan_share, plan_comment, file, sheet, guest, decision, question, again, series, copy],
)
def test_a_mark_makes_one_thing_and_is_refused_for_another_session(
    send: Callable[[ModelSession, UUID], object],
):
    one, two = (make.session(starts_in=timedelta(minutes=-5)) for _each in range(2))
    mark = uuid4()

    first, second = send(one, mark), send(one, mark)
    with pytest.raises(ValidationError, match="sudah dipakai"):
        send(two, mark)

    assert first == second
