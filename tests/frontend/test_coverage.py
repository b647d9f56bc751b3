"""The board of a group: who took part in the cycle, and who may be asked next."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import Cycle
from tests import make

pytestmark = pytest.mark.django_db


def address(cycle: Cycle) -> str:
    return reverse("coverage", args=[cycle.group_id])


def board(client, of: Cycle, **query: object) -> str:
    """The page in words, without its markup."""
    answer = client.get(address(of), query)
    assert answer.status_code == 200
    return words_of(answer.text)


def words_of(page: str) -> str:
    text = unescape(re.sub(r"<[^>]+>", " ", page)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def test_the_board_counts_who_took_part_and_shows_what_became_of_each_lesson(client):
    cycle = make.cycle()
    watching = [make.member(cycle.group) for _ in range(2)]
    lesson = make.session(of=cycle.group, observers=watching, held=True)
    make.observation(of=lesson, observer=watching[0], submitted=True)
    chair = make.chair(cycle.group)
    client.force_login(chair)

    text = board(client, cycle)

    # The chair who planned and the guru model are members, too.
    assert "5 anggota, 5 sekolah" in text
    assert "4 anggota belum jadi guru model" in text
    assert "4 anggota belum mengamati" in text
    assert "Berbagi 0, Pemodelan 1, Aksi 1, Penguatan 0" in words_of(
        client.get(address(cycle)).text.replace('aria-label="', ">")
    )
    assert f"{lesson.title}" in text
    assert f"0 dari {lesson.participations.count()}" in text
    assert "1 dari 2" in text
    assert reverse("plan-session") + f"?group={cycle.group_id}" in client.get(address(cycle)).text


def test_small_schools_tell_neither_who_fed_back_nor_who_thought(client):
    cycle = make.cycle()
    author = make.member(cycle.group)
    make.feedback(on=make.session(of=cycle.group, observers=[author], held=True), by=author)
    client.force_login(make.chair(cycle.group))

    text = board(client, cycle)

    said = f"{author.school.name} · 1 anggota S Berbagi: 0 M Pemodelan: 0 A Aksi: 0"
    assert f"{said} R Penguatan: – tidak dirinci T Berpikir & Berpasangan: – tidak dirinci" in text


def test_filters_show_whom_to_ask_and_a_text_for_the_group(client):
    cycle = make.cycle()
    asked, watching = make.member(cycle.group), make.member(cycle.group)
    taught = make.session(of=cycle.group, observers=[watching], held=True)
    make.observation(of=taught, observer=watching, submitted=True)
    client.force_login(make.chair(cycle.group))

    teach = board(client, cycle, show="yet-to-teach")
    observe = board(client, cycle, show="yet-to-observe")

    assert "Siapa bersedia menjadi guru model berikutnya?" in teach
    assert f"*{cycle.group}*" in teach
    assert "*Belum jadi guru model*" in teach
    assert str(asked) in teach
    assert str(watching) in teach
    assert str(taught.teacher) not in teach
    assert "Siapa bersedia mengamati sesi berikutnya?" in observe
    assert str(asked) in observe
    assert str(taught.teacher) in observe
    assert str(watching) not in observe
    assert f"?cycle={cycle.pk}" in teach


def test_board_learns_of_no_teacher_whether_she_promised_something(client):
    cycle = make.cycle()
    kept, _waiting = (make.session(of=cycle.group, held=True) for _ in range(2))
    client.force_login(make.chair(cycle.group))
    heading = "Sesi guru model di siklus ini"

    before = board(client, cycle).partition(heading)[2]
    make.follow_up(on=kept)
    after = board(client, cycle).partition(heading)[2]

    assert str(kept.teacher) in after
    assert before == after


def test_follow_ups_are_counted_where_enough_teachers_stand_behind_them(client):
    cycle = make.cycle()
    for _ in range(5):
        make.follow_up(on=make.session(of=cycle.group, held=True))
    client.force_login(make.chair(cycle.group))

    assert "Sesudah 5 sesi guru model memilih tindak lanjut." in board(client, cycle)


def test_when_everybody_had_a_turn_it_says_so(client):
    cycle = make.cycle()
    chair = make.chair(cycle.group)
    client.force_login(chair)
    make.session(of=cycle.group, teacher=chair, held=True)
    # Another chair planned it.
    cycle.group.memberships.exclude(user=chair).delete()

    assert "Semua sudah mendapat giliran" in board(client, cycle, show="yet-to-teach")


def test_people_to_ask_come_page_by_page(client):
    cycle = make.cycle()
    for _ in range(22):
        make.member(cycle.group)
    client.force_login(make.chair(cycle.group))
    page = client.get(address(cycle), {"show": "yet-to-teach"}).text
    people = re.findall(r'href="(/people/\d+/)"', page)
    following = unescape(re.search(r'hx-get="(\?[^"]+)"', page).group(1))

    rest = client.get(address(cycle) + following, headers={"HX-Request": "true"}).text

    more = re.findall(r'href="(/people/\d+/)"', rest)
    assert len(people) == 20
    assert len(more) == 3
    assert not set(people) & set(more)
    assert "<html" not in rest


def test_an_older_cycle_is_shown_by_its_number_and_a_strange_one_is_not_found(client):
    older = make.cycle()
    client.force_login(make.chair(older.group))
    Cycle.objects.filter(pk=older.pk).update(closed_at=timezone.now())
    make.cycle(of=older.group)
    strange = make.cycle()

    assert "Siklus 2" in board(client, older)
    past = board(client, older, cycle=older.pk)
    assert "Siklus 1" in past
    assert "Siklus ini ditutup" in past
    assert reverse("plan-session") not in client.get(address(older), {"cycle": older.pk}).text
    for wrong in (strange.pk, "9" * 40, "x"):
        assert client.get(address(older), {"cycle": wrong}).status_code == 404


def test_before_the_first_cycle_the_board_is_led_to_open_one(client):
    group = make.group()
    client.force_login(make.chair(group))

    page = client.get(reverse("coverage", args=[group.pk])).text

    assert "Belum ada siklus" in page
    assert reverse("open-cycle", args=[group.pk]) in page


def test_only_the_board_is_led_here_and_a_member_is_told_why_not(client):
    cycle = make.cycle()
    client.force_login(make.chair(cycle.group))
    assert address(cycle) in client.get(cycle.get_absolute_url()).text
    assert address(cycle) in client.get(reverse("home")).text

    client.force_login(make.member(cycle.group))
    assert address(cycle) not in client.get(cycle.get_absolute_url()).text
    assert address(cycle) not in client.get(reverse("home")).text
    answer = client.get(address(cycle))
    assert answer.status_code == 403
    assert "Papan ini hanya untuk pengurus kelompok." in answer.text


@pytest.mark.parametrize("show", ["", "yet-to-teach", "yet-to-observe"])
def test_it_costs_the_same_however_much_there_is(client, show, django_assert_num_queries):
    cycle = make.cycle()
    client.force_login(make.chair(cycle.group))
    make.feedback(on=make.session(of=cycle.group, observers=[make.member(cycle.group)], held=True))
    client.get(address(cycle), {"show": show})

    with django_assert_num_queries(COSTS[show]):
        client.get(address(cycle), {"show": show})
    for _ in range(2):
        watching = [make.member(cycle.group)]
        make.feedback(on=make.session(of=cycle.group, observers=watching, held=True))
    with django_assert_num_queries(COSTS[show]):
        client.get(address(cycle), {"show": show})


# Session, person, what the shell shows, group, cycle and the two of the counts come first.
COSTS = {"": 11, "yet-to-teach": 9, "yet-to-observe": 9}
