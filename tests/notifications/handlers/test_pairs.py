"""What is told when somebody cannot take part."""

import pytest

from tests import make
from tests.notifications.telling import quiet, told
from thinkpair import services as thinkpair

pytestmark = pytest.mark.django_db


def paired(count):
    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group) for _ in range(count)])
    thinkpair.end_thinking(thread, by=make.chair(group))
    quiet()
    return thread


def test_a_trio_is_told_who_left():
    thread = paired(3)
    leaver, one, other = thread.pairs.get().people.all()

    thinkpair.mark_absent(thread, by=leaver, person=leaver)

    words = f"{leaver} berhalangan. “{thread}” Bapak/Ibu lanjutkan berdua."
    assert told() == {one: words, other: words}


def test_who_is_marked_by_the_board_and_who_is_left_alone_are_told():
    thread = paired(2)
    absent, alone = thread.pairs.get().people.all()

    thinkpair.mark_absent(thread, by=make.chair(thread.group), person=absent)

    assert told() == {
        absent: f"Pengurus mencatat Bapak/Ibu berhalangan untuk “{thread}”.",
        alone: f"Belum ada pasangan untuk Bapak/Ibu pada “{thread}”. Begitu ada, kami kabari.",
    }


def test_all_three_are_told_with_whom_they_sit_now():
    thread = paired(4)
    absent = thread.pairs.get(number=1).people.first()

    thinkpair.mark_absent(thread, by=absent, person=absent)

    three = set(thread.pairs.get().people.all())
    assert set(told()) == three
    assert all(words.startswith("Bapak/Ibu berpasangan dengan") for words in told().values())
