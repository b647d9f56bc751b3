"""The minutes of a session over the API: one person writes at a time."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import exceptions, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.filters import of
from api.http import Request
from sessions import services
from sessions.models import Minutes, MinutesRevision, ModelSession


class SomebodyWrites(exceptions.APIException):
    """Somebody else has the pen."""

    status_code = 423
    default_code = "held"


class CameLate(exceptions.APIException):
    """Somebody else wrote on since; what was sent is kept as a stray revision."""

    status_code = 409
    default_code = "late"


class MinutesSerializer(serializers.ModelSerializer[Minutes]):
    """`revision` goes back with what you write next; `held_until` ends the writer's turn."""

    class Meta:
        model = Minutes
        fields = [
            *("session", "proceedings", "closing", "revision"),
            *("writer", "held_until", "completed_at"),
        ]
        read_only_fields = fields


class WordsSerializer(serializers.Serializer[Any]):
    """`revision` is that of the text which these words go on from.

    `pen` is a UUID that you keep while you write: after an answer that got lost you may write on.
    """

    revision = serializers.IntegerField(min_value=0, max_value=2_147_483_647)
    proceedings = serializers.CharField(allow_blank=True, max_length=20_000)
    closing = serializers.CharField(allow_blank=True, max_length=2000, default="")
    pen = serializers.UUIDField(required=False)


class PenSerializer(serializers.Serializer[Any]):
    """With `force` the pen is taken from whoever writes; what that person wrote is kept."""

    force = serializers.BooleanField(default=False)


class MinutesRevisionSerializer(serializers.ModelSerializer[MinutesRevision]):
    session = serializers.IntegerField(source="minutes.session_id", read_only=True)

    class Meta:
        model = MinutesRevision
        fields = [
            *("id", "session", "proceedings", "closing", "by", "at", "is_stray", "settled_at"),
        ]
        read_only_fields = fields


WRITTEN = OpenApiExample(
    "Going on from revision 3",
    value={
        "revision": 3,
        "proceedings": "Sesi dibuka pukul 09.00. Guru model menunjukkan tiga daun.",
        "closing": "",
        "pen": "0b6d6a3e-8d0e-4b53-a9f5-0f4ad7f0e0b7",
    },
    request_only=True,
)
TAKEN = OpenApiExample("Taking over", value={"force": True}, request_only=True)


class MinutesActions(viewsets.GenericViewSet[ModelSession]):
    """What the sessions of the API offer of their minutes."""

    request: Request

    @extend_schema(responses=MinutesSerializer)
    @action(detail=True)
    def minutes(self, request: Request, pk: str) -> Response:
        """The minutes as they are now; before the first word they are empty, at revision 0."""
        session = self.get_object()
        found = Minutes.objects.visible_to(request.user).filter(session=session).first()
        return Response(MinutesSerializer(found or Minutes(session=session)).data)

    @extend_schema(
        request=WordsSerializer,
        responses={200: MinutesSerializer, 409: None},
        examples=[WRITTEN],
    )
    @minutes.mapping.put
    def write_minutes(self, request: Request, pk: str) -> Response:
        """Save, and keep the pen for two minutes. 409: somebody else wrote; yours is kept apart."""
        session = self.get_object()
        sent = WordsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            saved = services.save_minutes(session, by=request.user, **sent.validated_data)
        except services.CameLate as late:
            raise CameLate(late.messages[0]) from late
        return Response(MinutesSerializer(saved).data)

    @extend_schema(
        request=PenSerializer, responses={200: MinutesSerializer, 423: None}, examples=[TAKEN]
    )
    @action(detail=True, methods=["post"], url_path="minutes/pen")
    def take_pen(self, request: Request, pk: str) -> Response:
        """Begin to write. 423: somebody else is writing; `force` takes over."""
        session = self.get_object()
        sent = PenSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            taken = services.take_pen(session, by=request.user, **sent.validated_data)
        except services.PenHeld as held:
            raise SomebodyWrites(held.messages[0]) from held
        return Response(MinutesSerializer(taken).data)


@extend_schema_view(list=extend_schema(parameters=[of("session")]))
class MinutesRevisionViewSet(viewsets.ReadOnlyModelViewSet[MinutesRevision]):
    """Texts kept when somebody took over, and stray ones that wait to be put in by hand."""

    request: Request
    serializer_class = MinutesRevisionSerializer

    def get_queryset(self) -> QuerySet[MinutesRevision]:
        found = MinutesRevision.objects.visible_to(self.request.user)
        asked = self.request.query_params.get("session", "")
        if asked.isdecimal():
            found = found.filter(minutes__session__pk=int(asked[:30]))
        return found.select_related("minutes__session").order_by("-pk")

    @extend_schema(request=None, responses=MinutesRevisionSerializer)
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str) -> Response:
        """Say that a stray text was put into the minutes, or is not needed any more."""
        settled = services.settle_revision(self.get_object(), by=request.user)
        return Response(self.get_serializer(settled).data)
