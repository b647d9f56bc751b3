"""T: what is told when somebody cannot take part, and pairs change by it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from activity.events import on
from notifications.models import Notice
from notifications.services import tell
from thinkpair.events import PairFormed, PartnerLeft, PersonHindered, PersonLeftAlone
from thinkpair.models import Pair, Thread


@on(PersonHindered)
def tell_person_that_the_board_marked_her_absent(event: PersonHindered) -> None:
    if event.actor_id == event.person_id:
        return
    thread = Thread.objects.get(pk=event.thread_id)
    tell(
        User.objects.filter(pk=event.person_id),
        Notice.Kind.PAIR,
        lambda: (
            _("Pengurus mencatat Bapak/Ibu berhalangan untuk “%(thread)s”.") % {"thread": thread}
        ),
        url=thread.get_absolute_url(),
    )


@on(PersonLeftAlone)
def tell_person_to_wait_for_a_partner(event: PersonLeftAlone) -> None:
    thread = Thread.objects.get(pk=event.thread_id)
    tell(
        User.objects.filter(pk=event.person_id),
        Notice.Kind.PAIR,
        lambda: (
            _("Belum ada pasangan untuk Bapak/Ibu pada “%(thread)s”. Begitu ada, kami kabari.")
            % {"thread": thread}
        ),
        url=thread.get_absolute_url(),
    )


@on(PartnerLeft)
def tell_pair_who_left(event: PartnerLeft) -> None:
    pair = Pair.objects.select_related("thread").filter(pk=event.pair_id).first()
    if pair is None:
        return
    person = User.objects.get(pk=event.person_id)
    tell(
        pair.people.all(),
        Notice.Kind.PAIR,
        lambda: (
            _("%(person)s berhalangan. “%(thread)s” Bapak/Ibu lanjutkan berdua.")
            % {"person": person, "thread": pair.thread}
        ),
        url=pair.get_absolute_url(),
    )


@on(PairFormed)
def tell_people_of_their_new_pair(event: PairFormed) -> None:
    pair = Pair.objects.select_related("thread").filter(pk=event.pair_id).first()
    if pair is not None:
        tell_pair(pair)


def tell_pair(pair: Pair) -> None:
    """Tell each of a pair with whom he or she sits."""
    people = list(pair.people.all())
    for person in people:
        _tell_of_others(pair, person, [other for other in people if other != person])


def _tell_of_others(pair: Pair, person: User, others: list[User]) -> None:
    tell(
        [person],
        Notice.Kind.PAIR,
        lambda: (
            _("Bapak/Ibu berpasangan dengan %(people)s untuk “%(thread)s”.")
            % {"thread": pair.thread, "people": _(" dan ").join(str(other) for other in others)}
        ),
        url=pair.get_absolute_url(),
    )
