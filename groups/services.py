"""Every change to groups, memberships and cycles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups import rules
from groups.events import (
    BoardHandedOver,
    CycleClosed,
    CycleEdited,
    CycleOpened,
    GroupCreated,
    GroupEdited,
    GuideAppointed,
    GuideDismissed,
    InvitationMade,
    InvitationRevoked,
    JoinAsked,
    JoinDecided,
    PersonJoined,
    PersonLeft,
)
from groups.models import Cycle, Group, Invitation, JoinRequest, Membership, Stage, in_two_weeks
from groups.roles import GUIDES, Role
from schools.models import District, Regency, Subject

_COUNTERS = {
    Stage.SHARING: "posts_shared",
    Stage.MODELLING: "sessions_held",
    Stage.ACTION: "observations_submitted",
    Stage.REINFORCEMENT: "feedback_given",
    Stage.THINK_AND_PAIRS: "talks_closed",
}


class GroupWords(TypedDict, total=False):
    kind: str
    name: str
    code: str
    subject: Subject | None
    level: str
    regency: Regency
    district: District | None
    governing_body: str
    letterhead: str
    weekday: int | None


class CycleWords(TypedDict, total=False):
    theme: str
    problem: str
    starts_on: date
    ends_on: date


# --- the group ----------------------------------------------------------------------------------
def create_group(
    *,
    by: User,
    chair: User,
    starts_on: date | None = None,
    ends_on: date | None = None,
    decree: str = "",
    **words: Unpack[GroupWords],
) -> Group:
    """Found a group with its first chair, who becomes a member and invites the others.

    The chair's term starts today when not said otherwise. Raises ValidationError by field.
    """
    with transaction.atomic():
        rules.may_create_group.require(by)
        starts_on = starts_on or timezone.localdate()
        group = Group(**words)
        group.full_clean()
        group.save()
        _take_in(_locked(chair), group, by=by)
        _give_office(group, chair, Role.CHAIR, starts_on=starts_on, ends_on=ends_on, decree=decree)
        record(GroupCreated(group_id=group.pk), by=by)
    rules.forget_seats(chair)
    return group


def edit_group(group: Group, *, by: User, **words: Unpack[GroupWords]) -> Group:
    """Change what the group is called, whom it serves and what its letters carry on top."""
    with _changing(group, by=by):
        rules.may_edit_group.require(by, group)
        _set(group, words)
        record(GroupEdited(group_id=group.pk), by=by)
    return group


# --- coming in and going ------------------------------------------------------------------------
def make_invitation(
    group: Group,
    *,
    by: User,
    expires_at: datetime | None = None,
    submission: UUID | None = None,
) -> Invitation:
    """Make a link that lets anyone who has it join, for two weeks when not said otherwise.

    The same submission a second time gives the invitation that it made the first time.
    """
    with _changing(group, by=by):
        rules.may_run_group.require(by, group)
        submission = submission or uuid4()
        made = group.invitations.filter(submission=submission).first()
        if made:
            return made
        expires_at = expires_at or in_two_weeks()
        if expires_at <= timezone.now():
            raise ValidationError({"expires_at": _("Masa berlaku undangan sudah lewat.")})
        invitation = Invitation(
            group=group, made_by=by, expires_at=expires_at, submission=submission
        )
        invitation.full_clean()
        invitation.save()
        record(InvitationMade(invitation_id=invitation.pk), by=by)
    return invitation


def revoke_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Close the link at once; who came in by it stays."""
    with _changing(invitation, by=by):
        rules.may_revoke_invitation.require(by, invitation)
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        record(InvitationRevoked(invitation_id=invitation.pk), by=by)
    return invitation


