from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from activity.models import Entry
from observations import reference, rules
from observations.models import Focus, Indicator, Instrument, Observation
from observations.services import choose_focus, instrument_for, save_observation, start_observation
from sessions.models import ModelSession
from tests import make

pytestmark = pytest.mark.django_db


def shipped(code: str) -> Instrument:
    reference.load()
    return Instrument.objects.get(code=code)


def begun() -> ModelSession:
    group = make.group()
    observer = make.member(group)
    return make.session(of=group, observers=[observer], starts_in=-timedelta(minutes=5))


def observer_of(session: ModelSession):
    return session.participations.observers().get().user


def test_choose_focus_of_a_whole_instrument_needs_no_indicator():
    session = make.session()
    teach = shipped("teach-primary")

    choose_focus(session, by=session.teacher, instrument=teach)

    focus = Focus.objects.get()
    assert (focus.instrument, focus.indicator) == (teach, None)
    assert str(focus) == "World Bank Teach"
    assert Entry.objects.last().name == "observations.FocusChosen"


def test_observers_fill_the_instrument_of_the_focus():
    session = begun()
    choose_focus(session, by=session.teacher, instrument=shipped("lesson-study"))

    sheet = start_observation(session, by=observer_of(session))

    assert sheet.instrument == shipped("lesson-study")
    assert sheet.indicator is None
    assert len(make.items(sheet)) == 7


def test_an_observer_may_start_another_instrument_and_keeps_it():
    session = begun()
    choose_focus(session, by=session.teacher, instrument=shipped("lesson-study"))
    ringkas, indicator = shipped("smart-ringkas"), make.indicator()
    observer = observer_of(session)

    sheet = start_observation(session, by=observer, instrument=ringkas, indicator=indicator)
    again = start_observation(session, by=observer)
    save_observation(again, by=observer, answers={})

    assert again == sheet
    assert (again.instrument, again.indicator) == (ringkas, indicator)


def test_an_observer_who_names_the_instrument_of_the_session_gets_its_focus():
    session = begun()
    choose_focus(session, by=session.teacher, indicator=make.indicator())

    sheet = start_observation(session, by=observer_of(session), instrument=shipped("smart-ringkas"))

    assert sheet.indicator == make.indicator()


def test_a_focus_with_another_instrument_changes_no_sheet_that_was_begun():
    session = begun()
    make.indicator()
    sheet = start_observation(session, by=observer_of(session))
    choose_focus(session, by=session.teacher, instrument=shipped("teach-primary"))

    save_observation(sheet, by=sheet.observer, answers={})

    assert sheet.instrument == shipped("smart-ringkas")
    assert sheet.indicator is None
    assert instrument_for(session) == shipped("teach-primary")


def unusable(state: str) -> Instrument:
    instrument = shipped("lesson-study")
    today = timezone.localdate()
    changes = {
        "draft": {"status": "draft", "published_at": None, "made_by": make.person()},
        "retired": {"status": "retired"},
        "not yet": {"valid_from": today + timedelta(days=1)},
        "not any more": {"valid_to": today - timedelta(days=1)},
        "of another group": {"group": make.group()},
    }
    Instrument.objects.filter(pk=instrument.pk).update(**changes[state])
    return Instrument.objects.get(pk=instrument.pk)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "Pilih salah satu dari instrumen yang ada."),
        ("retired", "Instrumen ini tidak dipakai lagi."),
        ("not yet", "Instrumen ini belum berlaku."),
        ("not any more", "Instrumen ini sudah tidak berlaku."),
        ("of another group", "Pilih salah satu dari instrumen yang ada."),
    ],
)
def test_what_cannot_be_used_is_neither_chosen_nor_started(state: str, words: str):
    session = begun()
    instrument = unusable(state)
    observer = observer_of(session)

    with pytest.raises(ValidationError, match=words) as chosen:
        choose_focus(session, by=session.teacher, instrument=instrument)
    with pytest.raises(ValidationError, match=words):
        start_observation(session, by=observer, instrument=instrument)

    assert list(chosen.value.message_dict) == ["instrument"]
    assert not Focus.objects.exists()
    assert not Observation.objects.exists()


