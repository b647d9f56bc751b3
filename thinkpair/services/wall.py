"""Every change to the wall of shared cards: reactions, merging, and what the group picks."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import rule
from accounts.models import User
from activity.services import changing, record
from thinkpair import rules
from thinkpair.events import CardMarked, CardMerged, CardParted, CardPicked, ChoiceMade
from thinkpair.models import Card, CardReaction, Thread, Trial


def mark_card(card: Card, *, by: User, kind: str, is_on: bool) -> Card:
    """Say that one agrees with a card or chooses it, or take that back; again changes nothing.

    `kind` is of `CardReaction.Kind`. What was said of a merged card is taken back along.
    """
    with changing(card.pair.thread, card):
        own = CardReaction.objects.filter(card__in=_family(card), person=by, kind=kind)
        if own.exists() == is_on:
            return card
        _rule_of_mark(kind, is_on=is_on).require(by, card)
        if is_on:
            reaction = CardReaction(card=card, person=by, kind=kind)
            reaction.full_clean()
            reaction.save()
        else:
            own.delete()
        count_anew(card)
        record(CardMarked(card_id=card.pk, kind=kind, is_on=is_on), by=by)
    return card


def _rule_of_mark(kind: str, *, is_on: bool) -> rule[[Card]]:
    if kind != CardReaction.Kind.VOTE:
        return rules.may_agree
    return rules.may_vote if is_on else rules.may_take_back_vote


def merge_cards(kept: Card, *, by: User, cards: Collection[Card]) -> Card:
    """Set similar cards beneath one of the same wall. Those merged into them come along.

    What people said of them counts for the kept one, once for each person.
    """
    with changing(kept.pair.thread, kept, *cards):
        rules.may_merge_cards.require(by, kept.pair.thread)
        if not cards:
            raise ValidationError({"cards": _("Centang sedikitnya satu kartu yang mirip.")})
        _insist_on_wall(kept.pair.thread, [kept, *cards], field="cards")
        if kept in cards:
            raise ValidationError({"cards": _("Sebuah kartu tidak digabung dengan dirinya.")})
        for card in {card.pk: card for card in cards}.values():
            if card.picked_at:
                kept.picked_at = kept.picked_at or card.picked_at
            card.merged_into, card.picked_at = kept, None
            card.save(update_fields=["merged_into", "picked_at"])
            card.merged.update(merged_into=kept)
            record(CardMerged(card_id=card.pk), by=by)
        kept.save(update_fields=["picked_at"])
        count_anew(kept)
    return kept


def part_card(card: Card, *, by: User) -> Card:
    """Set a merged card on the wall again, with what people said of it alone."""
    with changing(card.pair.thread, card):
        rules.may_merge_cards.require(by, card.pair.thread)
        kept = card.merged_into
        if kept is None:
            return card
        card.merged_into = None
        card.save(update_fields=["merged_into"])
        count_anew(kept)
        count_anew(card)
        record(CardParted(card_id=card.pk), by=by)
    return card


def pick_cards(thread: Thread, *, by: User, cards: Collection[Card]) -> Thread:
    """Say which cards the group takes along, and end its choice; with none, open it again."""
    with changing(thread, *cards):
        rules.may_pick_cards.require(by, thread)
        _insist_on_wall(thread, cards, field="cards")
        before = set(Card.objects.filter(pair__thread=thread).exclude(picked_at=None))
        if not cards and not before:
            raise ValidationError({"cards": _("Centang sedikitnya satu kartu.")})
        if before == set(cards):
            return thread
        for card in sorted({*cards} - before, key=lambda card: card.pk):
            card.picked_at = timezone.now()
            card.save(update_fields=["picked_at"])
            record(CardPicked(card_id=card.pk), by=by)
        dropped = [card.pk for card in before - {*cards}]
        Card.objects.filter(pk__in=dropped).update(picked_at=None)
        record(ChoiceMade(thread_id=thread.pk), by=by)
    return thread


def count_anew(card: Card) -> None:
    """Count who agrees, chooses and tries, each person once over all that was merged into it."""
    family = _family(card)
    said = CardReaction.objects.filter(card__in=family).values("person").distinct()
    card.agree_count = said.filter(kind=CardReaction.Kind.AGREE).count()
    card.vote_count = said.filter(kind=CardReaction.Kind.VOTE).count()
    card.trial_count = Trial.objects.filter(card__in=family).values("person").distinct().count()
    card.save(update_fields=["agree_count", "vote_count", "trial_count"])


def _family(card: Card) -> list[int]:
    return [card.pk, *card.merged.values_list("pk", flat=True)]


def _insist_on_wall(thread: Thread, cards: Collection[Card], *, field: str) -> None:
    for card in cards:
        if card.pair.thread_id != thread.pk or card.shared_at is None or card.merged_into_id:
            raise ValidationError({field: _("Kartu ini tidak ada di dinding diskusi ini.")})
