"""What is told of a programme."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions import services as sessions
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession
from tests import make
from tests.notifications.telling import links, quiet, told

pytestmark = pytest.mark.django_db


def test_a_programme_invites_everyone_once():
    group = make.group()
    by, teacher, member = make.chair(group), make.member(group), make.member(group)
    source = make.session(of=group, teacher=teacher, held=True)
    quiet()
    start = timezone.localtime(source.starts_at).replace(year=2041, month=2, day=21)
    rows = [
        sessions.Row(source, "Mengapa langit biru?", start + timedelta(weeks=week), uuid4())
        for week in range(3)
    ]

    sessions.copy_programme(group, by=by, rows=rows, despite=EVERYTHING)

    found = told()
    assert by not in found
    semester = f"Semester genap 2040/2041, {group}: "
    first = "Bapak/Ibu diundang ke 3 sesi. Yang pertama “Mengapa langit biru?”, Kamis, 21 Februari"
    assert found[member].startswith(semester + first)
    assert found[member].endswith("WITA.")
    assert found[teacher].endswith("WITA. Bapak/Ibu guru model pada 3 sesi.")
    assert links() == {f"{reverse('programme', args=[group.pk])}?semester=2040-2"}


def test_a_programme_of_which_a_session_was_cancelled_tells_of_the_rest():
    group = make.group()
    by, member = make.chair(group), make.member(group)
    source = make.meeting(of=group, held=True)
    quiet()
    start = timezone.localtime(source.starts_at).replace(year=2041, month=2, day=21)
    rows = [
        sessions.Row(source, f"Sesi {week}", start + timedelta(weeks=week), uuid4())
        for week in range(2)
    ]
    made = sessions.copy_programme(group, by=by, rows=rows, despite=EVERYTHING)
    ModelSession.objects.filter(pk=made[0].pk).update(status="cancelled")

    assert "diundang ke 1 sesi. Yang pertama “Sesi 1”" in told()[member]
