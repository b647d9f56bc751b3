"""Drafts: kept while one writes, listed, gone on with or thrown away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.http import Request, go, show
from frontend.paging import page_of
from sharing import services
from sharing.models import Draft


@require_safe
def drafts(request: Request) -> HttpResponse:
    """The person's own drafts, the last saved first."""
    page = page_of(Draft.objects.visible_to(request.user), request, by=("-saved_at", "-pk"))
    return show(request, "sharing/drafts.html", {"page": page}, part="rows")


@require_http_methods(["GET", "POST"])
def discard_draft(request: Request, pk: int) -> HttpResponse:
    draft = get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        services.discard_draft(draft, by=request.user)
        messages.success(request, _("Draf dihapus."))
        return go(request, "drafts")
    return show(request, "sharing/discard_draft.html", {"draft": draft}, part="form")


def asked_mark(request: Request) -> UUID | None:
    """The mark of the draft that the address goes on with, as `?draft=`, also of one now gone."""
    try:
        return UUID(request.GET.get("draft", ""))
    except ValueError:
        return None


def asked_draft(request: Request) -> Draft | None:
    """The own draft that the address goes on with."""
    mark = asked_mark(request)
    return Draft.objects.visible_to(request.user).filter(submission=mark).first() if mark else None
