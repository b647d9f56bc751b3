"""The programme of a semester: a group's sessions, with their JP and who came."""

from typing import Any
from uuid import uuid4

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
)
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from api.calendars import CalendarSessionSerializer
from api.fields import ReadableField
from api.http import Request
from groups.models import Group
from sessions import queries, rules, services
from sessions.models import ModelSession
from sessions.programme import MOST_COPIED, proposals
from sessions.semesters import Semester
from sessions.services import Row

# As many as the page shows: no group has more.
MOST_ROWS = 200
SEMESTER = OpenApiParameter(
    "semester",
    OpenApiTypes.STR,
    description=(
        "2026-1 is July to December 2026, 2026-2 January to June 2027; by default the present one."
    ),
)


@extend_schema_field(int)
class SourceField(ReadableField):
    """One session that the asker may see, by its id."""


class ProgrammeRowSerializer(serializers.ModelSerializer[ModelSession]):
    """One session; `invited` and `present` count people."""

    invited = serializers.IntegerField()
    present = serializers.IntegerField()

    class Meta:
        model = ModelSession
        fields = [
            *("id", "kind", "title", "teacher", "leader", "starts_at", "ends_at"),
            *("lesson_hours", "hour_length", "status", "invited", "present"),
        ]


class ProgrammeSerializer(serializers.Serializer[Any]):
    """The sessions of a semester that you may read, at most 200: `is_cut` says there are more.

    `lesson_hours` is the sum of JP without the cancelled ones.
    """

    semester = serializers.CharField()
    words = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    lesson_hours = serializers.IntegerField()
    sessions = ProgrammeRowSerializer(many=True)
    is_cut = serializers.BooleanField()


PROGRAMME = OpenApiExample(
    "A semester with one meeting",
    value={
        "semester": "2026-1",
        "words": "Semester ganjil 2026/2027",
        "first": "2026-07-01",
        "last": "2026-12-31",
        "lesson_hours": 2,
        "sessions": [
            {
                "id": 7,
                "kind": "sharing",
                "title": "Berbagi praktik baik",
                "teacher": None,
                "leader": 3,
                "starts_at": "2026-08-13T14:00:00+08:00",
                "ends_at": "2026-08-13T16:00:00+08:00",
                "lesson_hours": 2,
                "hour_length": 45,
                "status": "held",
                "invited": 28,
                "present": 23,
            }
        ],
        "is_cut": False,
    },
    response_only=True,
)


class WarningSerializer(serializers.Serializer[Any]):
    """Send its `key` in `despite` to plan all the same."""

    key = serializers.CharField()
    words = serializers.CharField()


class ProposalSerializer(serializers.Serializer[Any]):
    """A session of the semester before, at a time of this one; `notes` say why it is then.

    `teacher` is null where a lesson has none who is still a member. What is not `chosen` is
    planned already, past, or found no day.
    """

    source = serializers.IntegerField(source="source.pk")  # type: ignore[assignment]
    kind = serializers.CharField(source="source.kind")
    title = serializers.CharField(source="source.title")
    teacher = serializers.IntegerField(source="teacher.pk", default=None, allow_null=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    notes = serializers.ListField(child=serializers.CharField())
    warnings = WarningSerializer(many=True, source="cautions")
    chosen = serializers.BooleanField()


class CopyRowSerializer(serializers.ModelSerializer[ModelSession]):
    """One session to plan like its `source`; a lesson may have another `teacher`."""

    source = SourceField(ModelSession)  # type: ignore[assignment]
    teacher = ReadableField(User, required=False, allow_null=True)
    submission = serializers.UUIDField(default=uuid4)

    class Meta:
        model = ModelSession
        fields = ["source", "title", "starts_at", "teacher", "submission"]


class CopySerializer(serializers.Serializer[Any]):
    rows = CopyRowSerializer(many=True, max_length=MOST_COPIED)  # type: ignore[call-arg]
    despite = serializers.ListField(child=serializers.CharField(), required=False)


COPY = OpenApiExample(
    "A meeting of last semester",
    value={
        "rows": [
            {
                "source": 7,
                "title": "Berbagi praktik baik",
                "starts_at": "2027-02-18T14:00:00+08:00",
                "submission": "0f1f7a9e-2f7b-4a53-9c55-8d1f4a5f8f10",
            }
        ],
        "despite": ["weekday-2027-02-18"],
    },
    request_only=True,
)


class ProgrammeActions(viewsets.GenericViewSet[Group]):
    """What the groups of the API take of their programme."""

    request: Request

    @extend_schema(
        parameters=[SEMESTER],
        responses=ProgrammeSerializer,
        examples=[PROGRAMME],
    )
    @action(detail=True, pagination_class=None)
    def programme(self, request: Request, pk: str) -> Response:
        """Read the group's sessions of a semester, in order."""
        group = self.get_object()
        if not queries.reads_programme(request.user, group):
            raise Http404
        semester = semester_of(request)
        found = list(queries.programme_of(request.user, group, semester)[: MOST_ROWS + 1])
        rows = found[:MOST_ROWS]
        shown = {
            "semester": str(semester),
            "words": semester.words,
            "first": semester.first,
            "last": semester.last,
            "lesson_hours": sum(row.lesson_hours for row in rows if not row.is_cancelled),
            "sessions": rows,
            "is_cut": len(found) > MOST_ROWS,
        }
        return Response(ProgrammeSerializer(shown).data)

    @extend_schema(
        operation_id="groups_copy_programme_proposals",
        parameters=[SEMESTER],
        responses=ProposalSerializer(many=True),
    )
    @action(detail=True, url_path="copy-programme", pagination_class=None)
    def copy_programme(self, request: Request, pk: str) -> Response:
        """Propose the sessions of the semester before for this one, at most 60; for the board."""
        group = self._planned_group(request)
        found = proposals(request.user, group, semester_of(request))
        return Response(ProposalSerializer(found, many=True).data)

    @extend_schema(
        request=CopySerializer,
        responses={201: CalendarSessionSerializer(many=True)},
        examples=[COPY],
    )
    @copy_programme.mapping.post
    def plan_programme(self, request: Request, pk: str) -> Response:
        """Plan all rows or none, and tell everyone once. The same `submission` plans it once.

        400 has under `rows`, by submission, what is wrong, and under `warnings` what may be done
        all the same once the keys are sent in `despite`.
        """
        group = self._planned_group(request)
        sent = CopySerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        words = sent.validated_data
        made = services.copy_programme(
            group,
            by=request.user,
            rows=[Row(**row) for row in words["rows"]],
            despite=words.get("despite", ()),
        )
        return Response(CalendarSessionSerializer(made, many=True).data, status=201)

    def _planned_group(self, request: Request) -> Group:
        """The group, whose board this person must be on; missing for who reads nothing of it."""
        group = self.get_object()
        if not queries.reads_programme(request.user, group):
            raise Http404
        rules.may_plan_session.require(request.user, group)
        return group


def semester_of(request: Request) -> Semester:
    """The semester of the address. Raises ValidationError for what is none."""
    text = request.query_params.get("semester")
    return Semester.from_text(text) if text else Semester.of(timezone.localdate())
