"""The pages of discussions: what is on them, for whom, and what their buttons do."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import Group
from groups.roles import Role
from tests import make
from thinkpair import services
from thinkpair.models import Pair, Thought, Thread

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
# What differs each time that a page is shown.
CHANGING = r"csrfmiddlewaretoken\S* \S*|nonce=\S*"


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def words(group: Group, **changes) -> dict[str, object]:
    now = timezone.localtime()
    return {
        "group": group.pk,
        "title": "Murid diam",
        "problem": "Saya bertanya, lalu sepi.",
        "think_ends_at": f"{now + timedelta(days=3):%Y-%m-%dT%H:%M}",
        "pair_ends_at": f"{now + timedelta(days=6):%Y-%m-%dT%H:%M}",
        "share_ends_at": f"{now + timedelta(days=9):%Y-%m-%dT%H:%M}",
        "pace": "days",
        "matching": "complement",
        "submission": str(uuid4()),
    } | changes


# --- the list -----------------------------------------------------------------------------------
def test_threads_page_shows_those_of_my_groups_by_phase_and_cycle(client):
    group = make.group()
    cycle = make.cycle(of=group)
    member = make.member(group)
    thinking = make.thread(of=group)
    pairing = make.pair(of=group).thread
    cycle.closed_at = timezone.now()
    cycle.save()
    later = make.thread(of=group)
    elsewhere = make.thread()
    client.force_login(member)

    def listed(query: str) -> list[Thread]:
        page = main(client.get(f"/threads/{query}"))
        return [
            thread
            for thread in (thinking, pairing, later, elsewhere)
            if f'href="{thread.get_absolute_url()}"' in page
        ]

    assert listed("") == [thinking, pairing, later]
    assert listed("?phase=think") == [thinking, later]
    assert listed("?phase=pair") == [pairing]
    assert listed(f"?cycle={cycle.pk}") == [thinking, pairing]
    assert listed("?phase=closed") == []
    assert listed("?phase=nonsense&cycle=x") == [thinking, pairing, later]


def test_threads_page_says_what_i_owe_and_what_to_do_when_empty(client):
    group = make.group()
    member = make.member(group)
    client.force_login(member)
    empty = main(client.get("/threads/"))
    thread = make.thread(of=group)
    owing = main(client.get("/threads/"))
    services.think(thread, by=member, text="Saya menunggu.")
    done = main(client.get("/threads/"))
    none_closed = main(client.get("/threads/?phase=closed"))

    assert "Belum ada diskusi" in empty
    assert "Tulis jawaban sampai" in owing
    assert "Tulis jawaban sampai" not in done
    assert "Tidak ada diskusi yang cocok" in none_closed


def test_threads_page_is_narrowed_to_one_of_my_groups(client):
    group, second, foreign = make.group(), make.group(), make.group()
    member = make.member(group)
    client.force_login(member)
    in_one = main(client.get("/threads/"))
    make.also(member, second, Role.MEMBER)
    threads = [make.thread(of=of) for of in (group, second, foreign)]

    def listed(query: str) -> list[Thread]:
        page = main(client.get(f"/threads/{query}"))
        return [one for one in threads if f'href="{one.get_absolute_url()}"' in page]

    assert listed("") == threads[:2]
    assert listed(f"?group={second.pk}") == [threads[1]]
    assert listed(f"?group={second.pk}&phase=think") == [threads[1]]
    assert listed(f"?group={second.pk}&phase=closed") == []
    # A group that is not mine is no filter.
    assert listed(f"?group={foreign.pk}") == threads[:2]
    chosen = main(client.get(f"/threads/?group={second.pk}&phase=think"))
    assert 'href="?phase=think" aria-current="true"' in " ".join(chosen.split())
    assert f'href="?group={group.pk}&amp;phase=think"' in chosen
    assert "chip-filter" not in in_one


@pytest.mark.parametrize("count", [1, 30])
def test_threads_page_costs_the_same_however_long(client, django_assert_num_queries, count):
    group = make.group()
    for _ in range(count):
        make.thread(of=group)
    client.force_login(make.member(group))
    client.get("/threads/")

    with django_assert_num_queries(3):
        page = main(client.get("/threads/"))

    assert page.count("Murid diam saat ditanya mengapa") == min(count, 20)


def test_threads_page_goes_on_where_it_stopped(client):
    group = make.group()
    threads = [make.thread(of=group) for _ in range(21)]
    client.force_login(make.member(group))

    first = main(client.get("/threads/"))
    after = first.partition('hx-get="?')[2].partition('"')[0]
    rest = client.get(f"/threads/?{after}", headers=HTMX).text

    assert f'href="{threads[0].get_absolute_url()}"' not in first
    assert f'href="{threads[0].get_absolute_url()}"' in rest
    assert "<html" not in rest


# --- opening ------------------------------------------------------------------------------------
def test_a_member_opens_a_thread_once_however_often_it_is_sent(client):
    group = make.group()
    client.force_login(make.member(group))
    url, sent = reverse("open-thread"), words(group)

    form = main(client.get(url))
    first, second = client.post(url, sent), client.post(url, sent)

    thread = Thread.objects.get()
    assert 'key="thread"' in form
    assert first.headers["Location"] == second.headers["Location"] == thread.get_absolute_url()
    assert main(client.get(thread.get_absolute_url())).count("Saya bertanya, lalu sepi.") == 1


def test_open_thread_knows_the_group_of_who_has_one(client):
    group = make.group()
    client.force_login(make.member(group))

    form = main(client.get(reverse("open-thread")))

    assert f'<input type="hidden" name="group" value="{group.pk}"' in form


def test_open_thread_lets_me_choose_among_my_groups(client):
    one, two = make.group(), make.group()
    user = make.member(one)
    user.memberships.create(group=two)
    client.force_login(user)

    form = main(client.get(f"{reverse('open-thread')}?group={two.pk}"))

    assert f'<option value="{two.pk}" selected>' in form
    assert f'<option value="{one.pk}">' in form


def test_who_has_no_group_is_led_to_the_groups(client):
    client.force_login(make.person())

    page = main(client.get(reverse("open-thread")))

    assert f'href="{reverse("groups")}"' in page
    assert "<form" not in page


def test_a_thread_with_days_that_cannot_be_is_shown_again(client):
    group = make.group()
    client.force_login(make.member(group))
    yesterday = f"{timezone.localtime() - timedelta(days=1):%Y-%m-%dT%H:%M}"
    tomorrow = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%dT%H:%M}"

    past = client.post(reverse("open-thread"), words(group, think_ends_at=yesterday))
    turned = client.post(reverse("open-thread"), words(group, pair_ends_at=tomorrow))

    assert past.status_code == turned.status_code == 422
    assert "Pilih waktu yang belum lewat." in main(past)
    assert "Batas berpasangan harus sesudah batas berpikir." in main(turned)
    assert not Thread.objects.exists()


def test_a_meeting_is_opened_with_minutes_and_without_days(client):
    group = make.group()
    client.force_login(make.member(group))
    minutes = {"think_minutes": "3", "pair_minutes": "7", "share_minutes": "10"}
    sent = words(group, pace="meeting", think_ends_at="", pair_ends_at="", share_ends_at="")

    without = client.post(reverse("open-thread"), sent)
    opened = client.post(reverse("open-thread"), sent | minutes)

    assert without.status_code == 422
    assert main(without).count('class="error"') == 3
    assert opened.status_code == 302
    assert Thread.objects.get().think_minutes == 3


def test_a_thread_picked_from_a_post_begins_with_its_words_and_names_it(client):
    post = make.post()
    client.force_login(make.member(post.group))
    url = f"{reverse('open-thread')}?post={post.pk}"

    form = main(client.get(url))
    client.post(url, words(post.group, topics="Bertanya, kol ungu"))
    page = main(client.get(Thread.objects.get().get_absolute_url()))

    assert f'value="{post.title}"' in form
    assert f"Dari bahan “{post.title}”" in page
    assert "#bertanya" in page


def test_a_post_that_i_may_not_read_fills_no_form(client):
    hidden, group = make.post(), make.group()
    client.force_login(make.member(group))
    url = f"{reverse('open-thread')}?post={hidden.pk}"

    form = main(client.get(url))
    client.post(url, words(group))

    assert hidden.title not in form
    assert Thread.objects.get().source_post is None


def test_a_thread_of_an_own_promise_is_linked_for_its_readers_alone(client):
    promise = make.follow_up()
    teacher, colleague = promise.session.teacher, make.member(promise.session.group)
    url = f"{reverse('open-thread')}?follow_up={promise.pk}"
    client.force_login(colleague)
    of_colleague = main(client.get(url))
    client.force_login(teacher)

    form = main(client.get(url))
    client.post(url, words(promise.session.group))
    page = Thread.objects.get().get_absolute_url()
    own = main(client.get(page))
    client.force_login(colleague)

    assert promise.commitment in form
    assert promise.commitment not in of_colleague
    assert "Dari sebuah RTL" in own
    assert "Dari sebuah RTL" not in main(client.get(page))


def test_a_thread_cannot_be_opened_in_a_group_of_others(client):
    client.force_login(make.member(make.group()))

    answer = client.post(reverse("open-thread"), words(make.group()))

    assert answer.status_code == 422
    assert not Thread.objects.exists()


# --- thinking -----------------------------------------------------------------------------------
def test_a_member_thinks_alone(client):
    thread = make.thread()
    member, other = make.member(thread.group), make.member(thread.group)
    client.force_login(member)

    answer = client.post(reverse("think", args=[thread.pk]), {"text": "Saya menunggu."})
    own = main(client.get(thread.get_absolute_url()))
    client.force_login(other)
    others = main(client.get(thread.get_absolute_url()))

    assert answer.headers["Location"] == thread.get_absolute_url()
    assert "Saya menunggu.</textarea>" in own
    assert "Tersimpan" in own
    assert "Hanya Bapak/Ibu yang membacanya" in own
    assert "Saya menunggu." not in others
    assert "Bagi pasangan" not in others


def test_an_empty_thought_is_shown_again_and_a_late_one_refused(client):
    thread = make.end_thread(make.pair().thread)
    client.force_login(make.member(thread.group))
    late = client.post(reverse("think", args=[thread.pk]), {"text": "Terlambat."})

    thinking = make.thread(of=thread.group)
    empty = client.post(reverse("think", args=[thinking.pk]), {"text": " "})

    assert (late.status_code, empty.status_code) == (403, 422)
    assert "Waktu berpikir sendiri sudah lewat." in late.text
    assert Thought.objects.count() == 2


# --- the board ----------------------------------------------------------------------------------
def test_the_board_that_ends_thinking_too_early_reads_what_came_of_it(client):
    thread = make.thread()
    client.force_login(make.chair(thread.group))
    url = reverse("end-thinking", args=[thread.pk])

    longer = client.post(url, follow=True).text
    ended = client.post(url, follow=True).text

    assert "Jawaban belum cukup untuk dipasangkan. Waktu berpikir berlanjut sampai" in longer
    assert "Jawaban tidak cukup untuk dipasangkan, jadi diskusi ini ditutup." in ended


def test_the_board_ends_thinking_and_learns_of_no_answer_before(client):
    group = make.group()
    thread, chair = make.thread(of=group), make.chair(group)
    members = [make.member(group) for _ in range(3)]
    url = reverse("end-thinking", args=[thread.pk])
    client.force_login(chair)

    early = main(client.get(thread.get_absolute_url()))
    for member in members:
        services.think(thread, by=member, text="Saya menunggu.")
    ready = main(client.get(thread.get_absolute_url()))
    made = client.post(url)
    again = client.post(url)

    assert re.sub(CHANGING, "", early) == re.sub(CHANGING, "", ready)
    assert made.headers["Location"] == thread.get_absolute_url()
    assert (again.status_code, Pair.objects.count()) == (403, 1)
    assert "Waktu berpikir sendiri sudah lewat." in again.text


def test_the_board_lets_results_be_shared_then_closes_with_a_conclusion(client):
    pair = make.pair()
    thread = pair.thread
    writer = pair.people.first()
    services.edit_card(pair, by=writer, revision=0, problem="Sepi.", attempt="Bisik dulu.")
    services.share_card(pair, by=writer)
    client.force_login(make.chair(thread.group))
    url = reverse("close-thread", args=[thread.pk])

    progress = main(client.get(thread.get_absolute_url()))
    shared = client.post(reverse("begin-sharing", args=[thread.pk]))
    form = main(client.get(thread.get_absolute_url()))
    empty = client.post(url, {"conclusion": ""})
    closed = client.post(url, {"conclusion": "Tunggu tujuh detik."})
    again = client.post(url, {"conclusion": "Lain."})
    client.force_login(make.member(thread.group))
    page = main(client.get(thread.get_absolute_url()))

    assert "1 dari 1" in progress
    assert f'action="{url}#board"' in form
    assert (shared.status_code, empty.status_code, closed.status_code, again.status_code) == (
        302,
        422,
        302,
        403,
    )
    assert "Tunggu tujuh detik." in page
    assert "Bisik dulu." in page


def test_the_board_adds_time_and_concludes_afterwards_what_ended_by_itself(client):
    thread = make.pair().thread
    client.force_login(make.chair(thread.group))
    ends_at = thread.pair_ends_at

    more = client.post(reverse("add-time", args=[thread.pk]))
    thread.refresh_from_db()
    later = thread.pair_ends_at
    Thread.objects.update(phase="closed", closed_at=timezone.now())
    url = reverse("conclude-thread", args=[thread.pk])
    form = main(client.get(thread.get_absolute_url()))
    said = client.post(url, {"conclusion": "Tunggu tujuh detik."})

    assert (more.status_code, said.status_code) == (302, 302)
    assert later - ends_at == timedelta(days=1)
    assert f'action="{url}#board"' in form
    assert "Tunggu tujuh detik." in main(client.get(thread.get_absolute_url()))


def test_members_do_not_see_the_tools_of_the_board_nor_use_them(client):
    thread = make.pair().thread
    client.force_login(make.member(thread.group))

    page = main(client.get(thread.get_absolute_url()))

    assert "Untuk pengurus" not in page
    assert "Yang lain sudah berpasangan." in page
    for name in ("end-thinking", "begin-sharing", "add-time", "close-thread"):
        answer = client.post(reverse(name, args=[thread.pk]), {"conclusion": "Selesai."})
        assert answer.status_code == 403
        assert "Hanya pengurus kelompok" in answer.text


@pytest.mark.parametrize(
    "name",
    ["thread", "think", "end-thinking", "begin-sharing", "add-time", "close-thread"],
)
def test_threads_of_other_groups_do_not_exist(client, name):
    thread = make.pair().thread
    client.force_login(make.chair(make.group()))

    ask = client.get if name == "thread" else client.post

    assert ask(reverse(name, args=[thread.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_the_thread_page_costs_the_same_however_many_pairs(
    client, django_assert_num_queries, count
):
    group = make.group()
    thinkers = [make.member(group) for _ in range(2 * count)]
    thread = make.thread(of=group, thinkers=thinkers)
    services.end_thinking(thread, by=make.chair(group))
    for pair in thread.pairs.all():
        make.card(of=pair, attempt="Tunggu tujuh detik.")
    client.force_login(thinkers[0])
    client.get(thread.get_absolute_url())

    with django_assert_num_queries(12):
        page = main(client.get(thread.get_absolute_url()))

    assert page.count("Tunggu tujuh detik.") == count
