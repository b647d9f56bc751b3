"""The problem bank: what the groups found out, who tried it, and what came of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.http import Request, number_in, refusals_shown_on, show
from frontend.paging import page_of
from frontend.shell import shell_of
from frontend.thinkpair.becoming import ways_on
from thinkpair import queries, rules, services
from thinkpair.models import Card, Thread, Trial

LONGEST_SEARCH = 200
SIMILAR_AT_MOST = 3
TRIALS_AT_ONCE = 20


class OutcomeForm(forms.ModelForm):
    outcome = forms.CharField(
        label=_("Apa yang terjadi di kelas?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Apa yang dicoba, apa yang berubah pada murid, apa yang belum."),
    )

    class Meta:
        model = Trial
        fields = ["outcome"]


@require_safe
def problems(request: Request) -> HttpResponse:
    asked, words = request.GET, request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    bank = Card.objects.visible_to(request.user).in_bank()
    found = _filtered(request, queries.find_cards(bank, words))
    context = {
        "page": page_of(found.as_shown_to(request.user), request, by=("-pk",)),
        "words": words,
        "is_filtered": bool({*asked} & {"q", "subject", "topic", "group", "picked", "tried"}),
        "groups": shell_of(request).groups,
        "group": number_in(asked, "group"),
        "subjects": queries.subjects_of(bank),
        "subject": asked.get("subject", ""),
        "topic": queries.topic_of(bank, number_in(asked, "topic")),
    }
    return show(request, "thinkpair/problems.html", context, part="rows")


def _filtered(request: Request, cards: QuerySet[Card]) -> Any:
    asked = request.GET
    if (group := number_in(asked, "group")) is not None:
        cards = cards.filter(pair__thread__group=group)
    if (topic := number_in(asked, "topic")) is not None:
        cards = cards.filter(pair__thread__topics=topic)
    if subject := asked.get("subject", ""):
        cards = queries.of_subject(cards, subject)
    if "picked" in asked:
        cards = cards.exclude(picked_at=None)
    if "tried" in asked:
        cards = cards.filter(trial_count__gt=0)
    return cards


@require_safe
def problem(request: Request, pk: int) -> HttpResponse:
    card = get_object_or_404(_given(request).as_shown_to(request.user), pk=pk)
    trials = Trial.objects.visible_to(request.user).filter(card__in=[card, *card.merged.all()])
    thread = Thread.objects.visible_to(request.user).filter(pk=card.pair.thread_id).first()
    context = {
        "card": card,
        "thread": thread,
        "topics": card.pair.thread.topics.all(),
        "page": page_of(trials.select_related("person__school"), request, size=TRIALS_AT_ONCE),
        "own": trials.filter(person=request.user).first(),
        "may_try": rules.may_try_card(request.user, card),
        "became": queries.became_of(card, request.user),
        "ways_on": ways_on(request, card),
    }
    return show(request, "thinkpair/problem.html", context, part="trials")


@require_safe
def similar_problems(request: Request) -> HttpResponse:
    """What was found out about the same, while a title is being typed: three cards at most."""
    bank = Card.objects.visible_to(request.user).in_bank().select_related("pair__thread")
    title = request.GET.get("title", "")[:LONGEST_SEARCH]
    cards = queries.similar_cards(bank, title, most=SIMILAR_AT_MOST)
    return render(request, "thinkpair/_similar.html", {"cards": cards})


@require_POST
def try_card(request: Request, pk: int) -> HttpResponse:
    card = get_object_or_404(_given(request).select_related("pair__thread"), pk=pk)
    services.try_card(card, by=request.user)
    messages.success(request, _("Tercatat. Dua minggu lagi kami tanyakan hasilnya."))
    return redirect(card)


@require_POST
def take_back_trial(request: Request, pk: int) -> HttpResponse:
    card = services.take_back_trial(_trial_for(request, pk), by=request.user)
    messages.success(request, _("Percobaan dibatalkan."))
    return redirect(card)


@require_http_methods(["GET", "POST"])
def tell_outcome(request: Request, pk: int) -> HttpResponse:
    trial = _trial_for(request, pk)
    rules.may_tell_outcome.require(request.user, trial)
    form = OutcomeForm(request.POST or None, initial={"outcome": trial.outcome})
    if form.is_valid():
        with refusals_shown_on(form):
            services.tell_outcome(trial, by=request.user, **form.cleaned_data)
            messages.success(request, _("Terima kasih, hasilnya sekarang terbaca oleh rekan."))
            return redirect(trial.card)
    context = {"trial": trial, "card": trial.card, "form": form}
    status = 422 if form.errors else 200
    return render(request, "thinkpair/tell_outcome.html", context, status=status)


def _given(request: Request) -> Any:
    return Card.objects.visible_to(request.user).given()


def _trial_for(request: Request, pk: int) -> Trial:
    visible = Trial.objects.visible_to(request.user).select_related("card__pair__thread")
    return get_object_or_404(visible, pk=pk)
