"""The month and the week."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from groups.roles import Role
from sessions.models import ModelSession
from tests import make
from tests.frontend.calendars.november import WITA, at, main, page

pytestmark = pytest.mark.django_db


def test_month_shows_what_i_may_read_with_its_kind_in_words(client, group, member):
    at(group, 2026, 11, 5, 9, title="Berbagi media")
    at(group, 2026, 11, 12, 9, title="Raker semester", kind="workshop", status="cancelled")
    at(group, 2026, 12, 31, 9, title="Bulan lain")
    at(make.group(), 2026, 11, 5, 9, title="Kelompok lain")
    client.force_login(member)

    shown = page(client)

    assert "<h1>November 2026</h1>" in shown
    assert "<b>Berbagi media</b>" in shown
    assert "<s>Raker semester</s>" in shown
    assert "Dibatalkan" in shown
    assert "Raker" in shown
    assert "Bulan lain" not in shown
    assert "Kelompok lain" not in shown
    assert "Rencanakan" not in shown
    assert shown.count('aria-current="date"') == 1
    assert 'href="?month=2026-10"' in shown
    assert 'href="?month=2026-12"' in shown


def test_month_knows_holidays_joint_leave_and_which_are_estimated(client, member):
    client.force_login(member)

    december, eid = page(client, month="2026-12"), page(client, month="2027-03")

    assert "Cuti Bersama Hari Raya Natal" in december
    assert "perkiraan" not in december
    assert "Hari Raya Idul Fitri" in eid
    assert "perkiraan" in eid


def test_session_over_midnight_is_on_both_days(client, group, member):
    camp = at(group, 2026, 11, 20, 15, title="Kemah guru", hours=21)
    ends_at_midnight = at(group, 2026, 11, 10, 22, title="Malam", hours=2)
    client.force_login(member)

    shown = page(client)

    # In the grid of the desk, and in the list of the phone.
    assert shown.count(camp.get_absolute_url()) == 4
    assert "lanjutan" in shown
    assert shown.count(ends_at_midnight.get_absolute_url()) == 2


def test_days_follow_the_clock_of_the_reader(client, group, member):
    at(group, 2026, 11, 30, 23, 30, title="Larut malam")
    client.force_login(member)
    User.objects.filter(pk=member.pk).update(time_zone="Asia/Jayapura")

    assert "Larut malam" not in page(client, month="2026-11")
    assert "Larut malam" in page(client, month="2026-12")


def test_board_plans_on_a_day_that_is_not_over(client, group):
    client.force_login(make.chair(group))

    shown = page(client)
    of_group = page(client, group=group.pk)

    assert f'href="{reverse("plan-session")}?on=2026-11-24"' in shown
    assert "?on=2026-11-23" not in shown
    assert f'href="{reverse("plan-session")}?group={group.pk}&amp;on=2026-11-30"' in of_group
    assert "?on=" not in page(client, group=make.group().pk)


def test_plan_form_begins_on_the_day_that_was_pressed(client, group):
    board = make.chair(group)
    client.force_login(board)
    form = reverse("plan-session")

    assert 'value="2026-12-03T' in main(client.get(form, {"on": "2026-12-03"}))
    assert "2026-12-03T" not in main(client.get(form, {"on": "kapan-kapan"}))

    other = make.group()
    make.also(board, other, Role.CHAIR)
    choice = main(client.get(form, {"on": "2026-12-03"}))
    assert f'href="?on=2026-12-03&amp;group={other.pk}"' in choice


def test_week_is_a_table_of_days_and_hours_with_the_friday_prayer(client, group, member):
    at(group, 2026, 11, 25, 9, title="Pagi")
    at(group, 2026, 11, 25, 10, title="Bertumpuk")
    at(group, 2026, 11, 27, 10, title="Dekat salat", hours=3)
    client.force_login(member)

    shown = page(client, week="2026-W48")

    assert "<h1>23–29 November 2026</h1>" in shown
    assert shown.count('scope="col"') == 8
    assert 'rowspan="3"' in shown
    assert "Salat Jumat 11.30–13.00" in shown
    assert "09.00–11.00" in shown
    assert 'href="?week=2026-W47"' in shown
    assert 'href="?week=2026-W49"' in shown


def test_every_cell_of_the_week_is_filled_once(client, group, member):
    """Whatever overlaps, each line has eight cells, counting those that reach down to it."""
    for day, hour, hours in (
        *((23, 5, 3), (23, 7.5, 1), (24, 0, 23.5), (25, 9, 1), (25, 10, 1), (25, 11.5, 0.5)),
        *((27, 8, 4), (27, 12.5, 3), (28, 22, 8), (29, 20, 3.9)),
    ):
        at(group, 2026, 11, day, int(hour), int(hour % 1 * 60), hours=hours)
    client.force_login(member)

    table = page(client, week="2026-W48").split("<tbody>")[1].split("</tbody>")[0]

    reaching: list[int] = []
    for line in table.split("<tr>")[1:]:
        new = [
            int(cell.split('rowspan="')[1].split('"')[0]) if "rowspan" in cell.split(">")[0] else 1
            for cell in line.split("<td")[1:]
        ]
        assert len(reaching) + len(new) == 7
        reaching = [left - 1 for left in reaching + new if left > 1]
    assert reaching == []


@pytest.mark.parametrize(
    "asked",
    [
        *({"month": "2026-13"}, {"month": "1999-01"}, {"month": "x"}, {"month": "2026-1"}),
        *({"week": "2026-W54"}, {"week": "2026-W00"}, {"week": ""}, {"week": "9999-W01"}),
        {"group": "0"},
    ],
)
def test_what_is_no_month_or_week_does_not_exist(client, member, asked):
    client.force_login(member)

    assert client.get(reverse("calendar"), asked).status_code == 404


@pytest.mark.parametrize(
    "asked", [{"month": "2000-01"}, {"month": "2099-12"}, {"week": "2099-W53"}]
)
def test_calendar_reaches_to_the_end_of_its_years(client, member, asked):
    client.force_login(member)

    assert client.get(reverse("calendar"), asked).status_code == 200


@pytest.mark.parametrize("asked", [{"month": "2026-11"}, {"week": "2026-W48"}])
def test_calendar_asks_the_same_for_one_session_and_for_sixty(
    client, group, member, asked, django_assert_num_queries
):
    at(group, 2026, 11, 24, 9)
    client.force_login(member)
    client.get(reverse("calendar"), asked)
    with django_assert_num_queries(4) as one:
        client.get(reverse("calendar"), asked)
    for number in range(59):
        at(group, 2026, 11, 23 + number % 7, 7 + number % 9, title=f"Sesi {number}")

    with django_assert_num_queries(len(one)):
        answer = client.get(reverse("calendar"), asked)

    assert answer.status_code == 200
    assert len(answer.content) < 200_000


def test_month_of_too_many_sessions_says_so(client, group, member):
    board = make.chair(group)
    start = datetime(2026, 11, 3, 9, tzinfo=WITA)
    ModelSession.objects.bulk_create(
        ModelSession(
            group=group, kind="sharing", title="Sesi", planned_by=board,
            starts_at=start + timedelta(minutes=number), ends_at=start + timedelta(hours=8),
        )
        for number in range(301)
    )  # fmt: skip
    client.force_login(member)

    assert "Hanya 300 sesi pertama" in page(client)
    assert "Hanya 300 sesi pertama" not in page(client, month="2026-12")


def test_list_of_sessions_leads_to_month_and_week(client, group, member):
    client.force_login(member)

    shown = main(client.get(reverse("sessions"), {"group": group.pk}))

    assert f'href="{reverse("calendar")}?group={group.pk}"' in shown
    assert f'href="{reverse("calendar")}?week=2026-W48&amp;group={group.pk}"' in shown
