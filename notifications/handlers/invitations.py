"""M: what is told of invitations to a session, and of those taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from activity.events import Event, on
from notifications.models import Notice
from notifications.services import tell
from notifications.words import session_in_words
from sessions.events import PersonInvited, PersonUninvited, SeatGiven, SessionPlanned
from sessions.kinds import noun_of
from sessions.models import ModelSession, Participation


def while_invited[E: Event](handler: Callable[[E], None]) -> Callable[[E], None]:
    """Have the handler say nothing about an invitation that was taken back meanwhile."""

    @wraps(handler)
    def follow(event: E) -> None:
        with suppress(Participation.DoesNotExist):
            handler(event)

    return follow


@on(SessionPlanned)
def invite_to_session(event: SessionPlanned) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    if not session.is_planned:
        return
    _invite_as_teacher(session, but=event.actor_id)
    _invite_as_leader(session, but=event.actor_id)
    for role in Participation.Role:
        parts = session.participations.filter(role=role).select_related("user")
        told = {event.actor_id, session.leader_id}
        _invite(session, role, [part.user for part in parts if part.user_id not in told])


@on(PersonInvited)
@while_invited
def invite_one_more(event: PersonInvited) -> None:
    part = participation(event.participation_id)
    if part.session.is_planned and part.user_id == part.session.leader_id:
        _invite_as_leader(part.session, but=event.actor_id)
    elif part.session.is_planned:
        _invite(part.session, Participation.Role(part.role), [part.user])


def _invite_as_teacher(session: ModelSession, *, but: int | None) -> None:
    if session.teacher is None or session.teacher_id == but:
        return

    def words() -> str:
        names = {"session": session_in_words(session), "person": session.leader}
        if session.is_visit:
            return _("%(person)s akan berkunjung: %(session)s.") % names
        return _("Bapak/Ibu menjadi guru model: %(session)s.") % names

    tell(
        [session.teacher],
        Notice.Kind.INVITED,
        words,
        url=session.get_absolute_url(),
        session=session,
    )


def _invite_as_leader(session: ModelSession, *, but: int | None) -> None:
    """Who teaches was told so already."""
    if session.leader is None or session.leader_id in {but, session.teacher_id}:
        return
    tell(
        [session.leader],
        Notice.Kind.INVITED,
        lambda: (
            _("Bapak/Ibu memimpin %(kind)s: %(session)s.")
            % {"kind": noun_of(session), "session": session_in_words(session)}
        ),
        url=session.get_absolute_url(),
        session=session,
    )


def _invite(session: ModelSession, role: Participation.Role, people: Iterable[User]) -> None:
    tell(
        people,
        Notice.Kind.INVITED,
        lambda: (
            str(_words_of_invitation(session, role))
            % {
                "kind": noun_of(session),
                "role": role.label.lower(),
                "session": session_in_words(session),
            }
        ),
        url=session.get_absolute_url(),
        session=session,
    )


def _words_of_invitation(session: ModelSession, role: Participation.Role) -> Promise:
    """As what one is invited; whoever takes part in a meeting is simply invited to it."""
    if session.is_lesson or role != Participation.Role.PARTICIPANT:
        return gettext_lazy("Undangan sebagai %(role)s: %(session)s.")
    return gettext_lazy("Undangan %(kind)s: %(session)s.")


@on(PersonUninvited)
def tell_who_is_uninvited(event: PersonUninvited) -> None:
    session = ModelSession.objects.get(pk=event.session_id)
    tell(
        [User.objects.get(pk=event.user_id)],
        Notice.Kind.CHANGED,
        lambda: (
            _("Undangan Bapak/Ibu ditarik: %(session)s.") % {"session": session_in_words(session)}
        ),
        url=reverse("sessions"),
        session=session,
    )


@on(SeatGiven)
@while_invited
def tell_who_got_a_place(event: SeatGiven) -> None:
    part = participation(event.participation_id)
    if part.answer != Participation.Answer.COMING or part.is_waiting:
        return
    tell(
        [part.user],
        Notice.Kind.CHANGED,
        lambda: (
            _("Bapak/Ibu mendapat tempat: %(session)s.")
            % {"session": session_in_words(part.session)}
        ),
        url=part.session.get_absolute_url(),
    )


def participation(pk: int) -> Participation:
    return Participation.objects.select_related(
        "user", "session__teacher", "session__leader", "session__group"
    ).get(pk=pk)
