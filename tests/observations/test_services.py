from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activity.models import Entry
from groups.models import Stage
from observations import services
from observations.models import Focus, Indicator, Instrument, Item, Observation
from observations.queries import default_instrument, indicators_to_pick
from sessions.services import cancel_session
from tests import make

pytestmark = pytest.mark.django_db


def begun(**state):
    """An empty sheet of a session that takes place right now, and its observer."""
    group = make.group()
    observer = make.member(group)
    state = state or {"starts_in": -timedelta(minutes=12)}
    session = make.session(of=group, observers=[observer], **state)
    services.choose_focus(session, by=session.planned_by, indicator=make.indicator()) if (
        session.is_planned
    ) else Focus.objects.create(
        session=session,
        instrument=make.indicator().aspect.instrument,
        indicator=make.indicator(),
    )
    return services.start_observation(session, by=observer)


def test_choose_focus_and_change_ones_mind():
    session = make.session()
    make.indicator()
    first, second, *_rest = indicators_to_pick(default_instrument())

    services.choose_focus(session, by=session.teacher, indicator=first)
    services.choose_focus(session, by=session.planned_by, indicator=second)

    assert Focus.objects.get().indicator == second
    assert Entry.objects.last().name == "observations.FocusChosen"


def test_choose_focus_refuses_what_is_not_to_be_picked_and_who_may_not():
    session = make.session()
    indicator = make.indicator()
    questions = Indicator.objects.get(code="murid-dan-pelajaran")

    with pytest.raises(ValidationError, match="Pilih salah satu"):
        services.choose_focus(session, by=session.teacher, indicator=questions)
    with pytest.raises(PermissionDenied, match="guru model atau pengurus"):
        services.choose_focus(session, by=make.member(session.group), indicator=indicator)

    assert not Focus.objects.exists()


def test_start_observation_takes_the_focus_along_and_begins_once():
    sheet = begun()

    again = services.start_observation(sheet.session, by=sheet.observer)

    assert again == sheet
    assert sheet.indicator == make.indicator()
    assert sheet.instrument == Instrument.objects.get(is_default=True)
    assert len(make.items(sheet)) == 6


def test_a_focus_chosen_later_reaches_a_sheet_without_one_but_changes_no_other():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=-timedelta(minutes=5))
    make.indicator()
    first, second, *_rest = indicators_to_pick(default_instrument())
    sheet = services.start_observation(session, by=observer)
    without = len(make.items(sheet))
    services.choose_focus(session, by=session.teacher, indicator=first)
    services.save_observation(sheet, by=observer, answers={})
    services.choose_focus(session, by=session.teacher, indicator=second)

    services.save_observation(sheet, by=observer, answers={})

    assert without == 3
    assert sheet.indicator == first


def test_start_observation_by_who_is_no_observer_makes_no_sheet():
    session = make.session(held=True)
    make.indicator()

    with pytest.raises(PermissionDenied, match="untuk pengamat sesi"):
        services.start_observation(session, by=session.planned_by)
    with pytest.raises(PermissionDenied, match="Tulislah refleksi"):
        services.start_observation(session, by=session.teacher)

    assert not Observation.objects.exists()


def test_save_observation_keeps_part_by_part():
    sheet = begun()
    scale, *_others, question = make.items(sheet)
    point = scale.scale.points.get(position=1)

    services.save_observation(
        sheet,
        by=sheet.observer,
        answers={scale.pk: {"point": point.pk, "evidence": ""}},
        notes=[{"minute": 3, "text": " Mulai "}, {"minute": None, "text": ""}],
    )
    services.save_observation(
        sheet,
        by=sheet.observer,
        answers={
            scale.pk: {"evidence": " Tidak ada sapaan. "},
            question.pk: {"text": "Kartu peran."},
        },
    )

    kept = {answer.item: answer for answer in sheet.answers.all()}
    assert (kept[scale].point, kept[scale].evidence) == (point, "Tidak ada sapaan.")
    assert kept[question].text == "Kartu peran."
    assert [(note.minute, note.text) for note in sheet.notes.all()] == [(3, "Mulai")]
    assert sheet.submitted_at is None


def test_a_note_without_its_minute_gets_that_of_the_lesson_while_it_lasts():
    now, over = begun(), begun(held=True)
    notes = [{"minute": None, "text": "Meja 5 bertanya."}]

    services.save_observation(now, by=now.observer, answers={}, notes=notes)
    with pytest.raises(ValidationError, match="Tulis menit") as refusal:
        services.save_observation(over, by=over.observer, answers={}, notes=notes)

    assert now.notes.get().minute == 12
    assert list(refusal.value.message_dict) == ["minute-0"]
    assert not over.notes.exists()


