"""Inviting people to a session, what they answer, and the links by which they do."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import make_guest
from activity.services import changing, record
from sessions import links, rules
from sessions.conflicts import lock_diaries, require_free
from sessions.events import InvitationAnswered, LinksRevoked, PersonInvited, PersonUninvited
from sessions.models import ModelSession, Participation
from sessions.queries import answers_to
from sessions.services.drafts import seats_in
from sessions.services.places import ask_for_place, move_up

Answer, Role = Participation.Answer, Participation.Role
# Whoever has something to do cannot be in two places; who only listens chooses for themselves.
BUSY_ROLES = (Role.OBSERVER, Role.RESOURCE_PERSON)


def invite(session: ModelSession, person: User, *, by: User, role: str) -> Participation:
    """Add a person to a session, or give a person who is invited already another role.

    Raises ValidationError for an observer or narasumber who is busy elsewhere at that time.
    """
    with changing(session):
        rules.may_invite.require(by, session)
        if person.pk == session.teacher_id:
            raise ValidationError({"person": _("Guru model sudah menjadi bagian dari sesi ini.")})
        if found := session.participations.filter(user=person).first():
            for reason in rules.reasons_pays(found):
                raise ValidationError({"person": reason})
        if role == Role.PARTICIPANT and not _may_take_part(session, person):
            raise ValidationError(
                {"person": _("Peserta adalah anggota kelompok. Undang dulu ke kelompok.")}
            )
        if found and found.role == role:
            raise ValidationError({"person": _("%(name)s sudah diundang.") % {"name": person}})
        if role == Role.OBSERVER:
            if not session.is_lesson:
                raise ValidationError({"person": _("Pertemuan tidak memakai pengamat.")})
            for reason in rules.reasons_no_place(session):
                raise ValidationError({"person": reason})
        if role in BUSY_ROLES:
            lock_diaries([person])
            require_free(session, {"person": [person]}, by=by)
        part = found or Participation(session=session, user=person)
        part.task = ""
        _give_role(session, part, role)
        part.full_clean(exclude=["ticked_by"])
        part.save()
        move_up(session, by=by)
        record(PersonInvited(participation_id=part.pk), by=by)
    return part


def invite_guest(
    session: ModelSession,
    *,
    by: User,
    name: str,
    institution: str,
    role: str = Role.RESOURCE_PERSON,
    phone: str = "",
) -> Participation:
    """Invite somebody who has no account, such as a narasumber, who answers by personal link."""
    with changing(session):
        rules.may_invite.require(by, session)
        same = {"user__name__iexact": name, "user__institution__iexact": institution}
        if session.participations.filter(user__is_guest=True, **same).exists():
            raise ValidationError({"name": _("%(name)s sudah diundang.") % {"name": name}})
        guest = make_guest(name=name, institution=institution, phone=phone)
        part = Participation(session=session, user=guest, role=role)
        part.full_clean(exclude=["ticked_by"])
        part.save()
        record(PersonInvited(participation_id=part.pk), by=by)
    return part


def uninvite(participation: Participation, *, by: User) -> ModelSession:
    """Take an invitation back; whoever waits for the place gets it."""
    session = participation.session
    with changing(session, participation):
        rules.may_uninvite.require(by, participation)
        record(PersonUninvited(session_id=session.pk, user_id=participation.user_id), by=by)
        participation.delete()
        move_up(session, by=by)
    return session


def answer_invitation(
    participation: Participation, *, by: User, answer: str, reason: str = ""
) -> Participation:
    """Say whether one comes. The answer may be changed until the session is held.

    Where all places are taken, who wants to come waits for one; see `places`. The same answer
    again changes nothing. Raises ValidationError for an observer or narasumber who had said no
    and is busy elsewhere by now.
    """
    session = participation.session
    with changing(session, participation):
        participation.session = session
        rules.may_answer_invitation.require(by, participation)
        if answer not in answers_to(session):
            raise ValidationError({"answer": _("Pilih salah satu jawaban.")})
        reason = reason.strip() if answer == Answer.NOT_COMING else ""
        before = (participation.answer, participation.answer_reason)
        if before == (answer, reason):
            return participation
        if before[0] == Answer.NOT_COMING != answer and participation.role in BUSY_ROLES:
            # Who had said no was free to be asked elsewhere.
            lock_diaries([by])
            require_free(session, {"answer": [by]}, by=by)
        participation.answer, participation.answer_reason = answer, reason
        participation.answered_at = timezone.now()
        if before[0] != answer:
            participation.queue_number = None
            if answer == Answer.COMING and participation.role != Role.RESOURCE_PERSON:
                ask_for_place(session, participation)
        participation.full_clean(exclude=["ticked_by"])
        participation.save(update_fields=["answer", "answer_reason", "answered_at", "queue_number"])
        move_up(session, by=by)
        record(InvitationAnswered(participation_id=participation.pk), by=by)
    return participation


def personal_token(participation: Participation) -> str:
    """What the personal link of this invitation carries; see `links`."""
    return links.token_of(participation)


def revoke_link(participation: Participation, *, by: User) -> Participation:
    """Have every link that was handed out for this person stop working; a new one can be sent."""
    session = participation.session
    with changing(session, participation):
        rules.may_revoke_links.require(by, session)
        participation.link_version += 1
        participation.save(update_fields=["link_version"])
        record(LinksRevoked(session_id=session.pk, user_id=participation.user_id), by=by)
    return participation


def revoke_all_links(session: ModelSession, *, by: User) -> ModelSession:
    """Have every personal link of the session stop working; new ones can be sent."""
    with changing(session):
        rules.may_revoke_links.require(by, session)
        session.participations.update(link_version=F("link_version") + 1)
        record(LinksRevoked(session_id=session.pk, user_id=None), by=by)
    return session


def _may_take_part(session: ModelSession, person: User) -> bool:
    return person.is_guest or seats_in(session.group).filter(user=person).exists()


def _give_role(session: ModelSession, part: Participation, role: str) -> None:
    """Change the role; who speaks needs no place in the room, who no longer does asks for one."""
    spoke = part.role == Role.RESOURCE_PERSON
    part.role = role
    if role == Role.RESOURCE_PERSON:
        part.queue_number = None
    elif spoke and part.answer == Answer.COMING:
        ask_for_place(session, part)
