"""What comes soon, and what somebody still owes."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from activity.events import on
from notifications.events import TaskIsDue
from notifications.handlers.audience import everyone_in
from notifications.models import Notice
from notifications.services import tell
from notifications.words import session_in_words
from sessions.events import SessionHeld, SessionIsSoon
from sessions.models import ModelSession


@on(TaskIsDue)
def remind_of_task(event: TaskIsDue) -> None:
    person = User.objects.get(pk=event.person_id)
    tell([person], Notice.Kind.OWED, lambda: event.text, url=event.url)


@on(SessionIsSoon)
def tell_that_session_is_soon(event: SessionIsSoon) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    if not session.is_planned:
        return
    tell(
        everyone_in(session, answered_no=False),
        Notice.Kind.SOON,
        lambda: _("Sebentar lagi: %(session)s.") % {"session": session_in_words(session)},
        url=session.get_absolute_url(),
    )


@on(SessionHeld)
def say_what_is_owed_after_session(event: SessionHeld) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    handed_in = session.observations.submitted().values("observer")
    observers = session.participations.observers().exclude(user__in=handed_in)
    tell(
        [part.user for part in observers.select_related("user")],
        Notice.Kind.OWED,
        lambda: _("Lembar observasi “%(session)s” menunggu dikirim.") % {"session": session},
        url=reverse("observe", args=[session.pk]),
    )
    if session.teacher is None:
        return
    tell(
        [session.teacher],
        Notice.Kind.OWED,
        lambda: (
            _("Terima kasih sudah mengajar “%(session)s”. Tuliskan refleksi Bapak/Ibu.")
            % {"session": session}
        ),
        url=reverse("reflect", args=[session.pk]),
    )
