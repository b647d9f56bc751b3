"""Instruments that go out as files and come in from them: JSON and XLSForm."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from frontend.http import Request, go, refusals_shown_on
from frontend.instruments import OwnerField, insist_on_maker
from observations import services
from observations.content import content_of
from observations.models import Instrument
from observations.xlsform import LARGEST_FILE, read_xlsform, write_xlsform

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(forms.Form):
    """A file and for whom it is; its content is in `cleaned_data` as plain data."""

    file = forms.FileField(
        label=_("Berkas"),
        help_text=_("JSON dari platform ini, atau XLSForm (.xlsx). Paling besar 1 MB."),
        widget=forms.FileInput({"accept": f".json,.xlsx,application/json,{XLSX}"}),
    )

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = OwnerField(request.user)

    def clean_file(self) -> Any:
        return data_in(self.cleaned_data["file"])


def data_in(file: UploadedFile) -> Any:
    """What an uploaded file says, as plain data; raises ValidationError when it says nothing."""
    if (file.size or 0) > LARGEST_FILE:
        raise ValidationError(_("Berkas terlalu besar. Paling besar 1 MB."))
    data = file.read()
    if data.startswith(b"PK"):
        return read_xlsform(data)
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("Berkas ini bukan JSON dan bukan XLSForm (.xlsx).")) from error


@require_http_methods(["GET", "POST"])
def import_instrument(request: Request) -> HttpResponse:
    insist_on_maker(request.user)
    form = ImportForm(request.POST or None, request.FILES or None, request=request)
    if form.is_valid():
        with refusals_shown_on(form):
            made = services.import_instrument(
                form.cleaned_data["file"], by=request.user, group=form.cleaned_data["group"]
            )
            messages.success(request, _("Berkas masuk sebagai draf. Periksa, lalu terbitkan."))
            return go(request, made)
    context = {"form": form}
    status = 422 if form.errors else 200
    return render(request, "instruments/import_instrument.html", context, status=status)


@require_safe
def export_json(request: Request, pk: int) -> HttpResponse:
    found = _instrument(request, pk)
    text = json.dumps(content_of(found), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    return _handed_out(text, f"{found.code}-{found.version}.json", "application/json")


@require_safe
def export_xlsform(request: Request, pk: int) -> HttpResponse:
    found = _instrument(request, pk)
    try:
        made = write_xlsform(content_of(found))
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return go(request, found)
    return _handed_out(made, f"{found.code}-{found.version}.xlsx", XLSX)


def _handed_out(made: str | bytes, name: str, content_type: str) -> HttpResponse:
    answer = HttpResponse(made, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _instrument(request: Request, pk: int) -> Instrument:
    return get_object_or_404(Instrument.objects.visible_to(request.user), pk=pk)
