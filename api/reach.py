"""GELISHA over the API: how often posts were shared on and visited, as numbers alone."""

from contextlib import suppress
from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from accounts.rules import is_district_officer
from api.fields import ReadableField
from api.http import Request
from sharing import services
from sharing.models import Post, Reach
from sharing.queries import most_shared

SHOWN = 50


class ReachSerializer(serializers.ModelSerializer[Reach]):
    """`channel` is how the post was shared on, or `visit`."""

    post = ReadableField(Post)

    class Meta:
        model = Reach
        fields = ["post", "channel"]


class MostSharedSerializer(serializers.ModelSerializer[Post]):
    """A post and its numbers of one month."""

    shares = serializers.IntegerField()
    visits = serializers.IntegerField()

    class Meta:
        model = Post
        fields = ["id", "title", "author", "group", "audience", "shares", "visits"]
        read_only_fields = fields


class ReachViewSet(viewsets.GenericViewSet[Reach]):
    """How far posts go beyond their group. Who shared on or visited is not kept."""

    request: Request
    serializer_class = ReachSerializer
    pagination_class = None

    @extend_schema(
        parameters=[OpenApiParameter("month", OpenApiTypes.STR, description="e.g. 2026-11")],
        responses=MostSharedSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """List what was shared on most in a month, at most 50 posts; for the Dinas."""
        if not is_district_officer(request.user):
            raise Http404
        found = most_shared(request.user, _month(request.query_params.get("month", "")))
        return Response(MostSharedSerializer(found[:SHOWN], many=True).data)

    @extend_schema(responses={204: None})
    def create(self, request: Request) -> Response:
        """Count that a post was shared on or visited."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        channel = Reach.Channel(sent.validated_data["channel"])
        services.count_reach(sent.validated_data["post"], channel, visitor=request.user)
        return Response(status=204)


def _month(asked: str) -> date:
    """The first day of a month such as 2026-11, of the running one where nothing fits."""
    with suppress(ValueError):
        if found := parse_date(f"{asked}-01"):
            return found
    return timezone.localdate(timezone=timezone.get_default_timezone()).replace(day=1)
