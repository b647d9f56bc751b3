"""A session while it goes on, and its end, over the API."""

from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.fields import ReadableField
from api.filters import of, only
from api.http import Request
from sessions import services
from sessions.live import state_of
from sessions.models import Decision, ModelSession, Question


class QuestionSerializer(serializers.ModelSerializer[Question]):
    session = ReadableField(ModelSession)
    submission = serializers.UUIDField(default=uuid4, write_only=True)

    class Meta:
        model = Question
        fields = ["id", "session", "author", "text", "at", "answered_at", "submission"]
        read_only_fields = ["id", "author", "at", "answered_at"]


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """`responsible` and `due_on` say who does it, and until when."""

    session = ReadableField(ModelSession)
    submission = serializers.UUIDField(default=uuid4, write_only=True)

    class Meta:
        model = Decision
        fields = [
            *("id", "session", "text", "responsible", "due_on", "by", "at", "submission"),
        ]
        read_only_fields = ["id", "by", "at"]


class TurnSerializer(serializers.Serializer[Any]):
    """One item of the agenda, with its time by the lesson clock."""

    title = serializers.CharField(source="item.title")
    speaker = serializers.CharField(source="item.speaker_words")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class LiveSerializer(serializers.Serializer[Any]):
    """What the live page shows to everybody. `present` are people's ids, `version` is the ETag."""

    version = serializers.IntegerField(source="session.live_version")
    clock_started_at = serializers.DateTimeField(source="session.clock_started_at", allow_null=True)
    counts_from = serializers.DateTimeField(source="session.counts_from")
    counts_until = serializers.DateTimeField(source="session.counts_until")
    closed_at = serializers.DateTimeField(source="session.closed_at", allow_null=True)
    agenda = TurnSerializer(many=True)
    present = serializers.SerializerMethodField()
    invited = serializers.IntegerField()
    questions = QuestionSerializer(many=True)
    decisions = DecisionSerializer(many=True)

    def get_present(self, state: Any) -> list[int]:
        return [part.user_id for part in state.present]


class ClockSerializer(serializers.Serializer[Any]):
    """When the lesson really started, and why that is corrected."""

    started_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=200)


class ReopenSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class EndSerializer(serializers.ModelSerializer[ModelSession]):
    """What closing made final. `teacher_hours` are the JP of the guru model."""

    class Meta:
        model = ModelSession
        fields = [
            *("id", "status", "held_at", "lesson_hours", "teacher_hours"),
            *("closed_at", "closed_by"),
        ]
        read_only_fields = fields


CORRECTED = OpenApiExample(
    "Started two minutes before the button was pressed",
    value={"started_at": "2026-11-26T09:10:00+08:00", "reason": "Lupa menekan tombol."},
    request_only=True,
)
REOPENED = OpenApiExample(
    "Somebody was forgotten", value={"reason": "Bu Ani belum tercatat."}, request_only=True
)
ASKED = OpenApiExample(
    "A question",
    value={
        "session": 12,
        "text": "Berapa lama daun direndam?",
        "submission": "6f9d2f0e-5f0c-4b8e-9d35-0d5a6f1f7c11",
    },
    request_only=True,
)
DECIDED = OpenApiExample(
    "A decision",
    value={
        "session": 12,
        "text": "Kartu dugaan dicetak untuk 4 kelas.",
        "responsible": "Sekretaris",
        "due_on": "2026-12-03",
    },
    request_only=True,
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The ETag of the last answer; 304 when nothing changed since.",
)


