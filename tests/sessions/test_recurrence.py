from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions import recurrence
from sessions.recurrence import MonthlyByDay, MonthlyByWeekday, Rule, Weekly

WITA, BERLIN = ZoneInfo("Asia/Makassar"), ZoneInfo("Europe/Berlin")
# A Thursday.
START = datetime(2027, 1, 14, 9, tzinfo=WITA)
TH = 3

PATTERNS = st.one_of(
    st.builds(
        Weekly,
        st.sets(st.integers(0, 6), min_size=1, max_size=3).map(lambda days: tuple(sorted(days))),
    ),
    st.builds(MonthlyByWeekday, st.sampled_from(recurrence.NTHS), st.integers(0, 6)),
    st.builds(MonthlyByDay, st.sampled_from(recurrence.DAYS)),
)
RULES = st.one_of(
    st.builds(Rule, PATTERNS, every=st.integers(1, 3), count=st.integers(1, 8)),
    st.builds(
        Rule,
        PATTERNS,
        every=st.integers(1, 3),
        until=st.dates(date(2027, 4, 1), date(2027, 4, 30)),
    ),
)
STARTS = st.builds(
    lambda days, minutes: datetime(2027, 1, 1, tzinfo=WITA) + timedelta(days, minutes=minutes),
    st.integers(0, 45),
    st.integers(0, 24 * 60 - 1),
)
some = settings(max_examples=40, deadline=None)


def test_weekly_counts_days_of_the_wall_clock_over_a_change_of_summer_time():
    start = datetime(2027, 3, 24, 9, tzinfo=BERLIN)

    found = recurrence.occurrences(Rule(Weekly((2,)), count=2), start, BERLIN)

    assert [f"{at:%d.%m. %H:%M %z}" for at in found] == ["24.03. 09:00 +0100", "31.03. 09:00 +0200"]


def test_an_hour_that_the_clock_jumps_over_is_that_much_later():
    start = datetime(2027, 3, 21, 2, 30, tzinfo=BERLIN)

    found = recurrence.occurrences(Rule(Weekly((6,)), count=2), start, BERLIN)

    assert f"{found[1]:%d.%m. %H:%M %z}" == "28.03. 03:30 +0200"


def test_a_day_begins_in_the_zone_of_the_series_not_in_utc():
    start = datetime(2027, 1, 14, 6, 30, tzinfo=WITA)  # Wednesday evening in UTC.

    found = recurrence.occurrences(Rule(Weekly((TH,)), count=2), start.astimezone(UTC), WITA)

    assert [at.date() for at in found] == [date(2027, 1, 14), date(2027, 1, 21)]


@pytest.mark.parametrize(
    ("rule", "text", "words", "english"),
    [
        (
            Rule(Weekly((TH,)), count=12),
            "FREQ=WEEKLY;BYDAY=TH;COUNT=12",
            "Setiap Kamis, 12 kali",
            "Every Thursday, 12 times",
        ),
        (
            Rule(Weekly((0, 2, TH)), every=2, until=date(2027, 3, 5)),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,TH;UNTIL=20270305T155959Z",
            "Setiap 2 minggu, hari Senin, Rabu dan Kamis, sampai 5 Maret 2027",
            "Every 2 weeks on Monday, Wednesday and Thursday, until 5 March 2027",
        ),
        (
            Rule(MonthlyByWeekday(2, TH), count=6),
            "FREQ=MONTHLY;BYDAY=2TH;COUNT=6",
            "Setiap Kamis kedua, 6 kali",
            "The second Thursday of each month, 6 times",
        ),
        (
            Rule(MonthlyByWeekday(-1, 5), every=2, count=1),
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SA;COUNT=1",
            "Setiap 2 bulan, Sabtu terakhir, 1 kali",
            "Every 2 months on the last Saturday, 1 time",
        ),
        (
            Rule(MonthlyByDay(5), count=3),
            "FREQ=MONTHLY;BYMONTHDAY=5;COUNT=3",
            "Setiap tanggal 5, 3 kali",
            "On day 5 of each month, 3 times",
        ),
        (
            Rule(MonthlyByDay(-1), every=3, count=4),
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1;COUNT=4",
            "Setiap 3 bulan, hari terakhir, 4 kali",
            "Every 3 months on the last day, 4 times",
        ),
    ],
)
def test_a_rule_as_text_and_in_words(rule: Rule, text: str, words: str, english: str):
    assert recurrence.to_text(rule, WITA) == text
    assert recurrence.from_text(f"RRULE:{text}", START, WITA) == rule
    assert recurrence.in_words(rule) == words
    with translation.override("en"):
        assert recurrence.in_words(rule) == english


