"""Who may read, promise and end follow-ups, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from accounts.rules import supervised_schools
from reinforcement.rules.reflection import reasons_not_her_held_session

if TYPE_CHECKING:
    from accounts.models import User
    from reinforcement.models import FollowUp
    from sessions.models import ModelSession


def visible_follow_ups(user: User) -> Q:
    """The guru model, whoever gave feedback on that session, and pengawas of her school.

    And who is invited to observe her next lesson, which opens on it; a lesson that is not the
    next one only while the promise still runs. What she promised after a visit is between the two.
    """
    gave = user.written_feedback.exclude(given_at=None).values("session")
    readers = Q(session__teacher=user) | Q(session__in=gave) | _observes_what_follows(user)
    if schools := supervised_schools(user):
        readers |= Q(session__teacher__school__in=schools)
    return readers


def _observes_what_follows(user: User) -> Q:
    later = user.participations.filter(
        role="observer",
        session__teacher=OuterRef("session__teacher"),
        session__starts_at__gt=OuterRef("session__starts_at"),
    ).exclude(session__status="cancelled")
    # Models ask these rules, so the model of sessions is found by way of the person.
    lessons = user.taught_sessions.model.objects.filter(
        teacher=OuterRef("session__teacher"),
        status="held",
        starts_at__lt=OuterRef("session__starts_at"),
        starts_at__gt=OuterRef(OuterRef("session__starts_at")),
    )
    follows = Q(Exists(later), state="open") | Q(Exists(later.exclude(Exists(lessons))))
    return follows & ~Q(session__kind="visit")


@rule
def may_promise(user: User, session: ModelSession) -> Reasons:
    """The guru model, for a held session, after her reflection, one at a time."""
    yield from reasons_not_her_held_session(user, session)
    if not hasattr(session, "reflection"):
        yield _("Tulis refleksi lebih dulu, lalu pilih satu tindak lanjut.")
    if session.follow_ups.open().exists():
        yield _("Masih ada tindak lanjut yang berjalan. Selesaikan atau ganti lebih dulu.")


@rule
def may_end_follow_up(user: User, follow_up: FollowUp) -> Reasons:
    """The guru model, while it runs: done, changed for another one, or dropped."""
    if follow_up.session.teacher_id != user.pk:
        yield _("Tindak lanjut hanya dapat diubah oleh guru model.")
    if not follow_up.is_open:
        yield _("Tindak lanjut ini sudah berakhir: %(state)s.") % {
            "state": follow_up.get_state_display().lower()
        }
