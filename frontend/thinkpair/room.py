"""The room of a pair: its talk, and what it gives to the group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from frontend.http import Request, Submitted, number_in, refusals_shown_on, show
from frontend.paging import page_of
from frontend.thinkpair.card_form import CardForm, card_of
from frontend.thinkpair.finding import pair_for
from frontend.times import clock
from thinkpair import rules, services
from thinkpair.models import Message, Pair

MESSAGES_AT_ONCE = 50


class MessageForm(Submitted, forms.ModelForm):
    class Meta:
        model = Message
        fields = ["text"]
        labels = {"text": _("Tulis pesan")}


@require_safe
def pair(request: Request, pk: int) -> HttpResponse:
    since = number_in(request.GET, "since")
    if request.htmx and since is not None:
        return _say_what_is_new(request, pair_for(request, pk), since)
    return show_pair(request, pair_for(request, pk))


@require_POST
def say(request: Request, pk: int) -> HttpResponse:
    pair = pair_for(request, pk)
    form = MessageForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.say(pair, by=request.user, **form.cleaned_data)
    if not request.htmx:
        if form.errors:
            return show_pair(request, pair, message_form=form)
        return redirect(f"{pair.get_absolute_url()}#say")
    if form.errors:
        context = {"pair": pair, "message_form": form}
        answer = render(request, "thinkpair/pair.html#say", context, status=422)
        answer["HX-Retarget"] = "#say"
        return answer
    since = number_in(request.POST, "since") or 0
    return _say_what_is_new(request, pair, since, message_form=MessageForm())


def show_pair(
    request: Request,
    pair: Pair,
    *,
    message_form: MessageForm | None = None,
    card_form: CardForm | None = None,
) -> HttpResponse:
    """Show a pair's room, or for htmx the part of the talk before `?after=`."""
    talk = page_of(pair.messages.all(), request, by=("-pk",), size=MESSAGES_AT_ONCE)
    card = card_of(pair)
    context: dict[str, Any] = {
        "pair": pair,
        "thread": pair.thread,
        "thoughts": sorted(pair.thoughts.all(), key=lambda t: t.author_id != request.user.pk),
        "talk": talk,
        "said": _lines(request, pair, reversed(talk.items)),
        "last": talk.items[0].pk if talk.items else 0,
        "may_talk": rules.may_talk(request.user, pair),
        "message_form": message_form or MessageForm(),
        "card": card,
        "card_form": card_form or CardForm(instance=card),
    }
    status = 422 if message_form or card_form else 200
    return show(request, "thinkpair/pair.html", context, part="older", status=status)


def _say_what_is_new(
    request: Request, pair: Pair, since: int, *, message_form: MessageForm | None = None
) -> HttpResponse:
    """Answer htmx with what was said after a message; 204 when there is nothing new."""
    said = list(pair.messages.filter(pk__gt=since).order_by("pk"))
    if not (said or message_form):
        return HttpResponse(status=204)
    context = {
        "pair": pair,
        "thoughts": pair.thoughts.all(),
        "said": _lines(request, pair, said),
        "last": said[-1].pk if said else since,
        "may_talk": rules.may_talk(request.user, pair),
        "message_form": message_form,
    }
    return render(request, "thinkpair/pair.html#new", context)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, as the reader sees it. `by` is empty where nobody can be mistaken."""

    is_own: bool
    by: str
    text: str
    at: datetime
    when: str


def _lines(request: Request, pair: Pair, said: Iterable[Message]) -> list[Line]:
    """Word each message once, here: a talk is long, and a template asks for each part anew."""
    me, people = request.user.pk, pair.thoughts.all()
    names = {one.author_id: one.author.name for one in people} if len(people) > 2 else {}  # noqa: PLR2004 -- in a trio it must be said who
    sent = gettext("Terkirim %(time)s")
    return [
        Line(
            is_own=message.author_id == me,
            by="" if message.author_id == me else names.get(message.author_id, ""),
            text=message.text,
            at=message.at,
            when=sent % {"time": clock(message.at)}
            if message.author_id == me
            else clock(message.at),
        )
        for message in said
    ]