@some
@given(RULES, STARTS)
def test_the_text_says_the_same_to_another_reader(rule: Rule, start: datetime):
    start = recurrence.first_of(rule, start, WITA)
    text = recurrence.to_text(rule, WITA)

    assert recurrence.from_text(text, start, WITA) == rule
    assert list(rrulestr(text, dtstart=start)) == recurrence.occurrences(rule, start, WITA)


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20270121T010000Z", date(2027, 1, 21)),  # Nine in the morning exactly.
        ("20270121T005959Z", date(2027, 1, 20)),
        ("20270121T090000", date(2027, 1, 21)),
        ("20270121", date(2027, 1, 21)),
    ],
)
def test_until_in_the_midst_of_a_day_takes_that_day_in_or_not(until: str, last: date):
    rule = recurrence.from_text(f"FREQ=WEEKLY;UNTIL={until}", START, WITA)

    assert rule == Rule(Weekly((TH,)), until=last)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=DAILY;COUNT=3", "mingguan atau bulanan"),
        ("FREQ=HOURLY;COUNT=3", "mingguan atau bulanan"),
        ("COUNT=3", "mingguan atau bulanan"),
        ("", "tidak terbaca"),
        ("FREQ", "tidak terbaca"),
        ("FREQ=WEEKLY;FREQ=WEEKLY;COUNT=2", "tidak terbaca"),
        ("FREQ=WEEKLY;BYDAY=XX;COUNT=2", "tidak terbaca: XX"),
        ("FREQ=WEEKLY;BYDAY=2TH;COUNT=2", "tidak terbaca: 2TH"),
        ("FREQ=WEEKLY;COUNT=many", "tidak terbaca: COUNT=MANY"),
        ("FREQ=WEEKLY;UNTIL=20271345", "tidak terbaca: UNTIL"),
        ("FREQ=WEEKLY;UNTIL=soon", "tidak terbaca: UNTIL"),
        ("FREQ=WEEKLY", "perlu berakhir"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20270305T155959Z", "perlu berakhir"),
        ("FREQ=WEEKLY;COUNT=0", "1 sampai 60 kali"),
        ("FREQ=WEEKLY;COUNT=61", "1 sampai 60 kali"),
        ("FREQ=WEEKLY;INTERVAL=0;COUNT=2", "paling lama 26 minggu"),
        ("FREQ=MONTHLY;INTERVAL=13;COUNT=2", "paling lama 12 bulan"),
        ("FREQ=MONTHLY;BYDAY=TH;COUNT=2", "Kamis kedua"),
        ("FREQ=MONTHLY;BYDAY=1TH,3TH;COUNT=2", "Kamis kedua"),
        ("FREQ=MONTHLY;BYDAY=5TH;COUNT=2", "hari kelima"),
        ("FREQ=MONTHLY;BYDAY=2TH;BYMONTHDAY=3;COUNT=2", "tidak keduanya"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2", "29–31"),
        ("FREQ=WEEKLY;BYMONTHDAY=3;COUNT=2", "bukan tanggal"),
        ("FREQ=MONTHLY;BYSETPOS=2;BYDAY=TH;COUNT=2", "BYSETPOS"),
        ("FREQ=WEEKLY;BYHOUR=9;COUNT=2", "BYHOUR"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(text: str, words: str):
    with pytest.raises(ValidationError, match=words) as refusal:
        recurrence.from_text(text, START, WITA)

    assert all(message.endswith(".") for message in refusal.value.messages)


def test_a_rule_without_weekdays_is_refused():
    with pytest.raises(ValidationError, match="satu hari"):
        recurrence.check(Rule(Weekly(()), count=2))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(Weekly((0, 1, 2)), until=date(2027, 12, 31)), "60 kali"),
        (Rule(MonthlyByDay(1), every=12, count=4), "dua tahun"),
        (Rule(Weekly((TH,)), until=date(2027, 1, 13)), "berakhir sebelum mulai"),
    ],
)
def test_what_never_ends_or_never_begins_is_refused(rule: Rule, words: str):
    with pytest.raises(ValidationError, match=words):
        recurrence.occurrences(rule, recurrence.first_of(rule, START, WITA), WITA)


