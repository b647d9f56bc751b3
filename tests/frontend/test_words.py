"""How dates, times, sizes and names are written."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone, translation

from frontend import times, words

# Tuesday, 10.42 in Makassar.
NOW = datetime(2026, 11, 24, 2, 42, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("_at_home")


@pytest.fixture
def _at_home():
    with translation.override("id"), timezone.override(ZoneInfo("Asia/Makassar")):
        yield


def test_dates_and_times_in_indonesian():
    assert times.day(NOW) == "Selasa, 24 November 2026"
    assert times.short_day(NOW) == "Sel, 24 Nov"
    assert times.plain_date(date(2026, 12, 4)) == "4 Desember 2026"
    assert times.clock(NOW) == "10.42\u00a0WITA"
    assert times.moment(NOW) == "Selasa, 24 November 2026, 10.42\u00a0WITA"
    assert times.iso(NOW) == "2026-11-24T10:42+08:00"
    assert times.leaf(NOW) == ("Sel", "24", "Nov")


def test_dates_and_times_in_english():
    with translation.override("en"):
        assert times.moment(NOW) == "Tuesday, 24 November 2026, 10:42\u00a0WITA"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Jakarta", "09.42\u00a0WIB"),
        ("Asia/Makassar", "10.42\u00a0WITA"),
        ("Asia/Jayapura", "11.42\u00a0WIT"),
        ("UTC", "02.42\u00a0UTC"),
    ],
)
def test_times_name_the_zone_of_the_reader(zone: str, words: str):
    with timezone.override(ZoneInfo(zone)):
        assert times.clock(NOW) == words


def test_spans_name_the_days_only_when_they_differ():
    assert times.span(NOW, NOW + timedelta(minutes=80)) == "10.42–12.02\u00a0WITA"
    assert times.span(NOW, NOW + timedelta(days=1)) == (
        "Sel, 24 Nov, 10.42\u00a0WITA – Rab, 25 Nov, 10.42\u00a0WITA"
    )


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 11, 2), date(2026, 12, 11), "2 November – 11 Desember 2026"),
        (date(2026, 11, 2), date(2026, 11, 13), "2–13 November 2026"),
        (date(2026, 11, 2), date(2026, 11, 2), "2 November 2026"),
        (date(2026, 12, 28), date(2027, 1, 8), "28 Desember 2026 – 8 Januari 2027"),
    ],
)
def test_ranges_of_days_say_what_they_share_once(start: date, end: date, words: str):
    assert times.days(start, end) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW + timedelta(hours=9), "Hari ini, 19.42\u00a0WITA"),
        (NOW + timedelta(days=1), "Besok, 10.42\u00a0WITA"),
        (NOW - timedelta(days=1), "Kemarin, 10.42\u00a0WITA"),
        (NOW + timedelta(days=3), "Jumat, 10.42\u00a0WITA"),
        (NOW + timedelta(days=10), "Jumat, 4 Desember, 10.42\u00a0WITA"),
        (date(2026, 11, 24), "Hari ini"),
        (date(2027, 1, 8), "Jumat, 8 Januari 2027"),
    ],
)
def test_what_is_due_is_told_by_its_distance(at: date, words: str):
    with time_machine.travel(NOW, tick=False):
        assert times.due(at) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW + timedelta(hours=9), "hari ini, 19.42\u00a0WITA"),
        (NOW - timedelta(days=1), "kemarin, 10.42\u00a0WITA"),
        (NOW + timedelta(days=3), "Jumat, 10.42\u00a0WITA"),
        (date(2027, 1, 8), "Jumat, 8 Januari 2027"),
        (None, ""),
    ],
)
def test_within_a_sentence_only_names_of_days_begin_large(at: date | None, words: str):
    with time_machine.travel(NOW, tick=False):
        assert times.due_within(at) == words


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "1\u00a0kB"),
        (210_400, "210\u00a0kB"),
        (1_240_000, "1,2\u00a0MB"),
        (3_000_000_000, "3\u00a0GB"),
    ],
)
def test_sizes_are_in_units_of_the_shop(count: int, text: str):
    assert words.size(count) == text


def test_numbers_have_the_separators_of_the_language():
    assert (words.number(1240), words.number(4.50), words.number(9.0)) == ("1.240", "4,5", "9")
    with translation.override("en"):
        assert words.number(1240) == "1,240"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Besse Rosmiati, S.Pd.", "BR"),
        ("Dr. Nirmala Pongsapan, M.Si.", "NP"),
        ("Rante Allo Palulun", "RP"),
        ("Baso", "B"),
        ("", ""),
    ],
)
def test_initials_leave_titles_out(name: str, letters: str):
    assert words.initials(name) == letters


def test_numbers_stay_with_what_they_count():
    assert words.tidy("SMPN 7 Sukamaju, kelas VIII, 18 kB") == (
        "SMPN\u00a07 Sukamaju, kelas\u00a0VIII, 18\u00a0kB"
    )


def test_what_was_escaped_once_is_not_escaped_again():
    page = "{% load mgmp %}{% firstof school as place %}{{ place|tidy }} {{ school|tidy }}"

    shown = Template(page).render(Context({"school": "SMP 'Aisyiyah & Co"}))

    assert shown == "SMP &#x27;Aisyiyah &amp; Co SMP &#x27;Aisyiyah &amp; Co"
