"""The page about a teacher's growth, read as a PDF reader reads it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from documents.growth import growth_paper
from observations import services as observation_services
from reinforcement.growth import growth_of
from sessions.models import ModelSession
from sessions.services import open_early
from tests import make
from tests.reinforcement.test_growth import lesson

pytestmark = pytest.mark.django_db


def read(paper: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(paper))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def heights_of_dots(reader: PdfReader) -> set[int]:
    """At which heights of the page something round is drawn."""
    found, height = set(), 0.0
    for values, operator in reader.pages[0].get_contents().operations:
        if operator == b"cm":
            height = values[5]
        elif operator == b"c":
            found.add(round(height))
    return found


def paper_of(teacher, language: str = "id") -> bytes:
    now = timezone.now()
    with translation.override(language):
        return growth_paper(growth_of(teacher, now), hours=12, now=now)


def test_paper_says_who_what_was_seen_what_came_of_it_and_no_observer():
    group = make.group()
    teacher = make.member(group)
    lesson(group, teacher, [1, 2, 3], days_ago=60)
    newest = lesson(group, teacher, [2, 2, 3])
    follow_up = make.follow_up(on=newest)

    reader, text = read(paper_of(teacher))

    assert len(reader.pages) == 1
    assert reader.metadata.title == f"Pertumbuhan {teacher}"
    observers = {sheet.observer for sheet in newest.observations.all()}
    for words in (str(teacher), "Dilakukan tapi belum efektif", follow_up.commitment, "12 JP"):
        assert words in text
    assert not any(observer.name in text for observer in observers)
    assert "Meja 2" not in text


def test_paper_is_one_page_however_much_there_is():
    group = make.group()
    teacher = make.member(group)
    for days in range(25, 325, 25):
        make.follow_up(on=lesson(group, teacher, [1, 2, 3], days_ago=days))
    ModelSession.objects.update(title="Judul yang panjang sekali " * 5)

    reader, _text = read(paper_of(teacher))

    assert len(reader.pages) == 1


def test_each_item_is_plotted_on_its_own_scale(client):
    make.indicator()
    group = make.group()
    chair, observer, teacher = make.chair(group), make.member(group), make.member(group)
    instrument = make.instrument(of=group, by=chair)
    indicator = instrument.aspects.get().indicators.get()
    points = [{"label": f"Kata {place}"} for place in range(1, 8)]
    scale = observation_services.add_scale(instrument, by=chair, name="Tujuh", points=points)
    observation_services.add_item(indicator, by=chair, text="Ragam", kind="scale", scale=scale)
    observation_services.publish_instrument(instrument, by=chair)
    session = make.session(of=group, teacher=teacher, observers=[observer], held=True)
    sheet = observation_services.start_observation(session, by=observer, instrument=instrument)
    answers = {
        item.pk: {"point": item.scale.points.last().pk, "evidence": "Meja 5 bertanya."}
        for item in make.items(sheet)
    }
    observation_services.save_observation(sheet, by=observer, answers=answers)
    observation_services.submit_observation(sheet, by=observer)
    open_early(session, timezone.now())

    reader, text = read(paper_of(teacher))

    client.force_login(teacher)
    page = client.get(reverse("growth")).text
    assert "Belum → Sudah" in text
    assert "Kata 1 → Kata 2 → Kata 3 → Kata 4 → Kata 5 → Kata 6 → Kata 7" in text
    # Both were seen at their best, each on its own scale.
    assert len(heights_of_dots(reader)) == 1
    assert page.count('<p class="key">') == 2


def test_what_people_wrote_stays_what_they_wrote():
    group = make.group()
    teacher = make.member(group)
    session = lesson(group, teacher, [1, 2, 3])
    make.reflection(on=session)
    words = '#read("/etc/passwd") *tebal* \\ $x$ @rujukan <label> “é”'
    session.follow_ups.create(commitment=words, due_on=timezone.localdate() + timedelta(days=3))

    _reader, text = read(paper_of(teacher))

    assert words.replace("  ", " ") in text


def test_paper_speaks_english_too_and_is_the_same_each_time():
    group = make.group()
    teacher = make.member(group)
    lesson(group, teacher, [1, 2, 3])
    now = timezone.now()
    with translation.override("en"):
        first, second = (growth_paper(growth_of(teacher, now), hours=0, now=now) for _ in range(2))

    assert read(first)[1].startswith(f"Growth of {teacher}")
    assert first == second
