"""Every change to sessions and meetings, one module for each noun."""

from sessions.services.attendance import (
    add_guest,
    check_in,
    check_in_by_code,
    keep_sheet,
    tick_attendance,
)
from sessions.services.feeds import make_calendar_feed, revoke_calendar_feed
from sessions.services.holding import (
    count_in_session,
    hold_session,
    open_early,
    remind_of_sessions,
)
from sessions.services.invitations import answer_invitation, answers_to, invite
from sessions.services.lesson_plans import comment_plan, share_lesson_plan
from sessions.services.live import bump_live
from sessions.services.planning import Plan, cancel_session, change_session, plan_session

__all__ = [
    "Plan",
    "add_guest",
    "answer_invitation",
    "answers_to",
    "bump_live",
    "cancel_session",
    "change_session",
    "check_in",
    "check_in_by_code",
    "comment_plan",
    "count_in_session",
    "hold_session",
    "invite",
    "keep_sheet",
    "make_calendar_feed",
    "open_early",
    "plan_session",
    "remind_of_sessions",
    "revoke_calendar_feed",
    "share_lesson_plan",
    "tick_attendance",
]
