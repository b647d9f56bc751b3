"""The pages of observations: choosing a focus, filling a sheet, reading one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from observations.models import Focus, Instrument, Observation
from observations.services import choose_focus
from sessions.services import hold_session, open_early
from tests import make

pytestmark = pytest.mark.django_db


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def form(response) -> str:
    """The sheet itself, without what the browser makes of it."""
    page = response.text
    return page[
        page.index('<form id="sheet"') : page.index("</form>", page.index('<form id="sheet"'))
    ]


def begun(**state):
    group = make.group()
    observer = make.member(group)
    session = make.session(
        of=group, observers=[observer], **(state or {"starts_in": -timedelta(minutes=12)})
    )
    choose_focus(session, by=session.planned_by, indicator=make.indicator())
    return session, observer


def words_for(sheet: Observation, **changes) -> dict[str, object]:
    """What a browser sends of a sheet that is filled whole."""
    words: dict[str, object] = {}
    for item in make.items(sheet):
        for name, value in make.answer_to(item).items():
            words[f"{name}-{item.pk}"] = value
    return words | {"seen": sheet.saved_at.isoformat()} | changes


def test_focus_page_shows_five_indicators_with_hints_and_keeps_the_choice(client):
    session = make.session()
    indicator = make.indicator()
    client.force_login(session.teacher)
    url = reverse("choose-focus", args=[session.pk])

    page = main(client.get(url))
    empty = client.post(url, {"indicator": ""})
    done = client.post(url, {"indicator": indicator.pk})

    assert page.count('type="radio"') == 5
    assert page.count("Dianjurkan") == 15
    assert empty.status_code == 422
    assert "Pilih salah satu." in empty.text
    assert done.url == session.get_absolute_url()
    assert Focus.objects.get().indicator == indicator
    assert "checked" in main(client.get(url))


def test_focus_page_asks_the_same_however_many_hints_there_are(
    client, django_assert_max_num_queries
):
    session = make.session()
    make.indicator()
    client.force_login(session.teacher)
    client.get(reverse("choose-focus", args=[session.pk]))

    with django_assert_max_num_queries(11):
        client.get(reverse("choose-focus", args=[session.pk]))


def test_focus_page_offers_other_instruments_and_asks_for_no_indicator_where_none_is_picked(
    client,
):
    session = make.session()
    make.indicator()
    teach = Instrument.objects.get(code="teach-primary")
    client.force_login(session.teacher)
    url = reverse("choose-focus", args=[session.pk])

    first = main(client.get(url))
    second = main(client.get(url, {"instrument": teach.pk}))
    done = client.post(url, {"instrument": teach.pk})
    page = main(client.get(session.get_absolute_url()))

    assert f'href="?instrument={teach.pk}"' in first
    assert "tidak dibuat oleh The World Bank" in second
    assert 'type="radio"' not in second
    assert "Pakai instrumen ini" in second
    assert done.url == session.get_absolute_url()
    assert "World Bank Teach" in page
    assert client.get(url, {"instrument": 999_999}).status_code == 404


def test_start_sheet_page_begins_ones_own_sheet_with_another_instrument(client):
    session, observer = begun()
    lesson_study = Instrument.objects.get(code="lesson-study")
    client.force_login(observer)
    url = reverse("start-sheet", args=[session.pk])
    observe = reverse("observe", args=[session.pk])

    offered = main(client.get(observe))
    page = main(client.get(url, {"instrument": lesson_study.pk}))
    begins = client.post(url, {"instrument": lesson_study.pk})
    answer = client.get(observe)
    sheet = main(answer)

    assert f'href="{url}"' in offered
    assert "Mulai mengisi" in page
    assert begins.url == observe
    assert Observation.objects.get().instrument == lesson_study
    assert form(answer).count("<textarea") == 7
    assert "Nama murid tidak ditulis." in sheet
    assert f'href="{url}"' not in sheet
    assert client.get(url).url == observe


def test_another_instrument_is_ready_for_the_phone_before_the_lesson(client):
    session, observer = begun(starts_in=timedelta(hours=3))
    lesson_study = Instrument.objects.get(code="lesson-study")
    client.force_login(observer)
    url = reverse("start-sheet", args=[session.pk])
    observe = reverse("observe", args=[session.pk])

    without = client.post(url, {"indicator": ""})
    early = client.post(url, {"instrument": lesson_study.pk})
    shown = form(client.get(observe))
    saved = client.post(observe, {"act": "save", "seen": ""})

    assert (without.status_code, early.url) == (422, observe)
    assert shown.count("<textarea") == 7
    assert saved.status_code == 422
    assert "sejak pelajaran mulai" in saved.text
    sheet = Observation.objects.get()
    assert (sheet.instrument, sheet.revision, sheet.answers.count()) == (lesson_study, 0, 0)


def test_focus_page_is_for_guru_model_and_board_until_it_is_held(client):
    held, planned = make.session(held=True), make.session()
    client.force_login(held.teacher)
    late = client.get(reverse("choose-focus", args=[held.pk]))
    client.force_login(make.member(planned.group))

    other = client.get(reverse("choose-focus", args=[planned.pk]))

    assert late.status_code == other.status_code == 403
    assert "Sesi ini sudah terlaksana." in late.text
    assert "dipilih oleh guru model atau pengurus" in other.text


def test_observe_page_has_every_item_and_works_without_javascript(client):
    session, observer = begun()
    client.force_login(observer)

    answer = client.get(reverse("observe", args=[session.pk]))
    page, sheet = main(answer), form(answer)

    assert sheet.count("scale-option") == 9
    assert sheet.count("Apa yang terlihat atau terdengar?") == 3
    assert sheet.count('data-text="Murid mana yang belum belajar') == 1
    assert sheet.count("Contoh yang dianjurkan dan dihindari") == 3
    assert page.count('placeholder="Catatan sekarang"') == 2
    assert "Kirim</button>" not in page
    assert "Simpan draf" in page
    assert not Observation.objects.exists()


def test_observe_page_saves_a_draft_with_a_note_of_this_minute(client):
    session, observer = begun()
    client.force_login(observer)
    url = reverse("observe", args=[session.pk])
    client.post(url, {"act": "save"})
    sheet = Observation.objects.get()
    item = make.items(sheet)[0]

    answer = client.post(
        url,
        {
            "act": "save",
            "seen": sheet.saved_at.isoformat(),
            f"point-{item.pk}": item.scale.points.get(position=1).pk,
            "minute-0": "3",
            "note-0": "Mulai tepat waktu.",
            "note-5": "Meja 5 bertanya.",
        },
    )

    page = main(client.get(url))
    assert answer.url == url
    assert [(note.minute, note.text) for note in sheet.notes.all()] == [
        (3, "Mulai tepat waktu."),
        (12, "Meja 5 bertanya."),
    ]
    assert sheet.answers.get(item=item).point.position == 1
    assert 'value="Meja 5 bertanya."' in page
    assert "Draf terkirim" in page
    assert "checked" in page


def test_observe_page_may_be_opened_early_but_not_saved(client):
    session, observer = begun(starts_in=timedelta(hours=3))
    client.force_login(observer)
    url = reverse("observe", args=[session.pk])

    page = main(client.get(url))
    answer = client.post(url, {"act": "save", "note-0": "Terlalu awal.", "minute-0": "1"})

    assert "sejak pelajaran mulai" in page
    assert "disabled" in page
    assert answer.status_code == 422
    assert 'value="Terlalu awal."' in answer.text
    assert not Observation.objects.exists()


def test_observe_page_submits_once_and_then_shows_the_sheet(client):
    session, observer = begun()
    client.force_login(observer)
    url = reverse("observe", args=[session.pk])
    client.post(url, {"act": "save"})
    sheet = Observation.objects.get()
    hold_session(session, by=session.teacher)
    words = words_for(sheet, act="submit")

    first, second = client.post(url, words), client.post(url, words)

    sheet.refresh_from_db()
    assert sheet.submitted_at
    assert first.url == second.url == sheet.get_absolute_url()
    assert client.get(url).url == sheet.get_absolute_url()


def test_observe_page_says_what_is_missing_and_keeps_the_rest(client):
    session, observer = begun()
    client.force_login(observer)
    url = reverse("observe", args=[session.pk])
    client.post(url, {"act": "save"})
    hold_session(session, by=session.teacher)
    sheet = Observation.objects.get()
    first, second, *_rest = make.items(sheet)
    words = words_for(sheet, act="submit", **{f"evidence-{first.pk}": "", f"point-{second.pk}": ""})

    answer = client.post(url, words)

    page = main(answer)
    assert answer.status_code == 422
    assert page.count("Tulis apa yang terlihat atau terdengar. Satu kalimat cukup.") == 1
    assert page.count("Pilih kata yang paling cocok.") == 1
    assert "Meja 5 berhenti menulis sejak menit 20." in page
    assert sheet.answers.count() == 6
    assert not Observation.objects.submitted().exists()


def test_observe_page_sent_from_a_stale_page_before_holding_keeps_the_words(client):
    session, observer = begun()
    client.force_login(observer)
    url = reverse("observe", args=[session.pk])
    client.post(url, {"act": "save"})

    answer = client.post(url, words_for(Observation.objects.get(), act="submit"))

    assert answer.status_code == 422
    assert "Sesi ini belum dinyatakan terlaksana." in answer.text
    assert Observation.objects.get().answers.count() == 6


def test_observe_page_is_for_observers(client):
    session, _observer = begun()

    for user, words in (
        (make.member(session.group), "untuk pengamat sesi"),
        (session.teacher, "Tulislah refleksi"),
    ):
        client.force_login(user)
        answer = client.get(reverse("observe", args=[session.pk]))
        assert answer.status_code == 403
        assert words in answer.text


def test_observation_page_shows_chosen_words_and_evidence_only(client):
    sheet = make.observation(submitted=True)
    client.force_login(sheet.observer)

    page = main(client.get(sheet.get_absolute_url()))

    assert page.count("Dilakukan tapi belum efektif") == 3
    assert "Belum dilakukan" not in page
    assert "Dilakukan dan efektif" not in page
    assert page.count("Meja 7 dan 8 belum mendapat tugas.") == 3
    assert "Menit 12" in page
    assert "Dianjurkan" in page
    assert sheet.instrument.source in page


def test_observation_page_opens_to_the_guru_model_in_time_and_to_no_stranger(client):
    sheet = make.observation(submitted=True)
    client.force_login(sheet.session.teacher)
    early = client.get(sheet.get_absolute_url())
    open_early(sheet.session, timezone.now())
    opened = client.get(sheet.get_absolute_url())

    for user in (sheet.session.planned_by, make.person(), make.officer()):
        client.force_login(user)
        assert client.get(sheet.get_absolute_url()).status_code == 404
    assert (early.status_code, opened.status_code) == (404, 200)


def test_hostile_evidence_is_shown_as_words(client):
    session, observer = begun()
    client.force_login(observer)
    url = reverse("observe", args=[session.pk])
    client.post(url, {"act": "save", "minute-0": "1", "note-0": "<script>alert(1)</script>"})

    sheet = Observation.objects.get()
    for address in (url, sheet.get_absolute_url()):
        assert "<script>alert" not in client.get(address).text


def test_observe_page_from_before_another_save_wipes_nothing_until_pressed_again(client):
    session, observer = begun()
    client.force_login(observer)
    url = reverse("observe", args=[session.pk])
    client.post(url, {"act": "save"})
    sheet = Observation.objects.get()
    seen = sheet.saved_at.isoformat()
    words = {**words_for(sheet), "minute-0": 4, "note-0": "Meja 3 bertanya.", "seen": seen}
    client.post(url, words | {"act": "save"})

    stale = client.post(url, {"act": "save", "seen": seen})
    kept = list(sheet.notes.values_list("text", flat=True))
    knowing = stale.text.split('name="seen" value="')[1].split('"')[0]
    again = client.post(url, {"act": "save", "seen": knowing})

    assert stale.status_code == 422
    assert "sudah tersimpan dari halaman lain" in stale.text
    assert kept == ["Meja 3 bertanya."]
    assert again.status_code == 302
    assert not sheet.notes.exists()


def test_observe_page_that_showed_no_draft_wipes_none(client):
    session, observer = begun()
    client.force_login(observer)
    url = reverse("observe", args=[session.pk])

    first = client.post(url, {"act": "save", "minute-0": 4, "note-0": "Meja 3.", "seen": ""})
    second = client.post(url, {"act": "save", "seen": ""})

    assert (first.status_code, second.status_code) == (302, 422)
    assert Observation.objects.get().notes.count() == 1
