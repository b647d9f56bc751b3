"""T: what pairs are told of their shared cards."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from activity.events import on
from notifications.models import Notice
from notifications.services import tell
from thinkpair.events import CardMerged, CardPicked, CardTried, OutcomeTold
from thinkpair.models import Card, Trial


@on(CardPicked)
def tell_pair_of_choice(event: CardPicked) -> None:
    card = _card(event.card_id)
    _tell_pair(
        card,
        lambda: (
            _("Kelompok memilih kartu Bapak/Ibu dari “%(thread)s”.") % {"thread": card.pair.thread}
        ),
        but=event.actor_id,
    )


@on(CardMerged)
def tell_pair_of_merging(event: CardMerged) -> None:
    card = _card(event.card_id)
    _tell_pair(
        card,
        lambda: (
            _("Kartu Bapak/Ibu di “%(thread)s” digabung dengan kartu yang mirip.")
            % {"thread": card.pair.thread}
        ),
        but=event.actor_id,
    )


@on(CardTried)
def tell_pair_of_trial(event: CardTried) -> None:
    """Nothing is told of a trial that was taken back meanwhile."""
    if trial := Trial.objects.filter(pk=event.trial_id).first():
        card = _card(trial.card_id)
        _tell_pair(
            card,
            lambda: (
                _("Rekan mencoba kartu Bapak/Ibu dari “%(thread)s”.") % {"thread": card.pair.thread}
            ),
            but=trial.person_id,
            once_unread="trial",
        )


@on(OutcomeTold)
def tell_pair_of_outcome(event: OutcomeTold) -> None:
    trial = Trial.objects.get(pk=event.trial_id)
    card = _card(trial.card_id)
    _tell_pair(
        card,
        lambda: (
            _("Ada hasil percobaan dari kartu Bapak/Ibu di “%(thread)s”.")
            % {"thread": card.pair.thread}
        ),
        but=trial.person_id,
        once_unread="trial",
    )


def _card(pk: int) -> Card:
    return Card.objects.select_related("pair__thread").get(pk=pk)


def _tell_pair(
    card: Card, words: Callable[[], str], *, but: int | None, once_unread: str = ""
) -> None:
    people = card.pair.people.exclude(pk=but)
    url = card.get_absolute_url()
    tell(people, Notice.Kind.PAIR, words, url=url, once_unread=once_unread)
