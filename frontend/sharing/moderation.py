"""Withdrawing a post, and bringing it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.http import Request, go
from frontend.sharing.finding import post_for
from sharing import services


@require_POST
def withdraw_post(request: Request, pk: int) -> HttpResponse:
    services.withdraw_post(post_for(request, pk), by=request.user)
    return go(request, "post", pk)


@require_POST
def restore_post(request: Request, pk: int) -> HttpResponse:
    services.restore_post(post_for(request, pk), by=request.user)
    messages.success(request, _("Bahan ini dapat dibaca lagi."))
    return go(request, "post", pk)
