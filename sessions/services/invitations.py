"""Inviting people to a session, and what they answer."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from sessions import rules
from sessions.events import InvitationAnswered, PersonInvited
from sessions.models import ModelSession, Participation
from sessions.services.planning import seats_in

Answer, Mode, Role = Participation.Answer, ModelSession.Mode, Participation.Role


def invite(session: ModelSession, person: User, *, by: User, role: str) -> Participation:
    """Add a person to a session, or give a person who is invited already another role."""
    with changing(session):
        rules.may_invite.require(by, session)
        if person.pk == session.teacher_id:
            raise ValidationError({"person": _("Guru model sudah menjadi bagian dari sesi ini.")})
        if role == Role.PARTICIPANT and not seats_in(session.group).filter(user=person).exists():
            raise ValidationError(
                {"person": _("Peserta adalah anggota kelompok. Undang dulu ke kelompok.")}
            )
        found = session.participations.filter(user=person).first()
        if found and found.role == role:
            raise ValidationError({"person": _("%(name)s sudah diundang.") % {"name": person}})
        if role == Role.OBSERVER:
            for reason in rules.reasons_no_place(session):
                raise ValidationError({"person": reason})
        part = found or Participation(session=session, user=person)
        part.role, part.task = role, ""
        part.full_clean(exclude=["ticked_by"])
        part.save()
        record(PersonInvited(participation_id=part.pk), by=by)
    return part


def answer_invitation(
    participation: Participation, *, by: User, answer: str, reason: str = ""
) -> Participation:
    """Say whether one comes. The answer may be changed until the session is held."""
    with changing(participation.session, participation):
        rules.may_answer_invitation.require(by, participation)
        if answer not in answers_to(participation.session):
            raise ValidationError({"answer": _("Pilih salah satu jawaban.")})
        participation.answer = answer
        participation.answer_reason = reason.strip() if answer == Answer.NOT_COMING else ""
        participation.answered_at = timezone.now()
        participation.full_clean(exclude=["ticked_by"])
        participation.save(update_fields=["answer", "answer_reason", "answered_at"])
        record(InvitationAnswered(participation_id=participation.pk), by=by)
    return participation


def answers_to(session: ModelSession) -> tuple[Participation.Answer, ...]:
    """The answers that make sense: coming online only where there is a link."""
    if session.mode == Mode.IN_PERSON:
        return Answer.COMING, Answer.NOT_COMING
    if session.mode == Mode.ONLINE:
        return Answer.ONLINE, Answer.NOT_COMING
    return Answer.COMING, Answer.ONLINE, Answer.NOT_COMING
