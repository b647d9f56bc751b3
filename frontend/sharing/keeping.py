"""What a phone keeps of posts, to be read without signal."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import User
from frontend.http import Request
from frontend.sharing.finding import post_for
from sharing.models import Post

# As many as a phone keeps; `islands/kept-posts.ts` says the same.
MOST = 50
# More digits than any number of a post, and fewer than the database refuses.
DIGITS = 15


def keeping_of(post: Post, user: User | AnonymousUser) -> dict[str, Any]:
    """How many bytes the copy of a post weighs, for the context of its page.

    Nothing for who is not signed in: a copy is a person's.
    """
    if not user.is_authenticated or post.withdrawn_at:
        return {}
    return {"copy_bytes": post.file_bytes + len(post.body_html.encode())}


@require_safe
@cache_control(private=True, no_store=True)
def post_copy(request: Request, pk: int) -> HttpResponse:
    """The words and files of a post as a phone keeps them, with nothing about who reads them.

    404 for what was withdrawn, also for its author.
    """
    post = post_for(request, pk)
    if post.withdrawn_at:
        raise Http404
    context = {"post": post, "attachments": post.attachments.current().order_by("pk")}
    return HttpResponse(render_to_string("sharing/post_copy.html", context))


@login_not_required
@require_safe
@cache_control(no_cache=True)
def kept_posts(_request: HttpRequest) -> HttpResponse:
    """The posts that this phone keeps: the same page for everyone, the browser fills it in."""
    return HttpResponse(render_to_string("sharing/kept_posts.html"))


@require_safe
@cache_control(private=True, no_store=True)
def still_readable(request: Request) -> JsonResponse:
    """Which of the posts `pk` (50 at most) the person may still read, so the others are dropped."""
    asked = [
        int(pk) for pk in request.GET.getlist("pk")[:MOST] if pk.isdecimal() and len(pk) <= DIGITS
    ]
    found = Post.objects.visible_to(request.user).shared().filter(pk__in=asked)
    readable = list(found.order_by("pk").values_list("pk", flat=True))
    return JsonResponse({"person": str(request.user.pk), "readable": readable})
