"""What became of a card."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from groups.models import Cycle
from groups.rules import groups_of
from reinforcement.models import FollowUp
from sharing.models import Post
from thinkpair.models import Card, Thread

# Discussions that began with one card; there are seldom more.
MOST_THREADS = 5


@dataclass(frozen=True)
class Became:
    """What a card was carried on to, of that only what a person may read."""

    post: Post | None
    follow_up: FollowUp | None
    cycle: Cycle | None
    threads: list[Thread]

    def __bool__(self) -> bool:
        return bool(self.post or self.follow_up or self.cycle or self.threads)


def became_of(card: Card, user: User) -> Became:
    """What this person may know of what became of a card. At most four queries."""
    cycles = Cycle.objects.visible_to(user).filter(group__in=groups_of(user))
    follow_ups = FollowUp.objects.visible_to(user).select_related("session__teacher")
    begun = Thread.objects.visible_to(user).filter(source_card=card)
    return Became(
        post=Post.objects.visible_to(user).filter(pk=card.post_id or 0).first(),
        follow_up=follow_ups.filter(pk=card.follow_up_id or 0).first(),
        cycle=cycles.filter(pk=card.cycle_id or 0).first(),
        threads=list(begun.order_by("-pk")[:MOST_THREADS]),
    )
