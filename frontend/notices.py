"""The bell: what a person was told, newest first."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from frontend.http import Request
from notifications import services
from notifications.models import Notice


@require_safe
def notices(request: Request) -> HttpResponse:
    found = Notice.objects.visible_to(request.user).order_by("-pk")[:20]
    return render(request, "notices/notices.html", {"notices": found})


@require_POST
def open_notice(request: Request, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    services.read_notice(notice, by=request.user)
    return redirect(notice.url)


@require_POST
def read_notices(request: Request) -> HttpResponse:
    services.read_all(by=request.user)
    return redirect("notices")
