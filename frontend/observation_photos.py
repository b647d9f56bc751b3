"""Photos of a lesson: for whoever reads their sheet, and added without JavaScript."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity.files import CONTENT_TYPES, thumbnail
from frontend.http import Request, Submitted, go, refusals_shown_on
from frontend.uploads import CheckedFileField
from observations import rules, services
from observations.models import Observation, Photo

# What somebody sent runs nothing, and the browser asks each time whether it may still be shown:
# a photo can be taken back, and a phone changes hands.
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
}


class PhotoForm(Submitted):
    file = CheckedFileField(
        label=_("Foto"),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("Paling besar 10 MB. Tempat dan kamera tidak ikut tersimpan."),
    )
    minute = forms.IntegerField(label=_("Menit"), min_value=0, max_value=600)
    has_consent = forms.BooleanField(
        label=_("Orang di foto ini setuju; murid dengan izin orang tuanya.")
    )


@require_http_methods(["GET", "POST"])
def sheet_photos(request: Request, pk: int) -> HttpResponse:
    """The photos of one's own draft; a POST adds one. Works without JavaScript."""
    own = Observation.objects.visible_to(request.user).filter(observer=request.user)
    sheet = get_object_or_404(own.select_related("session"), pk=pk)
    rules.may_edit_observation.require(request.user, sheet)
    form = PhotoForm()
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_shown_on(form):
            services.add_photo(sheet, by=request.user, **form.cleaned_data)
            messages.success(request, _("Foto tersimpan di draf Bapak/Ibu."))
            return go(request, "sheet-photos", pk)
    context = {"sheet": sheet, "photos": sheet.photos.all(), "form": form}
    status = 422 if form.errors else 200
    return render(request, "observations/photos.html", context, status=status)


@require_POST
def remove_observation_photo(request: Request, uid: UUID) -> HttpResponse:
    found = Photo.objects.visible_to(request.user).select_related("observation__session")
    photo = get_object_or_404(found, uid=uid)
    services.remove_photo(photo, by=request.user)
    messages.success(request, _("Foto dihapus."))
    return go(request, "sheet-photos", photo.observation_id)


@require_safe
def observation_photo(request: Request, uid: UUID) -> HttpResponse | FileResponse:
    photo = _photo(request, uid)
    mark = f'"{photo.sha256}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304, headers=_SAFE | {"ETag": mark})
    ending = str(photo.file).rpartition(".")[2]
    return FileResponse(
        photo.file.open("rb"),
        filename=f"foto-{photo.uid}.{ending}",
        content_type=CONTENT_TYPES[ending],
        headers=_SAFE | {"ETag": mark},
    )


@require_safe
def small_observation_photo(request: Request, uid: UUID) -> HttpResponse:
    """The same in 15 kB at most: twenty of them cost less data than one whole photo."""
    photo = _photo(request, uid)
    mark = f'"{photo.sha256}-small"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304, headers=_SAFE | {"ETag": mark})
    with photo.file.open("rb") as file:
        content = thumbnail(file.read())
    return HttpResponse(content, content_type="image/jpeg", headers=_SAFE | {"ETag": mark})


def _photo(request: Request, uid: UUID) -> Photo:
    return get_object_or_404(Photo.objects.visible_to(request.user).stored(), uid=uid)
