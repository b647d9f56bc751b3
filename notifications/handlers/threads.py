"""T: what is told of threads and pairs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from activity.events import on
from notifications.handlers.audience import board_of
from notifications.handlers.pairs import tell_pair
from notifications.models import Notice
from notifications.services import tell
from notifications.words import moment
from thinkpair.events import (
    AnswerShared,
    MessageSaid,
    PairIsSilent,
    PairsMade,
    PairsProposed,
    SharingBegan,
    ThinkingExtended,
    ThreadClosed,
    ThreadConcluded,
    ThreadOpened,
    TimeAdded,
)
from thinkpair.models import Message, Pair, Thread


@on(ThreadOpened)
def tell_who_takes_part_of_problem(event: ThreadOpened) -> None:
    thread = Thread.objects.select_related("group", "author").get(pk=event.thread_id)
    tell(
        _all_but(thread.author_id, thread),
        Notice.Kind.PAIR,
        lambda: (
            _("%(person)s membuka diskusi “%(thread)s”. Mari berpikir sendiri dulu.")
            % {"person": thread.author, "thread": thread}
        ),
        url=thread.get_absolute_url(),
    )


@on(PairsMade)
def tell_pairs(event: PairsMade) -> None:
    pairs = Pair.objects.filter(thread=event.thread_id).select_related("thread")
    for pair in pairs.prefetch_related("people").order_by("number"):
        tell_pair(pair)


@on(MessageSaid)
def tell_pair_of_message(event: MessageSaid) -> None:
    """At most one unread notice for each pair, however much is said."""
    message = Message.objects.select_related("author", "pair__thread").get(pk=event.message_id)
    pair = message.pair
    tell(
        pair.people.exclude(pk=message.author_id),
        Notice.Kind.PAIR,
        lambda: (
            _("%(person)s menulis di ruang pasangan “%(thread)s”.")
            % {"person": message.author, "thread": pair.thread}
        ),
        url=pair.get_absolute_url(),
        once_unread="message",
    )


@on(PairIsSilent)
def tell_silent_pair(event: PairIsSilent) -> None:
    pair = Pair.objects.select_related("thread").filter(pk=event.pair_id).first()
    if pair is None:  # It was parted meanwhile.
        return
    tell(
        pair.people.all(),
        Notice.Kind.PAIR,
        lambda: (
            _("Ruang pasangan “%(thread)s” sepi. Satu pertanyaan cukup untuk melanjutkan.")
            % {"thread": pair.thread}
        ),
        url=pair.get_absolute_url(),
    )


@on(AnswerShared)
def tell_author_of_answer(event: AnswerShared) -> None:
    pair = Pair.objects.select_related("thread__author").get(pk=event.pair_id)
    if event.actor_id == pair.thread.author_id:
        return
    tell(
        [pair.thread.author],
        Notice.Kind.PAIR,
        lambda: _("Ada jawaban baru untuk “%(thread)s”.") % {"thread": pair.thread},
        url=pair.thread.get_absolute_url(),
        once_unread="answer",
    )


@on(PairsProposed)
def tell_board_of_pairs_to_look_at(event: PairsProposed) -> None:
    thread = Thread.objects.select_related("group").get(pk=event.thread_id)
    tell(
        board_of(thread.group),
        Notice.Kind.PAIR,
        lambda: (
            _("Pasangan untuk “%(thread)s” sudah disusun. Periksa, lalu buka ruangnya.")
            % {"thread": thread}
        ),
        url=thread.get_absolute_url(),
    )


@on(ThinkingExtended)
def tell_who_takes_part_that_thinking_goes_on(event: ThinkingExtended) -> None:
    thread = Thread.objects.select_related("group").get(pk=event.thread_id)
    tell(
        _all_but(event.actor_id, thread),
        Notice.Kind.PAIR,
        lambda: _("Waktu berpikir untuk “%(thread)s” diperpanjang sekali.") % {"thread": thread},
        url=thread.get_absolute_url(),
    )


@on(TimeAdded)
def tell_who_takes_part_of_more_time(event: TimeAdded) -> None:
    """In a meeting nobody is told: the clock on everybody's page follows by itself."""
    thread = Thread.objects.get(pk=event.thread_id)
    ends_at = thread.phase_ends_at
    if thread.is_in_meeting or ends_at is None:
        return
    tell(
        _all_but(event.actor_id, thread),
        Notice.Kind.PAIR,
        lambda: (
            _("Waktu untuk diskusi “%(thread)s” ditambah, sampai %(time)s.")
            % {"thread": thread, "time": moment(ends_at)}
        ),
        url=thread.get_absolute_url(),
    )


@on(SharingBegan)
def tell_who_takes_part_of_results(event: SharingBegan) -> None:
    thread = Thread.objects.get(pk=event.thread_id)
    tell(
        _all_but(event.actor_id, thread),
        Notice.Kind.PAIR,
        lambda: (
            _("Hasil pasangan untuk “%(thread)s” dapat dibaca. Mari memilih bersama.")
            % {"thread": thread}
        ),
        url=thread.get_absolute_url(),
    )


@on(ThreadClosed)
def tell_what_came_of_it(event: ThreadClosed) -> None:
    thread = Thread.objects.get(pk=event.thread_id)
    tell(
        _all_but(event.actor_id, thread),
        Notice.Kind.PAIR,
        lambda: _what_came_of(thread) % {"thread": thread},
        url=thread.get_absolute_url(),
    )


@on(ThreadConcluded)
def tell_of_conclusion(event: ThreadConcluded) -> None:
    thread = Thread.objects.get(pk=event.thread_id)
    tell(
        _all_but(event.actor_id, thread),
        Notice.Kind.PAIR,
        lambda: _("Simpulan diskusi “%(thread)s” sudah ditulis.") % {"thread": thread},
        url=thread.get_absolute_url(),
    )


def _all_but(person: int | None, thread: Thread) -> list[User]:
    return [other for other in thread.takes_part() if other.pk != person]


def _what_came_of(thread: Thread) -> str:
    if not thread.paired_at:
        return _("Diskusi “%(thread)s” ditutup: tidak cukup jawaban.")
    if thread.conclusion:
        return _("Diskusi “%(thread)s” selesai. Silakan baca simpulannya.")
    return _("Diskusi “%(thread)s” selesai. Silakan baca hasil pasangannya.")