def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Join the group today; someone new is thereby let in to the platform."""
    with changing(invitation):
        person = _locked(by)
        rules.may_accept_invitation.require(person, invitation)
        membership = _take_in(person, invitation.group, by=invitation.made_by)
        invitation.uses += 1
        invitation.save(update_fields=["uses"])
    rules.forget_seats(by)
    by.approved_at = person.approved_at
    return membership


def ask_to_join(group: Group, *, by: User, message: str = "") -> JoinRequest:
    """Ask the board to be let in. Raises ValidationError while an earlier request waits."""
    with transaction.atomic():
        person = _locked(by)
        rules.may_ask_to_join.require(person, group)
        request = JoinRequest(group=group, user=person, message=message)
        request.full_clean()
        request.save()
        record(JoinAsked(request_id=request.pk), by=by)
    return request


def decide_join(request: JoinRequest, *, by: User, accepted: bool) -> JoinRequest:
    """Let the person in from today, or decline. It is decided once."""
    with transaction.atomic():
        # The person before the request, as an invitation does: else the two wait for each other.
        person = _locked(request.user)
        with _changing(request, by=by):
            rules.may_decide_join.require(by, request)
            request.accepted = accepted
            request.decided_by = by
            request.decided_at = timezone.now()
            request.save(update_fields=["accepted", "decided_by", "decided_at"])
            if accepted:
                _take_in(person, request.group, by=by)
            record(JoinDecided(request_id=request.pk), by=by)
    return request


def leave_group(group: Group, *, by: User) -> None:
    """End one's membership, and what one guides, with this day."""
    with _changing(group, by=by):
        rules.may_leave_group.require(by, group)
        today = timezone.localdate()
        seats = by.memberships.current().filter(Q(ends_on=None) | Q(ends_on__gt=today), group=group)
        seats.update(ends_on=today)
        record(PersonLeft(group_id=group.pk, user_id=by.pk), by=by)
    rules.forget_seats(by)


# --- offices ------------------------------------------------------------------------------------
def hand_over_board(
    group: Group,
    *,
    by: User,
    chair: User,
    secretary: User | None = None,
    treasurer: User | None = None,
    starts_on: date,
    ends_on: date,
    decree: str,
) -> list[Membership]:
    """Give the offices to members for a term. The former board ends the day before it starts.

    A term that starts on the same day, or has not begun, is replaced: that corrects a slip.
    The former board stay members. Raises ValidationError by field.
    """
    offices = {Role.CHAIR: chair, Role.SECRETARY: secretary, Role.TREASURER: treasurer}
    with _changing(group, by=by):
        rules.may_hand_over_board.require(by, group)
        _check_term(group, starts_on, ends_on, decree)
        members = set(group.memberships.staying().as_members().values_list("user", flat=True))
        for role, person in offices.items():
            if person and person.pk not in members:
                raise ValidationError({role.value: _not_a_member(person)})
        former = group.memberships.on_board()
        former.filter(starts_on__gte=starts_on).delete()
        former.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on)).update(
            ends_on=starts_on - timedelta(days=1)
        )
        board = [
            _give_office(group, person, role, starts_on=starts_on, ends_on=ends_on, decree=decree)
            for role, person in offices.items()
            if person
        ]
        record(BoardHandedOver(group_id=group.pk), by=by)
    rules.forget_seats(by)
    return board


def appoint_guide(
    group: Group,
    *,
    by: User,
    person: User,
    role: Role,
    ends_on: date | None = None,
    decree: str = "",
) -> Membership:
    """Make a member guru inti or instruktur from today. Raises ValidationError by field."""
    with _changing(group, by=by):
        rules.may_run_group.require(by, group)
        if role not in GUIDES:
            raise ValidationError({"role": _("Pilih guru inti atau instruktur.")})
        current = group.memberships.current().filter(user=person)
        if not current.as_members().filter(ends_on=None).exists():
            raise ValidationError({"person": _not_a_member(person)})
        if current.filter(role=role).exists():
            raise ValidationError({"person": _("Bapak/Ibu ini sudah memegang tugas itu.")})
        today = timezone.localdate()
        seat = _give_office(group, person, role, starts_on=today, ends_on=ends_on, decree=decree)
        record(GuideAppointed(membership_id=seat.pk), by=by)
    rules.forget_seats(person)
    return seat


def dismiss_guide(seat: Membership, *, by: User) -> Membership:
    """End the task of a guru inti or instruktur with this day; the person stays a member."""
    with _changing(seat, by=by):
        rules.may_dismiss_guide.require(by, seat)
        seat.ends_on = timezone.localdate()
        seat.save(update_fields=["ends_on"])
        record(GuideDismissed(membership_id=seat.pk), by=by)
    return seat


# --- cycles -------------------------------------------------------------------------------------
def open_cycle(
    group: Group, *, by: User, submission: UUID | None = None, **words: Unpack[CycleWords]
) -> Cycle:
    """Open the group's next cycle; one at a time, numbered without gaps.

    The same submission a second time gives the cycle that it opened the first time.
    """
    with _changing(group, by=by):
        rules.may_run_group.require(by, group)
        submission = submission or uuid4()
        opened = group.cycles.filter(submission=submission).first()
        if opened:
            return opened
        last = group.cycles.aggregate(number=Max("number"))["number"] or 0
        cycle = Cycle(group=group, number=last + 1, submission=submission, **words)
        cycle.full_clean()
        cycle.save()
        record(CycleOpened(cycle_id=cycle.pk), by=by)
    return cycle


