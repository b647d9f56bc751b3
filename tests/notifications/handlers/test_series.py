"""What is told of a series."""

from datetime import timedelta

import pytest

from notifications.models import Notice
from sessions import services as sessions
from sessions.conflicts import EVERYTHING
from tests import make
from tests.notifications.telling import told

pytestmark = pytest.mark.django_db


def test_the_leader_of_a_series_of_meetings_is_told_so():
    group = make.group()
    leader = make.member(group)

    make.series(of=group, leader=leader)

    assert told()[leader].startswith(
        "Bapak/Ibu memimpin pertemuan berbagi: “Berbagi praktik baik”, setiap "
    )


def test_a_series_invites_and_tells_everyone_once():
    group = make.group()
    by, member = make.chair(group), make.member(group)
    series = make.series(of=group, by=by)
    text = told()[member]
    assert text.startswith("Undangan pertemuan berbagi: “Berbagi praktik baik”, setiap ")
    assert ", 4 kali, mulai " in text

    second = series.sessions.order_by("starts_at")[1]
    at = second.starts_at + timedelta(hours=1)
    times = {"starts_at": at, "ends_at": at + timedelta(hours=2)}
    Notice.objects.all().delete()
    sessions.change_following(second, by=by, **times, despite=EVERYTHING)
    assert told()[member].startswith("Rangkaian pindah waktu: “Berbagi praktik baik”")

    Notice.objects.all().delete()
    sessions.change_all(second, by=by, title="Lain", despite=EVERYTHING)
    assert told() == {}

    sessions.cancel_all(second, by=by, reason="Ujian sekolah.")
    found = told()
    assert set(found) == {member}
    assert found[member].startswith("Dibatalkan 3 kali pertemuan berbagi “Lain” sejak ")
    assert found[member].endswith(": Ujian sekolah.")
