"""Joining a session online, and the places and tasks of its observers."""

from typing import Any
from uuid import uuid4

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import exceptions, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from api.fields import ReadableField
from api.http import Request
from sessions import services
from sessions.models import ModelSession, Participation
from sessions.rooms import RoomUnavailable


class PartSerializer(serializers.ModelSerializer[Participation]):
    """A person's part with the observer's task."""

    class Meta:
        model = Participation
        fields = ["id", "session", "user", "role", "task"]
        read_only_fields = fields


class GabungSerializer(serializers.Serializer[Any]):
    submission = serializers.UUIDField(default=uuid4)


class EntranceSerializer(serializers.Serializer[Any]):
    """Where to join, for this person alone; `hint` says what an hour takes in mobile data."""

    address = serializers.CharField(read_only=True)
    hint = serializers.CharField(read_only=True)


class HandOverSerializer(serializers.ModelSerializer[Participation]):
    to = ReadableField(User, source="user")

    class Meta:
        model = Participation
        fields = ["to"]


class TaskSerializer(serializers.Serializer[Any]):
    task = serializers.CharField(max_length=150, allow_blank=True)


class RoomClosed(exceptions.APIException):
    status_code = 503
    default_code = "room_unavailable"


class RoomActions(viewsets.GenericViewSet[ModelSession]):
    """What one does about a session's room and its observers' places."""

    request: Request

    @extend_schema(
        request=GabungSerializer,
        responses=EntranceSerializer,
        examples=[
            OpenApiExample(
                "Entrance",
                value={
                    "address": "https://meet.google.com/abc-defg-hij",
                    "hint": "Google Meet: kira-kira 900 MB per jam dengan video.",
                },
                response_only=True,
            )
        ],
    )
    @action(detail=True, methods=["post"])
    def join(self, request: Request, pk: str) -> Response:
        """Join online from 15 minutes before to 30 after its end; it counts as attendance.

        503 when the room's server does not answer: then nobody was written down.
        """
        session = self.get_object()
        sent = GabungSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            entrance = services.join_session(session, by=request.user, **sent.validated_data)
        except RoomUnavailable as reason:
            raise RoomClosed(str(reason)) from reason
        return Response({"address": entrance.address, "hint": str(entrance.hint)})

    @extend_schema(request=None, responses=PartSerializer)
    @action(detail=True, methods=["post"], url_path="take-place")
    def take_place(self, request: Request, pk: str) -> Response:
        """Become an observer, on a place that is free."""
        part = services.take_place(self.get_object(), by=request.user)
        return Response(PartSerializer(part).data)


class PlaceActions(viewsets.GenericViewSet[Participation]):
    """What one does about one observer's place."""

    request: Request

    @extend_schema(request=None, responses=PartSerializer)
    @action(detail=True, methods=["post"], url_path="leave-place")
    def leave_place(self, request: Request, pk: str) -> Response:
        """Give your place as an observer back; you stay invited."""
        part = services.leave_place(self.get_object(), by=request.user)
        return Response(PartSerializer(part).data)

    @extend_schema(
        request=HandOverSerializer,
        responses=PartSerializer,
        examples=[OpenApiExample("Substitute", value={"to": 42}, request_only=True)],
    )
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: str) -> Response:
        """Give place and task to a substitute; another observer swaps tasks instead."""
        part = self.get_object()
        sent = HandOverSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        taken = services.hand_over_place(part, by=request.user, to=sent.validated_data["user"])
        return Response(PartSerializer(taken).data)

    @extend_schema(
        request=TaskSerializer,
        responses=PartSerializer,
        examples=[OpenApiExample("Task", value={"task": "Kelompok 1–2"}, request_only=True)],
    )
    @action(detail=True, methods=["post"])
    def task(self, request: Request, pk: str) -> Response:
        """Say what this observer looks at."""
        part = self.get_object()
        sent = TaskSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(
            PartSerializer(services.set_task(part, by=request.user, **sent.validated_data)).data
        )
