"""Writing on the card of a pair, and giving it to the group."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from frontend.http import Request, refusals_shown_on
from frontend.thinkpair.card_form import CardForm
from frontend.thinkpair.finding import pair_for
from frontend.thinkpair.news import card_news
from frontend.thinkpair.room import show_pair, wants_json_of
from thinkpair import services
from thinkpair.models import Pair


@require_POST
def edit_card(request: Request, pk: int) -> HttpResponse:
    """Keep what was written; the page's script does so every few seconds and gets JSON."""
    pair, form = pair_for(request, pk), CardForm(request.POST)
    wants_json = wants_json_of(request)
    try:
        is_kept = _write(request, pair, form)
    except PermissionDenied as refusal:
        if not wants_json:
            raise
        return JsonResponse({"reason": str(refusal)}, status=403)
    if wants_json:
        errors = {name: str(found[0]) for name, found in form.errors.items()}
        told = card_news(pair_for(request, pk)) | {"errors": errors}
        return JsonResponse(told, status=200 if is_kept else 422)
    if is_kept:
        messages.success(request, _("Kartu tersimpan."))
        return redirect(f"{pair.get_absolute_url()}#card")
    return show_pair(request, pair_for(request, pk), card_form=form)


@require_POST
def share_card(request: Request, pk: int) -> HttpResponse:
    """Keep what was written on it, then share it."""
    pair, form = pair_for(request, pk), CardForm(request.POST)
    if _write(request, pair, form):
        with refusals_shown_on(form):
            services.share_card(pair, by=request.user)
            messages.success(request, _("Kartu dibagikan kepada kelompok."))
            return redirect(pair)
    return show_pair(request, pair_for(request, pk), card_form=form)


def _write(request: Request, pair: Pair, form: CardForm) -> bool:
    """Say whether everything that was sent is on the card now."""
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with refusals_shown_on(form):
            services.edit_card(pair, by=request.user, revision=revision, **form.changed_words())
            return True
    return False
