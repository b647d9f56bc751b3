"""Who may read people and change profiles, and what the Dinas's appointments open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from accounts.roles import Duty

if TYPE_CHECKING:
    from accounts.models import User


def supervised_schools(user: User) -> frozenset[int]:
    """The ids of the schools that this person supervises today."""
    return _schools(user, Duty.SUPERVISOR)


def led_schools(user: User) -> frozenset[int]:
    """The ids of the schools that this person leads today."""
    return _schools(user, Duty.PRINCIPAL)


def is_district_officer(user: User) -> bool:
    return any(duty == Duty.DISTRICT_OFFICER for duty, _school in _duties(user))


def _schools(user: User, duty: Duty) -> frozenset[int]:
    return frozenset(school for held, school in _duties(user) if held == duty and school)


def _duties(user: User) -> list[tuple[str, int | None]]:
    """Today's appointments, asked for once in the life of the request's user."""
    if "_duties" not in user.__dict__:
        current = user.appointments.current().values_list("duty", "school")
        user.__dict__["_duties"] = list(current)
    duties: list[tuple[str, int | None]] = user.__dict__["_duties"]
    return duties


def visible_people(user: User) -> Q:
    """Everyone who was let in sees the others who were; a newcomer sees only the own profile."""
    return Q(approved_at__isnull=False, is_active=True) if user.approved_at else Q(pk=user.pk)


@rule
def may_edit_profile(user: User, person: User) -> Reasons:
    """The person alone."""
    if user.pk != person.pk:
        yield _("Profil hanya dapat diubah oleh pemiliknya.")


@rule
def may_become_first_admin(user: User, admin: User) -> Reasons:
    """Whoever holds the one-time link, until somebody used it."""
    if admin.is_active or not admin.is_superuser:
        yield _("Tautan ini sudah dipakai.")


@rule
def may_let_in(user: User, person: User) -> Reasons:
    """The Dinas and its admins; a group's board and its invitations let in by the group's rules."""
    if not (user.is_staff or is_district_officer(user)):
        yield _("Hanya Dinas Pendidikan yang dapat menerima orang di luar kelompok.")
