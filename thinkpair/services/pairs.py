"""Who is put together with whom."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from activity.services import changing, record
from thinkpair import rules
from thinkpair.events import (
    PairsMade,
)
from thinkpair.models import Pair, PairMember, Thread
from thinkpair.pairing import pair_up


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
