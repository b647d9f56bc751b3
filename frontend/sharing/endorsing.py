"""What guru inti and instruktur recommend."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from frontend.http import Request, go
from frontend.sharing.finding import post_for
from groups.roles import Role
from sharing import rules, services
from sharing.models import Post
from sharing.queries import endorser_seat


def endorsement_of(request: Request, post: Post) -> dict[str, Any]:
    """Who recommends the post as what, and whether the reader may. One query, if somebody does."""
    seat = endorser_seat(post)
    context: dict[str, Any] = {"endorsed_as": seat.role if seat else Role.CORE_TEACHER}
    if request.user.is_authenticated:
        context["may_endorse"] = rules.may_endorse_post(request.user, post)
        context["may_take_back"] = rules.may_take_back_endorsement(request.user, post)
    return context


@require_POST
def endorse_post(request: Request, pk: int) -> HttpResponse:
    services.endorse_post(post_for(request, pk), by=request.user)
    messages.success(request, _("Terima kasih. Saran Bapak/Ibu tampil pada bahan ini."))
    return go(request, "post", pk)


@require_POST
def take_back_endorsement(request: Request, pk: int) -> HttpResponse:
    services.take_back_endorsement(post_for(request, pk), by=request.user)
    return go(request, "post", pk)
