"""Moving a thread on: from thinking to pairs, to sharing, to its end; by the board or by time."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups.models import Stage
from groups.services import count_in_cycle
from thinkpair import rules
from thinkpair.events import (
    PairsMade,
    PairsProposed,
    SharingBegan,
    ThinkingExtended,
    ThreadClosed,
    ThreadConcluded,
    TimeAdded,
)
from thinkpair.models import Thread
from thinkpair.services.absences import place_alone
from thinkpair.services.pairs import give_thoughts, propose_pairs

logger = logging.getLogger(__name__)

# Over days a phase lasts at least a day, for those who come online once a day.
DAY = timedelta(days=1)
MORE_MINUTES = timedelta(minutes=3)
FEWEST = 2
ENDS = ["think_ends_at", "pair_ends_at", "share_ends_at"]


def end_thinking(thread: Thread, *, by: User) -> Thread:
    """End thinking now, as its deadline would: see `_finish_thinking`.

    It is not refused for want of answers. A refusal that costs nothing would tell the board, as
    often as it asks, whether others have thought yet.
    """
    with changing(thread):
        rules.may_end_thinking.require(by, thread)
        _finish_thinking(thread, timezone.now(), by=by)
    return thread


def begin_sharing(thread: Thread, *, by: User) -> Thread:
    """End talking in pairs: the group reads what they shared and chooses."""
    with changing(thread):
        rules.may_begin_sharing.require(by, thread)
        _begin_sharing(thread, by=by)
    return thread


def close_thread(thread: Thread, *, by: User, conclusion: str) -> Thread:
    """End a thread with what the group takes from it; the cycle counts one talk more."""
    with changing(thread):
        rules.may_close_thread.require(by, thread)
        _conclude(thread, conclusion)
        _close(thread, by=by)
    return thread


def conclude_thread(thread: Thread, *, by: User, conclusion: str) -> Thread:
    """Say afterwards what the group takes from a thread that ended by itself."""
    with changing(thread):
        rules.may_conclude_thread.require(by, thread)
        _conclude(thread, conclusion)
        record(ThreadConcluded(thread_id=thread.pk), by=by)
    return thread


def add_time(thread: Thread, *, by: User) -> Thread:
    """Let the phase of now, and with it those after it, end later: 3 minutes, or a day."""
    with changing(thread):
        rules.may_add_time.require(by, thread)
        _put_off(thread, MORE_MINUTES if thread.is_in_meeting else DAY)
        record(TimeAdded(thread_id=thread.pk), by=by)
    return thread


def move_on(now: datetime) -> int:
    """Move every thread on whose phase has ended, and say how many were moved.

    Each in its own transaction: one that fails holds up no other and is tried again. Two workers
    at once move a thread one phase only.
    """
    moved = 0
    for thread in Thread.objects.due(now).order_by("pk")[:500]:
        try:
            moved += _move_on(thread, now)
        except Exception:
            logger.exception("Thread %s could not be moved on", thread.pk)
    return moved


def _move_on(thread: Thread, now: datetime) -> bool:
    with changing(thread):
        ends_at = thread.phase_ends_at
        if ends_at is None or ends_at > now:
            return False
        match thread.phase:
            case Thread.Phase.THINK:
                _finish_thinking(thread, now, by=None)
            case Thread.Phase.ARRANGE:
                open_rooms(thread, by=None)
            case Thread.Phase.PAIR:
                _begin_sharing(thread, by=None)
            case _:
                _close(thread, by=None)
    return True


def _finish_thinking(thread: Thread, now: datetime, *, by: User | None) -> None:
    """Pair who has thought; where too few thought, wait once more for them, then close.

    Where two thought and the board calls one of them absent, it closes, too.
    """
    if _is_enough(thread):
        _pair(thread, by=by)
    elif thread.extended_at is None:
        _extend(thread, now, by=by)
    else:
        _close(thread, by=by)


def _is_enough(thread: Thread) -> bool:
    """Whether two can be paired. Whom others call absent counts, or it would tell who answered."""
    if thread.session:
        return thread.people_to_pair().count() >= FEWEST
    own = thread.absences.filter(by=F("person")).values("person")
    people = thread.takes_part().exclude(pk__in=own)
    return people.filter(pk__in=thread.thoughts.values("author")).count() >= FEWEST


def _pair(thread: Thread, *, by: User | None) -> None:
    """The board looks at the pairs first, or their rooms open at once."""
    propose_pairs(thread)
    thread.think_ends_at = timezone.now()
    if not thread.is_arranged:
        open_rooms(thread, by=by)
        return
    thread.phase = Thread.Phase.ARRANGE
    _give_time(thread, timezone.now())
    thread.save(update_fields=["phase", *ENDS])
    record(PairsProposed(thread_id=thread.pk), by=by)


def open_rooms(thread: Thread, *, by: User | None) -> None:
    """Let each pair into its room and read what the other thought; without a pair, it is the end.

    No rule: whoever moves the thread on asked one, and locked the thread.
    """
    # Who came or left the group since pairs were proposed.
    place_alone(thread, by=by)
    if not thread.pairs.exclude(seats=None).exists():
        _close(thread, by=by)
        return
    for pair in thread.pairs.prefetch_related("seats"):
        give_thoughts(pair, [seat.person_id for seat in pair.seats.all()])
    thread.phase = Thread.Phase.PAIR
    thread.paired_at = timezone.now()
    _give_time(thread, thread.paired_at)
    thread.save(update_fields=["phase", "paired_at", *ENDS])
    record(PairsMade(thread_id=thread.pk), by=by)


def _begin_sharing(thread: Thread, *, by: User | None) -> None:
    now = timezone.now()
    thread.phase, thread.shared_at = Thread.Phase.SHARE, now
    thread.pair_ends_at = max(now, thread.think_ends_at + timedelta(seconds=1))
    _give_time_to_share(thread, now)
    thread.save(update_fields=["phase", "shared_at", *ENDS])
    record(SharingBegan(thread_id=thread.pk), by=by)


def _close(thread: Thread, *, by: User | None) -> None:
    thread.phase, thread.closed_at = Thread.Phase.CLOSED, timezone.now()
    thread.save(update_fields=["phase", "closed_at"])
    # What ended because too few had thought is no talk.
    if thread.paired_at:
        count_in_cycle(thread.cycle_id, Stage.THINK_AND_PAIRS)
    record(ThreadClosed(thread_id=thread.pk), by=by)


def _conclude(thread: Thread, conclusion: str) -> None:
    if not conclusion:
        raise ValidationError({"conclusion": _("Tulis apa yang kelompok simpulkan.")})
    thread.conclusion = conclusion
    thread.full_clean()
    thread.save(update_fields=["conclusion"])


def _extend(thread: Thread, now: datetime, *, by: User | None) -> None:
    """Wait once more for answers: a day, or the minutes of thinking again."""
    more = timedelta(minutes=thread.think_minutes) if thread.think_minutes else DAY
    thread.extended_at = now
    _put_off(thread, now + more - thread.think_ends_at)
    record(ThinkingExtended(thread_id=thread.pk), by=by)


def _put_off(thread: Thread, more: timedelta) -> None:
    order = [Thread.Phase.THINK, Thread.Phase.PAIR, Thread.Phase.SHARE]
    for name in ENDS[order.index(Thread.Phase(thread.phase)) :]:
        setattr(thread, name, getattr(thread, name) + more)
    thread.save(update_fields=[*ENDS, "extended_at"])


def _give_time(thread: Thread, now: datetime) -> None:
    """Let pairs have their minutes, counted from now; over days at least one."""
    if thread.pair_minutes:
        thread.pair_ends_at = now + timedelta(minutes=thread.pair_minutes)
    else:
        thread.pair_ends_at = max(thread.pair_ends_at, now + DAY)
    _give_time_to_share(thread, thread.pair_ends_at)


def _give_time_to_share(thread: Thread, begin: datetime) -> None:
    if thread.share_minutes:
        thread.share_ends_at = begin + timedelta(minutes=thread.share_minutes)
    else:
        thread.share_ends_at = max(thread.share_ends_at, begin + DAY)
