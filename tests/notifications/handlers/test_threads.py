"""What is told of threads and pairs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.words import moment
from tests import make
from tests.notifications.telling import links, quiet, told
from thinkpair import services as thinkpair

pytestmark = pytest.mark.django_db


def test_members_are_told_of_a_new_problem():
    group = make.group()
    member = make.member(group)

    thread = make.thread(of=group)

    assert told() == {
        member: f"{thread.author} membuka diskusi “{thread}”. Mari berpikir sendiri dulu.",
    }


def test_each_of_a_pair_is_told_of_the_other():
    group = make.group()
    one, other = make.member(group), make.member(group)
    thread = make.thread(of=group, thinkers=[one, other])
    quiet()

    thinkpair.end_thinking(thread, by=make.chair(group))

    assert told() == {
        one: f"Bapak/Ibu berpasangan dengan {other} untuk “{thread}”.",
        other: f"Bapak/Ibu berpasangan dengan {one} untuk “{thread}”.",
    }
    assert links() == {thread.pairs.get().get_absolute_url()}


def test_a_pair_has_at_most_one_unread_notice_and_never_the_words():
    pair = make.pair()
    one, other = pair.people.order_by("pk")
    quiet()

    for number in range(3):
        make.message(in_=pair, by=one, text=f"Rahasia {number}.")

    assert told() == {other: f"{one} menulis di ruang pasangan “{pair.thread}”."}


def test_shared_card_is_told_to_whose_problem_it_is():
    pair = make.pair()
    quiet()

    make.card(of=pair)

    assert told() == {pair.thread.author: f"Ada jawaban baru untuk “{pair.thread}”."}


def test_a_silent_pair_is_told_both():
    pair = make.pair()
    quiet()

    thinkpair.nudge_silent_pairs(timezone.now() + timedelta(hours=25))

    words = f"Ruang pasangan “{pair.thread}” sepi. Satu pertanyaan cukup untuk melanjutkan."
    assert told() == dict.fromkeys(pair.people.all(), words)


def test_who_takes_part_is_told_that_results_can_be_read():
    thread = make.pair().thread
    chair = make.chair(thread.group)
    quiet()

    thinkpair.begin_sharing(thread, by=chair)

    words = f"Hasil pasangan untuk “{thread}” dapat dibaca. Mari memilih bersama."
    assert told() == dict.fromkeys(set(thread.takes_part()) - {chair}, words)


def test_who_takes_part_is_told_what_came_of_it():
    thread = make.pair().thread
    chair = make.chair(thread.group)
    thinkpair.begin_sharing(thread, by=chair)
    quiet()

    thinkpair.close_thread(thread, by=chair, conclusion="Beri waktu.")

    words = f"Diskusi “{thread}” selesai. Silakan baca simpulannya."
    assert told() == dict.fromkeys(set(thread.takes_part()) - {chair}, words)


def test_all_but_who_pressed_are_told_that_thinking_goes_on():
    group = make.group()
    chair, member = make.chair(group), make.member(group)
    thread = make.thread(of=group)
    quiet()

    thinkpair.end_thinking(thread, by=chair)

    longer = f"Waktu berpikir untuk “{thread}” diperpanjang sekali."
    assert told() == {member: longer, thread.author: longer}


def test_who_takes_part_is_told_of_more_time_over_days():
    thread = make.thread()
    chair = make.chair(thread.group)
    quiet()

    thinkpair.add_time(thread, by=chair)

    with timezone.override("Asia/Makassar"):
        words = f"Waktu untuk diskusi “{thread}” ditambah, sampai {moment(thread.think_ends_at)}."
    assert told() == dict.fromkeys(set(thread.takes_part()) - {chair}, words)
    assert links() == {thread.get_absolute_url()}


def test_nobody_is_told_of_three_minutes_in_a_meeting():
    thread = make.thread(think_minutes=3, pair_minutes=7, share_minutes=10)
    quiet()

    thinkpair.add_time(thread, by=make.chair(thread.group))

    assert told() == {}
