"""Which posts belong to a session or are about a garden."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.response import Response

from api.fields import ReadableField
from api.filters import of, only
from api.http import Request
from kesraku import services as gardens
from kesraku.models import Garden, GardenPost
from sessions import services as sessions
from sessions.models import ModelSession, SessionPost
from sharing.models import Post


class SessionPostSerializer(serializers.ModelSerializer[SessionPost]):
    session = ReadableField(ModelSession)
    post = ReadableField(Post)

    class Meta:
        model = SessionPost
        fields = ["id", "session", "post", "linked_by", "at"]
        read_only_fields = ["linked_by", "at"]
        # Said twice, the service returns the first link.
        validators: list[object] = []


@extend_schema_view(list=extend_schema(parameters=[of("session"), of("post")]))
class SessionPostViewSet(mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[SessionPost]):
    """Posts of sessions, where you may read both."""

    request: Request
    serializer_class = SessionPostSerializer

    def get_queryset(self) -> QuerySet[SessionPost]:
        found = SessionPost.objects.visible_to(self.request.user).order_by("-pk")
        return only(found, self.request, "session", "post")

    @extend_schema(responses={201: SessionPostSerializer})
    def create(self, request: Request) -> Response:
        """Say that a post belongs to a session; for its author and the session's board."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        given = sent.validated_data
        link = sessions.link_post(given["session"], given["post"], by=request.user)
        return Response(self.get_serializer(link).data, status=201)

    def perform_destroy(self, instance: SessionPost) -> None:
        sessions.unlink_post(instance, by=self.request.user)


class GardenPostSerializer(serializers.ModelSerializer[GardenPost]):
    garden = ReadableField(Garden)
    post = ReadableField(Post)

    class Meta:
        model = GardenPost
        fields = ["id", "garden", "post", "linked_by", "at"]
        read_only_fields = ["linked_by", "at"]
        # Said twice, the service returns the first link.
        validators: list[object] = []


@extend_schema_view(list=extend_schema(parameters=[of("garden"), of("post")]))
class GardenPostViewSet(mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[GardenPost]):
    """Posts about gardens, where you may read the post."""

    request: Request
    serializer_class = GardenPostSerializer

    def get_queryset(self) -> QuerySet[GardenPost]:
        found = GardenPost.objects.visible_to(self.request.user).order_by("-pk")
        return only(found, self.request, "garden", "post")

    @extend_schema(responses={201: GardenPostSerializer})
    def create(self, request: Request) -> Response:
        """Say that a post is about a garden; for its author and the board of its group."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        given = sent.validated_data
        link = gardens.link_post(given["garden"], given["post"], by=request.user)
        return Response(self.get_serializer(link).data, status=201)

    def perform_destroy(self, instance: GardenPost) -> None:
        gardens.unlink_post(instance, by=self.request.user)
