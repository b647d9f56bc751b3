from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sessions.semesters import Semester

DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))


@pytest.mark.parametrize(
    ("day", "text", "words", "english"),
    [
        (date(2026, 7, 1), "2026-1", "Semester ganjil 2026/2027", "Odd semester 2026/2027"),
        (date(2026, 12, 31), "2026-1", "Semester ganjil 2026/2027", "Odd semester 2026/2027"),
        (date(2027, 1, 1), "2026-2", "Semester genap 2026/2027", "Even semester 2026/2027"),
        (date(2027, 6, 30), "2026-2", "Semester genap 2026/2027", "Even semester 2026/2027"),
    ],
)
def test_a_semester_is_named_by_the_year_in_which_the_school_year_begins(day, text, words, english):
    semester = Semester.of(day)

    assert str(semester) == text
    assert semester.words == words
    with translation.override("en"):
        assert semester.words == english


@given(DAYS)
def test_semesters_follow_each_other_without_a_gap(day: date):
    semester = Semester.of(day)

    assert semester.first <= day <= semester.last
    assert Semester.from_text(str(semester)) == semester
    assert semester.next.previous == semester
    assert (semester.next.first - semester.last).days == 1
    assert semester.previous < semester < semester.next


@given(DAYS)
def test_a_day_is_found_again_by_its_week_and_weekday(day: date):
    semester = Semester.of(day)

    week = semester.week_of(day)

    assert 0 <= week <= 27
    assert semester.day_in(week, day.weekday()) == day


@pytest.mark.parametrize("text", ["", "2026", "2026-3", "1026-1", "2026-1 ", "٢٠٢٦-1", "2026-11"])
def test_anything_else_is_no_semester(text: str):
    with pytest.raises(ValidationError):
        Semester.from_text(text)
