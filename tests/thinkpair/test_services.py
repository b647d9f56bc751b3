from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from activity.models import Entry
from tests import make
from thinkpair import events, services
from thinkpair.models import Message, Pair, PairMember, Thought, Thread

pytestmark = pytest.mark.django_db


def happened() -> list[object]:
    entries = Entry.objects.filter(name__startswith="thinkpair.").order_by("pk")
    return [entry.event for entry in entries]


def problem(**changes):
    now = timezone.now()
    words = {
        "title": "Murid diam",
        "problem": "Saya bertanya, lalu sepi.",
        "think_ends_at": now + timedelta(days=3),
        "pair_ends_at": now + timedelta(days=6),
        "share_ends_at": now + timedelta(days=9),
        "submission": uuid4(),
    }
    return words | changes


def thinking(count: int) -> Thread:
    group = make.group()
    return make.thread(of=group, thinkers=[make.member(group) for _ in range(count)])


def test_open_thread_joins_the_running_cycle():
    group = make.group()
    cycle = make.cycle(of=group)

    thread = services.open_thread(group, by=make.member(group), **problem())

    assert (thread.cycle, thread.phase) == (cycle, "think")
    assert happened() == [events.ThreadOpened(thread_id=thread.pk)]


def test_open_thread_sent_twice_opens_one():
    group = make.group()
    author, words = make.member(group), problem()

    first = services.open_thread(group, by=author, **words)
    again = services.open_thread(group, by=author, **words)

    assert first == again
    assert Thread.objects.count() == 1
    assert len(happened()) == 1


def test_open_thread_with_a_used_mark_swallows_no_other_problem():
    group = make.group()
    author, words = make.member(group), problem()
    services.open_thread(group, by=author, **words)

    with pytest.raises(ValidationError, match="belum terkirim"):
        services.open_thread(group, by=author, **words | {"problem": "Lain lagi."})

    assert Thread.objects.get().problem == words["problem"]


@pytest.mark.parametrize(
    ("think", "pair", "share", "wrong"),
    [(-1, 3, 6, "think_ends_at"), (5, 4, 6, "__all__"), (1, 4, 4, "__all__")],
)
def test_open_thread_with_days_that_cannot_be_is_refused(think, pair, share, wrong):
    group, now = make.group(), timezone.now()
    days = {
        "think_ends_at": now + timedelta(days=think),
        "pair_ends_at": now + timedelta(days=pair),
        "share_ends_at": now + timedelta(days=share),
    }

    with pytest.raises(ValidationError) as refusal:
        services.open_thread(group, by=make.member(group), **problem(**days))

    assert set(refusal.value.error_dict) == {wrong}
    assert not Thread.objects.exists()
    assert happened() == []


def test_open_thread_in_another_groups_cycle_or_by_a_stranger_is_refused():
    group = make.group()

    with pytest.raises(ValidationError, match="kelompok lain"):
        services.open_thread(group, by=make.member(group), cycle=make.cycle(), **problem())
    with pytest.raises(PermissionDenied, match="anggota kelompok"):
        services.open_thread(group, by=make.person(), **problem())

    assert not Thread.objects.exists()


def test_think_keeps_one_thought_that_can_be_changed():
    thread = thinking(0)
    member = make.member(thread.group)

    services.think(thread, by=member, text="Saya terlalu cepat menjawab.")
    services.think(thread, by=member, text="Saya menunggu lima detik.")

    assert [thought.text for thought in Thought.objects.all()] == ["Saya menunggu lima detik."]


def test_think_of_nothing_or_too_late_is_refused():
    thread = thinking(2)
    member = make.member(thread.group)

    with pytest.raises(ValidationError):
        services.think(thread, by=member, text="")
    make.pair_everyone(thread)
    services.begin_sharing(thread, by=make.chair(thread.group))
    with pytest.raises(PermissionDenied, match="sudah lewat"):
        services.think(thread, by=member, text="Terlambat.")

    assert Thought.objects.count() == 2


@pytest.mark.parametrize(("count", "sizes"), [(2, [2]), (3, [3]), (6, [2, 2, 2]), (7, [2, 2, 3])])
def test_end_thinking_opens_each_thought_to_its_pair(count, sizes):
    thread = thinking(count)

    services.end_thinking(thread, by=make.chair(thread.group))

    assert thread.phase == "pair"
    assert thread.paired_at is not None
    pairs = list(thread.pairs.order_by("number"))
    assert [pair.number for pair in pairs] == list(range(1, len(sizes) + 1))
    assert sorted(pair.people.count() for pair in pairs) == sizes
    for pair in pairs:
        assert set(pair.people.all()) == {thought.author for thought in pair.thoughts.all()}
    assert happened()[-1] == events.PairsMade(thread_id=thread.pk)


def test_end_thinking_leaves_out_who_left_the_group():
    thread = thinking(3)
    left = thread.thoughts.earliest("pk").author
    left.memberships.update(ends_on=timezone.localdate() - timedelta(days=1))

    services.end_thinking(thread, by=make.chair(thread.group))

    assert not PairMember.objects.filter(person=left).exists()
    assert thread.pairs.get().people.count() == 2
    assert Thought.objects.get(author=left).pair is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_end_thinking_at_once_make_one_set():
    thread = thinking(6)
    chairs = [make.chair(thread.group), make.chair(thread.group)]

    def end_thinking(chair) -> str:
        try:
            services.end_thinking(Thread.objects.get(pk=thread.pk), by=chair)
        except PermissionDenied as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(end_thinking, chairs))

    assert answers == ["Waktu berpikir sendiri sudah lewat.", "made"]
    assert thread.pairs.count() == 3
    assert PairMember.objects.filter(thread=thread).count() == 6


