"""Every change to think-pair threads."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups.models import Cycle, Group, Stage
from groups.services import count_in_cycle
from thinkpair import rules
from thinkpair.events import (
    AnswerShared,
    MessageSaid,
    PairsMade,
    ThoughtWritten,
    ThreadClosed,
    ThreadOpened,
)
from thinkpair.models import Message, Pair, PairMember, Thought, Thread
from thinkpair.pairing import pair_up


class Problem(TypedDict):
    """What a thread is about, and until when."""

    title: str
    problem: str
    think_until: date
    pair_until: date


def open_thread(
    group: Group,
    *,
    by: User,
    submission: UUID,
    cycle: Cycle | None = None,
    **words: Unpack[Problem],
) -> Thread:
    """Put a problem before a group, in its running cycle unless another one is named.

    The same submission again returns the thread that it opened.
    """
    with changing(group):
        if opened := Thread.objects.filter(submission=submission, author=by).first():
            return opened
        rules.may_open_thread.require(by, group)
        cycle = cycle or group.cycles.open().first()
        thread = Thread(group=group, cycle=cycle, author=by, submission=submission, **words)
        thread.full_clean()
        if thread.think_until < timezone.localdate():
            raise ValidationError({"think_until": _("Pilih tanggal hari ini atau sesudahnya.")})
        if cycle and cycle.group_id != group.pk:
            raise ValidationError({"cycle": _("Siklus ini milik kelompok lain.")})
        thread.save()
        record(ThreadOpened(thread_id=thread.pk), by=by)
    return thread


def think(thread: Thread, *, by: User, text: str) -> Thought:
    """Keep one's own answer, or change it while everyone still thinks alone."""
    with changing(thread):
        rules.may_think.require(by, thread)
        thought = Thought.objects.filter(thread=thread, author=by).first()
        thought = thought or Thought(thread=thread, author=by)
        thought.text = text
        thought.full_clean()
        thought.save()
        record(ThoughtWritten(thought_id=thought.pk), by=by)
    return thought


def make_pairs(thread: Thread, *, by: User) -> Thread:
    """Pair everyone in the group who thought, and open each one's thought to the pair."""
    with changing(thread):
        rules.may_make_pairs.require(by, thread)
        thoughts = thread.thoughts_of_members().select_related("author")
        thought_of = {thought.author_id: thought for thought in thoughts}
        school_of = {person: thought.author.school_id for person, thought in thought_of.items()}
        for number, people in enumerate(pair_up(school_of, seed=thread.pk), start=1):
            pair = Pair.objects.create(thread=thread, number=number)
            PairMember.objects.bulk_create(
                PairMember(thread=thread, pair=pair, person_id=person) for person in people
            )
            thoughts.filter(author__in=people).update(pair=pair)
        thread.phase = Thread.Phase.PAIR
        thread.paired_at = timezone.now()
        thread.save(update_fields=["phase", "paired_at"])
        record(PairsMade(thread_id=thread.pk), by=by)
    return thread


def say(pair: Pair, *, by: User, text: str, submission: UUID) -> Message:
    """Say something to the pair alone. The same submission again returns what was said."""
    with changing(pair.thread):
        if said := Message.objects.filter(submission=submission, pair=pair, author=by).first():
            return said
        rules.may_talk.require(by, pair)
        message = Message(pair=pair, author=by, text=text, submission=submission)
        message.full_clean()
        message.save()
        record(MessageSaid(message_id=message.pk), by=by)
    return message


def share_answer(pair: Pair, *, by: User, text: str) -> Pair:
    """Give the pair's answer to the group. Until the thread is closed the pair may better it."""
    with changing(pair.thread):
        pair.refresh_from_db(fields=["answer", "shared_at", "shared_by"])
        rules.may_talk.require(by, pair)
        if not text:
            raise ValidationError({"answer": _("Tulis jawaban bersama lebih dulu.")})
        if pair.answer == text:
            return pair
        pair.answer, pair.shared_at, pair.shared_by = text, timezone.now(), by
        pair.full_clean()
        pair.save(update_fields=["answer", "shared_at", "shared_by"])
        record(AnswerShared(pair_id=pair.pk), by=by)
    return pair


def close_thread(thread: Thread, *, by: User, conclusion: str) -> Thread:
    """End a thread with what the group takes from it; the cycle counts one talk more."""
    with changing(thread):
        rules.may_close_thread.require(by, thread)
        if not conclusion:
            raise ValidationError({"conclusion": _("Tulis apa yang kelompok simpulkan.")})
        thread.conclusion = conclusion
        thread.phase = Thread.Phase.CLOSED
        thread.closed_at = timezone.now()
        thread.full_clean()
        thread.save(update_fields=["conclusion", "phase", "closed_at"])
        count_in_cycle(thread.cycle_id, Stage.THINK_AND_PAIRS)
        record(ThreadClosed(thread_id=thread.pk), by=by)
    return thread
