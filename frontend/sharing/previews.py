"""What is shown of the page behind a post's link."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from activity.files import CONTENT_TYPES
from frontend.http import Request
from frontend.sharing.files import handed_out
from frontend.sharing.finding import post_for
from sharing.models import Post
from sharing.queries import preview_of


def link_of(post: Post) -> dict[str, Any]:
    """What the link's card shows, for the context of a page."""
    return {"preview": preview_of(post)}


@login_not_required
@require_safe
def link_picture(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the small picture of the page behind a post's link to whoever reads the post."""
    preview = preview_of(post_for(request, pk))
    if not preview or not preview.picture:
        raise Http404
    return handed_out(
        request, preview.picture, name="pratinjau.jpg", content_type=CONTENT_TYPES["jpg"]
    )