def test_say_reaches_the_pair_once_however_often_it_is_sent():
    pair = make.pair()
    author, submission = pair.people.first(), uuid4()

    first = services.say(pair, by=author, text="Halo, Bu.", submission=submission)
    again = services.say(pair, by=author, text="Halo, Bu.", submission=submission)

    assert first == again
    assert [message.text for message in Message.objects.all()] == ["Halo, Bu."]
    assert happened().count(events.MessageSaid(message_id=first.pk)) == 1


def test_say_by_a_coordinator_or_after_the_end_is_refused():
    pair = make.pair()
    author, chair = pair.people.first(), make.chair(pair.thread.group)

    with pytest.raises(PermissionDenied, match="anggota pasangan"):
        services.say(pair, by=chair, text="Cepat!", submission=uuid4())
    with pytest.raises(ValidationError):
        services.say(pair, by=author, text="", submission=uuid4())
    stale = Pair.objects.get()
    assert stale.thread.phase == "pair"
    make.end_thread(Thread.objects.get())
    with pytest.raises(PermissionDenied, match="sudah selesai"):
        services.say(stale, by=author, text="Satu lagi.", submission=uuid4())

    assert not Message.objects.exists()


def test_a_mark_that_another_message_carries_is_refused():
    pair = make.pair()
    one, other = pair.people.all()
    submission = uuid4()
    services.say(pair, by=one, text="Halo.", submission=submission)

    with pytest.raises(ValidationError):
        services.say(pair, by=other, text="Hai.", submission=submission)

    assert Message.objects.get().text == "Halo."


def test_close_thread_counts_in_the_cycle_once():
    group = make.group()
    cycle = make.cycle(of=group)
    thread, chair = make.pair(of=group).thread, make.chair(group)

    services.begin_sharing(thread, by=chair)
    with pytest.raises(ValidationError):
        services.close_thread(thread, by=chair, conclusion="")
    services.close_thread(thread, by=chair, conclusion="Tunggu tujuh detik.")
    with pytest.raises(PermissionDenied, match="sudah selesai"):
        services.close_thread(thread, by=chair, conclusion="Lain.")

    thread.refresh_from_db()
    cycle.refresh_from_db()
    assert (thread.phase, thread.conclusion) == ("closed", "Tunggu tujuh detik.")
    assert thread.closed_at is not None
    assert cycle.talks_closed == 1
    assert happened()[-1] == events.ThreadClosed(thread_id=thread.pk)


def test_close_thread_before_results_are_shared_is_refused():
    thread = make.pair().thread

    with pytest.raises(PermissionDenied, match="Mulai berbagi hasil dulu"):
        services.close_thread(thread, by=make.chair(thread.group), conclusion="Selesai.")

    thread.refresh_from_db()
    assert (thread.phase, thread.conclusion) == ("pair", "")


# --- what a thread may begin with
def minutes(think: int | None, pair: int | None, share: int | None) -> dict[str, object]:
    words = problem()
    for name in ("think_ends_at", "pair_ends_at", "share_ends_at"):
        del words[name]
    return words | {"think_minutes": think, "pair_minutes": pair, "share_minutes": share}


def test_open_thread_in_a_meeting_counts_its_minutes_from_now(time_machine):
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    group = make.group()

    thread = services.open_thread(group, by=make.member(group), **minutes(3, 7, 10))

    ends = (thread.think_ends_at, thread.pair_ends_at, thread.share_ends_at)
    assert ends == tuple(now + timedelta(minutes=after) for after in (3, 10, 20))
    assert thread.is_in_meeting


@pytest.mark.parametrize("given", [(0, 7, 10), (3, None, 10), (3, 7, 121)])
def test_open_thread_with_minutes_that_cannot_be_is_refused(given: tuple[int | None, ...]):
    group = make.group()

    with pytest.raises(ValidationError, match="Isi 1 sampai 120 menit"):
        services.open_thread(group, by=make.member(group), **minutes(*given))

    assert not Thread.objects.exists()


def test_open_thread_for_a_session_is_for_those_who_were_there():
    group = make.group()
    here, away = make.member(group), make.member(group)
    session = make.session(of=group, observers=[here, away], held=True)
    session.participations.filter(user=away).update(attendance="absent")
    session.participations.filter(user=here).update(attendance="present")

    thread = services.open_thread(group, by=away, session=session, **problem())

    assert thread.scope == "session"
    assert here in thread.takes_part()
    assert away not in thread.takes_part()


def test_open_thread_for_a_session_of_others_is_refused():
    group = make.group()

    with pytest.raises(ValidationError, match="Pilih sesi kelompok ini"):
        services.open_thread(group, by=make.member(group), session=make.session(), **problem())


def test_open_thread_keeps_its_prompt_tags_and_source():
    group = make.group()
    post = make.post(of=group)
    words = problem(prompt="Apa yang akan saya coba?", is_arranged=True, matching="similar")

    thread = services.open_thread(
        group, by=make.member(group), topics=["Bertanya ", "bertanya"], source_post=post, **words
    )

    thread.refresh_from_db()
    assert [topic.name for topic in thread.topics.all()] == ["bertanya"]
    assert (thread.subject, thread.source_post) == (group.subject, post)
    kept = (thread.prompt, thread.matching, thread.is_arranged)
    assert kept == ("Apa yang akan saya coba?", "similar", True)


def test_only_the_guru_model_makes_a_thread_of_her_promise():
    promise = make.follow_up()
    group, teacher = promise.session.group, promise.session.teacher

    with pytest.raises(PermissionDenied, match="Hanya RTL sendiri"):
        services.open_thread(group, by=make.member(group), source_follow_up=promise, **problem())
    thread = services.open_thread(group, by=teacher, source_follow_up=promise, **problem())

    assert list(promise.threads.all()) == [thread]
