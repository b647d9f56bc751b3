"""Pages of a series: its sessions in a list; planning it, and the scope of a change."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frontend.http import Request
from sessions.models import ModelSession, Series


@require_safe
def series(request: Request, pk: int) -> HttpResponse:
    """Every session of a series with its state, exceptions marked."""
    found = Series.objects.visible_to(request.user).select_related("group", "continues")
    shown = get_object_or_404(found, pk=pk)
    sessions = ModelSession.objects.visible_to(request.user).filter(series=shown)
    context = {
        "series": shown,
        "sessions": sessions.order_by("starts_at", "pk"),
        "continued_by": Series.objects.visible_to(request.user).filter(continues=shown).first(),
        "skipped": sorted(shown.skipped_at),
    }
    return render(request, "sessions/series.html", context)
