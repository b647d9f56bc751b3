"""Drafts of posts, each for its author alone."""

from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.response import Response

from api.http import Request
from sharing import services
from sharing.models import Draft


class DraftSerializer(serializers.ModelSerializer[Draft]):
    """`words` holds the fields of a post as text, `topics` parted by commas; other names pass.

    The same `submission` again takes the place of the first. The draft `begun_as`, which these
    words go on with, is gone when they say all that it says.
    """

    submission = serializers.UUIDField(default=uuid4)
    begun_as = serializers.UUIDField(required=False, write_only=True)
    words: serializers.Field[Any, Any, Any, Any] = serializers.DictField(
        child=serializers.CharField(allow_blank=True, trim_whitespace=False, max_length=20_000)
    )

    class Meta:
        model = Draft
        fields = ["id", "submission", "begun_as", "words", "saved_at"]
        read_only_fields = ["saved_at"]


class DraftViewSet(mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[Draft]):
    """Your own drafts; nobody else's exist."""

    request: Request
    serializer_class = DraftSerializer

    def get_queryset(self) -> QuerySet[Draft]:
        return Draft.objects.visible_to(self.request.user).order_by("-pk")

    @extend_schema(responses={201: DraftSerializer, 204: None})
    def create(self, request: Request) -> Response:
        """Keep a draft. Without any words, or once just these were shared, nothing is kept: 204."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        given = sent.validated_data
        draft = services.save_draft(given.pop("submission"), by=request.user, **given)
        if draft is None:
            return Response(status=204)
        return Response(self.get_serializer(draft).data, status=201)

    def perform_destroy(self, instance: Draft) -> None:
        services.discard_draft(instance, by=self.request.user)
