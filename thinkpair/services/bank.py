"""Every change to what becomes of a card: trials in class, and what it is carried on to."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups.models import Cycle
from reinforcement.models import FollowUp
from sharing.models import Post
from thinkpair import rules
from thinkpair.events import CardCarriedOn, CardTried, OutcomeTold, TrialTakenBack
from thinkpair.models import Card, Thread, Trial
from thinkpair.services.wall import count_anew


def try_card(card: Card, *, by: User) -> Trial:
    """Say that one tries in class what a card says. What came of it is told later."""
    with changing(card.pair.thread, card):
        rules.may_try_card.require(by, card)
        trial = Trial.objects.create(card=card, person=by)
        count_anew(card)
        record(CardTried(trial_id=trial.pk), by=by)
    return trial


def take_back_trial(trial: Trial, *, by: User) -> Card:
    """Forget that one tries a card, and return the card."""
    card = trial.card
    with changing(card.pair.thread, card, trial):
        rules.may_take_back_trial.require(by, trial)
        trial.delete()
        count_anew(card)
        if card.merged_into:
            count_anew(card.merged_into)
        record(TrialTakenBack(card_id=card.pk), by=by)
    return card


def tell_outcome(trial: Trial, *, by: User, outcome: str) -> Trial:
    """Tell in one's own words what came of a trial; later words take the place of earlier ones."""
    with changing(trial):
        rules.may_tell_outcome.require(by, trial)
        if not outcome.strip():
            raise ValidationError({"outcome": _("Tulis apa yang terjadi di kelas.")})
        if trial.outcome == outcome:
            return trial
        trial.outcome, trial.outcome_at = outcome, timezone.now()
        trial.full_clean()
        trial.save(update_fields=["outcome", "outcome_at"])
        record(OutcomeTold(trial_id=trial.pk), by=by)
    return trial


def carry_to_post(card: Card, *, by: User, post: Post) -> Card:
    """Say that an own post tells of this card. A later one takes the place of an earlier one."""
    with changing(card):
        rules.may_make_post_of_card.require(by, card)
        if post.author_id != by.pk:
            raise ValidationError({"post": _("Bahan ini milik rekan lain.")})
        card.post = post
        card.save(update_fields=["post"])
        record(CardCarriedOn(card_id=card.pk, became="post"), by=by)
    return card


def carry_to_follow_up(card: Card, *, by: User, follow_up: FollowUp) -> Card:
    """Say that an own follow-up began with this card; only its readers will see that.

    A later one takes the place of an earlier one: a refusal would tell that there is one.
    """
    with changing(card):
        rules.may_promise_of_card.require(by, card)
        if follow_up.session.teacher_id != by.pk:
            raise ValidationError({"follow_up": _("Tindak lanjut ini milik rekan lain.")})
        card.follow_up = follow_up
        card.save(update_fields=["follow_up"])
        record(CardCarriedOn(card_id=card.pk, became="follow_up"), by=by)
    return card


def carry_to_cycle(card: Card, *, by: User, cycle: Cycle) -> Card:
    """Say that a cycle of the group takes up this card."""
    with changing(card):
        rules.may_make_theme_of_card.require(by, card)
        if cycle.group_id != card.pair.thread.group_id:
            raise ValidationError({"cycle": _("Siklus ini milik kelompok lain.")})
        card.cycle = cycle
        card.save(update_fields=["cycle"])
        record(CardCarriedOn(card_id=card.pk, became="cycle"), by=by)
    return card


def carry_to_thread(card: Card, *, by: User, thread: Thread) -> Card:
    """Say that an own new thread of the group goes on from this card."""
    with changing(card, thread):
        rules.may_open_thread_of_card.require(by, card)
        if thread.author_id != by.pk or thread.group_id != card.pair.thread.group_id:
            raise ValidationError({"group": _("Diskusi dari kartu ini dibuka di kelompoknya.")})
        thread.source_card = card
        thread.save(update_fields=["source_card"])
        record(CardCarriedOn(card_id=card.pk, became="thread"), by=by)
    return card
