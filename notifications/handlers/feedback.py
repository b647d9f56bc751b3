"""A and R: what waits for the guru model, and what she answers."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity.events import on
from notifications.models import Notice
from notifications.services import tell
from observations.events import ObservationCorrected, ObservationSubmitted
from observations.models import Observation
from reinforcement.events import (
    FeedbackGiven,
    FeedbackShared,
    FeedbackThanked,
    FollowUpChanged,
    FollowUpDone,
    FollowUpDropped,
    FollowUpPromised,
    PreparationWritten,
)
from reinforcement.models import Feedback, FeedbackShare, FollowUp, Preparation
from sessions.models import ModelSession


@on(PreparationWritten)
def tell_observers_of_preparation(event: PreparationWritten) -> None:
    """Who observes, and with whom she talked it over."""
    preparation = Preparation.objects.select_related("session__teacher", "partner").get(
        pk=event.preparation_id
    )
    session = preparation.session
    if not session.is_planned:
        return
    observers = session.participations.observers().select_related("user")
    readers = {part.user for part in observers} | {preparation.partner}
    tell(
        [reader for reader in readers if reader],
        Notice.Kind.INVITED,
        lambda: (
            _("%(person)s menulis persiapan “%(session)s”: apa yang diminta diamati.")
            % {"person": session.teacher, "session": session}
        ),
        url=reverse("prepare", args=[session.pk]),
    )


@on(ObservationSubmitted)
def tell_teacher_of_observation(event: ObservationSubmitted) -> None:
    observation = Observation.objects.select_related("session__teacher", "observer").get(
        pk=event.observation_id
    )
    teacher = observation.session.model_teacher
    if not Observation.objects.visible_to(teacher).filter(pk=observation.pk).exists():
        _say_that_something_waits(observation.session)
        return
    tell(
        [teacher],
        Notice.Kind.FEEDBACK,
        lambda: (
            _("%(person)s mengirim lembar observasi “%(session)s”.")
            % {"person": observation.observer, "session": observation.session}
        ),
        url=observation.get_absolute_url(),
    )


@on(ObservationCorrected)
def tell_teacher_of_correction(event: ObservationCorrected) -> None:
    """Whoever could not read the sheet before hears nothing: it will be read as it is now."""
    observation = Observation.objects.select_related("session__teacher", "observer").get(
        pk=event.observation_id
    )
    teacher = observation.session.model_teacher
    if Observation.objects.visible_to(teacher).filter(pk=observation.pk).exists():
        tell(
            [teacher],
            Notice.Kind.FEEDBACK,
            lambda: (
                _("%(person)s mengoreksi lembar observasi “%(session)s”.")
                % {"person": observation.observer, "session": observation.session}
            ),
            url=observation.get_absolute_url(),
        )


@on(FeedbackGiven)
def tell_teacher_of_feedback(event: FeedbackGiven) -> None:
    feedback = Feedback.objects.with_people().get(pk=event.feedback_id)
    teacher = feedback.session.model_teacher
    if not Feedback.objects.visible_to(teacher).filter(pk=feedback.pk).exists():
        _say_that_something_waits(feedback.session)
        return
    tell(
        [teacher],
        Notice.Kind.FEEDBACK,
        lambda: (
            _("%(person)s memberi umpan balik tentang “%(session)s”.")
            % {"person": feedback.author, "session": feedback.session}
        ),
        url=feedback.get_absolute_url(),
    )


def _say_that_something_waits(session: ModelSession) -> None:
    """Neither who wrote nor what: she looks back by herself first."""
    tell(
        [session.model_teacher],
        Notice.Kind.FEEDBACK,
        lambda: (
            _("Umpan balik menunggu. Tulis refleksi “%(session)s” untuk membacanya.")
            % {"session": session}
        ),
        url=reverse("reflect", args=[session.pk]),
        once_unread="feedback waits",
    )


@on(FeedbackThanked)
def tell_author_of_thanks(event: FeedbackThanked) -> None:
    feedback = Feedback.objects.with_people().get(pk=event.feedback_id)

    def words() -> str:
        names = {"person": feedback.session.teacher, "session": feedback.session}
        return _("%(person)s berterima kasih atas umpan balik “%(session)s”.") % names

    tell([feedback.author], Notice.Kind.FEEDBACK, words, url=feedback.get_absolute_url())


@on(FeedbackShared)
def tell_reader_of_shared_feedback(event: FeedbackShared) -> None:
    """Unless it was taken back meanwhile."""
    shares = FeedbackShare.objects.select_related("feedback__session__teacher", "reader")
    share = shares.filter(pk=event.share_id).first()
    if share is None:
        return
    session = share.feedback.session
    tell(
        [share.reader],
        Notice.Kind.FEEDBACK,
        lambda: (
            _("%(person)s membagikan satu umpan balik “%(session)s” kepada Bapak/Ibu.")
            % {"person": session.teacher, "session": session}
        ),
        url=share.feedback.get_absolute_url(),
    )


@on(FollowUpPromised)
def tell_of_promise(event: FollowUpPromised) -> None:
    _tell_who_helped(
        event.follow_up_id,
        gettext_lazy("%(person)s memilih tindak lanjut setelah “%(session)s”."),
    )


@on(FollowUpDone)
def tell_of_kept_promise(event: FollowUpDone) -> None:
    _tell_who_helped(
        event.follow_up_id,
        gettext_lazy("%(person)s menjalankan tindak lanjut dari “%(session)s”."),
    )


@on(FollowUpChanged)
def tell_of_changed_promise(event: FollowUpChanged) -> None:
    _tell_who_helped(
        event.follow_up_id,
        gettext_lazy("%(person)s mengganti tindak lanjut dari “%(session)s”."),
    )


@on(FollowUpDropped)
def tell_of_dropped_promise(event: FollowUpDropped) -> None:
    _tell_who_helped(
        event.follow_up_id,
        gettext_lazy("%(person)s menghentikan tindak lanjut dari “%(session)s”."),
    )


def _tell_who_helped(follow_up_id: int, sentence: Promise) -> None:
    """Tell whoever gave feedback that something became of it, in a sentence without its words."""
    follow_up = FollowUp.objects.with_session().get(pk=follow_up_id)
    names = {"person": follow_up.session.teacher, "session": follow_up.session}
    tell(
        _who_gave_feedback(follow_up),
        Notice.Kind.FEEDBACK,
        lambda: str(sentence) % names,
        url=_page_of(follow_up),
    )


def _who_gave_feedback(follow_up: FollowUp) -> list[User]:
    given = follow_up.session.feedback.given().select_related("author").order_by("pk")
    return [feedback.author for feedback in given]


def _page_of(follow_up: FollowUp) -> str:
    return reverse("promise", args=[follow_up.session_id])