@some
@given(RULES, STARTS)
def test_the_first_occurrence_is_the_next_day_that_fits(rule: Rule, start: datetime):
    first = recurrence.first_of(rule, start, WITA)

    assert first >= start
    assert first.timetz() == start.timetz()
    assert recurrence.occurrences(rule, first, WITA)[0] == first


@some
@given(RULES, STARTS, st.data())
def test_a_cut_rule_and_its_rest_are_the_whole(rule: Rule, start: datetime, data: st.DataObject):
    whole = recurrence.occurrences(rule, recurrence.first_of(rule, start, WITA), WITA)
    index = data.draw(st.integers(0, len(whole) - 1))
    rest = recurrence.going_on_from(rule, index)

    assert recurrence.occurrences(rest, whole[index], WITA) == whole[index:]
    if index:
        begun = recurrence.ending_before(rule, whole, index)
        assert recurrence.occurrences(begun, whole[0], WITA) == whole[:index]


@some
@given(RULES, STARTS, st.data())
def test_a_moved_rule_gives_the_moved_occurrences(rule: Rule, start: datetime, data: st.DataObject):
    whole = recurrence.occurrences(rule, recurrence.first_of(rule, start, WITA), WITA)
    index = data.draw(st.integers(0, len(whole) - 1))
    shift = timedelta(minutes=data.draw(st.integers(-20 * 24 * 60, 20 * 24 * 60)))
    goal = whole[index] + shift

    try:
        new_rule, found = recurrence.moved(rule, whole, whole[index], goal, WITA)
    except ValidationError:
        # Only a day that not every month has.
        assert isinstance(rule.pattern, MonthlyByDay)
        assert goal.day > 28
        return

    assert found[index] == goal
    assert len(found) == len(whole)
    assert recurrence.occurrences(new_rule, found[0], WITA) == found
    if rule.is_weekly:
        assert found == [at + shift for at in whole]


def test_every_second_week_on_two_days_moves_across_the_end_of_the_week():
    rule = Rule(Weekly((0, 6)), every=2, count=4)
    whole = recurrence.occurrences(rule, datetime(2027, 1, 11, 9, tzinfo=WITA), WITA)

    new_rule, found = recurrence.moved(rule, whole, whole[0], whole[0] + timedelta(days=1), WITA)

    assert recurrence.to_text(new_rule, WITA).endswith("BYDAY=MO,TU;WKST=TU;COUNT=4")
    assert recurrence.occurrences(new_rule, found[0], WITA) == found
    assert [at.day for at in found] == [12, 18, 26, 1]


@some
@given(
    st.lists(st.integers(0, 60), unique=True, max_size=7).map(sorted),
    st.lists(st.integers(0, 60), unique=True, max_size=7).map(sorted),
)
def test_moments_are_matched_in_order_with_the_least_movement(old: list[int], new: list[int]):
    before, after = ([START + timedelta(days=day) for day in days] for days in (old, new))

    pairs = recurrence.matched(before, after)

    assert len(pairs) == min(len(old), len(new))
    assert [pairs[index] for index in sorted(pairs)] == sorted(pairs.values())
    assert sum(abs(old[i] - new[j]) for i, j in pairs.items()) == least(tuple(old), tuple(new))


def least(old: tuple[int, ...], new: tuple[int, ...]) -> int:
    """The same by trying everything."""
    if len(old) > len(new):
        return least(new, old)
    if not old:
        return 0
    taken = abs(old[0] - new[0]) + least(old[1:], new[1:])
    return taken if len(old) == len(new) else min(taken, least(old, new[1:]))
