"""A sheet that was handed in: corrected, and what it said before."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.http import Request, go, refusals_shown_on
from frontend.observations import sheet_form
from observations import rules, services
from observations.models import Observation
from observations.services import Content


@require_http_methods(["GET", "POST"])
def correct_observation(request: Request, pk: int) -> HttpResponse:
    sheet = _own(request, pk)
    rules.may_correct_observation.require(request.user, sheet)
    form = sheet_form(request, sheet.session, sheet)
    form.fields["reason"] = forms.CharField(
        label=_("Apa yang dikoreksi?"), max_length=300, required=False
    )
    if form.is_valid():
        with refusals_shown_on(form):
            services.correct_observation(
                sheet,
                by=request.user,
                content=Content(answers=form.answers, notes=form.notes),
                reason=form.cleaned_data["reason"],
                seen_at=form.cleaned_data["seen"],
            )
            messages.success(request, _("Koreksi terkirim. Lembar yang lama tetap tersimpan."))
            return go(request, sheet)
    if form.errors:
        form.remember_seen(sheet)
    context = {"sheet": sheet, "session": sheet.session, "form": form}
    status = 422 if form.errors else 200
    return render(request, "observations/correct.html", context, status=status)


@require_safe
def observation_version(request: Request, pk: int, number: int) -> HttpResponse:
    """What the sheet said at one of its handings-in: for its observer alone."""
    sheet = _own(request, pk)
    version = get_object_or_404(sheet.submissions, number=number)
    return render(request, "observations/version.html", {"sheet": sheet, "version": version})


def _own(request: Request, pk: int) -> Observation:
    own = Observation.objects.visible_to(request.user).filter(observer=request.user).submitted()
    return get_object_or_404(own.select_related("session", "instrument", "indicator"), pk=pk)
