"""What an open room asks for by itself: is there something new, what, and who has read it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from activity.files import thumbnail
from frontend.http import Request, number_in
from frontend.sharing.files import handed_out
from frontend.thinkpair.card_form import WORDS, card_of
from frontend.thinkpair.finding import pair_for
from frontend.thinkpair.lines import lines_of, seen_by_others
from frontend.thinkpair.room import channel_of
from frontend.times import clock
from thinkpair import rules, services
from thinkpair.live import read_token, version_for
from thinkpair.models import Card, Pair, TalkFile

MESSAGES_AT_ONCE = 100


@login_not_required
@require_safe
def pair_live(request: Request, token: str) -> HttpResponse:
    """Answer 204 when the phone knows the newest, else with its number; 403 to a token that ended.

    The token stands for the person, so nobody's session is looked up; one query by an index. What
    was said is never here: the page fetches it with the person's own session.
    """
    try:
        version = version_for(read_token(token))
    except (signing.BadSignature, TypeError, ValueError):
        version = None
    if version is None:
        return _fresh(HttpResponse(status=403))
    if version == number_in(request.GET, "v"):
        return _fresh(HttpResponse(status=204))
    return _fresh(JsonResponse({"version": version}))


@require_safe
def pair_ticket(request: Request, pk: int) -> HttpResponse:
    """Give a phone its next addresses, if the person still sits in the pair."""
    return _fresh(JsonResponse(channel_of(request, pair_for(request, pk))))


@require_safe
def pair_news(request: Request, pk: int) -> HttpResponse:
    """What was said after `?since=`, what the others have read, and the card as it is now."""
    pair, me = pair_for(request, pk), request.user.pk
    later = pair.messages.filter(pk__gt=number_in(request.GET, "since") or 0)
    said = list(
        later.select_related("author").prefetch_related("files").order_by("pk")[:MESSAGES_AT_ONCE]
    )
    lines, seen = lines_of(pair, said, me), seen_by_others(pair, me)
    context = {"said": lines, "seen": seen}
    return _fresh(
        JsonResponse(
            {
                # Read before the rest: what comes in between is asked for once more.
                "version": pair.live_version,
                "html": render_to_string("thinkpair/pair.html#bubbles", context, request).strip(),
                "last": said[-1].pk if said else 0,
                "isMore": len(said) == MESSAGES_AT_ONCE,
                "seen": {"upTo": seen.up_to, "words": seen.words},
                "mayTalk": bool(rules.may_talk(request.user, pair)),
                "card": card_news(pair),
            }
        )
    )


def card_news(pair: Pair) -> dict[str, Any]:
    """The card as the page's script needs it."""
    return worded(card_of(pair))


def worded(card: Card) -> dict[str, Any]:
    edited = ""
    if card.edited_at:
        edited = render_to_string("thinkpair/_edited.html", {"card": card}).strip()
    return {
        "revision": card.revision,
        "words": {name: getattr(card, name) for name in WORDS},
        "edited": edited,
        "isShared": card.shared_at is not None,
        "at": clock(card.edited_at),
    }


@require_POST
def mark_read(request: Request, pk: int) -> HttpResponse:
    """Take down that everything up to a message was on the screen."""
    up_to = number_in(request.POST, "up_to") or 0
    services.mark_read(pair_for(request, pk), by=request.user, up_to=up_to)
    return HttpResponse(status=204)


@require_safe
def talk_file(request: Request, key: UUID) -> HttpResponseBase:
    """Hand out a file to the pair alone. Only pictures open in the browser, and nothing runs."""
    found = _file(request, key)
    return handed_out(request, found.file, name=found.name, content_type=found.content_type)


@require_safe
def small_talk_file(request: Request, key: UUID) -> HttpResponse:
    """A picture in 15 kB at most, as the talk shows it."""
    found = _file(request, key, content_type__startswith="image/")
    with found.file.open("rb") as file:
        content = thumbnail(file.read())
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _file(request: Request, key: UUID, **also: Any) -> TalkFile:
    return get_object_or_404(TalkFile.objects.visible_to(request.user), key=key, **also)


def _fresh(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "private, no-store"
    return answer
