"""What a card is carried on to: a promise, a post, the theme of a cycle, a new discussion."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frontend.http import Request, number_in
from groups.models import Cycle
from reinforcement.models import FollowUp
from reinforcement.rules import may_promise
from sessions.models import ModelSession
from sharing.models import Post
from thinkpair import rules
from thinkpair.models import Card, Thread

# Of so many of the newest held lessons it is asked whether a promise can be made.
LESSONS_ASKED = 5


@dataclass(frozen=True)
class WayOn:
    """A form that begins with the words of a card."""

    url: str
    icon: str
    label: Promise


def card_asked(request: HttpRequest) -> Card | None:
    """The card that `?card=` names, if this person may read it and the group does."""
    user, pk = request.user, number_in(request.GET, "card")
    if pk is None or not user.is_authenticated:
        return None
    given = Card.objects.visible_to(user).given()
    return given.select_related("pair__thread__group").filter(pk=pk).first()


def words_for_post(card: Card) -> dict[str, str]:
    """What the form to share a post begins with."""
    parts = [
        (_("Masalah"), card.problem),
        (_("Sebabnya, menurut kami"), card.cause),
        (_("Yang kami coba"), card.attempt),
        (_("Yang kami butuhkan"), card.need),
    ]
    body = "\n\n".join(f"**{head}**\n\n{text}" for head, text in parts if text)
    return {
        "kind": Post.Kind.PRACTICE,
        "title": card.pair.thread.title,
        "body": body,
        "situation": "\n\n".join(filter(None, [card.problem, card.cause])),
        "action": card.attempt,
    }


def words_for_promise(card: Card) -> dict[str, str]:
    """What the form of a follow-up begins with."""
    return {
        "commitment": _cut(FollowUp, "commitment", card.attempt),
        "support": _cut(FollowUp, "support", card.need),
    }


def words_for_cycle(card: Card) -> dict[str, str]:
    """What the form to open a cycle begins with."""
    about = "\n\n".join(filter(None, [card.problem, card.cause]))
    return {
        "theme": _cut(Cycle, "theme", card.pair.thread.title),
        "problem": _cut(Cycle, "problem", about),
    }


def words_for_thread(card: Card) -> dict[str, str]:
    """What the form to open a discussion begins with."""
    tried = _("Yang sudah dicoba: %(attempt)s") % {"attempt": card.attempt}
    about = "\n\n".join(filter(None, [card.problem, card.cause, card.attempt and tried]))
    return {"title": card.pair.thread.title, "problem": _cut(Thread, "problem", about)}


def source_words(
    *, source_post: Post | None = None, source_follow_up: FollowUp | None = None
) -> dict[str, Any]:
    """What a discussion begins with that was picked from a post or from an own promise."""
    if source_post:
        about = source_post.situation or source_post.body
        words = {"title": source_post.title, "problem": _cut(Thread, "problem", about)}
        return words | {"group": source_post.group_id, "subject": source_post.subject_id}
    if source_follow_up:
        about = "\n\n".join(filter(None, [source_follow_up.commitment, source_follow_up.support]))
        group = source_follow_up.session.group_id
        title = _cut(Thread, "title", source_follow_up.commitment)
        return {"title": title, "problem": about} | ({"group": group} if group else {})
    return {}


def _cut(model: Any, field: str, text: str) -> str:
    return text[: model._meta.get_field(field).max_length]


def ways_on(request: Request, card: Card) -> list[WayOn]:
    """Where this person may carry a card."""
    user, thread = request.user, card.pair.thread
    ways = []
    if rules.may_promise_of_card(user, card) and (session := _session_to_promise_on(request)):
        url = reverse("promise", args=[session.pk])
        ways.append((f"{url}?another=1&card={card.pk}", "sprout", gettext_lazy("Jadikan RTL saya")))
    if rules.may_make_post_of_card(user, card):
        url = f"{reverse('share-post')}?card={card.pk}"
        ways.append((url, "book-open", gettext_lazy("Jadikan bahan")))
    if rules.may_make_theme_of_card(user, card):
        url = f"{reverse('open-cycle', args=[thread.group_id])}?card={card.pk}"
        ways.append((url, "refresh-cw", gettext_lazy("Jadikan tema siklus berikutnya")))
    if rules.may_open_thread_of_card(user, card):
        url = f"{reverse('open-thread')}?card={card.pk}"
        ways.append((url, "messages-square", gettext_lazy("Buka diskusi baru dari kartu ini")))
    return [WayOn(*way) for way in ways]


def _session_to_promise_on(request: Request) -> ModelSession | None:
    own = ModelSession.objects.visible_to(request.user).filter(teacher=request.user, status="held")
    own = own.filter(reflection__isnull=False)
    newest = own.order_by("-starts_at")[:LESSONS_ASKED]
    return next((one for one in newest if may_promise(request.user, one)), None)
