"""Sheets on pages without JavaScript: from paper, with photos, corrected, and their history."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from observations.models import Observation, Photo
from observations.services import LARGEST_PHOTO
from sessions.services import open_early
from tests import make
from tests.frontend.test_observations import begun, main, words_for

pytestmark = pytest.mark.django_db


def test_a_sheet_is_copied_from_paper_with_the_minutes_that_stand_there(client):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)
    make.indicator()
    client.force_login(observer)
    url = reverse("observe", args=[session.pk])

    client.post(url, {"act": "save", "from_paper": "on", "minute-0": "17", "note-0": "Sepi."})
    page = client.get(url).text

    sheet = Observation.objects.get()
    assert (sheet.source, sheet.notes.get().minute) == ("paper", 17)
    [ticked] = re.findall(r'<input[^>]*name="from_paper"[^>]*>', page)
    assert "checked" in ticked
    assert "Disalin dari kertas." in main(client.get(sheet.get_absolute_url()))


def test_a_note_from_the_phone_keeps_its_desk_when_the_page_is_saved(client):
    session, observer = begun()
    make.indicator()
    item, *_others = make.focus_items()
    uid = uuid4()
    note = {"uid": uid, "minute": 3, "text": "Sepi.", "about": "pupils", "seat": "5"}
    make.synced(session, observer, notes=[note | {"item": item.pk}])
    sheet = Observation.objects.get()
    client.force_login(observer)
    words = words_for(sheet) | {"kept": str(uid), "minute-0": "4", "note-0": "Ramai."}

    answer = client.post(reverse("observe", args=[session.pk]), words | {"act": "save"})

    kept = sheet.notes.get()
    assert answer.status_code == 302
    assert (kept.uid, kept.minute, kept.text) == (uid, 4, "Ramai.")
    assert (kept.about, kept.seat, kept.item) == ("pupils", "5", item)


def test_a_page_whose_notes_lost_their_names_makes_them_anew(client):
    session, observer = begun()
    sheet = make.observation(of=session, observer=observer)
    client.force_login(observer)
    words = words_for(sheet) | {"kept": "x y", "minute-0": "4", "note-0": "Ramai."}

    answer = client.post(reverse("observe", args=[session.pk]), words | {"act": "save"})

    assert answer.status_code == 302
    assert [note.text for note in sheet.notes.all()] == ["Ramai."]


def correction(sheet: Observation, **changes) -> dict[str, object]:
    sheet.refresh_from_db()
    note = sheet.notes.get()
    kept = {"kept": str(note.uid), "minute-0": note.minute, "note-0": "Meja 6 bertanya."}
    return words_for(sheet) | kept | {"reason": "Nomor meja."} | changes


def test_a_sheet_is_corrected_and_its_readers_see_when(client):
    sheet = make.observation(submitted=True)
    client.force_login(sheet.observer)
    url = reverse("correct-observation", args=[sheet.pk])

    form = main(client.get(url))
    answer = client.post(url, correction(sheet))
    own = main(client.get(sheet.get_absolute_url()))
    old = main(client.get(reverse("observation-version", args=[sheet.pk, 1])))

    assert "Meja 5 bertanya." in form
    assert answer.url == sheet.get_absolute_url()
    assert sheet.notes.get().text == "Meja 6 bertanya."
    assert own.count("Kiriman ") == 2
    assert "dikoreksi" in own
    assert "Nomor meja." in own
    assert "Meja 5 bertanya." in old
    assert "Meja 6 bertanya." not in old


def test_older_words_and_reasons_are_the_observers_alone(client):
    sheet = make.observation(submitted=True)
    make.correction(of=sheet)
    open_early(sheet.session, timezone.now())
    client.force_login(sheet.session.teacher)

    page = main(client.get(sheet.get_absolute_url()))
    old = client.get(reverse("observation-version", args=[sheet.pk, 1]))
    correct = client.get(reverse("correct-observation", args=[sheet.pk]))

    assert page.count("Kiriman ") == 2
    assert "Nomor meja keliru." not in page
    assert "Koreksi lembar" not in page
    assert (old.status_code, correct.status_code) == (404, 404)


def test_a_correction_with_something_missing_or_seen_too_long_ago_is_not_sent(client):
    sheet = make.observation(submitted=True)
    client.force_login(sheet.observer)
    url = reverse("correct-observation", args=[sheet.pk])
    item = make.items(sheet)[0]
    seen = sheet.saved_at

    missing = client.post(url, correction(sheet, **{f"evidence-{item.pk}": ""}))
    make.correction(of=sheet)
    words = correction(Observation.objects.get(), seen=seen.isoformat())
    stale = client.post(url, words)

    assert (missing.status_code, stale.status_code) == (422, 422)
    assert "Satu kalimat cukup." in missing.text
    assert "Tekan sekali lagi" in stale.text
    assert sheet.submissions.count() == 2


def test_after_30_days_a_sheet_is_corrected_no_more(client):
    sheet = make.observation(submitted=True)
    Observation.objects.update(submitted_at=timezone.now() - timedelta(days=31))
    client.force_login(sheet.observer)

    answer = client.get(reverse("correct-observation", args=[sheet.pk]))

    assert answer.status_code == 403
    assert "30 hari" in answer.text
    assert "Koreksi lembar" not in client.get(sheet.get_absolute_url()).text


def uploaded(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("foto.jpg", content, content_type="image/jpeg")


def photo(content: bytes, **changes) -> dict[str, object]:
    told = {"file": uploaded(content), "minute": "12", "has_consent": "on"}
    return told | {"submission": str(uuid4())} | changes


def test_a_photo_is_added_without_javascript_once_and_taken_out_again(
    client, django_capture_on_commit_callbacks
):
    session, observer = begun()
    sheet = make.observation(of=session, observer=observer)
    client.force_login(observer)
    url, file = reverse("sheet-photos", args=[sheet.pk]), make.jpeg()
    words = photo(file)

    first = client.post(url, words)
    again = client.post(url, words | {"file": uploaded(file)})
    made = Photo.objects.get()
    page = main(client.get(url))
    with made.file.open("rb") as stored:
        content = stored.read()
    with django_capture_on_commit_callbacks(execute=True):
        removed = client.post(reverse("remove-observation-photo", args=[made.uid]))

    assert (first.status_code, again.status_code, removed.status_code) == (302, 302, 302)
    assert (content, made.minute, made.size) == (make.as_stored(file), 12, len(content))
    assert "Hapus foto menit 12" in page
    assert not Photo.objects.exists()
    assert not made.file.storage.exists(made.file.name)
    sheet.refresh_from_db()
    assert sheet.revision == 3


def test_a_photo_as_large_as_cameras_make_them_is_made_lighter(client):
    session, observer = begun()
    sheet = make.observation(of=session, observer=observer)
    client.force_login(observer)
    made = BytesIO()
    Image.effect_noise((2400, 1800), 200).convert("RGB").save(made, format="JPEG", quality=95)

    client.post(reverse("sheet-photos", args=[sheet.pk]), photo(made.getvalue()))

    kept = Photo.objects.get()
    assert len(made.getvalue()) > LARGEST_PHOTO >= kept.size
    with kept.file.open("rb") as file, Image.open(file) as image:
        assert image.size == (1600, 1200)


def test_no_photo_without_consent_nor_what_is_none(client):
    session, observer = begun()
    sheet = make.observation(of=session, observer=observer)
    client.force_login(observer)
    url = reverse("sheet-photos", args=[sheet.pk])

    unasked = client.post(url, photo(make.jpeg(), has_consent=""))
    paper = client.post(
        url, photo(b"%PDF-1.4\n%%EOF\n", file=SimpleUploadedFile("a.pdf", b"%PDF-"))
    )

    assert (unasked.status_code, paper.status_code) == (422, 422)
    assert "Berkas ini bukan foto." in paper.text
    assert not Photo.objects.exists()


def test_photos_of_a_sheet_are_added_by_its_observer_until_it_is_sent(client):
    sheet = make.observation()
    url = reverse("sheet-photos", args=[sheet.pk])
    client.force_login(sheet.session.teacher)
    hers = client.get(url)
    client.force_login(sheet.observer)
    own = client.get(url)
    make.observation(of=sheet.session, observer=sheet.observer, submitted=True)

    sent = client.post(url, photo(make.jpeg()))

    assert (hers.status_code, own.status_code, sent.status_code) == (404, 200, 403)
    assert not Photo.objects.exists()


def test_the_page_of_a_sheet_costs_the_same_with_more_in_it(client, django_assert_num_queries):
    sheet = make.observation(submitted=True)
    client.force_login(sheet.observer)
    make.correction(of=sheet)
    make.photo(of=sheet)
    client.get(sheet.get_absolute_url())

    for _time in range(2):
        with django_assert_num_queries(10):
            client.get(sheet.get_absolute_url())
        make.correction(of=sheet)
