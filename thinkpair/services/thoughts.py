"""Every change to what is thought alone."""

from __future__ import annotations

from accounts.models import User
from activity.services import changing, record
from thinkpair import rules
from thinkpair.events import (
    ThoughtWritten,
)
from thinkpair.models import Thought, Thread
from thinkpair.services.absences import place_alone


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
        # Who thinks while others talk already joins them at once.
        place_alone(thread, by=by)
    return thought
