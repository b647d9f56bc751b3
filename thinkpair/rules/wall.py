"""Who may react to shared cards, merge them, pick among them and carry them on, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from groups.rules import board_groups_of, groups_of
from thinkpair.rules.threads import may_open_thread, visible_threads

if TYPE_CHECKING:
    from accounts.models import User
    from thinkpair.models import Card, Thread, Trial

# So many cards of one thread may a person choose.
MOST_VOTES = 3


@rule
def may_agree(user: User, card: Card) -> Reasons:
    """Whoever reads the wall, of any card on it."""
    yield from _reasons_not_on_my_wall(user, card)


@rule
def may_vote(user: User, card: Card) -> Reasons:
    """Whoever reads the wall, for three cards at most, until the board ends the choice."""
    yield from _reasons_not_choosing(user, card)
    if votes_of(user, card.pair.thread) >= MOST_VOTES:
        yield _("Bapak/Ibu sudah memilih tiga kartu. Lepaskan satu dulu.")


@rule
def may_take_back_vote(user: User, card: Card) -> Reasons:
    """Whoever reads the wall, until the board ends the choice."""
    yield from _reasons_not_choosing(user, card)


def votes_of(user: User, thread: Thread) -> int:
    """How many cards on the wall a person has chosen; those merged into one are one."""
    given = user.card_reactions.filter(card__pair__thread=thread, kind="vote")
    on_wall = given.annotate(on_wall=Coalesce("card__merged_into", "card"))
    return on_wall.values("on_wall").distinct().count()


@rule
def may_merge_cards(user: User, thread: Thread) -> Reasons:
    """The group's board, once results are shared; also to part them again."""
    yield from _reasons_not_board_of_results(user, thread)


@rule
def may_pick_cards(user: User, thread: Thread) -> Reasons:
    """The group's board, once results are shared; it may change the choice."""
    yield from _reasons_not_board_of_results(user, thread)


@rule
def may_try_card(user: User, card: Card) -> Reasons:
    """Whoever reads the wall, once."""
    yield from _reasons_not_on_my_wall(user, card)
    if user.trials.filter(card__in=[card, *card.merged.all()]).exists():
        yield _("Bapak/Ibu sudah mencobanya.")


@rule
def may_take_back_trial(user: User, trial: Trial) -> Reasons:
    """Who tries it, until the outcome is told."""
    yield from _reasons_not_mine(user, trial)
    if trial.outcome_at:
        yield _("Hasil percobaan ini sudah dibaca rekan.")


@rule
def may_tell_outcome(user: User, trial: Trial) -> Reasons:
    """Who tries it, and as often as there is more to tell."""
    yield from _reasons_not_mine(user, trial)


@rule
def may_make_post_of_card(user: User, card: Card) -> Reasons:
    """The pair: the words are theirs, and a post may reach further than the group."""
    yield from _reasons_not_on_my_wall(user, card)
    if not user.pair_seats.filter(pair=card.pair_id).exists():
        yield _("Kartu ini hanya dapat dijadikan bahan oleh pasangan yang menulisnya.")


@rule
def may_promise_of_card(user: User, card: Card) -> Reasons:
    """Whoever reads the wall, of an own held session: may_promise says of which."""
    yield from _reasons_not_on_my_wall(user, card)


@rule
def may_open_thread_of_card(user: User, card: Card) -> Reasons:
    """Whoever reads the wall, in the group that the card is of."""
    yield from _reasons_not_on_my_wall(user, card)
    yield from may_open_thread(user, card.pair.thread.group).reasons


@rule
def may_make_theme_of_card(user: User, card: Card) -> Reasons:
    """The group's board."""
    yield from _reasons_not_on_my_wall(user, card)
    if card.pair.thread.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat melakukan ini.")


def _reasons_not_on_my_wall(user: User, card: Card) -> Reasons:
    thread = card.pair.thread
    if thread.group_id not in groups_of(user) and not _reads(user, thread):
        yield _("Hanya yang ikut dalam diskusi ini yang dapat melakukan ini.")
    if card.shared_at is None:
        yield _("Kartu ini belum dibagikan ke kelompok.")
    if card.merged_into_id:
        yield _("Kartu ini sudah digabung dengan kartu lain.")
    yield from _reasons_too_early(thread)


def _reasons_not_choosing(user: User, card: Card) -> Reasons:
    yield from _reasons_not_on_my_wall(user, card)
    thread = card.pair.thread
    if thread.phase == "closed":
        yield _("Diskusi ini sudah selesai.")
    elif type(card).objects.filter(pair__thread=thread).exclude(picked_at=None).exists():
        yield _("Pilihan kelompok sudah ditetapkan.")


def _reads(user: User, thread: Thread) -> bool:
    return type(thread).objects.filter(visible_threads(user), pk=thread.pk).exists()


def _reasons_not_board_of_results(user: User, thread: Thread) -> Reasons:
    if thread.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat melakukan ini.")
    yield from _reasons_too_early(thread)


def _reasons_too_early(thread: Thread) -> Reasons:
    if thread.phase not in {"share", "closed"}:
        yield _("Kelompok belum sampai pada tahap berbagi hasil.")


def _reasons_not_mine(user: User, trial: Trial) -> Reasons:
    if trial.person_id != user.pk:
        yield _("Percobaan ini milik rekan lain.")
