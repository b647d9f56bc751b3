"""Who takes, leaves and hands over an observer's place and task, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of, groups_of
from sessions.rules.session import (
    part_in,
    reasons_not_a_lesson,
    reasons_not_planned,
    reasons_pays,
)

if TYPE_CHECKING:
    from accounts.models import User
    from sessions.models import ModelSession, Participation


def free_places(session: ModelSession) -> int | None:
    """How many places for observers are free; None where their number was not set."""
    if session.observer_places is None:
        return None
    taken = sum(part.role == "observer" for part in session.participations.all())
    return max(session.observer_places - taken, 0)


def reasons_no_place(session: ModelSession) -> Reasons:
    """All of the observers' places that were set are taken."""
    if free_places(session) == 0:
        yield _("Semua tempat pengamat sudah terisi (%(places)s).") % {
            "places": session.observer_places
        }


@rule
def may_take_place(user: User, session: ModelSession) -> Reasons:
    """A member or an invited participant, while places that were set are free."""
    yield from reasons_not_a_lesson(session)
    part = part_in(user, session)
    if session.teacher_id == user.pk:
        yield _("Guru model tidak dapat menjadi pengamat sesinya sendiri.")
    elif part is None and session.group_id not in groups_of(user):
        yield _("Hanya anggota kelompok dan yang diundang yang dapat menjadi pengamat.")
    elif part is not None and part.role == "observer":
        yield _("Bapak/Ibu sudah menjadi pengamat.")
    elif part is not None and part.role == "resource_person":
        yield _("Narasumber tidak mengamati.")
    elif part is not None and part.is_waiting:
        yield _("Bapak/Ibu masih di daftar tunggu.")
    yield from reasons_not_planned(session)
    if session.observer_places is None:
        yield _("Pengamat sesi ini ditunjuk pengurus atau guru model.")
    yield from reasons_no_place(session)


@rule
def may_leave_place(user: User, part: Participation) -> Reasons:
    """The observer, until the session is held."""
    yield from _reasons_no_observer(part)
    yield from reasons_pays(part)
    if part.user_id != user.pk:
        yield _("Tempat ini hanya dapat dilepas oleh pengamatnya.")
    yield from reasons_not_planned(part.session)


@rule
def may_hand_over_place(user: User, part: Participation) -> Reasons:
    """The observer, the guru model and the group's board, until the session is held."""
    session = part.session
    yield from _reasons_no_observer(part)
    yield from reasons_pays(part)
    if not _runs(user, session) and part.user_id != user.pk:
        yield _("Hanya pengamatnya, guru model, dan pengurus yang dapat menunjuk pengganti.")
    yield from reasons_not_planned(session)


@rule
def may_set_task(user: User, part: Participation) -> Reasons:
    """The guru model and the group's board, until the session is held."""
    yield from _reasons_no_observer(part)
    if not _runs(user, part.session):
        yield _("Hanya guru model dan pengurus yang membagi tugas pengamat.")
    yield from reasons_not_planned(part.session)


def _runs(user: User, session: ModelSession) -> bool:
    return session.group_id in board_groups_of(user) or session.teacher_id == user.pk


def _reasons_no_observer(part: Participation) -> Reasons:
    if part.role != "observer":
        yield _("%(name)s bukan pengamat sesi ini.") % {"name": part.user}
