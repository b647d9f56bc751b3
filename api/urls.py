"""Every address of the JSON API, under /api/v1/. Each area registers its own viewsets."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import DefaultRouter

# One module a line, so that two areas never change the same line.
from api import (
    accounts,
    attendance,
    calendars,
    comments,
    docs,
    drafts,
    groups,
    growth,
    instruments,
    kesraku,
    lesson_plans,
    live,
    minutes,
    notices,
    observations,
    paperwork,
    photos,
    post_links,
    problems,
    reach,
    reinforcement,
    schools,
    series,
    sessions,
    sharing,
    sheets,
    signing_in,
    supervision,
    thinkpair,
)

router = DefaultRouter()
router.include_format_suffixes = False
# --- accounts, schools
router.register("people", accounts.PersonViewSet, basename="person")
router.register("schools", schools.SchoolViewSet, basename="school")
router.register("subjects", schools.SubjectViewSet, basename="subject")
router.register("phases", schools.PhaseViewSet, basename="phase")
#
# --- groups
router.register("groups", groups.GroupViewSet, basename="group")
router.register("memberships", groups.MembershipViewSet, basename="membership")
router.register("join-requests", groups.JoinRequestViewSet, basename="join-request")
router.register("invitations", groups.InvitationViewSet, basename="invitation")
router.register("cycles", groups.CycleViewSet, basename="cycle")
#
# --- S: sharing
router.register("posts", sharing.PostViewSet, basename="post")
router.register("session-posts", post_links.SessionPostViewSet, basename="session-post")
router.register("garden-posts", post_links.GardenPostViewSet, basename="garden-post")
router.register("drafts", drafts.DraftViewSet, basename="draft")
router.register("comments", comments.CommentViewSet, basename="comment")
router.register("reports", comments.ReportViewSet, basename="report")
router.register("reach", reach.ReachViewSet, basename="reach")
router.register("attachments", sharing.AttachmentViewSet, basename="attachment")
#
# --- M: sessions
router.register("sessions", sessions.SessionViewSet, basename="session")
router.register("series", series.SeriesViewSet, basename="series")
router.register("participations", sessions.ParticipationViewSet, basename="participation")
router.register("lesson-plans", lesson_plans.LessonPlanViewSet, basename="lesson-plan")
router.register("plan-comments", lesson_plans.PlanCommentViewSet, basename="plan-comment")
router.register("calendar-feeds", calendars.CalendarFeedViewSet, basename="calendar-feed")
router.register("questions", live.QuestionViewSet, basename="question")
router.register("decisions", live.DecisionViewSet, basename="decision")
router.register("minutes-revisions", minutes.MinutesRevisionViewSet, basename="minutes-revision")
router.register("session-files", paperwork.SessionFileViewSet, basename="session-file")
router.register("check-ins", attendance.CheckInViewSet, basename="check-in")
#
# --- A: observations
router.register("instruments", instruments.InstrumentViewSet, basename="instrument")
router.register("observations", observations.ObservationViewSet, basename="observation")
router.register("sheets", sheets.SheetViewSet, basename="sheet")
router.register("photos", photos.PhotoViewSet, basename="photo")
#
# --- R: reinforcement
router.register("preparations", reinforcement.PreparationViewSet, basename="preparation")
router.register("reflections", reinforcement.ReflectionViewSet, basename="reflection")
router.register("feedback", reinforcement.FeedbackViewSet, basename="feedback")
router.register("visits", supervision.VisitViewSet, basename="visit")
router.register("growth-links", growth.GrowthLinkViewSet, basename="growth-link")
router.register("follow-ups", reinforcement.FollowUpViewSet, basename="follow-up")
#
# --- T: thinkpair
router.register("threads", thinkpair.ThreadViewSet, basename="thread")
router.register("thoughts", thinkpair.ThoughtViewSet, basename="thought")
router.register("pairs", thinkpair.PairViewSet, basename="pair")
router.register("problems", problems.ProblemViewSet, basename="problem")
router.register("trials", problems.TrialViewSet, basename="trial")
router.register("messages", thinkpair.MessageViewSet, basename="message")
#
# --- KESRAKU
router.register("crops", kesraku.CropViewSet, basename="crop")
router.register("gardens", kesraku.GardenViewSet, basename="garden")
router.register("harvests", kesraku.HarvestViewSet, basename="harvest")
#
# --- notices
router.register("notices", notices.NoticeViewSet, basename="notice")

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", docs.schema, name="api-schema"),
    path("docs/", docs.docs, name="api-docs"),
    path("calendar/", calendars.CalendarView.as_view(), name="api-calendar"),
    path("me/", accounts.MeView.as_view(), name="api-me"),
    path("supervision/", supervision.SupervisionView.as_view(), name="api-supervision"),
    path("growth/", growth.GrowthView.as_view(), name="api-growth"),
    path("token/", signing_in.TokenView.as_view(), name="api-token"),
    *router.urls,
]
