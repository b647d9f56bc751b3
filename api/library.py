"""Finding posts: by words, ranked, and by filters."""

from typing import Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import mixins
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.viewsets import GenericViewSet

from api.http import Request
from api.paging import Newest
from sharing import search
from sharing.library import POST, Filters, excerpts
from sharing.models import Post

LAST_GRADE = 12

SEARCH = [
    OpenApiParameter(
        "search",
        OpenApiTypes.STR,
        description="Words in any Indonesian form, the last one maybe unfinished, or a name. What "
        "has them in the title comes first, then in topics or the author's name, then anywhere.",
    ),
    OpenApiParameter("kind", OpenApiTypes.STR, enum=Post.Kind.values),
    OpenApiParameter("subject", OpenApiTypes.STR, description="The code of a subject."),
    OpenApiParameter("phase", OpenApiTypes.STR, description="The letter of a phase."),
    OpenApiParameter("grade", OpenApiTypes.INT, enum=list(range(1, LAST_GRADE + 1))),
    OpenApiParameter("topic", OpenApiTypes.STR, description="The name of a topic."),
    OpenApiParameter(
        "endorsed", OpenApiTypes.BOOL, description="Only what is recommended as it is now."
    ),
]


def filters_of(request: Request) -> Filters:
    """The filters that the address names; one that makes no sense narrows nothing."""
    asked = request.query_params
    grade, kind = asked.get("grade", ""), asked.get("kind", "")
    filters = {
        "kind": kind if kind in Post.Kind else "",
        "subject": asked.get("subject", ""),
        "phase": asked.get("phase", ""),
        "grade": int(grade) if grade in map(str, range(1, LAST_GRADE + 1)) else None,
        "topic": asked.get("topic", ""),
        "endorsed": asked.get("endorsed") in {"1", "true"},
    }
    return cast("Filters", filters)


class SearchMixin(mixins.ListModelMixin, GenericViewSet[Post]):
    """Lists with `?search=` what was found, the best first; without it, all, the newest first."""

    request: Request

    def list(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Show posts that you may read, narrowed, and with `search` those that have its words."""
        query = search.ask(request.query_params.get("search", ""))
        if not query:
            return super().list(request, *args, **kwargs)
        hits = search.search(
            self.get_queryset(),
            POST,
            query,
            after=search.Place.read(request.query_params.get("cursor", "")),
            size=Newest().get_page_size(request) or Newest.page_size,
        )
        context = {**self.get_serializer_context(), "excerpts": excerpts(hits.rows, query)}
        shown: Any = self.get_serializer_class()
        found = shown(hits.rows, many=True, context=context).data
        here = request.build_absolute_uri()
        following = replace_query_param(here, "cursor", str(hits.next)) if hits.next else None
        return Response({"next": following, "previous": None, "results": found})
