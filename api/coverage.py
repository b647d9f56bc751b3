"""The board of a group: who took part in a cycle, and who may be asked next. Counts only."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from api.http import Request
from groups.models import Cycle, Group
from groups.rules import may_read_turnout
from thinkpair.turnout import (
    Lesson,
    SchoolTurnout,
    lessons_of,
    turnout_by_school,
    turnout_of,
    yet_to_observe,
    yet_to_teach,
)

# More than any group has; `members`, `yet_to_teach_count` and the like say how many there are.
MOST_PEOPLE = 200
MOST_SCHOOLS = 200
MOST_LESSONS = 50


class StagesSerializer(serializers.Serializer[Any]):
    """Members who took part, by the letter of the stage; null where it would tell of few people."""

    s = serializers.IntegerField()
    m = serializers.IntegerField()
    a = serializers.IntegerField()
    r = serializers.IntegerField(allow_null=True)
    t = serializers.IntegerField(allow_null=True)


class MemberToAskSerializer(serializers.ModelSerializer[User]):
    """A member who may be asked next; `school` is its id."""

    name = serializers.CharField(source="full_name")

    class Meta:
        model = User
        fields = ["id", "name", "school"]


class SchoolTurnoutSerializer(serializers.Serializer[SchoolTurnout]):
    """The members of one school; `school` is its name, empty for those who name none."""

    school = serializers.CharField()
    members = serializers.IntegerField()
    stages = StagesSerializer()


class LessonTurnoutSerializer(serializers.Serializer[Lesson]):
    """One lesson. Of `observers` a sheet is awaited, of `voices` feedback."""

    session = serializers.IntegerField(source="session.pk")
    title = serializers.CharField(source="session.title")
    teacher = serializers.IntegerField(source="session.teacher_id")
    starts_at = serializers.DateTimeField(source="session.starts_at")
    status = serializers.CharField(source="session.status")
    invited = serializers.IntegerField()
    present = serializers.IntegerField()
    observers = serializers.IntegerField()
    sheets_submitted = serializers.IntegerField(source="session.sheets_submitted")
    voices = serializers.IntegerField()
    feedback_given = serializers.IntegerField(source="session.feedback_given")


class CoverageSerializer(serializers.Serializer[Any]):
    """Who took part in a cycle; at most 200 people a list, 200 schools and the latest 50 lessons.

    `promised` counts lessons that a follow-up came of, null where that tells of fewer than five
    teachers. `going_to_teach` and `going_to_observe` count those who need not be asked: theirs is
    ahead.
    """

    cycle = serializers.IntegerField()
    members = serializers.IntegerField()
    stages = StagesSerializer()
    going_to_teach = serializers.IntegerField()
    going_to_observe = serializers.IntegerField()
    promised = serializers.IntegerField(allow_null=True)
    yet_to_teach_count = serializers.IntegerField()
    yet_to_teach = MemberToAskSerializer(many=True)
    yet_to_observe_count = serializers.IntegerField()
    yet_to_observe = MemberToAskSerializer(many=True)
    schools_count = serializers.IntegerField()
    schools = SchoolTurnoutSerializer(many=True)
    lessons = LessonTurnoutSerializer(many=True)


_STAGES = {"s": 3, "m": 1, "a": 1, "r": None, "t": None}
COVERAGE = OpenApiExample(
    "A small school",
    value={
        "cycle": 2,
        "members": 24,
        "stages": {"s": 12, "m": 1, "a": 3, "r": 4, "t": 9},
        "going_to_teach": 1,
        "going_to_observe": 2,
        "promised": None,
        "yet_to_teach_count": 22,
        "yet_to_teach": [{"id": 7, "name": "Besse Rosmiati, S.Pd.", "school": 40}],
        "yet_to_observe_count": 19,
        "yet_to_observe": [{"id": 7, "name": "Besse Rosmiati, S.Pd.", "school": 40}],
        "schools_count": 1,
        "schools": [{"school": "SMPN 5 Masamba", "members": 3, "stages": _STAGES}],
        "lessons": [
            {
                "session": 11,
                "title": "Gaya gesek di jalan tanah",
                "teacher": 9,
                "starts_at": "2026-11-24T09:00:00+08:00",
                "status": "held",
                "invited": 23,
                "present": 20,
                "observers": 3,
                "sheets_submitted": 3,
                "voices": 5,
                "feedback_given": 4,
            }
        ],
    },
    response_only=True,
)


class CoverageActions(viewsets.GenericViewSet[Group]):
    """What the groups of the API tell their board."""

    request: Request

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "cycle", OpenApiTypes.INT, description="A cycle of the group; else the latest."
            )
        ],
        responses=CoverageSerializer,
        examples=[COVERAGE],
    )
    @action(detail=True, pagination_class=None)
    def coverage(self, request: Request, pk: str) -> Response:
        """Who took part in a cycle and who may be asked next; for the board. 404 before the first.

        It counts people, never how anybody did.
        """
        group = self.get_object()
        may_read_turnout.require(request.user, group)
        return Response(CoverageSerializer(_shown(_chosen_cycle(request, group))).data)


def _chosen_cycle(request: Request, group: Group) -> Cycle:
    cycles = Cycle.objects.visible_to(request.user).filter(group=group).select_related("group")
    asked = request.query_params.get("cycle", "")
    if asked.isdecimal():
        # Eighteen digits surely fit the database; a longer number is nobody's.
        cycles = cycles.filter(pk=int(asked[:18]))
    return get_object_or_404(cycles.order_by("-number")[:1])


def _shown(cycle: Cycle) -> dict[str, Any]:
    turnout, schools = turnout_of(cycle), turnout_by_school(cycle)
    return {
        "cycle": cycle.pk,
        "members": turnout.members,
        "stages": turnout.stages,
        "going_to_teach": turnout.going_to_teach,
        "going_to_observe": turnout.going_to_observe,
        "promised": turnout.promised,
        "yet_to_teach_count": turnout.yet_to_teach,
        "yet_to_teach": yet_to_teach(cycle).order_by("name", "pk")[:MOST_PEOPLE],
        "yet_to_observe_count": turnout.yet_to_observe,
        "yet_to_observe": yet_to_observe(cycle).order_by("name", "pk")[:MOST_PEOPLE],
        "schools_count": len(schools),
        "schools": schools[:MOST_SCHOOLS],
        "lessons": lessons_of(cycle, most=MOST_LESSONS),
    }