class LiveActions(viewsets.GenericViewSet[ModelSession]):
    """What the sessions of the API offer while they go on, and at their end."""

    request: Request

    @extend_schema(parameters=[IF_NONE_MATCH], responses={200: LiveSerializer, 304: None})
    @action(detail=True)
    def live(self, request: Request, pk: str) -> Response:
        """The lesson clock, agenda, who is here, questions and decisions; ask every two seconds."""
        session = self.get_object()
        mark = f'"{session.live_version}"'
        headers = {"ETag": mark, "Cache-Control": "private, no-cache"}
        if request.headers.get("If-None-Match") == mark:
            return Response(status=304, headers=headers)
        shown = LiveSerializer(state_of(session), context=self.get_serializer_context())
        return Response(shown.data, headers=headers)

    @extend_schema(request=None, responses=LiveSerializer)
    @action(detail=True, methods=["post"], url_path="clock/start")
    def start_clock(self, request: Request, pk: str) -> Response:
        """Start the lesson clock now: everybody's minutes are counted from here."""
        return self._state(services.start_clock(self.get_object(), by=request.user))

    @extend_schema(request=ClockSerializer, responses=LiveSerializer, examples=[CORRECTED])
    @action(detail=True, methods=["post"], url_path="clock/correct")
    def correct_clock(self, request: Request, pk: str) -> Response:
        """Say when the lesson really started. Minutes written down before stay as they are."""
        session = self.get_object()
        sent = ClockSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return self._state(services.correct_clock(session, by=request.user, **sent.validated_data))

    @extend_schema(request=None, responses=EndSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Make attendance and minutes final; everyone who was there earns the JP."""
        return Response(
            EndSerializer(services.close_session(self.get_object(), by=request.user)).data
        )

    @extend_schema(request=ReopenSerializer, responses=EndSerializer, examples=[REOPENED])
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Let it be changed again within 30 days. The JP are taken back until it is closed anew."""
        session = self.get_object()
        sent = ReopenSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        opened = services.reopen_session(session, by=request.user, **sent.validated_data)
        return Response(EndSerializer(opened).data)

    def _state(self, session: ModelSession) -> Response:
        session.refresh_from_db(fields=["live_version"])
        return Response(
            LiveSerializer(state_of(session), context=self.get_serializer_context()).data
        )


@extend_schema_view(list=extend_schema(parameters=[of("session")]))
class QuestionViewSet(viewsets.ReadOnlyModelViewSet[Question]):
    """Questions asked in the sessions that you may read, the last one first."""

    request: Request
    serializer_class = QuestionSerializer

    def get_queryset(self) -> QuerySet[Question]:
        found = Question.objects.visible_to(self.request.user).select_related("session")
        return only(found.order_by("-pk"), self.request, "session")

    @extend_schema(
        request=QuestionSerializer, responses={201: QuestionSerializer}, examples=[ASKED]
    )
    def create(self, request: Request) -> Response:
        """Ask a question in a session that you take part in. `submission` counts once."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words: dict[str, Any] = dict(sent.validated_data)
        question = services.ask_question(words.pop("session"), by=request.user, **words)
        return Response(self.get_serializer(question).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take back your own question, unless it was answered."""
        services.remove_question(self.get_object(), by=request.user)
        return Response(status=204)

    @extend_schema(request=None, responses=QuestionSerializer)
    @action(detail=True, methods=["post"])
    def answered(self, request: Request, pk: str) -> Response:
        """Mark a question as taken up."""
        answered = services.mark_answered(self.get_object(), by=request.user)
        return Response(self.get_serializer(answered).data)


@extend_schema_view(list=extend_schema(parameters=[of("session")]))
class DecisionViewSet(viewsets.ReadOnlyModelViewSet[Decision]):
    """What the sessions that you may read decided."""

    request: Request
    serializer_class = DecisionSerializer

    def get_queryset(self) -> QuerySet[Decision]:
        found = Decision.objects.visible_to(self.request.user).select_related("session")
        return only(found.order_by("-pk"), self.request, "session")

    @extend_schema(
        request=DecisionSerializer, responses={201: DecisionSerializer}, examples=[DECIDED]
    )
    def create(self, request: Request) -> Response:
        """Write down a decision, as the board or the note-taker. `submission` counts once."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words: dict[str, Any] = dict(sent.validated_data)
        decision = services.add_decision(words.pop("session"), by=request.user, **words)
        return Response(self.get_serializer(decision).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Take a decision out again."""
        services.remove_decision(self.get_object(), by=request.user)
        return Response(status=204)
