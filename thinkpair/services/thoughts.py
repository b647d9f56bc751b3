"""Every change to what is thought alone."""

from __future__ import annotations

from accounts.models import User
from activity.services import changing, record
from thinkpair import rules
from thinkpair.events import ThoughtWritten
from thinkpair.models import Thought, Thread
from thinkpair.services.absences import place_alone


def think(thread: Thread, *, by: User, text: str, standing: str = "") -> Thought:
    """Keep one's own answer, or change it while everyone still thinks alone.

    `standing` says how one stands to the problem: who solved it is paired with who struggles.
    """
    with changing(thread):
        rules.may_think.require(by, thread)
        thought = Thought.objects.filter(thread=thread, author=by).first()
        thought = thought or Thought(thread=thread, author=by)
        thought.text, thought.standing = text, standing
        thought.full_clean()
        thought.save()
        # It is saved again and again while one writes; the log says so once an hour.
        hour = f"thought:{thought.pk}:{thought.written_at:%Y%m%d%H}"
        record(ThoughtWritten(thought_id=thought.pk), by=by, once=hour)
        # Who thinks while others talk already joins them at once.
        place_alone(thread, by=by)
    return thought
