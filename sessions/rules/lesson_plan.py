"""Who may share a lesson plan and say something about it, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of, groups_of
from sessions.rules.session import part_in, reasons_not_a_lesson, reasons_not_planned

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession


def takes_part(user: User, session: ModelSession) -> bool:
    """Whether this person is the guru model, in the group, or invited."""
    is_near = session.teacher_id == user.pk or session.group_id in groups_of(user)
    return is_near or part_in(user, session) is not None


@rule
def may_share_lesson_plan(user: User, session: ModelSession) -> Reasons:
    """The group's board, and the guru model, until the session is held."""
    yield from reasons_not_a_lesson(session)
    if session.group_id not in board_groups_of(user) and session.teacher_id != user.pk:
        yield _("Hanya guru model dan pengurus yang dapat membagikan modul ajar.")
    yield from reasons_not_planned(session)


@rule
def may_comment_plan(user: User, session: ModelSession) -> Reasons:
    """Members of the group and invited people, until the session is held."""
    yield from reasons_not_a_lesson(session)
    if not takes_part(user, session):
        yield _("Hanya anggota kelompok dan yang diundang yang dapat mengomentari modul ajar.")
    yield from reasons_not_planned(session)
