"""The page with what all voices say about a lesson."""

import pytest
from django.urls import reverse

from groups.roles import Role
from reinforcement import services
from tests import make
from tests.frontend.test_reinforcement import main
from tests.reinforcement.test_voices import WORDS

pytestmark = pytest.mark.django_db
NOTE = "Ini hanya untuk Ibu."


def test_the_guru_model_reads_all_voices_by_indicator_with_their_roles(client):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)
    sheet = make.observation(of=session, observer=observer, submitted=True)
    services.give_feedback(session, by=observer, private_note=NOTE, **WORDS)
    guide = make.supervisor(session.model_teacher.school)
    services.give_feedback(session, by=guide, indicator=None, **WORDS)
    url = reverse("all-feedback", args=[session.pk])
    client.force_login(session.teacher)

    before = main(client.get(url))
    make.reflection(on=session)
    page = main(client.get(url))

    assert "Terbuka sesudah refleksi Bapak/Ibu" in before
    assert WORDS["seen"] not in before
    assert str(sheet.indicator) in page
    assert page.index(str(sheet.indicator)) < page.index("Pelajaran seluruhnya")
    assert f"{observer}</a> · Rekan guru" in page
    assert f"{guide}</a> · Pengawas" in page
    assert "Meja 7 dan 8 belum mendapat tugas." in page
    assert "Kelompok 3 kurang disapa." in page
    assert NOTE not in page
    assert "Pilih satu tindak lanjut" in page


def test_a_colleague_reads_what_is_open_to_him_and_nothing_more(client):
    group = make.group()
    giver = make.member(group, Role.CORE_TEACHER)
    session = make.session(of=group, held=True)
    services.give_feedback(session, by=giver, **WORDS)
    hidden = make.feedback(on=session)
    make.reflection(on=session)
    url = reverse("all-feedback", args=[session.pk])

    client.force_login(giver)
    page = main(client.get(url))
    client.force_login(make.member(group, Role.INSTRUCTOR))
    empty = main(client.get(url))

    assert WORDS["seen"] in page
    assert str(hidden.author) not in page
    assert hidden.support not in page
    assert "Kelompok 3 kurang disapa." not in page
    assert "Belum ada yang terbuka bagi Bapak/Ibu" in empty
    assert WORDS["seen"] not in empty


@pytest.mark.parametrize("who", ["member", "kepala sekolah", "Dinas", "stranger"])
def test_who_has_no_part_in_it_finds_no_page(client, who):
    session = make.feedback().session
    make.reflection(on=session)
    reader = {
        "member": lambda: make.member(session.group),
        "kepala sekolah": lambda: make.principal(session.model_teacher.school),
        "Dinas": make.officer,
        "stranger": make.person,
    }[who]()
    client.force_login(reader)

    assert client.get(reverse("all-feedback", args=[session.pk])).status_code == 404
