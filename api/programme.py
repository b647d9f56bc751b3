"""The programme of a semester: a group's sessions, with their JP and who came."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.http import Request
from groups.models import Group
from sessions import queries
from sessions.models import ModelSession
from sessions.semesters import Semester

# As many as the page shows: no group has more.
MOST_ROWS = 200
SEMESTER = OpenApiParameter(
    "semester",
    OpenApiTypes.STR,
    description=(
        "2026-1 is July to December 2026, 2026-2 January to June 2027; by default the present one."
    ),
)


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


def semester_of(request: Request) -> Semester:
    """The semester of the address. Raises ValidationError for what is none."""
    text = request.query_params.get("semester")
    return Semester.from_text(text) if text else Semester.of(timezone.localdate())