def test_save_observation_refuses_what_does_not_belong_and_keeps_nothing():
    sheet = begun()
    scale, *_others, question = make.items(sheet)
    other = Item.objects.exclude(indicator=scale.indicator).first()
    save = services.save_observation

    with pytest.raises(ValidationError, match="Muat ulang"):
        save(sheet, by=sheet.observer, answers={other.pk: {"evidence": "Fakta."}})
    with pytest.raises(ValidationError) as refusal:
        save(
            sheet,
            by=sheet.observer,
            answers={
                scale.pk: {"point": 0, "is_na": True, "evidence": "x" * 2001},
                question.pk: {"text": "x" * 4001},
            },
            notes=[{"minute": -1, "text": "x" * 501}],
        )

    assert set(refusal.value.message_dict) == {
        f"point-{scale.pk}",
        f"is_na-{scale.pk}",
        f"evidence-{scale.pk}",
        f"text-{question.pk}",
        "minute-0",
        "note-0",
    }
    assert not sheet.answers.exists()
    assert not sheet.notes.exists()


def test_save_observation_of_another_changes_nothing():
    sheet = begun()

    with pytest.raises(PermissionDenied, match="oleh pengamatnya"):
        services.save_observation(
            sheet, by=sheet.session.teacher, answers={}, notes=[{"minute": 1, "text": "Hai"}]
        )

    assert not sheet.notes.exists()


def test_submit_observation_counts_in_the_cycle_and_stays():
    group = make.group()
    cycle = make.cycle(of=group)
    session = make.session(of=group, observers=[make.member(group)], held=True)
    sheet = make.observation(of=session)

    services.submit_observation(sheet, by=sheet.observer)
    with pytest.raises(PermissionDenied, match="sudah dikirim"):
        services.submit_observation(sheet, by=sheet.observer)
    with pytest.raises(PermissionDenied, match="sudah dikirim"):
        services.save_observation(sheet, by=sheet.observer, answers={}, notes=[])

    cycle.refresh_from_db()
    assert cycle.counts[Stage.ACTION] == 1
    assert sheet.notes.count() == 1
    assert [entry.data for entry in Entry.objects.filter(name__endswith="Submitted")] == [
        {"observation_id": sheet.pk}
    ]


def test_submit_observation_says_kindly_what_is_missing():
    sheet = begun(held=True)
    first, second, third, *questions = make.items(sheet)
    words = {point.position: point.pk for point in first.scale.points.all()}
    services.save_observation(
        sheet,
        by=sheet.observer,
        answers={
            first.pk: {"point": words[3]},
            second.pk: {"point": words[1], "evidence": "Ya."},
            questions[0].pk: {"text": "Ada."},
            questions[1].pk: {"text": "Kartu peran yang dibagikan."},
        },
    )

    with pytest.raises(ValidationError) as refusal:
        services.submit_observation(sheet, by=sheet.observer)

    one_sentence = "Tulis satu kalimat, supaya guru model dapat belajar darinya."
    assert refusal.value.message_dict == {
        f"evidence-{second.pk}": ["Tulis apa yang terlihat atau terdengar. Satu kalimat cukup."],
        f"point-{third.pk}": ["Pilih kata yang paling cocok."],
        f"text-{questions[0].pk}": [one_sentence],
        f"text-{questions[2].pk}": [one_sentence],
    }
    assert Observation.objects.get().submitted_at is None


def test_submit_observation_of_any_kind_of_item():
    sheet = begun(held=True)
    indicator = sheet.indicator
    indicator.items.all().delete()
    count, yes, optional, blank = (
        Item.objects.create(indicator=indicator, position=n, code=f"x{n}", text="?", **facts)
        for n, facts in enumerate(
            [
                {"kind": "count", "allows_na": True},
                {"kind": "yes_no", "evidence": "always"},
                {"kind": "text", "is_required": False},
                {"kind": "count"},
            ]
        )
    )
    questions = {item.pk: make.answer_to(item) for item in make.items(sheet) if item.scale is None}
    services.save_observation(
        sheet,
        by=sheet.observer,
        answers=questions
        | {count.pk: {"is_na": True}, yes.pk: {"yes": False}, optional.pk: {"text": ""}},
    )

    missing = services.missing_in(sheet)

    assert list(missing) == [f"evidence-{yes.pk}", f"number-{blank.pk}"]


def test_submit_observation_before_holding_or_after_cancelling_is_refused():
    sheet, called_off = begun(), begun()
    cancel_session(called_off.session, by=called_off.session.planned_by, reason="Listrik padam.")

    for each in (sheet, called_off):
        with pytest.raises(PermissionDenied, match="belum dinyatakan terlaksana"):
            services.submit_observation(each, by=each.observer)

    assert not Observation.objects.submitted().exists()
