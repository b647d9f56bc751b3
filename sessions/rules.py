"""Who may read, plan and run model-teacher sessions, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from accounts.rules import supervised_schools
from groups.rules import board_groups_of, groups_of

if TYPE_CHECKING:
    from accounts.models import User
    from groups.models import Group
    from sessions.models import ModelSession, Participation


def visible_sessions(user: User) -> Q:
    """Members of the group, invited people, and pengawas of the guru model's school."""
    readers = Q(group__in=groups_of(user)) | Q(pk__in=user.participations.values("session"))
    if schools := supervised_schools(user):
        readers |= Q(teacher__school__in=schools)
    return readers


def visible_participations(user: User) -> Q:
    """Whoever reads the session."""
    readers = Q(session__group__in=groups_of(user)) | Q(
        session__in=user.participations.values("session")
    )
    if schools := supervised_schools(user):
        readers |= Q(session__teacher__school__in=schools)
    return readers


def part_in(user: User, session: ModelSession) -> Participation | None:
    """The person's part in a session; it costs nothing where participations were prefetched."""
    return next((part for part in session.participations.all() if part.user_id == user.pk), None)


@rule
def may_plan_session(user: User, group: Group) -> Reasons:
    """The group's board."""
    if group.pk not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat merencanakan sesi.")


@rule
def may_change_session(user: User, session: ModelSession) -> Reasons:
    """The group's board, and the guru model, while the session is planned."""
    if session.group_id not in board_groups_of(user) and session.teacher_id != user.pk:
        yield _("Hanya pengurus dan guru model yang dapat mengubah sesi ini.")
    yield from _reasons_not_planned(session)


@rule
def may_cancel_session(user: User, session: ModelSession) -> Reasons:
    """The group's board, while the session is planned."""
    if session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat membatalkan sesi.")
    yield from _reasons_not_planned(session)


@rule
def may_hold_session(user: User, session: ModelSession) -> Reasons:
    """The group's board, and the guru model, once the session has begun."""
    if session.group_id not in board_groups_of(user) and session.teacher_id != user.pk:
        yield _("Hanya pengurus dan guru model yang dapat menyatakan sesi terlaksana.")
    yield from _reasons_not_planned(session)
    if session.starts_at > timezone.now():
        yield _("Sesi ini belum mulai.")


@rule
def may_invite(user: User, session: ModelSession) -> Reasons:
    """The group's board, and the guru model, unless the session was cancelled."""
    if session.group_id not in board_groups_of(user) and session.teacher_id != user.pk:
        yield _("Hanya pengurus dan guru model yang dapat menambah orang.")
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")


@rule
def may_tick_attendance(user: User, session: ModelSession) -> Reasons:
    """The group's board, from the day of the session on, unless it was cancelled."""
    if session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat mencatat kehadiran.")
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")
    elif timezone.localdate(session.starts_at) > timezone.localdate():
        yield _("Kehadiran dicatat sejak hari pelaksanaan.")


@rule
def may_answer_invitation(user: User, participation: Participation) -> Reasons:
    """The invited person, while the session is planned."""
    if participation.user_id != user.pk:
        yield _("Undangan hanya dapat dijawab oleh yang diundang.")
    yield from _reasons_not_planned(participation.session)


def _reasons_not_planned(session: ModelSession) -> Reasons:
    if session.was_held:
        yield _("Sesi ini sudah terlaksana.")
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")
