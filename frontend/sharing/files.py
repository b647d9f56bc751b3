"""Handing out the files of a post."""

from pathlib import PurePosixPath

from django.contrib.auth.decorators import login_not_required
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from activity.files import CONTENT_TYPES, SHOWN_IN_BROWSER
from frontend.http import Request
from sharing.models import Attachment


@login_not_required
@require_safe
def attachment(request: Request, key: str) -> HttpResponseBase:
    """Hand out a file as what it is. Only pictures open in the browser, and nothing runs."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), key=key)
    return handed_out(request, found.file, name=found.name, content_type=found.content_type)


@login_not_required
@require_safe
def small_attachment(request: Request, key: str) -> HttpResponseBase:
    """Hand out the small picture of a file to whoever may have the file."""
    found = Attachment.objects.visible_to(request.user).exclude(thumbnail="")
    small = get_object_or_404(found, key=key)
    return handed_out(
        request, small.thumbnail, name=small.thumbnail_name, content_type=CONTENT_TYPES["jpg"]
    )


def handed_out(
    request: Request, stored: FieldFile, *, name: str, content_type: str
) -> HttpResponseBase:
    """Answer with a stored file, or 304 to a browser that has it; 404 when the disk has not.

    What is stored under its random name never changes, so the name marks it. A browser keeps the
    file but asks each time: once a post is withdrawn the copy is of no use, and asking is cheap.
    """
    mark = f'"{PurePosixPath(str(stored)).stem}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=mark)
    if answer is None:
        try:
            opened = stored.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        answer = FileResponse(
            opened,
            as_attachment=content_type not in SHOWN_IN_BROWSER,
            filename=name,
            content_type=content_type,
        )
    answer["ETag"] = mark
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-cache"
    return answer
