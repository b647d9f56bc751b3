"""What strangers see: the opening page, what this is, and whether it runs."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from frontend.signing_in import SignInForm
from kesraku.models import Garden
from sharing.models import Post

_FEW = 3


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    posts = Post.objects.visible_to(request.user).select_related("group", "author")
    gardens = Garden.objects.visible_to(request.user).select_related("school", "crop")
    context = {
        "form": SignInForm(request=request),
        "posts": posts.order_by("-pk")[:_FEW],
        "gardens": gardens.order_by("-pk")[:_FEW],
    }
    return render(request, "landing/landing.html", context)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "landing/about.html")


@never_cache
@login_not_required
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say “ok” when the database answers; a broken one is a 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
