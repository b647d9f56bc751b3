"""What a pair says, and what it gives to the group."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from thinkpair import rules
from thinkpair.events import (
    AnswerShared,
    MessageSaid,
)
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
        record(MessageSaid(message_id=message.pk), by=by)
    return message


def share_answer(pair: Pair, *, by: User, text: str) -> Pair:
    """Give the pair's answer to the group. Until the thread is closed the pair may better it."""
    with changing(pair.thread):
        pair.refresh_from_db(fields=["answer", "shared_at", "shared_by"])
        rules.may_talk.require(by, pair)
        if not text:
            raise ValidationError({"answer": _("Tulis jawaban bersama lebih dulu.")})
        if pair.answer == text:
            return pair
        pair.answer, pair.shared_at, pair.shared_by = text, timezone.now(), by
        pair.full_clean()
        pair.save(update_fields=["answer", "shared_at", "shared_by"])
        record(AnswerShared(pair_id=pair.pk), by=by)
    return pair
