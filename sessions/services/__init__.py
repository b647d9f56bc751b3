"""Every change to sessions and meetings, one module for each noun."""

from sessions.services.attendance import (
    add_guest,
    check_in,
    check_in_by_code,
    keep_sheet,
    tick_attendance,
)
from sessions.services.closing import (
    close_session,
    filled_in,
    reopen_session,
)
from sessions.services.drafts import Plan
from sessions.services.feeds import (
    make_calendar_feed,
    revoke_calendar_feed,
)
from sessions.services.holding import (
    count_in_session,
    hold_session,
    open_early,
    remind_of_sessions,
)
from sessions.services.invitations import (
    answer_invitation,
    invite,
    invite_guest,
    personal_token,
    revoke_all_links,
    revoke_link,
    uninvite,
)
from sessions.services.joining import join_session
from sessions.services.lesson_plans import (
    comment_plan,
    share_lesson_plan,
)
from sessions.services.live import (
    ask_question,
    bump_live,
    correct_clock,
    mark_answered,
    remove_question,
    start_clock,
)
from sessions.services.minutes import (
    HELD_FOR,
    CameLate,
    PenHeld,
    add_decision,
    remove_decision,
    save_minutes,
    settle_revision,
    take_pen,
)
from sessions.services.observers import hand_over_place, leave_place, set_task, take_place
from sessions.services.paperwork import fill_paperwork, keep_file, mark_of, remove_file
from sessions.services.planning import (
    cancel_session,
    change_session,
    plan_session,
)
from sessions.services.posts import link_post, unlink_post
from sessions.services.programme import ProgrammeRefused, Row, copy_programme
from sessions.services.series import (
    cancel_all,
    cancel_following,
    change_all,
    change_following,
    plan_series,
)
from sessions.services.visits import plan_visit

__all__ = [
    "HELD_FOR",
    "CameLate",
    "PenHeld",
    "Plan",
    "ProgrammeRefused",
    "Row",
    "add_decision",
    "add_guest",
    "answer_invitation",
    "ask_question",
    "bump_live",
    "cancel_all",
    "cancel_following",
    "cancel_session",
    "change_all",
    "change_following",
    "change_session",
    "check_in",
    "check_in_by_code",
    "close_session",
    "comment_plan",
    "copy_programme",
    "correct_clock",
    "count_in_session",
    "fill_paperwork",
    "filled_in",
    "hand_over_place",
    "hold_session",
    "invite",
    "invite_guest",
    "join_session",
    "keep_file",
    "keep_sheet",
    "leave_place",
    "link_post",
    "make_calendar_feed",
    "mark_answered",
    "mark_of",
    "open_early",
    "personal_token",
    "plan_series",
    "plan_session",
    "plan_visit",
    "remind_of_sessions",
    "remove_decision",
    "remove_file",
    "remove_question",
    "reopen_session",
    "revoke_all_links",
    "revoke_calendar_feed",
    "revoke_link",
    "save_minutes",
    "set_task",
    "settle_revision",
    "share_lesson_plan",
    "start_clock",
    "take_pen",
    "take_place",
    "tick_attendance",
    "uninvite",
    "unlink_post",
]
