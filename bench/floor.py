"""The floor: for each measured page, a bare Django view with the same rows.

One query, one small template, session sign-in, and no middleware but what the sign-in needs. It
is served under `bench.floor_settings` by the same server, in the same way.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.template import engines
from django.urls import path

from sessions.models import Participation
from sharing.models import Comment, Post
from thinkpair.models import Message

PAGE = """<!doctype html><html lang="id"><head><title>Smart MGMP</title></head><body>
<h1>Smart MGMP</h1><ul>{% for row in rows %}<li><b>{{ row.PERSON.name }}</b>
{{ row.PERSON.school.name }}<p>{{ row.TEXT }}</p><a href="/{{ row.pk }}/">{{ row.AT }}</a></li>
{% endfor %}</ul></body></html>"""


def floor(rows: QuerySet[Any], person: str, text: str, at: str, size: int) -> Any:
    """Make the view that shows `size` rows of a queryset, with person, school, text and time."""
    words = PAGE.replace("PERSON", person).replace("TEXT", text).replace("AT", at)
    template = engines["django"].from_string(words)
    query = rows.select_related(f"{person}__school")

    def view(request: HttpRequest, pk: int = 0) -> HttpResponse:
        if not request.user.is_authenticated:
            return HttpResponseForbidden()
        found = query.filter(**{PARENT[rows.model]: pk}) if pk else query
        return HttpResponse(template.render({"rows": found[:size]}, request))

    return view


PARENT = {Comment: "post", Participation: "session", Message: "pair"}
newest = Post.objects.order_by("-pk")

urlpatterns = [
    # Tasks, sessions and posts on Beranda together are some ten rows.
    path("", floor(newest, "author", "title", "shared_at", 10)),
    path("posts/", floor(newest, "author", "title", "shared_at", 20)),
    path(
        "posts/<int:pk>/",
        floor(Comment.objects.order_by("pk"), "author", "body_html|safe", "at", 50),
    ),
    path(
        "sessions/<int:pk>/",
        floor(Participation.objects.order_by("pk"), "user", "answer", "answered_at", 50),
    ),
    path("pairs/<int:pk>/", floor(Message.objects.order_by("pk"), "author", "text", "at", 50)),
]
