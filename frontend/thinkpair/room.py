"""The room of a pair: what each thought, its talk, and what it gives to the group."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from frontend.http import Request, Submitted, number_in, refusals_shown_on, show
from frontend.paging import page_of
from frontend.thinkpair.card_form import CardForm, card_of
from frontend.thinkpair.clock import clock_of
from frontend.thinkpair.finding import pair_for
from frontend.thinkpair.lines import lines_of, seen_by_others
from frontend.uploads import CheckedFileField
from thinkpair import queries, rules, services
from thinkpair.live import token_for
from thinkpair.models import Pair, Thread

MESSAGES_AT_ONCE = 50


class MessageForm(Submitted):
    text = forms.CharField(label=_("Tulis pesan"), max_length=2000, required=False)
    file = CheckedFileField(
        label=_("Berkas atau foto"),
        required=False,
        help_text=_("Satu berkas, paling besar 10 MB. Foto dikecilkan di HP."),
    )
    consent = forms.BooleanField(
        label=_("Orang di foto ini setuju; murid dengan izin orang tuanya."), required=False
    )


@require_safe
def pair(request: Request, pk: int) -> HttpResponse:
    return show_pair(request, pair_for(request, pk))


@require_POST
def say(request: Request, pk: int) -> HttpResponse:
    """Say something. Whoever answers has read what the page showed: `since`."""
    pair, wants_json = pair_for(request, pk), wants_json_of(request)
    form = MessageForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            with refusals_shown_on(form):
                message = services.say(pair, by=request.user, **form.cleaned_data)
                if since := number_in(request.POST, "since"):
                    services.mark_read(pair, by=request.user, up_to=since)
                if wants_json:
                    return JsonResponse({"message": message.pk}, status=201)
                return redirect(f"{pair.get_absolute_url()}#say")
    except PermissionDenied as refusal:
        if not wants_json:
            raise
        return JsonResponse({"reason": str(refusal)}, status=403)
    if wants_json:
        reason = " ".join(str(errors[0]) for errors in form.errors.values())
        return JsonResponse({"reason": reason}, status=422)
    return show_pair(request, pair_for(request, pk), message_form=form)


def wants_json_of(request: Request) -> bool:
    """Whether a script of the page asks, which shows the answer by itself."""
    return "application/json" in request.headers.get("Accept", "")


def show_pair(
    request: Request,
    pair: Pair,
    *,
    message_form: MessageForm | None = None,
    card_form: CardForm | None = None,
) -> HttpResponse:
    """Show a pair's room, or for htmx the part of the talk before `?after=`."""
    found = pair.messages.select_related("author").prefetch_related("files")
    talk = page_of(found, request, by=("-pk",), size=MESSAGES_AT_ONCE)
    card = card_of(pair)
    context: dict[str, Any] = {
        "pair": pair,
        "thread": pair.thread,
        "until": _until(pair.thread),
        "clock": clock_of(pair.thread),
        "why": queries.reasons_for_pair(pair),
        "thoughts": sorted(pair.thoughts.all(), key=lambda t: t.author_id != request.user.pk),
        "talk": talk,
        "said": lines_of(pair, reversed(talk.items), request.user.pk),
        "seen": seen_by_others(pair, request.user.pk),
        "last": talk.items[0].pk if talk.items else 0,
        "people": _people(request, pair),
        "letters": _letters(request, pair),
        "channel": channel_of(request, pair),
        "may_talk": rules.may_talk(request.user, pair),
        "message_form": message_form or MessageForm(),
        "card": card,
        "card_form": card_form or CardForm(instance=card),
    }
    status = 422 if message_form or card_form else 200
    answer = show(request, "thinkpair/pair.html", context, part="older", status=status)
    # What two said to each other is not to be found in a browser that a third uses.
    answer["Cache-Control"] = "private, no-store"
    return answer


def channel_of(request: Request, pair: Pair) -> dict[str, str]:
    """Where the page asks whether something is new; both addresses are over in ten minutes."""
    token = token_for(pair, request.user)
    events = f"{settings.EVENTS_URL}/events/pairs/{token}" if settings.EVENTS_URL else ""
    return {"live": reverse("pair-live", args=[token]), "events": events}


def _until(thread: Thread) -> datetime | None:
    """When the phase that the thread is in ends, as far as that is known."""
    if thread.phase == Thread.Phase.PAIR:
        return thread.pair_ends_at
    return thread.share_ends_at if thread.phase == Thread.Phase.SHARE else None


def _people(request: Request, pair: Pair) -> str:
    """Everybody who reads here, the reader first: Saya dan Rante Allo."""
    others = [seat.person.name for seat in pair.seats.all() if seat.person_id != request.user.pk]
    return gettext(" dan ").join([gettext("Bapak/Ibu"), *others])


def _letters(request: Request, pair: Pair) -> list[dict[str, str]]:
    """To whom of the others one can write by WhatsApp, with a first word that opens the room."""
    url = request.build_absolute_uri(pair.get_absolute_url())
    words = gettext(
        "Salam, Bapak/Ibu %(name)s. Saya %(me)s, pasangan untuk diskusi “%(thread)s”. "
        "Mari kita lanjutkan: %(url)s"
    )
    letters = []
    for seat in pair.seats.all():
        person = seat.person
        if person.pk != request.user.pk and person.phone:
            text = words % {
                "name": person.name,
                "me": request.user.name,
                "thread": pair.thread,
                "url": url,
            }
            address = f"https://wa.me/{person.phone.removeprefix('+')}?{urlencode({'text': text})}"
            letters.append({"name": person.name, "url": address})
    return letters
