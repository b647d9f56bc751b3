"""Every change to notices and the letters that carry them."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from django.core.mail import mailers
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from activity.services import changing, record
from notifications import letters, queries, rules
from notifications.events import TaskIsDue
from notifications.models import Letter, Notice
from notifications.words import moment, zone_of
from sessions.models import ModelSession, Series

logger = logging.getLogger(__name__)

# After 1, 2, 4 … minutes: the tenth failure is some eight hours after the first.
MOST_ATTEMPTS = 10
PEOPLE_AT_ONCE = 200
WAKING_HOURS = range(6, 20)
MOST_CHARACTERS = Notice._meta.get_field("text").max_length or 0


@transaction.atomic
def tell(
    people: Iterable[User],
    kind: Notice.Kind,
    words: Callable[[], str],
    *,
    url: str,
    once_unread: str = "",
    session: ModelSession | None = None,
    series: Series | None = None,
) -> list[Notice]:
    """Give each of these people one notice, and a letter to whoever has an e-mail address.

    `words` is asked in the language and time zone of each. With `once_unread`, e.g. “comment”, who
    has not read an earlier notice of that name about the same page gets no second one. Letters are
    sent by the next mail run, never here. With a `session`, or a whole `series`, the letter of an
    invitation or a change brings the entry for the reader's calendar along.
    """
    keys = {person.pk for person in people}
    locked = User.objects.select_for_update(no_key=True).filter(pk__in=keys, is_active=True)
    recipients = {person.pk: person for person in locked.order_by("pk")}
    if once_unread:
        waiting = Notice.objects.unread().filter(
            recipient__in=recipients, url=url, told_once=once_unread
        )
        for told in waiting.values_list("recipient", flat=True):
            recipients.pop(told, None)
    notices = Notice.objects.bulk_create(
        Notice(
            recipient=person,
            kind=kind,
            text=_in_words_of(person, words),
            url=url,
            told_once=once_unread,
            session=session,
            series=series,
        )
        for person in recipients.values()
    )
    User.objects.filter(pk__in=recipients).update(unread_notices=F("unread_notices") + 1)
    with_address = (notice for notice in notices if notice.recipient.email)
    Letter.objects.bulk_create(Letter(notice=notice) for notice in with_address)
    return notices


def _in_words_of(person: User, words: Callable[[], str]) -> str:
    with translation.override(person.language), timezone.override(zone_of(person)):
        text = words()
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def read_notice(notice: Notice, *, by: User) -> Notice:
    """Mark one notice as read. Reading it again changes nothing."""
    # No event: what a person looked at is nobody's business.
    with changing(notice):
        rules.may_read_notice.require(by, notice)
        if notice.read_at is None:
            notice.read_at = timezone.now()
            notice.save(update_fields=["read_at"])
            _count_unread(by)
    return notice


@transaction.atomic
def read_notices_at(path: str, *, by: User) -> int:
    """Mark every notice of this person that leads to a page as read, and say how many were new.

    Who opened the page has seen what they were told of, whichever way they came there.
    """
    # No rule: nobody reaches another person's notices here. No event: as `read_notice`.
    read = by.notices.unread().leading_to(path).update(read_at=timezone.now())
    if read:
        _count_unread(by)
    return read


@transaction.atomic
def read_all(*, by: User) -> int:
    """Mark every notice of this person as read, and say how many were new."""
    # No rule: nobody reaches another person's notices here. No event: as above.
    read = by.notices.unread().update(read_at=timezone.now())
    _count_unread(by)
    return read


def _count_unread(person: User) -> None:
    """Count afresh what `tell` only adds to, so that the bell is right after each reading.

    Both hold the person's row, so a notice that arrives meanwhile is counted exactly once.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    person.unread_notices = person.notices.unread().count()
    person.save(update_fields=["unread_notices"])


def remind_of_owed(now: datetime) -> None:
    """Record, once for each debt and day it is due, that it falls due within a day.

    Nobody is reminded at night: what falls due is told from six in the morning, on the person's
    own clock, until eight in the evening.
    """
    people = User.objects.filter(is_active=True, approved_at__isnull=False).order_by("pk")
    last = 0
    while batch := list(people.filter(pk__gt=last)[:PEOPLE_AT_ONCE]):
        for person in batch:
            with translation.override(person.language), timezone.override(zone_of(person)):
                if timezone.localtime(now).hour in WAKING_HOURS:
                    _remind(person, now)
        last = batch[-1].pk


def _remind(person: User, now: datetime) -> None:
    soon = now + timedelta(days=1)
    with transaction.atomic():
        for owed in queries.owed_by(person, now):
            if owed.due_at and owed.due_at <= soon:
                words = {"verb": owed.verb, "rest": owed.rest, "due": moment(owed.due_at)}
                text = _("%(verb)s %(rest)s, paling lambat %(due)s.") % words
                once = f"due:{person.pk}:{owed.key}:{timezone.localdate(owed.due_at)}"
                record(TaskIsDue(person_id=person.pk, text=text, url=owed.url), by=None, once=once)


def send_due_letters(*, batch: int = 100) -> int:
    """Send every letter whose time has come, at least once each, and say how many went out.

    One that fails is tried again after 1, 2, 4 … minutes, ten times in all, and holds up no
    other. When the server itself is away the run ends, and the others keep their turn.
    """
    sent, server = 0, mailers.default
    due = Letter.objects.due(timezone.now()).select_related("notice__recipient")[:batch]
    try:
        for letter in due:
            if not Letter.objects.claim(letter, timezone.now()):
                continue
            try:
                server.open()
            except OSError as error:
                _try_again_later(letter, error)
                break
            sent += _send(letter, server)
    finally:
        _hang_up(server)
    return sent


def _send(letter: Letter, server: letters.Server) -> bool:
    try:
        server.send_messages([letters.written(letter)])
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with one must not stop the others
        _hang_up(server)
        _try_again_later(letter, error)
        return False
    letter.sent_at = timezone.now()
    letter.save(update_fields=["sent_at"])
    return True


def _hang_up(server: letters.Server) -> None:
    with suppress(smtplib.SMTPException, OSError):
        server.close()


def _try_again_later(letter: Letter, error: Exception) -> None:
    now = timezone.now()
    letter.attempts += 1
    letter.last_error = f"{type(error).__name__}: {error}"[:300]
    letter.retry_at = now + timedelta(minutes=2 ** (letter.attempts - 1))
    if letter.attempts >= MOST_ATTEMPTS:
        letter.given_up_at = now
    letter.save(update_fields=["attempts", "last_error", "retry_at", "given_up_at"])
    logger.warning("Letter %s failed, attempt %s: %s", letter.pk, letter.attempts, error)
