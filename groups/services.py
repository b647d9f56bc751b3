"""Every change to groups, memberships and cycles."""

from __future__ import annotations

from django.db.models import F

from groups.models import Cycle, Stage

_COUNTERS = {
    Stage.SHARING: "posts_shared",
    Stage.MODELLING: "sessions_held",
    Stage.ACTION: "observations_submitted",
    Stage.REINFORCEMENT: "feedback_given",
    Stage.THINK_AND_PAIRS: "talks_closed",
}


def count_in_cycle(cycle_id: int | None, stage: Stage, by: int = 1) -> None:
    """Keep a cycle's counter when the thing of that stage happens, or is taken back with -1.

    Called by the services of the stage apps inside their own transaction; no cycle, no count.
    """
    if cycle_id is None:
        return
    counter = _COUNTERS[stage]
    Cycle.objects.filter(pk=cycle_id).update(**{counter: F(counter) + by})
