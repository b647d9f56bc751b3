"""What one reader has to do with a post: used it, thanked for it, follows it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from frontend.http import Request, go, show
from frontend.sharing.finding import post_for
from sharing import rules, services
from sharing.models import Post, Reaction
from sharing.queries import own_part


def part_in(request: Request, post: Post) -> dict[str, Any]:
    """What the reader's own part is and may become. One query."""
    return {
        "mine": own_part(request.user, post),
        "may_react": rules.may_react(request.user, post),
        "may_follow": rules.may_follow(request.user, post),
    }


@require_POST
def react(request: Request, pk: int, kind: str) -> HttpResponse:
    """Say that one used the post in class, or thank for it."""
    post = post_for(request, pk)
    return _reacted(request, services.react(post, _asked(kind), by=request.user))


@require_POST
def take_back_reaction(request: Request, pk: int, kind: str) -> HttpResponse:
    post = post_for(request, pk)
    return _reacted(request, services.take_back_reaction(post, _asked(kind), by=request.user))


@require_POST
def follow_post(request: Request, pk: int) -> HttpResponse:
    return _followed(request, services.follow_post(post_for(request, pk), by=request.user))


@require_POST
def mute_post(request: Request, pk: int) -> HttpResponse:
    return _followed(request, services.mute_post(post_for(request, pk), by=request.user))


@require_POST
def read_post(request: Request, pk: int) -> HttpResponse:
    """Keep that the reader opened the post, so that the feed marks it no longer."""
    post = post_for(request, pk)
    services.read_post(post, by=request.user)
    return HttpResponse(status=204) if request.htmx else go(request, "post", pk)


def _asked(kind: str) -> Reaction.Kind:
    if kind not in Reaction.Kind:
        raise Http404
    return Reaction.Kind(kind)


def _reacted(request: Request, post: Post) -> HttpResponse:
    if not request.htmx:
        return go(request, "post", post.pk)
    context = {"post": post, **part_in(request, post)}
    return show(request, "sharing/_reactions.html", context, part="reactions")


def _followed(request: Request, post: Post) -> HttpResponse:
    if not request.htmx:
        return go(request, f"{post.get_absolute_url()}#comments")
    context = {"post": post, **part_in(request, post)}
    return show(request, "sharing/_comments.html", context, part="follow")
