from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.http import Request
from notifications import services
from notifications.models import Notice


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    class Meta:
        model = Notice
        fields = ["id", "kind", "text", "url", "at", "read_at"]
        read_only_fields = fields


class PathSerializer(serializers.Serializer[None]):
    path = serializers.CharField(max_length=200)


class NoticeViewSet(viewsets.ReadOnlyModelViewSet[Notice]):
    """What you were told, newest first; `read` marks one as read, `read-all` all of them."""

    request: Request
    serializer_class = NoticeSerializer

    def get_queryset(self) -> QuerySet[Notice]:
        return Notice.objects.visible_to(self.request.user).order_by("-pk")

    @extend_schema(request=None, responses=NoticeSerializer)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: str) -> Response:
        """Mark this notice as read."""
        notice = services.read_notice(self.get_object(), by=request.user)
        return Response(self.get_serializer(notice).data)

    @extend_schema(request=PathSerializer, responses={204: None})
    @action(detail=False, methods=["post"], url_path="read-at")
    def read_at(self, request: Request, **_kwargs: Any) -> Response:
        """Mark every notice whose `url` is this path, or a place on that page, as read."""
        sent = PathSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.read_notices_at(sent.validated_data["path"], by=request.user)
        return Response(status=204)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"], url_path="read-all")
    def read_all(self, request: Request, **_kwargs: Any) -> Response:
        """Mark every notice as read."""
        services.read_all(by=request.user)
        return Response(status=204)
