"""The board of a pengawas, and planning a visit."""

from typing import Any
from uuid import uuid4

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.rules import supervised_schools
from api.fields import ReadableField
from api.http import Request
from api.reinforcement import FollowUpSerializer
from api.sessions import ChangeSerializer, SessionSerializer
from reinforcement.queries import Charge, supervision_board
from sessions import services
from sessions.models import ModelSession


class ChargeSerializer(serializers.Serializer[Any]):
    """One teacher: when you last saw her, what she promised, and sessions that wait for you."""

    teacher = serializers.IntegerField(source="teacher.pk")
    name = serializers.CharField(source="teacher")
    school = serializers.IntegerField(source="teacher.school_id")
    seen_at = serializers.DateTimeField(allow_null=True)
    is_seen = serializers.BooleanField()
    follow_ups = FollowUpSerializer(many=True)
    waiting = serializers.SerializerMethodField()
    visit = serializers.IntegerField(source="visit.pk", allow_null=True, default=None)

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_waiting(self, charge: Charge) -> list[int]:
        return [session.pk for session in charge.waiting]


class WorkloadSerializer(serializers.Serializer[Any]):
    visits_held = serializers.IntegerField()
    visits_planned = serializers.IntegerField()
    sheets = serializers.IntegerField()
    feedback = serializers.IntegerField()


class BoardSerializer(serializers.Serializer[Any]):
    """Most urgent teacher first. No word of any rating."""

    semester = serializers.CharField()
    teachers = ChargeSerializer(source="charges", many=True)
    workload = WorkloadSerializer()


class SupervisionView(APIView):
    request: Request

    @extend_schema(responses=BoardSerializer)
    def get(self, request: Request) -> Response:
        """The teachers of the schools that you supervise."""
        if not supervised_schools(request.user):
            raise Http404
        board = supervision_board(request.user, timezone.now())
        return Response(BoardSerializer(board, context={"request": request}).data)


class VisitSerializer(ChangeSerializer):
    """When and where you will see a lesson of this teacher, and what you will look at."""

    teacher = ReadableField(User)
    submission = serializers.UUIDField(default=uuid4)

    class Meta(ChangeSerializer.Meta):
        fields = [
            *("teacher", "submission", "title", "goal", "starts_at", "ends_at"),
            *("school", "place", "despite"),
        ]


class VisitViewSet(viewsets.GenericViewSet[ModelSession]):
    """A visit is a session of kind `visit`, without a group; read and change it as a session."""

    request: Request
    serializer_class = SessionSerializer

    @extend_schema(
        request=VisitSerializer,
        responses={201: SessionSerializer},
        examples=[
            OpenApiExample(
                "A morning in class VIII A",
                value={
                    "teacher": 42,
                    "title": "Kunjungan kelas",
                    "goal": "Setiap kelompok memakai kartu peran.",
                    "starts_at": "2026-12-01T08:00:00+08:00",
                    "ends_at": "2026-12-01T09:20:00+08:00",
                    "school": 7,
                    "place": "Kelas VIII A",
                },
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Plan a visit to a teacher of a school that you supervise; she is told."""
        sent = VisitSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        visit = services.plan_visit(words.pop("teacher"), by=request.user, **words)
        return Response(self.get_serializer(visit).data, status=201)
