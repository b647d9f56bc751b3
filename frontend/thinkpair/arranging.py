"""The board arranges proposed pairs before their rooms open."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from frontend.http import Request, refusals_shown_on
from frontend.thinkpair.finding import thread_for
from frontend.thinkpair.moving import said_of_move
from frontend.thinkpair.proposals import SwapForm
from frontend.thinkpair.thread import show_thread
from thinkpair import rules, services
from thinkpair.queries.arranging import proposals_of


@require_POST
def lock_pair(request: Request, pk: int, number: int) -> HttpResponse:
    thread = thread_for(request, pk)
    services.lock_pair(thread, by=request.user, number=number, seen=_seen(request))
    return redirect(f"{thread.get_absolute_url()}#pair-{number}")


@require_POST
def unlock_pair(request: Request, pk: int, number: int) -> HttpResponse:
    thread = thread_for(request, pk)
    services.unlock_pair(thread, by=request.user, number=number, seen=_seen(request))
    return redirect(f"{thread.get_absolute_url()}#pair-{number}")


@require_POST
def repropose_pairs(request: Request, pk: int) -> HttpResponse:
    thread = services.repropose_pairs(thread_for(request, pk), by=request.user)
    messages.success(request, _("Pasangan disusun ulang. Yang terkunci tetap bersama."))
    return redirect(f"{thread.get_absolute_url()}#arrange")


@require_POST
def swap_people(request: Request, pk: int) -> HttpResponse:
    thread = thread_for(request, pk)
    rules.may_arrange_pairs.require(request.user, thread)
    form = SwapForm(request.POST, proposals=proposals_of(thread))
    if form.is_valid():
        with refusals_shown_on(form):
            one, other = form.chosen("one"), form.chosen("other")
            services.swap_people(thread, by=request.user, one=one, other=other)
            messages.success(request, _("Keduanya bertukar tempat. Kedua pasangan dikunci."))
            return redirect(f"{thread.get_absolute_url()}#arrange")
    return show_thread(request, thread, swap_form=form)


@require_POST
def open_pairs(request: Request, pk: int) -> HttpResponse:
    thread = services.open_pairs(thread_for(request, pk), by=request.user)
    messages.success(request, said_of_move(thread))
    return redirect(thread)


def _seen(request: Request) -> list[int] | None:
    """Whom the page showed in the pair, as its button sends them: ids with commas."""
    sent = request.POST.get("seen")
    return None if sent is None else [int(one) for one in sent.split(",") if one.isdecimal()]
