"""Handing out the files of a post."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from activity.files import SHOWN_IN_BROWSER
from frontend.http import Request
from sharing.models import Attachment


@login_not_required
@require_safe
def attachment(request: Request, pk: int) -> FileResponse:
    """Hand out a file as what it is. Only pictures open in the browser, and nothing runs."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    answer = FileResponse(
        found.file.open("rb"),
        as_attachment=found.content_type not in SHOWN_IN_BROWSER,
        filename=found.name,
        content_type=found.content_type,
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=86400"
    return answer
