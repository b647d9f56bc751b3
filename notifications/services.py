"""Every change to notices and the letters that carry them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from activity.services import changing
from notifications import rules
from notifications.models import Letter, Notice


def tell(person: User, kind: Notice.Kind, text: str, *, url: str) -> Notice:
    """Give a person one notice, and a letter to carry it when the person has an e-mail address.

    The letter is sent by the next mail run, never here.
    """
    notice = Notice.objects.create(recipient=person, kind=kind, text=text, url=url)
    User.objects.filter(pk=person.pk).update(unread_notices=F("unread_notices") + 1)
    if person.email:
        Letter.objects.create(notice=notice)
    return notice


def read_notice(notice: Notice, *, by: User) -> Notice:
    """Mark one notice as read. Reading it again changes nothing."""
    with changing(notice):
        rules.may_read_notice.require(by, notice)
        if notice.read_at is None:
            notice.read_at = timezone.now()
            notice.save(update_fields=["read_at"])
            _count_unread(by)
    return notice


@transaction.atomic
def read_all(*, by: User) -> int:
    """Mark every notice of this person as read, and say how many were new."""
    # No rule: nobody reaches another person's notices here.
    User.objects.select_for_update().get(pk=by.pk)
    read = by.notices.unread().update(read_at=timezone.now())
    _count_unread(by)
    return read


def _count_unread(person: User) -> None:
    """Count afresh what `tell` only adds to, so that the bell is right after each reading."""
    User.objects.select_for_update().get(pk=person.pk)
    person.unread_notices = person.notices.unread().count()
    person.save(update_fields=["unread_notices"])
