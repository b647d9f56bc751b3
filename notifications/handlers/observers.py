"""M: what is told of observers' places and tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from activity.events import on
from notifications.handlers.audience import board_of
from notifications.handlers.invitations import participation, while_invited
from notifications.models import Notice
from notifications.services import tell
from sessions.events import (
    ObserverPlaceLeft,
    ObserverPlaceTaken,
    ObserverReplaced,
    ObserverTaskSet,
    ObserverTasksSwapped,
)
from sessions.models import ModelSession, Participation


@on(ObserverPlaceTaken)
@while_invited
def tell_teacher_of_new_observer(event: ObserverPlaceTaken) -> None:
    part = participation(event.participation_id)
    _tell_of_observers(
        [part.session.model_teacher],
        part.session,
        lambda: (
            _("%(person)s menjadi pengamat “%(session)s”.")
            % {"person": part.user, "session": part.session}
        ),
        but=event.actor_id,
    )


@on(ObserverPlaceLeft)
@while_invited
def tell_that_an_observer_is_missing(event: ObserverPlaceLeft) -> None:
    part = participation(event.participation_id)
    session = part.session
    _tell_of_observers(
        {session.model_teacher, *(board_of(session.group) if session.group else ())},
        session,
        lambda: (
            _("%(person)s melepas tempat pengamat “%(session)s”.")
            % {"person": part.user, "session": session}
        ),
        but=event.actor_id,
    )


@on(ObserverReplaced)
@while_invited
def tell_of_substitute(event: ObserverReplaced) -> None:
    before, after = participation(event.from_id), participation(event.to_id)
    session = after.session
    names = {"person": after.user, "before": before.user, "session": session}
    _tell_of_observers(
        [after.user],
        session,
        lambda: _("Bapak/Ibu menggantikan %(before)s sebagai pengamat “%(session)s”.") % names,
        but=event.actor_id,
    )
    _tell_of_observers(
        [before.user],
        session,
        lambda: _("%(person)s menggantikan Bapak/Ibu sebagai pengamat “%(session)s”.") % names,
        but=event.actor_id,
    )
    _tell_of_observers(
        [session.model_teacher],
        session,
        lambda: _("%(person)s menggantikan %(before)s sebagai pengamat “%(session)s”.") % names,
        but=event.actor_id,
    )


@on(ObserverTasksSwapped)
@while_invited
def tell_of_swapped_tasks(event: ObserverTasksSwapped) -> None:
    for pk in (event.from_id, event.to_id):
        _tell_of_task(participation(pk), but=event.actor_id)


@on(ObserverTaskSet)
@while_invited
def tell_observer_of_task(event: ObserverTaskSet) -> None:
    _tell_of_task(participation(event.participation_id), but=event.actor_id)


def _tell_of_task(part: Participation, *, but: int | None) -> None:
    if not part.task:
        return
    _tell_of_observers(
        [part.user],
        part.session,
        lambda: (
            _("Tugas Bapak/Ibu di “%(session)s”: %(task)s.")
            % {"session": part.session, "task": part.task}
        ),
        but=but,
    )


def _tell_of_observers(
    people: Iterable[User], session: ModelSession, words: Callable[[], str], *, but: int | None
) -> None:
    if session.is_planned:
        url = reverse("joint-plan", args=[session.pk])
        tell([one for one in people if one.pk != but], Notice.Kind.INVITED, words, url=url)
