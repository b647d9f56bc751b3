"""What the papers of a session say beside its plan, and its photos and materials."""

from uuid import uuid4

from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework import mixins, parsers, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.fields import CheckedFileField, ReadableField
from api.filters import of, only
from api.http import Request
from sessions import rules, services
from sessions.models import ModelSession, Paperwork, SessionFile

Kind = SessionFile.Kind
KEPT = [(kind.value, kind.label) for kind in (Kind.PHOTO, Kind.MATERIAL)]


class PaperworkSerializer(serializers.ModelSerializer[Paperwork]):
    """All of it is optional. What the plan says already stands in the session."""

    class Meta:
        model = Paperwork
        fields = [
            *("letter_subject", "letter_to", "letter_enclosures", "letter_copies"),
            *("letter_city", "letter_on", "dress", "bring"),
            *("began_at", "ended_at", "acknowledged_by", "foreword"),
            *("background", "legal_basis", "purpose", "audience", "funding"),
            *("results", "problems", "conclusion", "recommendation"),
        ]


LETTER = OpenApiExample(
    "A letter and what to bring",
    value={
        "letter_subject": "Undangan pertemuan MGMP",
        "letter_to": "Bapak/Ibu Kepala SMPN 1 Masamba",
        "letter_city": "Masamba",
        "letter_on": "2026-11-20",
        "bring": "Laptop",
    },
    request_only=True,
)


class PaperworkActions(viewsets.GenericViewSet[ModelSession]):
    """What the sessions of the API take of their papers."""

    request: Request

    @extend_schema(responses=PaperworkSerializer)
    @action(detail=True)
    def paperwork(self, request: Request, pk: str) -> Response:
        """Read what only the papers say; for the group's board."""
        session = self.get_object()
        rules.may_fill_paperwork.require(request.user, session)
        found = Paperwork.objects.visible_to(request.user).filter(session=session).first()
        return Response(PaperworkSerializer(found or Paperwork()).data)

    @extend_schema(
        request=PaperworkSerializer(partial=True), responses=PaperworkSerializer, examples=[LETTER]
    )
    @paperwork.mapping.patch
    def fill_paperwork(self, request: Request, pk: str) -> Response:
        """Change what only the papers say; what is not sent stays."""
        session = self.get_object()
        sent = PaperworkSerializer(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        paper = services.fill_paperwork(session, by=request.user, **sent.validated_data)
        return Response(PaperworkSerializer(paper).data)


class SessionFileSerializer(serializers.ModelSerializer[SessionFile]):
    class Meta:
        model = SessionFile
        fields = [
            *("id", "session", "kind", "name", "content_type", "size", "has_consent"),
            *("by", "at"),
        ]
        read_only_fields = fields


class NewSessionFileSerializer(serializers.ModelSerializer[SessionFile]):
    """`has_consent` says that the people in a photo agreed, pupils with their parents' consent."""

    session = ReadableField(ModelSession)
    kind = serializers.ChoiceField(KEPT)
    file = CheckedFileField()
    has_consent = serializers.BooleanField(default=False)
    submission = serializers.UUIDField(default=uuid4, write_only=True)

    class Meta:
        model = SessionFile
        fields = ["session", "kind", "file", "has_consent", "submission"]


@extend_schema_view(
    list=extend_schema(
        parameters=[
            of("session"),
            OpenApiParameter("kind", OpenApiTypes.STR, enum=Kind.values),
        ]
    )
)
class SessionFileViewSet(mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[SessionFile]):
    """Photos and materials of sessions that you may read; signed sheets for the board."""

    request: Request
    serializer_class = SessionFileSerializer
    parser_classes = [parsers.MultiPartParser]

    def get_queryset(self) -> QuerySet[SessionFile]:
        found = SessionFile.objects.visible_to(self.request.user).order_by("-pk")
        kind = self.request.query_params.get("kind")
        if kind in Kind:
            found = found.filter(kind=kind)
        return only(found.select_related("session"), self.request, "session")

    @extend_schema(request=NewSessionFileSerializer, responses={201: SessionFileSerializer})
    def create(self, request: Request) -> Response:
        """Put a photo or material to a session; for the board. The same `submission` is once."""
        sent = NewSessionFileSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        kept = services.keep_file(words.pop("session"), by=request.user, **words)
        return Response(self.get_serializer(kept).data, status=201)

    def perform_destroy(self, instance: SessionFile) -> None:
        services.remove_file(instance, by=self.request.user)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True)
    def content(self, request: Request, pk: str) -> FileResponse:
        """Fetch the file itself."""
        file = self.get_object()
        return FileResponse(
            file.file.open("rb"),
            as_attachment=True,
            filename=file.name,
            content_type=file.content_type,
            headers={"Content-Security-Policy": "default-src 'none'; sandbox"},
        )
