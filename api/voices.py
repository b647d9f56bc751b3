"""What all voices say about one lesson, by what they speak about."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.http import Request
from api.reinforcement import FeedbackSerializer
from api.results import LineSerializer
from reinforcement.voices import voices_on
from sessions.models import ModelSession


class AboutSerializer(serializers.Serializer[Any]):
    """One indicator; null is the lesson as a whole."""

    indicator = serializers.IntegerField(source="indicator.pk", allow_null=True, default=None)
    name = serializers.CharField(source="indicator.name", default="")
    lines = LineSerializer(many=True)
    feedback = FeedbackSerializer(many=True)


class VoiceActions(viewsets.GenericViewSet[ModelSession]):
    """What one reads of the talk after a session."""

    request: Request

    @extend_schema(responses=AboutSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def voices(self, request: Request, pk: str) -> Response:
        """The sheets and the given feedback that you may read, merged by indicator.

        The guru model reads them after her own reflection or 48 hours; everyone else what the
        rules of sheets and of feedback open to them.
        """
        found = voices_on(self.get_object(), request.user)
        return Response(AboutSerializer(found, many=True).data)
