"""The bell: what a person was told, newest first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from frontend.http import Request, go, show
from frontend.paging import page_of
from notifications import services
from notifications.models import Notice


@require_safe
def notices(request: Request) -> HttpResponse:
    page = page_of(Notice.objects.visible_to(request.user), request, by=("-pk",))
    return show(request, "notices/notices.html", {"page": page}, part="rows")


@require_POST
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Mark a notice as read, and go where it leads."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    services.read_notice(notice, by=request.user)
    return go(request, notice.url)


@require_POST
def read_notices_here(request: Request) -> HttpResponse:
    """Mark the notices that lead to a page as read; the page itself sends this once it is shown."""
    services.read_notices_at(request.POST.get("path", ""), by=request.user)
    return HttpResponse(status=204) if request.htmx else go(request, "notices")


@require_POST
def read_notices(request: Request) -> HttpResponse:
    """Mark all notices as read."""
    read = services.read_all(by=request.user)
    text = ngettext(
        "%(count)s pemberitahuan ditandai sudah dibaca.",
        "%(count)s pemberitahuan ditandai sudah dibaca.",
        read,
    )
    messages.success(request, text % {"count": read})
    return go(request, "notices")