def edit_cycle(cycle: Cycle, *, by: User, **words: Unpack[CycleWords]) -> Cycle:
    """Change the theme, the problem or the dates of a cycle that is open."""
    with _changing(cycle, by=by):
        rules.may_change_cycle.require(by, cycle)
        _set(cycle, words)
        record(CycleEdited(cycle_id=cycle.pk), by=by)
    return cycle


def close_cycle(cycle: Cycle, *, by: User, reflection: str) -> Cycle:
    """Close the cycle with what the group learned. It cannot be opened again."""
    with _changing(cycle, by=by):
        rules.may_close_cycle.require(by, cycle)
        if not reflection.strip():
            raise ValidationError({"reflection": _("Tulis refleksi singkat sebelum menutup.")})
        cycle.reflection = reflection.strip()
        cycle.closed_at = timezone.now()
        cycle.full_clean()
        cycle.save(update_fields=["reflection", "closed_at"])
        record(CycleClosed(cycle_id=cycle.pk), by=by)
    return cycle


def count_in_cycle(cycle_id: int | None, stage: Stage, by: int = 1) -> None:
    """Keep a cycle's counter when the thing of that stage happens, or is taken back with -1.

    Called by the services of the stage apps inside their own transaction; no cycle, no count.
    """
    if cycle_id is None:
        return
    counter = _COUNTERS[stage]
    Cycle.objects.filter(pk=cycle_id).update(**{counter: F(counter) + by})


# --- parts --------------------------------------------------------------------------------------
@contextmanager
def _changing(*rows: models.Model, by: User) -> Iterator[None]:
    """Lock the rows and have the rules read `by`'s seats anew: a board may just have changed."""
    with changing(*rows):
        rules.forget_seats(by)
        yield


def _locked(person: User) -> User:
    """The person, read afresh and locked, so that two ways into a group wait for each other."""
    return User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def _take_in(person: User, group: Group, *, by: User) -> Membership:
    """Make a locked person a member from today, or take up a membership that was to end."""
    today = timezone.localdate()
    seats = person.memberships.as_members().filter(group=group)
    seat = seats.filter(Q(ends_on=None) | Q(ends_on__gte=today)).first()
    if seat is None:
        seat = Membership(user=person, group=group, role=Role.MEMBER, starts_on=today)
    seat.starts_on = min(seat.starts_on, today)
    seat.ends_on = None
    seat.save()
    if person.approved_at is None:
        person.approved_at = timezone.now()
        person.save(update_fields=["approved_at"])
    person.join_requests.waiting().filter(group=group).update(
        accepted=True, decided_by=by, decided_at=timezone.now()
    )
    record(PersonJoined(group_id=group.pk, user_id=person.pk), by=person)
    return seat


def _check_term(group: Group, starts_on: date, ends_on: date, decree: str) -> None:
    if not decree.strip():
        raise ValidationError({"decree": _("Tulis nomor SK pengurus.")})
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": _("Masa tugas berakhir sebelum mulai.")})
    today = timezone.localdate()
    if ends_on < today:
        raise ValidationError({"ends_on": _("Masa tugas ini sudah lewat.")})
    begun = group.memberships.on_board().filter(starts_on__lte=today)
    latest = begun.aggregate(day=Max("starts_on"))["day"]
    if latest and starts_on < latest:
        raise ValidationError(
            {"starts_on": _("Masa tugas mulai sebelum pengurus yang sekarang mulai.")}
        )


def _give_office(
    group: Group,
    person: User,
    role: Role,
    *,
    starts_on: date,
    ends_on: date | None,
    decree: str,
) -> Membership:
    seat = Membership(
        group=group, user=person, role=role, starts_on=starts_on, ends_on=ends_on, decree=decree
    )
    seat.full_clean()
    seat.save()
    return seat


def _not_a_member(person: User) -> ValidationError:
    return ValidationError(
        _("%(name)s bukan anggota kelompok ini."), params={"name": person.full_name}
    )


def _set(row: Group | Cycle, words: GroupWords | CycleWords) -> None:
    for name, value in words.items():
        setattr(row, name, value)
    row.full_clean()
    row.save(update_fields=list(words))
