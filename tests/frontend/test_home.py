from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.roles import Role
from sessions import services as sessions
from sharing import services as sharing
from tests import make
from thinkpair import services as thinkpair

pytestmark = pytest.mark.django_db


def home(client, person) -> str:
    client.force_login(person)
    return client.get(reverse("home")).text


def test_home_lists_what_is_owed_what_is_due_first_on_top(client):
    group = make.group()
    observer = make.member(group)
    make.thread(of=group)
    session = make.session(of=group, observers=[observer], starts_in=timedelta(hours=3))

    page = home(client, observer)

    assert page.index("Jawab undangan") < page.index("Tulis jawaban")
    assert f'href="{session.get_absolute_url()}"' in page
    assert "2 hal menunggu Bapak/Ibu." in page


def test_home_thanks_for_what_was_done_this_week(client):
    post = make.post()

    assert "1 tugas selesai minggu ini" in home(client, post.author)
    assert "selesai minggu ini" not in home(client, make.member(post.group))


def test_home_shows_cycle_next_session_and_what_was_shared(client):
    group = make.group()
    member = make.member(group)
    cycle = make.cycle(of=group)
    session = make.session(of=group)
    post, withdrawn = make.post(of=group, by=member), make.post(of=group)
    withdrawn.title = "Ditarik"
    withdrawn.save()
    sharing.withdraw_post(withdrawn, by=withdrawn.author)

    page = home(client, member)

    assert 'aria-label="Tahap siklus"' in page
    for shown in (cycle, session, post):
        assert f'href="{shown.get_absolute_url()}"' in page
    assert "Ditarik" not in page
    assert f'href="{reverse("library")}"' in page


def test_home_shows_nothing_of_other_groups(client):
    make.session()
    make.cycle()
    make.post()

    page = home(client, make.member(make.group()))

    assert "Mengapa daun" not in page
    assert "Tahap siklus" not in page
    assert "Belum ada bahan" in page


def test_home_is_right_at_once_after_a_change(client):
    group = make.group()
    member = make.member(group)
    thread = make.thread(of=group)
    session = make.session(of=group)
    assert "2 hal menunggu" in home(client, member)

    thinkpair.think(thread, by=member, text="Beri waktu.")
    assert "1 hal menunggu" in home(client, member)

    sessions.answer_invitation(make.participation(session, member), by=member, answer="coming")
    page = home(client, member)
    assert "Semua sudah selesai" in page or "1 tugas selesai minggu ini" in page
    assert "Jawab undangan" not in page


def test_home_of_one_person_is_never_shown_to_another(client):
    group = make.group()
    one, other = make.member(group), make.member(group)
    thread = make.thread(of=group, thinkers=[one])

    assert str(thread) not in home(client, one).partition("Baru dibagikan")[0]
    assert str(thread) in home(client, other).partition("Baru dibagikan")[0]


def test_newcomer_sees_what_happens_next_and_groups_to_ask(client):
    group, other = make.group(), make.group()
    newcomer = make.newcomer()
    make.join_request(to=group, by=newcomer)

    page = home(client, newcomer)

    assert f"Menunggu jawaban {group}" in page
    assert f'href="{other.get_absolute_url()}"' in page
    assert f'href="{group.get_absolute_url()}"' not in page


def test_stranger_sees_the_landing_page(client):
    page = client.get(reverse("home"))

    assert page.status_code == 200
    assert reverse("account_login") in page.text


def test_supervisor_sees_promises_and_coverage_but_no_small_numbers(client):
    session = make.session(held=True)
    supervisor = make.supervisor(session.teacher.school)
    make.follow_up(on=session)
    make.session(held=True)

    page = home(client, supervisor)

    assert "Setiap kelompok memakai kartu peran." in page
    assert "Guru modelnya kurang dari lima" in page
    assert "<dd>" not in page
    assert f'href="{reverse("promise", args=[session.pk])}"' in page


def test_supervisor_whose_appointment_ended_sees_no_promise_any_more(client):
    session = make.session(held=True)
    supervisor = make.supervisor(session.teacher.school)
    make.follow_up(on=session)
    before = home(client, supervisor)

    supervisor.appointments.update(
        starts_on=timezone.localdate() - timedelta(days=9),
        ends_on=timezone.localdate() - timedelta(days=1),
    )

    after = home(client, supervisor)
    words = "Setiap kelompok memakai kartu peran."
    assert (words in before, words in after) == (True, False)


def test_officer_sees_counts_of_all_groups(client):
    cycle = make.cycle()
    for _number in range(5):
        make.session(held=True)

    page = home(client, make.officer())

    assert f'href="{cycle.get_absolute_url()}"' in page
    assert "<dd>5</dd>" in "".join(page.split())


def test_principal_sees_who_of_the_school_takes_part(client):
    school = make.school()
    teacher = make.member(make.group(), at=school)
    elsewhere = make.person()

    page = home(client, make.principal(school))

    assert teacher.full_name in page
    assert elsewhere.full_name not in page


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR])
def test_home_asks_at_most_17_queries_and_4_when_nothing_happened(
    client, django_assert_max_num_queries, role
):
    group = make.group()
    person = make.member(group, role)
    make.cycle(of=group)
    for day in range(2, 6):
        make.session(of=group, observers=[person], starts_in=timedelta(days=day))
        make.session(of=group, held=True)
        make.post(of=group)
        make.thread(of=group)
    client.force_login(person)

    with django_assert_max_num_queries(17):
        client.get(reverse("home"))
    with django_assert_max_num_queries(4):
        client.get(reverse("home"))
