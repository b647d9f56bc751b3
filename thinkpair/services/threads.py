"""Every change to threads."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups.models import Cycle, Group
from thinkpair import rules
from thinkpair.events import ThreadOpened
from thinkpair.models import Thread


class Problem(TypedDict):
    """What a thread is about, and until when."""

    title: str
    problem: str
    think_ends_at: datetime
    pair_ends_at: datetime
    share_ends_at: datetime


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
        if thread.think_ends_at <= timezone.now():
            raise ValidationError({"think_ends_at": _("Pilih waktu yang belum lewat.")})
        if cycle and cycle.group_id != group.pk:
            raise ValidationError({"cycle": _("Siklus ini milik kelompok lain.")})
        thread.save()
        record(ThreadOpened(thread_id=thread.pk), by=by)
    return thread
