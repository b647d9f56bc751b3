"""M: what is told of a session that changes, is cancelled, closed or reopened."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activity.events import on
from notifications.handlers.audience import everyone_in, who_was_there
from notifications.models import Notice
from notifications.services import tell
from notifications.words import session_in_words
from sessions.events import SessionCancelled, SessionChanged, SessionClosed, SessionReopened
from sessions.kinds import noun_of
from sessions.models import ModelSession


@on(SessionChanged)
def tell_of_change(event: SessionChanged) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    if not session.is_planned:
        return

    def words() -> str:
        if event.moved:
            return _("%(kind)s pindah waktu: %(session)s. Mohon dijawab lagi.") % {
                "kind": capfirst(noun_of(session)),
                "session": session_in_words(session),
            }
        return _("Tempat atau tautan %(kind)s berubah: %(session)s.") % {
            "kind": noun_of(session),
            "session": session_in_words(session),
        }

    people = everyone_in(session, but=event.actor_id)
    tell(people, Notice.Kind.CHANGED, words, url=session.get_absolute_url(), session=session)


@on(SessionCancelled)
def tell_of_cancelling(event: SessionCancelled) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    tell(
        everyone_in(session, but=event.actor_id),
        Notice.Kind.CHANGED,
        lambda: (
            _("%(kind)s “%(session)s” dibatalkan: %(reason)s")
            % {
                "kind": capfirst(noun_of(session)),
                "session": session,
                "reason": session.cancel_reason,
            }
        ),
        url=session.get_absolute_url(),
        session=session,
    )


@on(SessionClosed)
def tell_who_earned_hours(event: SessionClosed) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    if not session.lesson_hours or not session.is_closed:
        return
    tell(
        who_was_there(session, but=event.actor_id),
        Notice.Kind.CHANGED,
        lambda: (
            _("%(kind)s “%(session)s” ditutup. Bapak/Ibu memperoleh %(hours)s JP.")
            % {
                "kind": capfirst(noun_of(session)),
                "session": session,
                "hours": session.lesson_hours,
            }
        ),
        url=session.get_absolute_url(),
    )


@on(SessionReopened)
def tell_who_earned_hours_that_they_wait(event: SessionReopened) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    if not session.lesson_hours or session.is_closed:
        return
    tell(
        who_was_there(session, but=event.actor_id),
        Notice.Kind.CHANGED,
        lambda: (
            _("%(kind)s “%(session)s” dibuka kembali. JP dihitung lagi saat ditutup.")
            % {"kind": capfirst(noun_of(session)), "session": session}
        ),
        url=session.get_absolute_url(),
    )
