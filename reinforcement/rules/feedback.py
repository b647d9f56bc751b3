"""Who may read, write and share feedback, and why not.

The coach is not the evaluator: feedback strengthens and never ranks, so no coordinator, principal
or district officer reads it by office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import guided_groups_of
from sessions.rules import part_in, reasons_not_a_lesson, supervises

if TYPE_CHECKING:
    from accounts.models import User
    from reinforcement.models import Feedback
    from sessions.models import ModelSession


def visible_feedback(user: User) -> Q:
    """A draft: its author. Given: also the guru model and whom she shares it with.

    She reads it once the session opened to her (`ModelSession.opens_at`).
    """
    shared = Q(pk__in=user.feedback_shares.values("feedback"))
    teacher = Q(session__teacher=user, session__opens_at__lte=timezone.now())
    return Q(author=user) | Q(given_at__isnull=False) & (teacher | shared)


def visible_private_notes(user: User) -> Q:
    """Author and guru model, as they read the feedback itself; never whom it is shared with."""
    return Q(feedback__author=user) | Q(
        feedback__given_at__isnull=False,
        feedback__session__teacher=user,
        feedback__session__opens_at__lte=timezone.now(),
    )


@rule
def may_give_feedback(user: User, session: ModelSession) -> Reasons:
    """Who took part in or may observe the held session; never the guru model herself."""
    if session.teacher_id == user.pk:
        yield _("Guru model tidak memberi umpan balik kepada dirinya sendiri.")
    elif not _took_part(user, session):
        yield _("Umpan balik ditulis oleh yang mengikuti sesi ini.")
    yield from reasons_not_a_lesson(session)
    if not session.was_held:
        yield _("Sesi ini belum dinyatakan terlaksana.")


@rule
def may_edit_feedback(user: User, feedback: Feedback) -> Reasons:
    """Its author, until it is given."""
    if feedback.author_id != user.pk:
        yield _("Umpan balik ini hanya dapat diubah oleh penulisnya.")
    if feedback.given_at:
        yield _("Umpan balik ini sudah dikirim.")


@rule
def may_thank(user: User, feedback: Feedback) -> Reasons:
    """The guru model, once, for feedback that she may read."""
    if feedback.session.teacher_id != user.pk:
        yield _("Terima kasih disampaikan oleh guru model.")
    yield from _reasons_not_open(feedback)
    if feedback.thanked_at:
        yield _("Terima kasih sudah disampaikan.")


@rule
def may_share_feedback(user: User, feedback: Feedback) -> Reasons:
    """The guru model, for feedback that she may read."""
    if feedback.session.teacher_id != user.pk:
        yield _("Umpan balik hanya dapat dibagikan oleh guru model.")
    yield from _reasons_not_open(feedback)


def _reasons_not_open(feedback: Feedback) -> Reasons:
    if not feedback.given_at:
        yield _("Umpan balik ini belum dikirim.")
    elif not feedback.session.is_open_to_teacher(timezone.now()):
        yield _("Umpan balik terbuka setelah refleksi ditulis atau 48 jam setelah sesi.")


def _took_part(user: User, session: ModelSession) -> bool:
    return (
        session.group_id in guided_groups_of(user)
        or supervises(user, session)
        or part_in(user, session) is not None
    )
