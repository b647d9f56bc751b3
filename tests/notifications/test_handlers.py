"""Every event is followed by a handler, or by none on purpose."""

from activity.events import Event, handlers

# What is kept for the record alone: nobody waits for it.
NOBODY_IS_TOLD = {
    "accounts.FirstAdminCame",
    "accounts.SignedUp",
    "groups.CycleEdited",
    "groups.GroupCreated",
    "groups.GroupEdited",
    "groups.GuideDismissed",
    "groups.InvitationMade",
    "groups.InvitationRevoked",
    "groups.PersonLeft",
    "kesraku.GardenEdited",
    "kesraku.GardenEnded",
    "kesraku.GardenResumed",
    "kesraku.GardenStarted",
    "kesraku.HarvestRecorded",
    "kesraku.HarvestRemoved",
    "kesraku.LessonLinkedToGarden",
    "kesraku.LessonUnlinkedFromGarden",
    "kesraku.PostLinkedToGarden",
    "kesraku.PostUnlinkedFromGarden",
    "observations.FocusChosen",
    "observations.InstrumentPublished",
    "observations.InstrumentRetired",
    "observations.ObservationStarted",
    "reinforcement.FeedbackStarted",
    "reinforcement.FeedbackUnshared",
    "reinforcement.GrowthLinkRevoked",
    "reinforcement.GrowthShared",
    "reinforcement.PreparationChanged",
    "reinforcement.ReflectionWritten",
    "sessions.CalendarFeedMade",
    "sessions.CalendarFeedRevoked",
    "sessions.ClockCorrected",
    "sessions.ClockStarted",
    "sessions.DecisionMade",
    "sessions.DecisionRemoved",
    "sessions.FileKept",
    "sessions.FileRemoved",
    "sessions.PaperworkFilled",
    "sessions.InvitationAnswered",
    "sessions.PenTaken",
    "sessions.PostLinkedToSession",
    "sessions.PostUnlinkedFromSession",
    "sessions.QuestionAnswered",
    "sessions.QuestionAsked",
    "sessions.QuestionRemoved",
    "sessions.SheetKept",
    "sessions.StrayMinutesSettled",
    "sessions.LinksRevoked",
    "sharing.CommentEdited",
    "sharing.PostEdited",
    "sharing.PostShared",
    "thinkpair.AbsenceEnded",
    "thinkpair.CardEdited",
    "thinkpair.PairsArranged",
    "thinkpair.CardCarriedOn",
    "thinkpair.CardMarked",
    "thinkpair.CardParted",
    "thinkpair.ChoiceMade",
    "thinkpair.ThoughtWritten",
    "thinkpair.TrialTakenBack",
}


def test_every_event_is_followed_or_kept_for_the_record_on_purpose():
    ours = {name: event for name, event in Event.by_name.items() if not name.startswith("tests")}
    unfollowed = {name for name, event in ours.items() if not handlers[event]}

    assert unfollowed == NOBODY_IS_TOLD
