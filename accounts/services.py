"""Every change to people."""

from __future__ import annotations

from importlib import import_module
from itertools import chain, count
from secrets import token_hex
from typing import TypedDict, Unpack

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.events import FirstAdminCame, LetIn, ProfileEdited, SignedUp
from accounts.models import User
from activity.services import changing, record
from schools.models import School

_FIRST_ADMIN = "accounts.first-admin"
_FIRST_ADMIN_HOURS = 24


class Profile(TypedDict, total=False):
    username: str
    name: str
    title_before: str
    title_after: str
    nuptk: str
    nip: str
    school: School | None
    position: str
    institution: str
    phone: str
    language: str
    time_zone: str


def sign_up(*, password: str, email: str = "", **profile: Unpack[Profile]) -> User:
    """Make the account of somebody who is not let in anywhere yet.

    Without a username one is made from the name. Raises ValidationError by field.
    """
    person = User(email=email, **profile)
    with transaction.atomic():
        person.username = person.username or _free_username(person.name)
        person.set_password(password)
        person.full_clean()
        person.save()
        record(SignedUp(user_id=person.pk), by=person)
    return person


def edit_profile(person: User, *, by: User, **profile: Unpack[Profile]) -> User:
    """Change what a person says about themselves. Raises ValidationError by field."""
    with changing(person):
        rules.may_edit_profile.require(by, person)
        for name, value in profile.items():
            setattr(person, name, value)
        person.full_clean()
        person.save(update_fields=profile)
        record(ProfileEdited(user_id=person.pk), by=by)
    return person


def note_change(person: User, *, by: User) -> None:
    """Write down that somebody's account was changed by hand, as the admin does."""
    with changing(person):
        rules.may_let_in.require(by, person)
        record(ProfileEdited(user_id=person.pk), by=by)


def let_in(person: User, *, by: User) -> User:
    """Open the platform to somebody who is in no group; who is in already stays so."""
    with changing(person):
        rules.may_let_in.require(by, person)
        if person.approved_at is None:
            person.approved_at = timezone.now()
            person.save(update_fields=["approved_at"])
            record(LetIn(user_id=person.pk), by=by)
    return person


def make_guest(*, name: str, institution: str, phone: str = "") -> User:
    """Write down somebody without an account: a name and an institution, with no way to sign in.

    Called by the services of higher apps in their own transaction, which ask a rule and record.
    """
    guest = User(
        username=f"tamu-{token_hex(8)}",
        name=name,
        institution=" ".join(institution.split()),
        phone=phone,
        is_guest=True,
        is_active=False,
    )
    guest.set_unusable_password()
    guest.full_clean()
    if not guest.institution:
        raise ValidationError({"institution": _("Tulis instansi asalnya.")})
    guest.save()
    return guest


def invite_first_admin() -> str:
    """Make an account that waits for its owner; the answer is the token of its one-time link.

    An earlier link stops working. Raises ValidationError once there is an admin.
    """
    with transaction.atomic():
        admins = User.objects.filter(is_superuser=True)
        if admins.filter(is_active=True).exists():
            raise ValidationError(_("Sudah ada admin."))
        waiting = admins.select_for_update().first() or User(username=_free_username("admin"))
        waiting.is_superuser = waiting.is_staff = True
        waiting.is_active = False
        waiting.set_unusable_password()
        waiting.save()
    # An unusable password is random and goes when a real one is set, so the link works once.
    return signing.dumps([waiting.pk, waiting.password], salt=_FIRST_ADMIN)


def find_first_admin(token: str) -> User | None:
    """The account that this one-time link is for, while the link holds: once, for 24 hours."""
    try:
        pk, password = signing.loads(token, salt=_FIRST_ADMIN, max_age=_FIRST_ADMIN_HOURS * 3600)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, password=password, is_active=False).first()


def become_first_admin(
    admin: User, *, password: str, email: str = "", **profile: Unpack[Profile]
) -> User:
    """Give the waiting account to its owner. Raises ValidationError by field, 403 when taken."""
    with changing(admin):
        rules.may_become_first_admin.require(admin, admin)
        for name, value in profile.items():
            setattr(admin, name, value)
        admin.email = email
        _check_password(password, admin)
        admin.set_password(password)
        admin.is_active = True
        admin.approved_at = timezone.now()
        admin.full_clean()
        admin.save()
        record(FirstAdminCame(user_id=admin.pk), by=admin)
    return admin


def clear_sessions() -> None:
    """Forget sign-ins that ran out."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def _check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error


def _free_username(name: str) -> str:
    """A username like “nirmala.pongsapan”, with a number behind when that is taken."""
    wanted = slugify(name)[:50].replace("-", ".").strip(".") or "guru"
    taken = set(User.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    candidates = chain([wanted], (f"{wanted}{number}" for number in count(2)))
    return next(username for username in candidates if username not in taken)
