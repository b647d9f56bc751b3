"""Every address of the platform's pages. Paths are plural and in kebab-case, names are verbs."""

from django.urls import URLPattern, path

# One module a line, so that two areas never change the same line.
from frontend import (
    accounts,
    attendance,
    calendar_feeds,
    calendar_files,
    calendars,
    closing,
    cycles,
    gallery,
    groups,
    here,
    home,
    invitations,
    kesraku,
    landing,
    lesson_plans,
    live,
    minutes,
    notices,
    observations,
    observers,
    offices,
    paperwork,
    participations,
    personal_links,
    plan_checks,
    programme,
    programme_copy,
    reinforcement,
    rooms,
    rsvp,
    session_plans,
    session_series,
    sessions,
    sharing,
    thinkpair,
)

urlpatterns: list[URLPattern] = [
    # --- Beranda and notices
    path("", home.home, name="home"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_notices, name="read-notices"),
    path("notices/<int:pk>/", notices.open_notice, name="open-notice"),
    #
    # --- accounts, schools: people, profile, language, about
    path("me/", accounts.me, name="me"),
    path("me/edit/", accounts.edit_profile, name="edit-profile"),
    path("people/<int:pk>/", accounts.person, name="person"),
    path("language/", accounts.set_language, name="set-language"),
    path("first-admin/<str:token>/", accounts.first_admin, name="first-admin"),
    path("about/", landing.about, name="about"),
    path("healthz", landing.healthz, name="healthz"),
    #
    # --- groups, memberships, invitations, cycles
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.new_group, name="new-group"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/edit/", groups.edit_group, name="edit-group"),
    path("groups/<int:pk>/members/", groups.members, name="members"),
    path("groups/<int:pk>/programme/", programme.programme, name="programme"),
    path("groups/<int:pk>/programme/copy/", programme_copy.copy_programme, name="copy-programme"),
    path("groups/<int:pk>/join/", groups.ask_to_join, name="ask-to-join"),
    path("groups/<int:pk>/leave/", groups.leave_group, name="leave-group"),
    path("join-requests/<int:pk>/decide/", groups.decide_join, name="decide-join"),
    path("groups/<int:pk>/invitations/", invitations.make_invitation, name="make-invitation"),
    path(
        "groups/<int:pk>/invitations/<int:ipk>/",
        invitations.group_invitation,
        name="group-invitation",
    ),
    path(
        "groups/<int:pk>/invitations/<int:ipk>/revoke/",
        invitations.revoke_invitation,
        name="revoke-invitation",
    ),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path(
        "invitations/<str:token>/accept/", invitations.accept_invitation, name="accept-invitation"
    ),
    path("groups/<int:pk>/board/", offices.hand_over_board, name="hand-over-board"),
    path("groups/<int:pk>/guides/", offices.appoint_guide, name="appoint-guide"),
    path("memberships/<int:pk>/dismiss/", offices.dismiss_guide, name="dismiss-guide"),
    path("groups/<int:pk>/cycles/new/", cycles.open_cycle, name="open-cycle"),
    path("cycles/<int:pk>/", cycles.cycle, name="cycle"),
    path("cycles/<int:pk>/edit/", cycles.edit_cycle, name="edit-cycle"),
    path("cycles/<int:pk>/close/", cycles.close_cycle, name="close-cycle"),
    #
    # --- S: posts, comments, attachments
    path("posts/", sharing.posts, name="posts"),
    path("posts/new/", sharing.share_post, name="share-post"),
    path("posts/<int:pk>/", sharing.post, name="post"),
    path("posts/<int:pk>/edit/", sharing.edit_post, name="edit-post"),
    path("posts/<int:pk>/withdraw/", sharing.withdraw_post, name="withdraw-post"),
    path("posts/<int:pk>/restore/", sharing.restore_post, name="restore-post"),
    path("posts/<int:pk>/comments/", sharing.comment, name="comment"),
    path("attachments/<int:pk>/", sharing.attachment, name="attachment"),
    #
    # --- M: sessions
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/new/", session_plans.plan_session, name="plan-session"),
    path("sessions/check/", plan_checks.check_plan, name="check-plan"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/edit/", session_plans.change_session, name="change-session"),
    path("sessions/<int:pk>/cancel/", session_plans.cancel_session, name="cancel-session"),
    path("sessions/<int:pk>/hold/", sessions.hold_session, name="hold-session"),
    path("sessions/<int:pk>/answer/", participations.answer_invitation, name="answer-invitation"),
    path("r/<str:token>/", rsvp.rsvp, name="rsvp"),
    path("r/<str:token>/join/", rooms.join_by_link, name="join-by-link"),
    path("r/<str:token>/calendar.ics", rsvp.rsvp_calendar, name="rsvp-calendar"),
    path("sessions/<int:pk>/links/", personal_links.personal_links, name="personal-links"),
    path(
        "sessions/<int:pk>/links/revoke/", personal_links.revoke_all_links, name="revoke-all-links"
    ),
    path("sessions/<int:pk>/speakers/", personal_links.invite_guest, name="invite-guest"),
    path("participations/<int:pk>/link/revoke/", personal_links.revoke_link, name="revoke-link"),
    path("participations/<int:pk>/uninvite/", personal_links.uninvite, name="uninvite"),
    path("sessions/<int:pk>/people/", participations.invite_person, name="invite-person"),
    path("series/<int:pk>/", session_series.series, name="series"),
    path("sessions/<int:pk>/lesson-plan/", lesson_plans.lesson_plan, name="lesson-plan"),
    path("sessions/<int:pk>/plan/", lesson_plans.joint_plan, name="joint-plan"),
    path(
        "sessions/<int:pk>/plan/versions/", lesson_plans.share_lesson_plan, name="share-lesson-plan"
    ),
    path("sessions/<int:pk>/join/", rooms.join_session, name="join-session"),
    path("sessions/<int:pk>/place/take/", observers.take_place, name="take-place"),
    path("participations/<int:pk>/leave/", observers.leave_place, name="leave-place"),
    path("participations/<int:pk>/hand-over/", observers.hand_over_place, name="hand-over-place"),
    path("participations/<int:pk>/task/", observers.set_task, name="set-task"),
    path("lesson-plans/<int:pk>/", lesson_plans.lesson_plan_version, name="lesson-plan-version"),
    path("lesson-plans/<int:pk>/comments/", lesson_plans.plan_comments, name="plan-comments"),
    path("sessions/<int:pk>/calendar.ics", calendar_files.session_calendar, name="calendar-file"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/feeds/", calendar_feeds.calendar_feeds, name="calendar-feeds"),
    path(
        "calendar/feeds/<int:pk>/revoke/",
        calendar_feeds.revoke_calendar_feed,
        name="revoke-calendar-feed",
    ),
    path("calendar/series/<int:pk>/", session_series.series_next, name="series-next"),
    path("calendars/<str:token>.ics", calendar_feeds.calendar_feed, name="calendar-feed"),
    #
    # --- M: attendance
    path("sessions/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("sessions/<int:pk>/guests/", attendance.add_guest, name="add-guest"),
    path("sessions/<int:pk>/sheet/", attendance.attendance_sheet, name="attendance-sheet"),
    path("sessions/<int:pk>/sheets/", attendance.keep_sheet, name="keep-sheet"),
    path("sessions/<int:pk>/paperwork/", paperwork.paperwork, name="paperwork"),
    path("sessions/<int:pk>/files/", paperwork.session_files, name="session-files"),
    path(
        "session-files/<int:pk>/remove/", paperwork.remove_session_file, name="remove-session-file"
    ),
    path("session-files/<int:pk>/", attendance.session_file, name="session-file"),
    path("participations/<int:pk>/history/", attendance.history, name="attendance-history"),
    path("sessions/<int:pk>/qr/", here.attendance_codes, name="attendance-codes"),
    path("here/", here.here, name="here"),
    path("here/<int:pk>/", here.check_in, name="check-in"),
    path("here/kept/", here.kept_check_in, name="kept-check-in"),
    path("here/sw.js", here.check_in_worker, name="check-in-worker"),
    path("here/<str:token>/", here.scan, name="scan"),
    #
    # --- M: while a session goes on, and after it
    path("sessions/<int:pk>/live/", live.live, name="live"),
    path("sessions/<int:pk>/live/ticket/", live.live_ticket, name="live-ticket"),
    path("live/<str:token>/", live.live_part, name="live-part"),
    path("sessions/<int:pk>/clock/", live.lesson_clock, name="lesson-clock"),
    path("sessions/<int:pk>/clock/start/", live.start_clock, name="start-clock"),
    path("sessions/<int:pk>/clock/correct/", live.correct_clock, name="correct-clock"),
    path("sessions/<int:pk>/questions/", live.ask_question, name="ask-question"),
    path("sessions/<int:pk>/questions/answered/", live.mark_answered, name="mark-answered"),
    path("questions/<int:pk>/remove/", live.remove_question, name="remove-question"),
    path("sessions/<int:pk>/minutes/", minutes.minutes, name="minutes"),
    path("sessions/<int:pk>/minutes/pen/", minutes.take_pen, name="take-pen"),
    path("minutes-revisions/<int:pk>/settle/", minutes.settle_revision, name="settle-revision"),
    path("sessions/<int:pk>/decisions/", minutes.add_decision, name="add-decision"),
    path("decisions/<int:pk>/remove/", minutes.remove_decision, name="remove-decision"),
    path("sessions/<int:pk>/close/", closing.close_session, name="close-session"),
    path("sessions/<int:pk>/reopen/", closing.reopen_session, name="reopen-session"),
    #
    # --- A: observations
    path("sessions/<int:pk>/focus/", observations.choose_focus, name="choose-focus"),
    path("sessions/<int:pk>/observe/", observations.observe, name="observe"),
    path("observations/<int:pk>/", observations.observation, name="observation"),
    #
    # --- R: reflections, feedback, follow-ups
    path("sessions/<int:pk>/reflection/", reinforcement.reflect, name="reflect"),
    path("sessions/<int:pk>/feedback/", reinforcement.give_feedback, name="give-feedback"),
    path("feedback/<int:pk>/", reinforcement.feedback, name="feedback"),
    path("feedback/<int:pk>/thanks/", reinforcement.thank, name="thank"),
    path("feedback/<int:pk>/shares/", reinforcement.share_feedback, name="share-feedback"),
    path("sessions/<int:pk>/follow-up/", reinforcement.promise, name="promise"),
    path("follow-ups/<int:pk>/done/", reinforcement.complete_follow_up, name="complete-follow-up"),
    #
    # --- T: threads, pairs
    path("threads/", thinkpair.threads, name="threads"),
    path("threads/new/", thinkpair.open_thread, name="open-thread"),
    path("threads/<int:pk>/", thinkpair.thread, name="thread"),
    path("threads/<int:pk>/thoughts/", thinkpair.think, name="think"),
    path("threads/<int:pk>/pairs/", thinkpair.make_pairs, name="make-pairs"),
    path("threads/<int:pk>/close/", thinkpair.close_thread, name="close-thread"),
    path("pairs/<int:pk>/", thinkpair.pair, name="pair"),
    path("pairs/<int:pk>/messages/", thinkpair.say, name="say"),
    path("pairs/<int:pk>/answer/", thinkpair.share_answer, name="share-answer"),
    #
    # --- KESRAKU: gardens, harvests
    path("gardens/", kesraku.gardens, name="gardens"),
    path("gardens/new/", kesraku.start_garden, name="start-garden"),
    path("gardens/<int:pk>/", kesraku.garden, name="garden"),
    path("gardens/<int:pk>/edit/", kesraku.edit_garden, name="edit-garden"),
    path("gardens/<int:pk>/end/", kesraku.end_garden, name="end-garden"),
    path("gardens/<int:pk>/resume/", kesraku.resume_garden, name="resume-garden"),
    path("gardens/<int:pk>/harvests/", kesraku.record_harvest, name="record-harvest"),
    path("harvests/<int:pk>/remove/", kesraku.remove_harvest, name="remove-harvest"),
    path("sessions/<int:pk>/garden/", kesraku.link_garden, name="link-garden"),
    #
    # --- the house: gallery of components
    path("gallery/", gallery.gallery, name="gallery"),
]
