"""Observers' places and tasks: taken, left, handed over and swapped until the lesson."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from sessions import rules
from sessions.conflicts import lock_diaries, require_free
from sessions.events import (
    ObserverPlaceLeft,
    ObserverPlaceTaken,
    ObserverReplaced,
    ObserverTaskSet,
    ObserverTasksSwapped,
)
from sessions.models import ModelSession, Participation
from sessions.queries import members_of

Role = Participation.Role


def take_place(session: ModelSession, *, by: User) -> Participation:
    """Become an observer of the session, on a place that is free.

    Raises ValidationError for who is busy elsewhere at that time.
    """
    with changing(session):
        rules.may_take_place.require(by, session)
        _require_free(session, by, by=by)
        part = _seated(session, by)
        record(ObserverPlaceTaken(participation_id=part.pk), by=by)
    return part


def leave_place(part: Participation, *, by: User) -> Participation:
    """Give the place and its task back; one stays invited as a participant."""
    with changing(part.session, part):
        rules.may_leave_place.require(by, part)
        part.role, part.task = Role.PARTICIPANT, ""
        part.save(update_fields=["role", "task"])
        record(ObserverPlaceLeft(participation_id=part.pk), by=by)
    return part


def hand_over_place(part: Participation, *, by: User, to: User) -> Participation:
    """Give an observer's place and task to a member or an invited participant; return their part.

    Two observers swap their tasks instead. Raises ValidationError for who cannot observe.
    """
    session = part.session
    with changing(session, part):
        rules.may_hand_over_place.require(by, part)
        theirs = session.participations.select_for_update().filter(user=to).first()
        if theirs is not None and theirs.role == Role.OBSERVER:
            return _swap_tasks(part, theirs, by=by)
        _require_able(session, theirs, to)
        _require_free(session, to, by=by)
        task, part.role, part.task = part.task, Role.PARTICIPANT, ""
        part.save(update_fields=["role", "task"])
        taken = _seated(session, to, task=task)
        record(ObserverReplaced(from_id=part.pk, to_id=taken.pk), by=by)
    return taken


def set_task(part: Participation, *, by: User, task: str) -> Participation:
    """Say what this observer looks at, e.g. “Kelompok 1–2”; empty takes it back."""
    with changing(part.session, part):
        rules.may_set_task.require(by, part)
        if part.task == task.strip():
            return part
        part.task = task.strip()
        part.clean_fields(
            exclude={each.name for each in Participation._meta.fields if each.name != "task"}
        )
        part.save(update_fields=["task"])
        record(ObserverTaskSet(participation_id=part.pk), by=by)
    return part


def _swap_tasks(part: Participation, theirs: Participation, *, by: User) -> Participation:
    if part.pk == theirs.pk:
        raise ValidationError({"to": _("%(name)s sudah di tempat ini.") % {"name": part.user}})
    part.task, theirs.task = theirs.task, part.task
    for each in (part, theirs):
        each.save(update_fields=["task"])
    record(ObserverTasksSwapped(from_id=part.pk, to_id=theirs.pk), by=by)
    return theirs


def _require_able(session: ModelSession, theirs: Participation | None, to: User) -> None:
    if to.pk == session.teacher_id:
        raise ValidationError({"to": _("Guru model tidak dapat menjadi pengamat sesinya sendiri.")})
    if theirs is None and not members_of(session.group).filter(pk=to.pk).exists():
        raise ValidationError(
            {"to": _("Pengganti adalah anggota kelompok atau orang yang diundang.")}
        )
    if theirs is not None and theirs.role == Role.RESOURCE_PERSON:
        raise ValidationError({"to": _("Narasumber tidak mengamati.")})
    if theirs is not None and theirs.is_waiting:
        raise ValidationError({"to": _("%(name)s masih di daftar tunggu.") % {"name": to}})


def _require_free(session: ModelSession, person: User, *, by: User) -> None:
    lock_diaries([person])
    require_free(session, {"to": [person]}, by=by)


def _seated(session: ModelSession, person: User, *, task: str = "") -> Participation:
    """The person's part, now an observer's; who had none gets one."""
    part, _is_new = Participation.objects.select_for_update().get_or_create(
        session=session, user=person
    )
    part.role, part.task = Role.OBSERVER, task
    part.save(update_fields=["role", "task"])
    return part
