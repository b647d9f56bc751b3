"""Withdrawing a post, bringing it back, and saying anew who may read it."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.http import Request, go, refusals_shown_on
from frontend.sharing.finding import post_for
from frontend.sharing.moderation import AudienceForm, WithdrawForm
from frontend.sharing.reading import show_post
from sharing import services


@require_POST
def withdraw_post(request: Request, pk: int) -> HttpResponse:
    post = post_for(request, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            because = form.cleaned_data["withdrawn_because"]
            services.withdraw_post(post, by=request.user, because=because)
            return go(request, "post", pk)
    # The refused change is on the object, not in the database.
    return show_post(request, post_for(request, pk), withdraw_form=form)


@require_POST
def restore_post(request: Request, pk: int) -> HttpResponse:
    services.restore_post(post_for(request, pk), by=request.user)
    messages.success(request, _("Bahan ini dapat dibaca lagi."))
    return go(request, "post", pk)


@require_POST
def change_audience(request: Request, pk: int) -> HttpResponse:
    post = post_for(request, pk)
    form = AudienceForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.change_audience(post, by=request.user, **form.cleaned_data)
            messages.success(request, _("Pembaca bahan ini sudah diubah."))
            return go(request, "post", pk)
    return show_post(request, post, audience_form=form)
