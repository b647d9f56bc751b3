"""What a pair writes together, and gives to the group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from thinkpair import rules
from thinkpair.events import AnswerShared, CardEdited
from thinkpair.models import Card, Pair
from thinkpair.services.talk import bump_live
from thinkpair.words import index_card


class CardWords(TypedDict, total=False):
    """What a card says; only the fields that its writer changed."""

    problem: str
    cause: str
    attempt: str
    need: str


def edit_card(pair: Pair, *, by: User, revision: int, **words: Unpack[CardWords]) -> Card:
    """Write on the pair's card what was changed since `revision` was read.

    What the other wrote meanwhile in other fields stays. Where both changed the same field, nothing
    is written, and ValidationError says at that field what the other wrote.
    """
    with changing(pair.thread, pair):
        rules.may_edit_card.require(by, pair)
        card, _created = Card.objects.get_or_create(pair=pair)
        changed = {name: text for name, text in words.items() if getattr(card, name) != text}
        _keep_words_of_others(card, by, revision, changed)
        if not changed:
            return card
        card.revision += 1
        for name, text in changed.items():
            setattr(card, name, text)
            card.edits[name] = {"by": by.pk, "at": card.revision}
        card.edited_at, card.edited_by = timezone.now(), by
        card.full_clean()
        card.save(update_fields=[*changed, "revision", "edits", "edited_at", "edited_by"])
        index_card(card)
        bump_live(pair)
        hour = f"card-edited:{card.pk}:{by.pk}:{card.edited_at:%Y%m%d%H}"
        record(CardEdited(card_id=card.pk), by=by, once=hour)
    return card


def _keep_words_of_others(
    card: Card, by: User, revision: int, changed: Mapping[str, object]
) -> None:
    """Raise ValidationError where somebody else changed a field that `by` did not see so."""
    errors = {}
    for name in changed:
        last = card.edits.get(name, {"by": by.pk, "at": 0})
        if last["at"] > revision and last["by"] != by.pk:
            errors[name] = ValidationError(
                _("Sementara itu pasangan menulis: “%(words)s” Gabungkan, lalu simpan lagi."),
                code="conflict",
                params={"words": getattr(card, name)},
            )
    if errors:
        raise ValidationError(errors)


def share_card(pair: Pair, *, by: User) -> Card:
    """Give the pair's card to the group, which from then on reads it as the pair betters it."""
    with changing(pair.thread, pair):
        rules.may_share_card.require(by, pair)
        card, _created = Card.objects.get_or_create(pair=pair)
        if card.shared_at:
            return card
        empty = {}
        if not card.problem:
            empty["problem"] = _("Tulis masalahnya lebih dulu.")
        if not card.attempt:
            empty["attempt"] = _("Tulis yang akan dicoba lebih dulu.")
        if empty:
            raise ValidationError(empty)
        card.shared_at, card.shared_by = timezone.now(), by
        card.save(update_fields=["shared_at", "shared_by"])
        index_card(card)
        bump_live(pair)
        record(AnswerShared(pair_id=pair.pk), by=by)
    return card
