"""T: what is told of threads and pairs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from activity.events import on
from notifications.handlers.audience import members_of
from notifications.handlers.pairs import tell_pair
from notifications.models import Notice
from notifications.services import tell
from thinkpair.events import (
    AnswerShared,
    MessageSaid,
    PairIsSilent,
    PairsMade,
    ThreadClosed,
    ThreadOpened,
)
from thinkpair.models import Message, Pair, Thread


@on(ThreadOpened)
def tell_members_of_problem(event: ThreadOpened) -> None:
    thread = Thread.objects.select_related("group", "author").get(pk=event.thread_id)
    tell(
        members_of(thread.group, but=thread.author_id),
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
        once_unread=True,
    )


@on(PairIsSilent)
def tell_silent_pair(event: PairIsSilent) -> None:
    pair = Pair.objects.select_related("thread").get(pk=event.pair_id)
    tell(
        pair.people.all(),
        Notice.Kind.PAIR,
        lambda: (
            _("Ruang pasangan “%(thread)s” masih sepi. Mulailah dengan satu pertanyaan.")
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
        once_unread=True,
    )


@on(ThreadClosed)
def tell_who_thought_what_came_of_it(event: ThreadClosed) -> None:
    thread = Thread.objects.get(pk=event.thread_id)
    thoughts = thread.thoughts.exclude(author=event.actor_id).select_related("author")
    tell(
        [thought.author for thought in thoughts],
        Notice.Kind.PAIR,
        lambda: _("Diskusi “%(thread)s” selesai. Silakan baca simpulannya.") % {"thread": thread},
        url=thread.get_absolute_url(),
    )
