"""The versions of a material and the history of a post."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.http import Request
from sharing import rules
from sharing.models import Revision


class VersionSerializer(serializers.Serializer[Any]):
    """When a version began, and what was new in it."""

    version = serializers.SerializerMethodField()
    at = serializers.DateTimeField()
    note = serializers.CharField()

    def get_version(self, revision: Revision) -> int:
        return revision.version + 1


class RevisionSerializer(serializers.ModelSerializer[Revision]):
    """A post before one change: `before` holds the old values of what changed, by field."""

    class Meta:
        model = Revision
        fields = ["id", "version", "by", "at", "note", "is_new_version", "before"]
        read_only_fields = fields


class VersionsMixin(GenericViewSet[Any]):
    """What a viewset of posts says of how they changed."""

    request: Request

    @extend_schema(responses=VersionSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def versions(self, request: Request, pk: str) -> Response:
        """The versions after the first, newest first; each of `attachments` names its own."""
        begun = Revision.objects.visible_to(request.user).of_versions()
        found = list(begun.filter(post=self.get_object())[:30])
        return Response(VersionSerializer(found, many=True).data)

    @extend_schema(responses=RevisionSerializer(many=True))
    @action(detail=True)
    def history(self, request: Request, pk: str) -> Response:
        """What the post said before each change, for its author and the board."""
        post = self.get_object()
        if not rules.may_read_history(request.user, post):
            raise NotFound
        found = Revision.objects.visible_to(request.user).filter(post=post).order_by("-pk")
        page: list[Revision] = self.paginate_queryset(found) or []
        return self.get_paginated_response(RevisionSerializer(page, many=True).data)
