"""What a pair says."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from activity.services import changing, record
from thinkpair import rules
from thinkpair.events import MessageSaid
from thinkpair.models import Message, Pair


def say(pair: Pair, *, by: User, text: str, submission: UUID) -> Message:
    """Say something to the pair alone. The same submission again returns what was said."""
    with changing(pair.thread):
        if said := Message.objects.filter(submission=submission, pair=pair, author=by).first():
            return said
        rules.may_talk.require(by, pair)
        message = Message(pair=pair, author=by, text=text, submission=submission)
        message.full_clean()
        message.save()
        bump_live(pair, last_said_at=timezone.now())
        record(MessageSaid(message_id=message.pk), by=by)
    return message


def bump_live(pair: Pair, **also: object) -> None:
    """Let every page of the room see that there is something new; in the change's transaction."""
    Pair.objects.filter(pk=pair.pk).update(live_version=F("live_version") + 1, **also)
