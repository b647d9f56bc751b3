"""Sheets that come from phones: once, late, twice, and from two at a time."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from activity.models import Entry
from observations import services
from observations.models import Instrument, Note, Observation
from observations.queries import default_instrument, indicators_to_pick
from observations.services import Content, SheetDiffers, sync_sheet
from sessions.services import cancel_session, hold_session
from tests import make

pytestmark = pytest.mark.django_db


def lesson(**state):
    """A session that takes place right now, and one of its observers."""
    group = make.group()
    observer = make.member(group)
    session = make.session(
        of=group, observers=[observer], **(state or {"starts_in": -timedelta(minutes=12)})
    )
    make.indicator()
    return session, observer


def note(text: str = "Meja 5 bertanya.", **changes):
    return {"uid": uuid4(), "minute": 3, "text": text} | changes


def send(session, observer, phone, *, uid, base=0, notes=(), submit=False, **changes):
    sent = make.sending(phone, base=base, content=Content(notes=notes, photos=[], is_whole=True))
    return sync_sheet(session, by=observer, uid=uid, sent=sent, submit=submit, **changes)


def test_a_new_sheet_is_begun_with_what_the_phone_says_of_it():
    session, observer = lesson()
    services.choose_focus(session, by=session.planned_by, indicator=make.indicator())
    phone, uid = make.phone(), uuid4()
    scale, *_others = make.focus_items()
    point = scale.scale.points.get(position=1)

    sheet = sync_sheet(
        session,
        by=observer,
        uid=uid,
        sent=make.sending(
            phone,
            content=Content(
                answers={scale.pk: {"point": point.pk, "evidence": " Sepi. "}},
                notes=[note(about="pupils", seat="5", item=scale.pk)],
                photos=[],
                is_whole=True,
            ),
        ),
    )

    kept, written = sheet.answers.get(), sheet.notes.get()
    assert (sheet.uid, sheet.revision, sheet.device, sheet.sequence) == (uid, 1, phone.device, 1)
    assert (sheet.source, sheet.indicator) == ("phone", make.indicator())
    assert (kept.point, kept.evidence) == (point, "Sepi.")
    assert (written.about, written.seat, written.item) == ("pupils", "5", scale)
    assert Entry.objects.filter(name="observations.ObservationStarted").count() == 1


def test_what_comes_twice_or_late_changes_nothing():
    session, observer = lesson()
    phone, uid = make.phone(), uuid4()
    first = make.sending(phone, content=Content(notes=[note("Satu.")], is_whole=True))
    second = make.sending(phone, content=Content(notes=[note("Dua.")], is_whole=True))

    for sent in (second, first, second):
        sheet = sync_sheet(session, by=observer, uid=uid, sent=sent)

    assert (sheet.revision, sheet.sequence) == (1, 2)
    assert [each.text for each in sheet.notes.all()] == ["Dua."]


def test_the_whole_content_is_kept_and_notes_by_their_uid():
    session, observer = lesson()
    phone, uid = make.phone(), uuid4()
    stays, goes = note("Tetap."), note("Pergi.")
    send(session, observer, phone, uid=uid, notes=[stays, goes])
    pk = Note.objects.get(uid=stays["uid"]).pk

    sheet = send(session, observer, phone, uid=uid, notes=[stays | {"text": "Berubah."}])

    kept = sheet.notes.get()
    assert (kept.pk, kept.uid, kept.text) == (pk, stays["uid"], "Berubah.")


def test_answers_that_are_left_out_go():
    session, observer = lesson()
    phone, uid = make.phone(), uuid4()
    first, second, *_others = make.focus_items()
    whole = {item.pk: make.answer_to(item) for item in (first, second)}
    for answers in (whole, {first.pk: whole[first.pk]}):
        sent = make.sending(phone, content=Content(answers=answers, is_whole=True))
        sheet = sync_sheet(session, by=observer, uid=uid, sent=sent)

    assert [answer.item for answer in sheet.answers.all()] == [first]


def test_a_sheet_changed_on_the_page_is_not_written_over_unseen():
    session, observer = lesson()
    phone, uid = make.phone(), uuid4()
    sheet = send(session, observer, phone, uid=uid, notes=[note("HP.")])
    services.save_observation(
        sheet, by=observer, answers={}, notes=[{"minute": 4, "text": "Laptop."}]
    )

    with pytest.raises(SheetDiffers) as differs:
        send(session, observer, phone, uid=uid, base=1, notes=[note("HP lagi.")])
    kept = send(session, observer, phone, uid=uid, base=2, notes=[note("HP lagi.")])

    assert differs.value.theirs.revision == 2
    assert (kept.revision, kept.notes.get().text) == (3, "HP lagi.")


def test_two_phones_take_turns_by_the_revision_they_saw():
    session, observer = lesson()
    uid, first, second = uuid4(), make.phone(), make.phone()
    send(session, observer, first, uid=uid, notes=[note("Pertama.")])

    with pytest.raises(SheetDiffers):
        send(session, observer, second, uid=uid, base=0, notes=[])
    send(session, observer, second, uid=uid, base=1, notes=[note("Kedua.")])
    with pytest.raises(SheetDiffers):
        send(session, observer, first, uid=uid, base=1, notes=[])

    sheet = Observation.objects.get()
    assert (sheet.revision, sheet.notes.get().text) == (2, "Kedua.")


def test_a_second_sheet_of_one_session_is_the_first_one():
    session, observer = lesson()
    begun = services.start_observation(session, by=observer)

    with pytest.raises(SheetDiffers) as differs:
        send(session, observer, make.phone(), uid=uuid4())

    assert differs.value.theirs == begun
    assert Observation.objects.count() == 1


def test_the_uid_of_somebody_elses_or_another_sessions_sheet_is_refused():
    session, observer = lesson()
    colleague = make.member(session.group)
    other = make.session(of=session.group, observers=[observer, colleague], held=True)
    sheet = send(session, observer, make.phone(), uid=uuid4())

    with pytest.raises(PermissionDenied, match="oleh pengamatnya"):
        send(other, colleague, make.phone(), uid=sheet.uid)
    with pytest.raises(ValidationError, match="milik sesi lain"):
        send(other, observer, make.phone(), uid=sheet.uid)

    assert Observation.objects.get() == sheet


@pytest.mark.parametrize(
    "clock", [datetime(1970, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)]
)
def test_a_wrong_clock_of_the_phone_does_no_harm(clock: datetime):
    session, observer = lesson()
    sent = make.sending(make.phone(), sent_at=clock, started_at=clock - timedelta(minutes=10))

    sheet = sync_sheet(session, by=observer, uid=uuid4(), sent=sent)

    ago = timezone.now() - sheet.started_at
    assert timedelta(minutes=10) <= ago < timedelta(minutes=11)


def test_a_sheet_of_the_focus_that_the_phone_was_prepared_for_stays_so():
    session, observer = lesson()
    first, second, *_rest = indicators_to_pick(default_instrument())
    services.choose_focus(session, by=session.teacher, indicator=second)
    item = first.items.first()
    sent = make.sending(
        make.phone(), content=Content(answers={item.pk: make.answer_to(item)}, is_whole=True)
    )

    sheet = sync_sheet(session, by=observer, uid=uuid4(), sent=sent)

    assert sheet.indicator == first
    assert sheet.answers.get().item == item


def test_another_instrument_is_refused_once_the_sheet_is_begun_and_a_draft_always():
    session, observer = lesson()
    default = Instrument.objects.get(is_default=True)
    draft = Instrument.objects.create(
        code="baru", name="Baru", minutes=8, source="Kami", valid_from=timezone.localdate()
    )
    phone, uid = make.phone(), uuid4()

    with pytest.raises(ValidationError, match="belum terbit"):
        sync_sheet(session, by=observer, uid=uid, sent=make.sending(phone, instrument=draft))
    sync_sheet(session, by=observer, uid=uid, sent=make.sending(phone, instrument=default))
    with pytest.raises(ValidationError, match="memakai instrumen lain"):
        sync_sheet(session, by=observer, uid=uid, sent=make.sending(phone, instrument=draft))

    assert Observation.objects.get().instrument == default


def test_what_cannot_be_kept_is_said_by_part_and_nothing_is_kept():
    session, observer = lesson()
    scale, *_others = make.focus_items()
    twice = note()
    content = Content(
        answers={scale.pk: {"point": 0}},
        notes=[note(minute=601), note("x" * 501), note(seat="x" * 11), twice, twice, note(item=0)],
        photos=[make.photo_words(has_consent=False), make.photo_words(note=uuid4())],
        is_whole=True,
    )

    with pytest.raises(ValidationError) as refusal:
        sync_sheet(
            session, by=observer, uid=uuid4(), sent=make.sending(make.phone(), content=content)
        )

    assert set(refusal.value.message_dict) == {
        *(f"point-{scale.pk}", "minute-0", "note-1", "note-2", "note-4", "note-5"),
        *("photo-0", "photo-1"),
    }
    assert not Observation.objects.exists()


def test_who_may_not_observe_begins_nothing_and_nobody_before_the_lesson():
    session, observer = lesson()
    early, its_observer = lesson(starts_in=timedelta(hours=1))
    off, of_cancelled = lesson()
    cancel_session(off, by=off.planned_by, reason="Listrik padam.")

    for which, who, reason in (
        (session, make.member(session.group), "untuk pengamat sesi"),
        (early, its_observer, "sejak pelajaran mulai"),
        (off, of_cancelled, "dibatalkan"),
    ):
        with pytest.raises(PermissionDenied, match=reason):
            send(which, who, make.phone(), uid=uuid4())

    assert not Observation.objects.exists()
    assert observer


def test_a_sheet_is_handed_in_once_however_often_it_comes():
    session, observer = lesson()
    cycle = make.cycle(of=session.group)
    type(session).objects.filter(pk=session.pk).update(cycle=cycle)
    phone, uid = make.phone(), uuid4()
    with pytest.raises(PermissionDenied, match="belum dinyatakan terlaksana"):
        send(session, observer, phone, uid=uid, submit=True)
    hold_session(session, by=session.planned_by)
    whole = make.sending(phone, content=make.whole_content(notes=[note()]))

    for _time in range(3):
        sheet = sync_sheet(session, by=observer, uid=uid, sent=whole, submit=True)

    session.refresh_from_db()
    cycle.refresh_from_db()
    assert (session.sheets_submitted, cycle.observations_submitted) == (1, 1)
    assert sheet.submitted_at
    assert Entry.objects.filter(name="observations.ObservationSubmitted").count() == 1
    first = sheet.submissions.get()
    assert (first.number, first.submitted_at) == (1, sheet.submitted_at)
    assert first.content["notes"][0]["text"] == "Meja 5 bertanya."
    assert first.content["answers"][0]["answer"] == "Dilakukan tapi belum efektif"


def test_a_sheet_with_something_missing_is_not_handed_in_and_not_kept():
    session, observer = lesson(held=True)
    phone, uid = make.phone(), uuid4()
    send(session, observer, phone, uid=uid, notes=[note("Draf.")])

    with pytest.raises(ValidationError) as missing:
        send(session, observer, phone, uid=uid, notes=[], submit=True)

    sheet = Observation.objects.get()
    assert all(name.startswith("text-") for name in missing.value.message_dict)
    assert (sheet.submitted_at, sheet.revision, sheet.notes.get().text) == (None, 1, "Draf.")


def test_a_photo_on_its_way_holds_the_sheet_back():
    session, observer = lesson(held=True)
    content = make.whole_content(photos=[make.photo_words()])
    sent = make.sending(make.phone(), content=content)

    with pytest.raises(ValidationError, match="belum terkirim") as missing:
        sync_sheet(session, by=observer, uid=uuid4(), sent=sent, submit=True)

    assert list(missing.value.message_dict) == ["photos"]


def test_a_correction_keeps_what_was_said_before():
    session, observer = lesson(held=True)
    phone, uid = make.phone(), uuid4()
    for text, reason in (("Awal.", ""), ("Diperbaiki.", "Salah meja."), ("Lagi.", "")):
        sent = make.sending(phone, content=make.whole_content(notes=[note(text)]))
        sheet = sync_sheet(session, by=observer, uid=uid, sent=sent, submit=True, reason=reason)

    assert [
        (one.number, one.reason, one.content["notes"][0]["text"]) for one in sheet.submissions.all()
    ] == [(1, "", "Awal."), (2, "Salah meja.", "Diperbaiki."), (3, "", "Lagi.")]
    session.refresh_from_db()
    assert session.sheets_submitted == 1
    assert None is not sheet.submitted_at != sheet.corrected_at
    names = list(
        Entry.objects.filter(name__startswith="observations").values_list("name", flat=True)
    )
    assert [name.partition(".")[2] for name in names[-3:]] == [
        "ObservationSubmitted",
        *["ObservationCorrected"] * 2,
    ]


def test_a_sheet_of_the_time_before_corrections_keeps_its_first_words():
    sheet = make.observation(submitted=True)
    sheet.submissions.all().delete()
    sent = make.sending(make.phone(), base=sheet.revision, content=make.whole_content())

    sync_sheet(sheet.session, by=sheet.observer, uid=sheet.uid, sent=sent, submit=True)

    first, second = sheet.submissions.all()
    assert (first.submitted_at, len(first.content["notes"])) == (sheet.submitted_at, 1)
    assert second.content["notes"] == []


def test_a_sent_sheet_takes_corrections_of_30_days_and_no_drafts():
    session, observer = lesson(held=True)
    phone, uid = make.phone(), uuid4()
    whole = make.whole_content()
    sheet = sync_sheet(
        session, by=observer, uid=uid, sent=make.sending(phone, content=whole), submit=True
    )

    with pytest.raises(PermissionDenied, match="sudah dikirim"):
        sync_sheet(session, by=observer, uid=uid, sent=make.sending(phone, content=whole))
    Observation.objects.update(submitted_at=timezone.now() - timedelta(days=31))
    with pytest.raises(PermissionDenied, match="30 hari"):
        sync_sheet(
            session, by=observer, uid=uid, sent=make.sending(phone, content=whole), submit=True
        )

    assert sheet.submissions.count() == 1
