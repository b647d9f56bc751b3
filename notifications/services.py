"""Every change to notices and the letters that carry them."""

from __future__ import annotations

from django.db.models import F

from accounts.models import User
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
