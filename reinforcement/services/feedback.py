"""What is said to the guru model: drafts, giving, thanking and sharing."""

from __future__ import annotations

from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups.models import Stage
from groups.roles import Role
from groups.rules import seats
from groups.services import count_in_cycle
from observations.models import Focus, Indicator
from reinforcement import rules
from reinforcement.events import (
    FeedbackGiven,
    FeedbackShared,
    FeedbackStarted,
    FeedbackThanked,
    FeedbackUnshared,
)
from reinforcement.models import Feedback, FeedbackShare, PrivateNote
from reinforcement.queries import indicators_of
from reinforcement.substance import reasons_without_substance
from sessions.models import ModelSession, Participation
from sessions.rules import supervises
from sessions.services import count_in_session

# What a feedback must say before it is given; a draft may still lack it.
_NEEDED = ("appreciation", "seen", "suggestion")


class Words(TypedDict, total=False):
    """The parts of a feedback; what is not given stays as it was."""

    appreciation: str
    seen: str
    question: str
    suggestion: str
    support: str
    indicator: Indicator | None
    private_note: str


def save_feedback(session: ModelSession, *, by: User, **words: Unpack[Words]) -> Feedback:
    """Keep a draft that only its author reads. It may be incomplete."""
    with changing(session):
        feedback = _written(session, by, words)
        once = f"feedback-started:{feedback.pk}"
        record(FeedbackStarted(feedback_id=feedback.pk), by=by, once=once)
    return feedback


def give_feedback(session: ModelSession, *, by: User, **words: Unpack[Words]) -> Feedback:
    """Send the author's feedback, with its last words, to the guru model. It cannot be taken back.

    Raises ValidationError by part when appreciation, what was seen or the suggestion is empty, or
    says nothing that one can learn from; see `reinforcement.substance`.
    """
    with changing(session):
        feedback = _written(session, by, words)
        feedback.full_clean()
        if reasons := reasons_without_substance(feedback):
            raise ValidationError(reasons)
        feedback.given_at = timezone.now()
        feedback.save(update_fields=["given_at"])
        count_in_session(session.pk, "feedback_given")
        count_in_cycle(session.cycle_id, Stage.REINFORCEMENT)
        record(FeedbackGiven(feedback_id=feedback.pk), by=by)
    return feedback


def _written(session: ModelSession, by: User, words: Words) -> Feedback:
    """Return the author's feedback with these words in it, saved as a draft."""
    rules.may_give_feedback.require(by, session)
    feedback = Feedback.objects.filter(session=session, author=by).first()
    if feedback is None:
        focus = Focus.objects.filter(session=session).first()
        indicator_id = focus.indicator_id if focus else None
        feedback = Feedback(session=session, author=by, indicator_id=indicator_id)
    else:
        rules.may_edit_feedback.require(by, feedback)
    note = words.pop("private_note", None)
    _insist_on_indicator_of(session, words.get("indicator"))
    for name, text in words.items():
        setattr(feedback, name, text)
    feedback.author_role = _author_role(by, session)
    feedback.full_clean(exclude={name for name in _NEEDED if not getattr(feedback, name)})
    feedback.save()
    if note is not None:
        _keep_private_note(feedback, note)
    return feedback


def _insist_on_indicator_of(session: ModelSession, indicator: Indicator | None) -> None:
    if indicator and not indicators_of(session).filter(pk=indicator.pk).exists():
        raise ValidationError({"indicator": _("Pilih salah satu dari indikator yang ada.")})


def _keep_private_note(feedback: Feedback, text: str) -> None:
    note = PrivateNote.objects.filter(feedback=feedback).first() or PrivateNote(feedback=feedback)
    note.text = text
    if text:
        note.full_clean()
        note.save()
    elif note.pk:
        note.delete()


def _author_role(user: User, session: ModelSession) -> Feedback.AuthorRole:
    """Say as what this person speaks: the office that guides most, else a colleague."""
    held = {seat.role for seat in seats(user) if seat.group_id == session.group_id}
    invited = user.participations.filter(session=session, role=Participation.Role.RESOURCE_PERSON)
    if supervises(user, session):
        return Feedback.AuthorRole.SUPERVISOR
    if Role.INSTRUCTOR in held:
        return Feedback.AuthorRole.INSTRUCTOR
    if Role.CORE_TEACHER in held:
        return Feedback.AuthorRole.CORE_TEACHER
    if invited.exists():
        return Feedback.AuthorRole.RESOURCE_PERSON
    return Feedback.AuthorRole.PEER


def thank_for_feedback(feedback: Feedback, *, by: User, text: str = "") -> Feedback:
    """Tell the author of a feedback that it was read and welcome, with own words or without."""
    with changing(feedback):
        rules.may_thank.require(by, feedback)
        feedback.thanks = text
        feedback.thanked_at = timezone.now()
        feedback.full_clean()
        feedback.save(update_fields=["thanks", "thanked_at"])
        record(FeedbackThanked(feedback_id=feedback.pk), by=by)
    return feedback


def share_feedback(feedback: Feedback, *, by: User, reader: User) -> FeedbackShare:
    """Let one more person read a feedback, without its private note.

    Sharing with the same person again changes nothing.
    """
    with changing(feedback):
        rules.may_share_feedback.require(by, feedback)
        share = FeedbackShare.objects.filter(feedback=feedback, reader=reader).first()
        if share:
            return share
        if reader.pk in {by.pk, feedback.author_id}:
            raise ValidationError({"reader": _("Orang ini sudah dapat membacanya.")})
        if not (reader.is_active and reader.approved_at):
            raise ValidationError({"reader": _("Orang ini belum diterima di kelompok mana pun.")})
        share = FeedbackShare.objects.create(feedback=feedback, reader=reader)
        record(FeedbackShared(share_id=share.pk), by=by)
    return share


def unshare_feedback(feedback: Feedback, *, by: User, reader: User) -> Feedback:
    """Take back that a person reads a feedback; it changes nothing for whom it was not shared."""
    with changing(feedback):
        rules.may_share_feedback.require(by, feedback)
        taken, _of_which = FeedbackShare.objects.filter(feedback=feedback, reader=reader).delete()
        if taken:
            record(FeedbackUnshared(feedback_id=feedback.pk, reader_id=reader.pk), by=by)
    return feedback
