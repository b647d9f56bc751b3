"""Putting people together."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from frontend.http import Request
from frontend.thinkpair.finding import thread_for
from thinkpair import services


@require_POST
def make_pairs(request: Request, pk: int) -> HttpResponse:
    thread = services.make_pairs(thread_for(request, pk), by=request.user)
    messages.success(request, _("Pasangan sudah dibagi. Setiap pasangan diberi tahu."))
    return redirect(thread)
