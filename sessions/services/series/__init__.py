"""Sessions that recur: planned together; changed and cancelled from one on, or all that remain.

A series stores its rule alone. What its sessions say stands in the sessions: whatever is changed
of all of them is written into each, so that a single one may differ.
"""

from sessions.services.series.cancelling import cancel_all, cancel_following
from sessions.services.series.changing import change_all, change_following
from sessions.services.series.planning import plan_series

__all__ = ["cancel_all", "cancel_following", "change_all", "change_following", "plan_series"]