def test_an_instrument_retired_after_it_was_chosen_is_still_filled():
    session = begun()
    instrument = shipped("lesson-study")
    choose_focus(session, by=session.teacher, instrument=instrument)
    Instrument.objects.filter(pk=instrument.pk).update(status="retired")

    sheet = start_observation(session, by=observer_of(session))

    assert sheet.instrument == instrument


def test_an_indicator_is_asked_for_where_the_instrument_picks_one_and_nowhere_else():
    session = make.session()
    ringkas, teach = shipped("smart-ringkas"), shipped("teach-primary")
    of_teach = Indicator.objects.filter(aspect__instrument=teach).first()

    for instrument, indicator in ((ringkas, None), (ringkas, of_teach), (teach, of_teach)):
        with pytest.raises(ValidationError) as refused:
            choose_focus(session, by=session.teacher, instrument=instrument, indicator=indicator)
        assert list(refused.value.message_dict) == ["indicator"]

    assert not Focus.objects.exists()


def test_who_may_not_choose_starts_and_chooses_nothing():
    session = begun()
    teach = shipped("teach-primary")
    member = make.member(session.group)

    with pytest.raises(PermissionDenied, match="guru model atau pengurus"):
        choose_focus(session, by=member, instrument=teach)
    with pytest.raises(PermissionDenied, match="untuk pengamat sesi"):
        start_observation(session, by=member, instrument=teach)

    assert not Focus.objects.exists()
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("who", "draft", "published", "of_others"),
    [
        ("maker", True, True, False),
        ("board", True, True, False),
        ("member", False, True, False),
        ("officer", False, True, True),
        ("supervisor", False, True, False),
        ("other board", False, False, True),
        ("stranger", False, False, False),
    ],
)
def test_who_reads_a_groups_instrument(who: str, draft: bool, published: bool, of_others: bool):
    group, other = make.group(), make.group()
    maker = make.chair(group)
    reference.load()
    session = make.session(of=group)
    choose_focus(session, by=session.teacher, instrument=shipped("teach-primary"))
    people = {
        "maker": lambda: maker,
        "board": lambda: make.chair(group),
        "member": lambda: make.member(group),
        "officer": make.officer,
        "supervisor": lambda: make.supervisor(session.teacher.school),
        "other board": lambda: make.chair(other),
        "stranger": make.person,
    }
    user = people[who]()
    codes = ("lesson-study", "teach-primary", "rubrik-observasi-kelas")
    unpublished, shared, foreign = (shipped(code) for code in codes)
    ours = Instrument.objects.filter(pk__in=[unpublished.pk, shared.pk])
    ours.update(group=group, made_by=maker)
    Instrument.objects.filter(pk=foreign.pk).update(group=other)
    Instrument.objects.filter(pk=unpublished.pk).update(status="draft", published_at=None)

    seen = Instrument.objects.visible_to(user)
    indicators = Indicator.objects.visible_to(user)

    for instrument, reads in ((unpublished, draft), (shared, published), (foreign, of_others)):
        assert seen.contains(instrument) is reads
        assert indicators.filter(aspect__instrument=instrument).exists() is reads
    assert seen.filter(is_default=True).count() == 1


def test_a_draft_for_everybody_is_read_by_its_maker_alone():
    maker = make.officer()
    draft = shipped("lesson-study")
    Instrument.objects.filter(pk=draft.pk).update(status="draft", published_at=None, made_by=maker)

    readers = [
        user
        for user in (maker, make.officer(), make.chair(make.group()), make.person())
        if Instrument.objects.visible_to(user).contains(draft)
    ]

    assert readers == [maker]


def test_may_use_instrument_says_why_not_in_sentences():
    instrument = unusable("retired")

    verdict = rules.may_use_instrument(make.person(), instrument)

    assert not verdict
    assert [str(reason) for reason in verdict.reasons] == ["Instrumen ini tidak dipakai lagi."]
