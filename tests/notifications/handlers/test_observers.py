"""What is told of places and tasks."""

import pytest

from activity.services import relay
from notifications.models import Notice
from sessions import services as sessions
from tests import make

pytestmark = pytest.mark.django_db


def test_a_substitution_is_told_to_both_and_to_the_guru_model():
    group = make.group()
    observer, substitute = make.member(group), make.member(group)
    session = make.session(of=group, observers=[observer])
    part = make.participation(session, observer)
    relay()
    Notice.objects.all().delete()

    sessions.set_task(part, by=session.teacher, task="Kelompok 1–2")
    relay()
    sessions.hand_over_place(part, by=observer, to=substitute)
    relay()

    told = Notice.objects.order_by("pk").values_list("recipient", "text")
    names = {"session": session, "before": observer, "person": substitute}
    assert list(told) == [
        (observer.pk, "Tugas Bapak/Ibu di “{session}”: Kelompok 1–2.".format(**names)),
        (
            substitute.pk,
            "Bapak/Ibu menggantikan {before} sebagai pengamat “{session}”.".format(**names),
        ),
        (
            session.teacher_id,
            "{person} menggantikan {before} sebagai pengamat “{session}”.".format(**names),
        ),
    ]
