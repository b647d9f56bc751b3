"""What a pair says, hands over and has read."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from activity.submissions import require_same, require_same_file
from thinkpair import rules
from thinkpair.events import MessageSaid
from thinkpair.models import Message, Pair, TalkFile

if TYPE_CHECKING:
    from activity.files import CheckedFile


def say(
    pair: Pair,
    *,
    by: User,
    submission: UUID,
    text: str = "",
    file: CheckedFile | None = None,
    consent: bool = False,
) -> Message:
    """Say something to the pair alone, or hand it one file of at most 10 MB, or both.

    A picture needs `consent`: that those in it agree, pupils by their parents. The same submission
    again returns what was said; with other words, or another file, it raises ValidationError.
    """
    if file and file.is_image and not consent:
        raise ValidationError({"consent": _("Centang dulu bahwa orang di foto ini setuju.")})
    # The pair, too: somebody may have left it since it was read.
    with changing(pair.thread, pair):
        if said := Message.objects.filter(submission=submission, pair=pair, author=by).first():
            _require_same(said, text, file)
            return said
        rules.may_talk.require(by, pair)
        if not (text or file):
            raise ValidationError({"text": _("Tulis pesan atau pilih berkas.")})
        message = Message(pair=pair, author=by, text=text, submission=submission)
        message.full_clean()
        message.save()
        if file:
            TalkFile.objects.create(
                message=message,
                file=file.content,
                name=file.name,
                content_type=file.content_type,
                size=file.size,
            )
        bump_live(pair, last_said_at=timezone.now())
        record(MessageSaid(message_id=message.pk), by=by)
    return message


def _require_same(said: Message, text: str, file: CheckedFile | None) -> None:
    require_same({"text": said.text}, {"text": text})
    if file:
        require_same_file(said.files.all(), file)


def mark_read(pair: Pair, *, by: User, up_to: int) -> None:
    """Let the partner see that everything up to this message was on the reader's screen.

    It never goes back.
    """
    # No event: who read what, and when, is nobody else's business.
    with changing(pair):
        rules.may_mark_read.require(by, pair)
        seat = pair.seats.select_for_update(no_key=True).get(person=by)
        newest = pair.messages.filter(pk__lte=up_to).order_by("-pk").first()
        if newest is None or newest.pk <= seat.read_up_to:
            return
        seat.read_up_to, seat.read_at = newest.pk, timezone.now()
        seat.save(update_fields=["read_up_to", "read_at"])
        bump_live(pair)


def bump_live(pair: Pair, **also: object) -> None:
    """Let every page of the room see that there is something new; in the change's transaction."""
    Pair.objects.filter(pk=pair.pk).update(live_version=F("live_version") + 1, **also)
