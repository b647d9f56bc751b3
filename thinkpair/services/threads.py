"""Opening threads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Required, TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from activity.submissions import require_same
from groups.models import Cycle, Group
from reinforcement.models import FollowUp
from schools.models import Subject
from sessions.models import ModelSession
from sharing.models import Post
from sharing.services import topics_named
from thinkpair import rules
from thinkpair.events import ThreadOpened
from thinkpair.models import Thread

LONGEST_MINUTES = 120
# What tells one problem from another when a form is sent again; times may have been moved since.
SENT = ("title", "problem", "prompt", "session", "matching", "is_arranged", *Thread.MINUTES)


class Problem(TypedDict, total=False):
    """What a thread is about, who takes part, and until when: three moments, or minutes of each."""

    title: Required[str]
    problem: Required[str]
    prompt: str
    subject: Subject | None
    session: ModelSession | None
    matching: str
    is_arranged: bool
    think_ends_at: datetime
    pair_ends_at: datetime
    share_ends_at: datetime
    think_minutes: int | None
    pair_minutes: int | None
    share_minutes: int | None


def open_thread(
    group: Group,
    *,
    by: User,
    submission: UUID,
    cycle: Cycle | None = None,
    topics: Iterable[str] = (),
    source_post: Post | None = None,
    source_follow_up: FollowUp | None = None,
    **words: Unpack[Problem],
) -> Thread:
    """Put a problem before a group, in its running cycle unless another one is named.

    With a session those who were at it take part, else the members. The subject is the group's
    unless one is given. With minutes the phases are counted from now, as in a meeting. The same
    submission again returns the thread that it opened; for another problem it raises
    ValidationError.
    """
    with changing(group):
        if opened := Thread.objects.filter(submission=submission, author=by).first():
            given: Mapping[str, object] = words
            sent = {"group": group, **{name: given[name] for name in SENT if name in given}}
            require_same({name: getattr(opened, name) for name in sent}, sent)
            return opened
        rules.may_open_thread.require(by, group)
        if source_follow_up:
            rules.may_pick_follow_up.require(by, source_follow_up)
        thread = Thread(
            group=group,
            cycle=cycle or group.cycles.open().first(),
            author=by,
            submission=submission,
            source_post=source_post,
            source_follow_up=source_follow_up,
            **words,
        )
        thread.subject = thread.subject or group.subject
        if thread.session:
            thread.scope = Thread.Scope.SESSION
        _start_clock(thread)
        _check_belonging(thread)
        thread.full_clean()
        if thread.think_ends_at <= timezone.now():
            raise ValidationError({"think_ends_at": _("Pilih waktu yang belum lewat.")})
        thread.save()
        thread.topics.set(topics_named(topics))
        record(ThreadOpened(thread_id=thread.pk), by=by)
    return thread


def _start_clock(thread: Thread) -> None:
    """Where minutes are given, reckon when each phase ends."""
    minutes = {name: getattr(thread, name) for name in Thread.MINUTES}
    if all(given is None for given in minutes.values()):
        return
    wrong = [name for name, given in minutes.items() if not 0 < (given or 0) <= LONGEST_MINUTES]
    if wrong:
        reason = _("Isi 1 sampai %(most)s menit.") % {"most": LONGEST_MINUTES}
        raise ValidationError(dict.fromkeys(wrong, reason))
    end = timezone.now()
    for name, given in minutes.items():
        end += timedelta(minutes=given or 0)
        setattr(thread, name.replace("minutes", "ends_at"), end)


def _check_belonging(thread: Thread) -> None:
    if thread.cycle and thread.cycle.group_id != thread.group_id:
        raise ValidationError({"cycle": _("Siklus ini milik kelompok lain.")})
    if thread.session and thread.session.group_id != thread.group_id:
        raise ValidationError({"session": _("Pilih sesi kelompok ini.")})
