"""Readings of a thread for its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Prefetch

from accounts.models import User
from thinkpair.models import Pair, Thread


def shared_answers(thread: Thread) -> list[Pair]:
    """The answers that pairs gave to the group, each with the pair's people; no talk, no thoughts.

    For everyone who may read the thread, which `visible_threads` decides.
    """
    people = Prefetch("people", User.objects.select_related("school").order_by("name"))
    return list(Pair.objects.shared_in(thread).prefetch_related(people))


@dataclass(frozen=True)
class Progress:
    """How far a thread is, in numbers that the group's board needs to move it on."""

    members: int
    thoughts: int
    pairs: int
    answers: int


def progress_of(thread: Thread) -> Progress:
    """How many of the group thought, were paired and answered. Three queries."""
    members = thread.group.memberships.current().as_members()
    return Progress(
        members=members.count(),
        thoughts=thread.thoughts_of_members().count(),
        **thread.pairs.aggregate(pairs=Count("pk"), answers=Count("shared_at")),
    )
