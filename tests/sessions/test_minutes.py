"""The minutes: one writer at a time, and nothing that was written is lost."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from activity.models import Entry
from sessions import rules, services
from sessions.models import Minutes, MinutesRevision, ModelSession
from tests import make

pytestmark = pytest.mark.django_db
ANI, BUDI = "Ani menulis pembukaan.", "Budi menulis diskusi."


@pytest.fixture
def session() -> ModelSession:
    return make.session(starts_in=-timedelta(minutes=10))


@pytest.fixture
def ani(session):
    return session.planned_by


@pytest.fixture
def budi(session):
    return make.chair(session.group)


def save(session, by, text, revision=0, pen=None) -> Minutes:
    return services.save_minutes(
        session, by=by, revision=revision, proceedings=text, closing="", pen=pen
    )


def kept(session) -> str:
    return Minutes.objects.get(session=session).proceedings


def test_save_minutes_keeps_the_words_and_the_pen(session, ani, budi):
    before = session.live_version

    saved = save(session, ani, f" {ANI} ")

    saved.refresh_from_db()
    session.refresh_from_db()
    assert (saved.proceedings, saved.revision, saved.writer) == (ANI, 1, ani)
    assert saved.is_held_by_another(budi, timezone.now() + timedelta(seconds=110))
    assert session.live_version > before


def test_saving_the_same_words_again_counts_no_revision_and_wakes_no_phone(session, ani):
    save(session, ani, ANI)
    session.refresh_from_db()
    before = session.live_version

    saved = save(session, ani, ANI, revision=1)

    session.refresh_from_db()
    assert saved.revision == 1
    assert session.live_version == before


def test_while_one_writes_another_is_told_who_it_is(session, ani, budi):
    save(session, ani, ANI)

    with pytest.raises(services.PenHeld) as refused:
        services.take_pen(session, by=budi)

    assert str(ani) in refused.value.messages[0]
    assert Minutes.objects.get().writer == ani


def test_who_puts_the_pen_down_for_two_minutes_has_lost_it(session, ani, budi):
    with time_machine.travel(timezone.now() - timedelta(minutes=3)):
        save(session, ani, ANI)

    taken = services.take_pen(session, by=budi)
    save(session, budi, f"{ANI} {BUDI}", revision=taken.revision)

    assert kept(session) == f"{ANI} {BUDI}"
    assert not MinutesRevision.objects.exists()


def test_taking_over_keeps_what_the_other_wrote_and_what_comes_late(session, ani, budi):
    save(session, ani, ANI)

    taken = services.take_pen(session, by=budi, force=True)
    with pytest.raises(services.CameLate) as late:
        save(session, ani, f"{ANI} Dan lagi.", revision=1)
    save(session, budi, f"{ANI} {BUDI}", revision=taken.revision)

    assert kept(session) == f"{ANI} {BUDI}"
    revisions = MinutesRevision.objects.order_by("pk")
    assert [(one.proceedings, one.by, one.is_stray) for one in revisions] == [
        (ANI, ani, False),
        (f"{ANI} Dan lagi.", ani, True),
    ]
    assert late.value.minutes.proceedings == ANI
    assert late.value.stray == revisions[1]


def test_what_comes_late_twice_is_kept_once(session, ani, budi):
    save(session, ani, ANI)

    for _twice in range(2):
        with pytest.raises(services.CameLate):
            save(session, budi, BUDI)

    assert MinutesRevision.objects.count() == 1


def test_one_person_on_two_devices_loses_nothing(session, ani):
    save(session, ani, "Di laptop.", pen=uuid4())

    with pytest.raises(services.CameLate):
        save(session, ani, "Di HP.", pen=uuid4())

    assert kept(session) == "Di laptop."
    assert MinutesRevision.objects.get().proceedings == "Di HP."


def test_a_page_writes_on_after_its_answer_was_lost(session, ani):
    pen = uuid4()
    save(session, ani, ANI, pen=pen)

    saved = save(session, ani, f"{ANI} Lalu.", revision=0, pen=pen)

    assert (saved.proceedings, saved.revision) == (f"{ANI} Lalu.", 2)
    assert not MinutesRevision.objects.exists()


def test_too_long_minutes_are_refused_and_nothing_is_kept(session, ani):
    save(session, ani, ANI)

    with pytest.raises(ValidationError):
        save(session, ani, "a" * 20_001, revision=1)

    assert kept(session) == ANI


def test_a_stray_revision_is_settled_by_its_author_or_who_may_write(session, ani, budi):
    save(session, ani, ANI)
    with pytest.raises(services.CameLate) as late:
        save(session, budi, BUDI)
    stray = late.value.stray

    assert not rules.may_settle_revision(session.teacher, stray)
    assert rules.may_settle_revision(ani, stray)
    services.settle_revision(stray, by=budi)

    stray.refresh_from_db()
    assert stray.settled_at
    assert not rules.may_settle_revision(ani, stray)
    assert Entry.objects.latest("pk").name == "sessions.StrayMinutesSettled"


def test_who_reads_revisions(session, ani, budi):
    save(session, ani, ANI)
    with pytest.raises(services.CameLate):
        save(session, budi, BUDI)
    note_taker, reads = make.member(session.group), MinutesRevision.objects.visible_to
    ModelSession.objects.filter(pk=session.pk).update(note_taker=note_taker)

    assert reads(ani).count() == reads(budi).count() == reads(note_taker).count() == 1
    assert reads(make.member(session.group)).count() == 0
    assert reads(session.teacher).count() == 0


def test_nobody_writes_in_the_minutes_of_a_closed_session(session, ani):
    save(session, ani, ANI)
    services.close_session(session, by=ani)

    with pytest.raises(PermissionDenied):
        save(session, ani, "Lagi.", revision=1)

    minutes = Minutes.objects.get()
    assert (minutes.proceedings, minutes.writer, bool(minutes.completed_at)) == (ANI, None, True)


def test_add_decision_twice_adds_one(session, ani):
    submission = uuid4()

    for _twice in range(2):
        services.add_decision(
            session,
            by=ani,
            text="Kartu tanya dicetak.",
            responsible="Budi",
            due_on=date(2026, 12, 1),
            submission=submission,
        )

    decision = session.decisions.get()
    assert (decision.text, decision.responsible) == ("Kartu tanya dicetak.", "Budi")
    assert Entry.objects.filter(name="sessions.DecisionMade").count() == 1


def test_remove_decision_twice_removes_once(session, ani):
    decision = services.add_decision(session, by=ani, text="Cetak.", submission=uuid4())
    pk = decision.pk

    services.remove_decision(decision, by=ani)
    decision.pk = pk
    services.remove_decision(decision, by=ani)

    assert not session.decisions.exists()
    assert Entry.objects.filter(name="sessions.DecisionRemoved").count() == 1


def test_a_member_writes_no_minutes_and_no_decision(session):
    member = make.member(session.group)

    with pytest.raises(PermissionDenied):
        save(session, member, "Saya.")
    with pytest.raises(PermissionDenied):
        services.take_pen(session, by=member)
    with pytest.raises(PermissionDenied):
        services.add_decision(session, by=member, text="Cetak.", submission=uuid4())

    assert not Minutes.objects.exists()
    assert not session.decisions.exists()
