"""The wall: what pairs gave to the group, what the group says of it, and what it picks."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.http import Request, refusals_shown_on, show
from frontend.paging import page_of
from frontend.thinkpair.finding import thread_for
from groups.rules import board_groups_of
from thinkpair import queries, rules, services
from thinkpair.models import Card, CardReaction, Thread

CARDS_AT_ONCE = 30
# So many cards are ticked beforehand when the board picks.
PICKED_BEFOREHAND = 3
WORDS_OF_A_CARD = 16


class CardsField(forms.ModelMultipleChoiceField):
    """Cards to tick, each told by its problem, its pair and what the group said of it."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Card) -> str:
        people = " & ".join(person.name for person in obj.pair.people.all())
        votes = ngettext("%(count)s pilihan", "%(count)s pilihan", obj.vote_count)
        words = Truncator(obj.problem or obj.attempt).words(WORDS_OF_A_CARD)
        meta = f"{people} · {votes % {'count': obj.vote_count}}"
        return format_html('{}<br><span class="meta">{}</span>', words, meta)


class CardsForm(forms.Form):
    cards = CardsField(Card.objects.none(), label=gettext_lazy("Kartu"), required=False)

    def __init__(self, *args: Any, cards: QuerySet[Card], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cards"]
        assert isinstance(field, CardsField)  # noqa: S101 -- for the type checker
        field.queryset, field.label = cards, label


@require_safe
def wall(request: Request, pk: int) -> HttpResponse:
    thread = thread_for(request, pk)
    if thread.phase not in {Thread.Phase.SHARE, Thread.Phase.CLOSED}:
        return redirect(thread)
    context = {"thread": thread, **wall_context(request, thread)}
    return show(request, "thinkpair/wall.html", context, part="cards")


def wall_context(request: Request, thread: Thread) -> dict[str, Any]:
    """What `thinkpair/_wall.html` shows: the cards, and what this person may do with them."""
    return {
        "page": page_of(
            _cards_of(request, thread).picked_first(),
            request,
            by=("rank", "pk"),
            size=CARDS_AT_ONCE,
        ),
        **_choice_of(request, thread),
    }


def _choice_of(request: Request, thread: Thread) -> dict[str, Any]:
    """How the choice of the group stands. Two queries."""
    picked = Card.objects.visible_to(request.user).filter(pair__thread=thread)
    is_chosen = picked.exclude(picked_at=None).exists()
    return {
        "votes_left": rules.MOST_VOTES - rules.votes_of(request.user, thread),
        "is_choosing": thread.phase == Thread.Phase.SHARE and not is_chosen,
        "is_chosen": is_chosen,
        "may_pick": thread.group_id in board_groups_of(request.user),
    }


@require_POST
def mark_card(request: Request, pk: int) -> HttpResponse:
    card = _card_for(request, pk)
    kind, is_on = request.POST.get("kind", ""), request.POST.get("on") == "1"
    if kind not in CardReaction.Kind:
        raise BadRequest(kind)
    services.mark_card(card, by=request.user, kind=kind, is_on=is_on)
    thread = card.pair.thread
    if not request.htmx:
        return redirect(f"{thread.get_absolute_url()}#card-{pk}")
    context = {
        "card": _cards_of(request, thread).get(pk=pk),
        "thread": thread,
        "now": kind,
        **_choice_of(request, thread),
    }
    answer = render(request, "thinkpair/_wall_card.html", context)
    answer.write(render_to_string("thinkpair/_votes_left.html", {**context, "out_of_band": True}))
    return answer


@require_http_methods(["GET", "POST"])
def merge_cards(request: Request, pk: int) -> HttpResponse:
    kept = _card_for(request, pk)
    thread = kept.pair.thread
    rules.may_merge_cards.require(request.user, thread)
    others = queries.by_likeness(
        _cards_of(request, thread).exclude(pk=pk), f"{kept.problem} {kept.attempt}"
    )
    label = _("Kartu lain yang berkata sama, yang paling mirip lebih dulu")
    form = CardsForm(_sent(request), cards=others, label=label)
    if form.is_valid():
        with refusals_shown_on(form):
            services.merge_cards(kept, by=request.user, cards=list(form.cleaned_data["cards"]))
            messages.success(request, _("Kartu digabung. Pasangannya diberi tahu."))
            return redirect(f"{thread.get_absolute_url()}#card-{pk}")
    context = {"card": kept, "thread": thread, "form": form, "others": others.exists()}
    status = 422 if form.errors else 200
    return render(request, "thinkpair/merge_cards.html", context, status=status)


@require_POST
def part_card(request: Request, pk: int) -> HttpResponse:
    card = _card_for(request, pk)
    services.part_card(card, by=request.user)
    messages.success(request, _("Kartu berdiri sendiri lagi."))
    return redirect(f"{card.pair.thread.get_absolute_url()}#card-{pk}")


@require_http_methods(["GET", "POST"])
def pick_cards(request: Request, pk: int) -> HttpResponse:
    thread = thread_for(request, pk)
    rules.may_pick_cards.require(request.user, thread)
    cards = _cards_of(request, thread).order_by("-vote_count", "-agree_count", "pk")
    ticked = list(cards.exclude(picked_at=None)) or list(
        cards.filter(vote_count__gt=0)[:PICKED_BEFOREHAND]
    )
    form = CardsForm(
        _sent(request),
        cards=cards,
        label=_("Yang dibawa kelompok, yang terbanyak dipilih lebih dulu"),
        initial={"cards": ticked},
    )
    if form.is_valid():
        with refusals_shown_on(form):
            services.pick_cards(thread, by=request.user, cards=list(form.cleaned_data["cards"]))
            messages.success(request, _("Pilihan kelompok tersimpan."))
            return redirect(f"{thread.get_absolute_url()}#wall")
    status = 422 if form.errors else 200
    context = {"thread": thread, "form": form, "cards": cards.exists()}
    return render(request, "thinkpair/pick_cards.html", context, status=status)


def _sent(request: Request) -> QueryDict | None:
    """What was sent, also when nothing was ticked."""
    return request.POST if request.method == "POST" else None


def _cards_of(request: Request, thread: Thread) -> Any:
    cards = Card.objects.visible_to(request.user).in_bank().filter(pair__thread=thread)
    return cards.as_shown_to(request.user)


def _card_for(request: Request, pk: int) -> Card:
    given = Card.objects.visible_to(request.user).given()
    return get_object_or_404(given.select_related("pair__thread__group"), pk=pk)
