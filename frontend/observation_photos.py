"""Photos of a lesson, for whoever reads the sheet that they belong to."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from activity.files import CONTENT_TYPES, thumbnail
from frontend.http import Request
from observations.models import Photo

# What somebody sent runs nothing, and the browser asks each time whether it may still be shown:
# a photo can be taken back, and a phone changes hands.
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
}


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
