"""Trials of cards in class, and what cards are carried on to."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import make
from tests.thinkpair.walls import wall, wall_cards, writer
from thinkpair import queries, services
from thinkpair.models import Card, Trial

pytestmark = pytest.mark.django_db


def card_of(phase: str = "closed") -> Card:
    [card] = wall_cards(wall(phase=phase))
    return card


def test_try_card_counts_each_teacher_once():
    card = card_of()
    one, two = make.member(card.pair.thread.group), writer(card)

    trial = services.try_card(card, by=one)
    services.try_card(card, by=two)
    with pytest.raises(PermissionDenied, match="sudah mencobanya"):
        services.try_card(card, by=one)

    card.refresh_from_db()
    assert card.trial_count == 2
    assert trial.outcome_at is None


def test_take_back_trial_without_outcome_counts_down():
    card = card_of()
    member = make.member(card.pair.thread.group)
    trial = services.try_card(card, by=member)

    services.take_back_trial(trial, by=member)

    card.refresh_from_db()
    assert (card.trial_count, Trial.objects.count()) == (0, 0)


def test_take_back_trial_of_another_or_with_outcome_changes_nothing():
    card = card_of()
    member = make.member(card.pair.thread.group)
    trial = services.try_card(card, by=member)

    with pytest.raises(PermissionDenied, match="milik rekan lain"):
        services.take_back_trial(trial, by=writer(card))
    services.tell_outcome(trial, by=member, outcome="Meja 5 bertanya.")
    with pytest.raises(PermissionDenied, match="sudah dibaca rekan"):
        services.take_back_trial(trial, by=member)

    assert Trial.objects.get().outcome == "Meja 5 bertanya."


def test_tell_outcome_by_another_or_without_words_changes_nothing():
    card = card_of()
    member = make.member(card.pair.thread.group)
    trial = services.try_card(card, by=member)

    with pytest.raises(PermissionDenied, match="milik rekan lain"):
        services.tell_outcome(trial, by=writer(card), outcome="Berhasil.")
    with pytest.raises(ValidationError):
        services.tell_outcome(trial, by=member, outcome="  ")

    trial.refresh_from_db()
    assert (trial.outcome, trial.outcome_at) == ("", None)


def test_owed_is_the_outcome_of_a_trial_two_weeks_later():
    card = card_of()
    member = make.member(card.pair.thread.group)
    trial = services.try_card(card, by=member)
    now = timezone.now()

    def owed(days: int) -> list[str]:
        lines = queries.owed_by(member, now + timedelta(days=days))
        return [line.verb for line in lines if line.key.startswith("outcome:")]

    assert owed(13) == []
    assert owed(14) == ["Tulis hasil percobaan"]
    services.tell_outcome(trial, by=member, outcome="Meja 5 bertanya.")
    assert owed(14) == []


def test_carry_to_post_is_for_the_pair_and_an_own_post():
    card = card_of()
    group, author = card.pair.thread.group, writer(card)
    own, other = make.post(of=group, by=author), make.post(of=group)

    services.carry_to_post(card, by=author, post=own)
    with pytest.raises(ValidationError):
        services.carry_to_post(card, by=author, post=other)
    with pytest.raises(PermissionDenied, match="pasangan yang menulisnya"):
        services.carry_to_post(card, by=make.chair(group), post=other)

    card.refresh_from_db()
    assert card.post == own


def test_carry_to_follow_up_is_for_an_own_follow_up_of_who_reads_the_card():
    card = card_of()
    group = card.pair.thread.group
    teacher = make.member(group)
    own = make.follow_up(on=make.session(of=group, teacher=teacher, held=True))
    elsewhere = make.follow_up()

    services.carry_to_follow_up(card, by=teacher, follow_up=own)
    with pytest.raises(ValidationError):
        services.carry_to_follow_up(card, by=teacher, follow_up=elsewhere)
    with pytest.raises(PermissionDenied):
        services.carry_to_follow_up(card, by=elsewhere.session.teacher, follow_up=elsewhere)

    card.refresh_from_db()
    assert card.follow_up == own


def test_carry_to_cycle_is_for_the_board_and_its_own_cycle():
    card = card_of()
    group = card.pair.thread.group
    own, elsewhere = make.cycle(of=group), make.cycle()
    board = make.chair(group)

    services.carry_to_cycle(card, by=board, cycle=own)
    with pytest.raises(ValidationError):
        services.carry_to_cycle(card, by=board, cycle=elsewhere)
    with pytest.raises(PermissionDenied, match="Hanya pengurus"):
        services.carry_to_cycle(card, by=writer(card), cycle=own)

    card.refresh_from_db()
    assert card.cycle == own
