"""The versions of lesson plans and what colleagues say about them."""

from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import parsers, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.fields import CheckedFileField, ReadableField
from api.filters import of, only
from api.http import Request
from sessions import services
from sessions.models import LessonPlan, ModelSession, PlanComment


def handed_out(plan: LessonPlan) -> FileResponse:
    """The file itself, as a download in which nothing runs."""
    return FileResponse(
        plan.file.open("rb"),
        as_attachment=True,
        filename=plan.name,
        content_type=plan.content_type,
        headers={"Content-Security-Policy": "default-src 'none'; sandbox"},
    )


class LessonPlanSerializer(serializers.ModelSerializer[LessonPlan]):
    class Meta:
        model = LessonPlan
        fields = [
            *("id", "session", "number", "name", "content_type", "size", "change"),
            *("by", "at"),
        ]
        read_only_fields = fields


class NewLessonPlanSerializer(serializers.ModelSerializer[LessonPlan]):
    """`change` says what is new in this version."""

    session = ReadableField(ModelSession)
    file = CheckedFileField()
    submission = serializers.UUIDField(default=uuid4, write_only=True)

    class Meta:
        model = LessonPlan
        fields = ["session", "file", "change", "submission"]


class PlanCommentSerializer(serializers.ModelSerializer[PlanComment]):
    plan = ReadableField(LessonPlan)
    submission = serializers.UUIDField(default=uuid4, write_only=True)

    class Meta:
        model = PlanComment
        fields = ["id", "plan", "author", "body", "at", "submission"]
        read_only_fields = ["id", "author", "at"]


@extend_schema_view(list=extend_schema(parameters=[of("session")]))
class LessonPlanViewSet(viewsets.ReadOnlyModelViewSet[LessonPlan]):
    """The versions of the lesson plans of sessions that you may read, the newest first."""

    request: Request
    serializer_class = LessonPlanSerializer
    parser_classes = [parsers.MultiPartParser]

    def get_queryset(self) -> QuerySet[LessonPlan]:
        found = LessonPlan.objects.visible_to(self.request.user).order_by("-pk")
        return only(found, self.request, "session")

    @extend_schema(request=NewLessonPlanSerializer, responses={201: LessonPlanSerializer})
    def create(self, request: Request) -> Response:
        """Share a version, 10 MB at most, until the session is held. The old ones stay."""
        sent = NewLessonPlanSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        words: dict[str, Any] = dict(sent.validated_data)
        plan = services.share_lesson_plan(words.pop("session"), by=request.user, **words)
        return Response(self.get_serializer(plan).data, status=201)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True)
    def content(self, request: Request, pk: str) -> FileResponse:
        """Fetch the file itself."""
        return handed_out(self.get_object())


@extend_schema_view(list=extend_schema(parameters=[of("plan")]))
class PlanCommentViewSet(viewsets.ReadOnlyModelViewSet[PlanComment]):
    """What colleagues say about a version of a lesson plan before the lesson."""

    request: Request
    serializer_class = PlanCommentSerializer

    def get_queryset(self) -> QuerySet[PlanComment]:
        found = PlanComment.objects.visible_to(self.request.user).order_by("-pk")
        return only(found, self.request, "plan")

    @extend_schema(
        responses={201: PlanCommentSerializer},
        examples=[
            OpenApiExample(
                "Comment",
                value={
                    "plan": 12,
                    "body": "Kartu peran untuk kelompok 3 belum ada.",
                    "submission": "5b0d7c56-6f0e-4a3c-9c8e-3f8a1b7e2d10",
                },
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Comment until the session is held. The same `submission` says it once."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words: dict[str, Any] = dict(sent.validated_data)
        comment = services.comment_plan(words.pop("plan"), by=request.user, **words)
        return Response(self.get_serializer(comment).data, status=201)
