"""Every change to threads."""

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
    ThreadClosed,
    ThreadOpened,
)
from thinkpair.models import Thread


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
