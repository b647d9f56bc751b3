"""Two who write the minutes, or lead, at the same moment. Row locks decide: PostgreSQL only."""

from datetime import timedelta
from uuid import uuid4

import pytest

from activity.models import Entry
from sessions import services
from sessions.models import Minutes, MinutesRevision, ModelSession
from tests import make
from tests.sessions.test_at_once import at_once, fresh

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def begun() -> ModelSession:
    return make.session(starts_in=-timedelta(hours=2))


def again(session: ModelSession) -> ModelSession:
    return ModelSession.objects.get(pk=session.pk)


def test_two_coordinators_saving_notes_at_once_lose_nothing():
    session = begun()
    writers = [session.planned_by, make.chair(session.group)]

    def write(n: int) -> None:
        services.save_minutes(
            again(session),
            by=fresh(writers[n]),
            revision=0,
            proceedings=f"Tulisan {n}.",
            closing="",
            pen=uuid4(),
        )

    ends = at_once(lambda: write(0), lambda: write(1))

    kept = [Minutes.objects.get().proceedings]
    kept += MinutesRevision.objects.filter(is_stray=True).values_list("proceedings", flat=True)
    assert ends == ["CameLate", "done"]
    assert sorted(kept) == ["Tulisan 0.", "Tulisan 1."]


def test_writers_in_turns_taking_over_lose_no_word():
    session = begun()
    writers = [session.planned_by, make.chair(session.group)]

    def write(n: int) -> None:
        taken = services.take_pen(again(session), by=fresh(writers[n % 2]), force=True)
        services.save_minutes(
            again(session),
            by=fresh(writers[n % 2]),
            revision=taken.revision,
            proceedings=f"Tulisan {n}.",
            closing="",
            pen=uuid4(),
        )

    at_once(*(lambda n=n: write(n) for n in range(6)))

    # Each was the text that all read next, or waits to be put in by hand.
    strays = MinutesRevision.objects.filter(is_stray=True).count()
    assert Minutes.objects.get().revision + strays == 6


def test_two_pens_are_one():
    session = begun()
    writers = [session.planned_by, make.chair(session.group)]

    ends = at_once(
        *(lambda by=by: services.take_pen(again(session), by=fresh(by)) for by in writers)
    )

    assert ends == ["PenHeld", "done"]
    assert Minutes.objects.count() == 1


def test_two_leaders_start_one_clock():
    session = begun()
    leaders = (session.teacher, session.planned_by)

    ends = at_once(
        *(lambda by=by: services.start_clock(again(session), by=fresh(by)) for by in leaders)
    )

    assert ends == ["ValidationError", "done"]
    assert Entry.objects.filter(name="sessions.ClockStarted").count() == 1


def test_one_question_sent_thrice_is_asked_once():
    session = begun()
    submission = uuid4()

    def ask() -> None:
        services.ask_question(
            again(session), by=fresh(session.teacher), text="Mengapa?", submission=submission
        )

    assert at_once(ask, ask, ask) == ["done"] * 3
    assert session.questions.count() == 1


def test_two_closings_close_and_hold_once():
    group = make.group()
    cycle = make.cycle(of=group)
    session = make.session(of=group, starts_in=-timedelta(hours=2))

    def close() -> None:
        services.close_session(again(session), by=fresh(session.planned_by))

    assert at_once(close, close) == ["PermissionDenied", "done"]
    cycle.refresh_from_db()
    assert cycle.sessions_held == 1
    assert Entry.objects.filter(name="sessions.SessionClosed").count() == 1
