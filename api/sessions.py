from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from api.attendance import AttendanceActions, ParticipationSerializer
from api.calendars import CalendarFileMixin
from api.fields import CheckedFileField, ReadableField
from api.filters import of, only
from api.http import Request
from api.invitations import GuestActions, InvitationActions
from api.lesson_plans import handed_out
from api.live import LiveActions
from api.minutes import MinutesActions
from api.paperwork import PaperworkActions
from api.results import ResultActions
from api.session_examples import DESPITE, LESSON, MEETING
from api.session_parts import PlaceActions, RoomActions
from api.voices import VoiceActions
from groups.models import Group
from groups.rules import board_groups_of
from observations import services as observation_services
from observations.models import Focus, Indicator, Instrument
from sessions import services
from sessions.models import AgendaItem, ModelSession, Participation
from sessions.services.lesson_plans import newest_plan

_PLAN = [
    *("title", "goal", "phase", "grade", "leader", "note_taker"),
    *("mode", "school", "place", "provider", "online_link", "starts_at", "ends_at"),
    *("lesson_hours", "hour_length", "capacity", "observer_places"),
]

# Far more than the service takes, which says so in words; each is looked up by itself.
MOST_POINTS = 100


class AgendaSerializer(serializers.ModelSerializer[AgendaItem]):
    """One point of an agenda. Without a `speaker` of the platform, `speaker_name` is said."""

    speaker = ReadableField(User, required=False, allow_null=True)

    class Meta:
        model = AgendaItem
        fields = ["title", "minutes", "speaker", "speaker_name"]


class SessionSerializer(serializers.ModelSerializer[ModelSession]):
    """`online_link` is for the group's board; others ask `join`, which opens with the doors.

    One of a `series` has `occurs_at`, when the rule has it, which stays when it is moved; one that
    `deviates` was changed by itself, so that changes of the whole series leave it alone.
    """

    agenda = AgendaSerializer(many=True, read_only=True)

    class Meta:
        model = ModelSession
        fields = [
            *("id", "kind", "group", "cycle", "teacher"),
            *_PLAN,
            "agenda",
            *("series", "occurs_at", "deviates"),
            *("lesson_plan_versions", "status"),
            *("planned_by", "planned_at", "held_at", "cancel_reason", "opens_at"),
        ]
        read_only_fields = fields

    def to_representation(self, instance: ModelSession) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if instance.group_id not in board_groups_of(self.context["request"].user):
            shown["online_link"] = ""
        return shown


class ChangeSerializer(serializers.ModelSerializer[ModelSession]):
    """What may be changed in a plan; what is left out stays.

    `lesson_plan` is a file, which becomes the next version. An `agenda` replaces the whole one. A
    plan against which something speaks is answered with 400 and `warnings`, by key; send the keys
    along in `despite`, and it stands all the same.
    """

    lesson_plan = CheckedFileField(required=False)
    leader = ReadableField(User, required=False, allow_null=True)
    note_taker = ReadableField(User, required=False, allow_null=True)
    agenda = AgendaSerializer(many=True, required=False, max_length=MOST_POINTS)  # type: ignore[call-arg]
    despite = serializers.ListField(child=serializers.CharField(), required=False)

    class Meta:
        model = ModelSession
        fields = [*_PLAN, "agenda", "lesson_plan", "despite"]
        # Whether the parts fit together is for the service to say, in one voice with the pages.
        validators: list[Any] = []


@extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
class PeopleField(serializers.ListField):
    """Several people whom the asker may see, by their ids."""

    child = serializers.IntegerField(min_value=1, max_value=2**63 - 1)

    def to_internal_value(self, data: Any) -> list[User]:
        """Find them all at once, however many are invited."""
        ids = super().to_internal_value(data)
        found = User.objects.visible_to(self.context["request"].user).in_bulk(ids)
        if missing := [pk for pk in ids if pk not in found]:
            words = serializers.PrimaryKeyRelatedField.default_error_messages["does_not_exist"]
            raise serializers.ValidationError(
                words.format(pk_value=missing[0]), code="does_not_exist"
            )
        return [found[pk] for pk in ids]


class PlanSerializer(ChangeSerializer):
    """A whole plan. Without `participants` all members of the group are invited.

    A lesson names its guru model, phase and grade; a meeting, which is any other `kind`, none.
    """

    group = ReadableField(Group)
    teacher = ReadableField(User, required=False, allow_null=True)
    observers = PeopleField(required=False)
    participants = PeopleField(required=False)
    submission = serializers.UUIDField(default=uuid4)

    class Meta(ChangeSerializer.Meta):
        fields = [
            *("group", "kind", "teacher", "observers", "participants", "submission"),
            *ChangeSerializer.Meta.fields,
        ]


class CancelSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class InviteSerializer(serializers.ModelSerializer[Participation]):
    person = ReadableField(User, source="user")

    class Meta:
        model = Participation
        fields = ["person", "role"]
        extra_kwargs = {"role": {"required": True}}


class FocusSerializer(serializers.ModelSerializer[Focus]):
    """An instrument and, where it picks one, an indicator; of an indicator alone it is its own."""

    instrument = ReadableField(Instrument, required=False)
    indicator = ReadableField(Indicator, required=False, allow_null=True)

    class Meta:
        model = Focus
        fields = ["instrument", "indicator"]


@extend_schema_view(list=extend_schema(parameters=[of("group"), of("cycle")]))
class SessionViewSet(
    RoomActions,
    AttendanceActions,
    LiveActions,
    MinutesActions,
    PaperworkActions,
    GuestActions,
    ResultActions,
    VoiceActions,
    CalendarFileMixin,
    viewsets.ReadOnlyModelViewSet[ModelSession],
):
    """Sessions of your groups, those you are invited to, and those at schools you supervise."""

    request: Request
    serializer_class = SessionSerializer

    def get_queryset(self) -> QuerySet[ModelSession]:
        found = ModelSession.objects.visible_to(self.request.user).order_by("-pk")
        # Whoever reads a session reads its agenda.
        found = found.prefetch_related("agenda")
        return only(found, self.request, "group", "cycle")

    @extend_schema(
        request=PlanSerializer,
        responses={201: SessionSerializer},
        examples=[LESSON, MEETING],
    )
    def create(self, request: Request) -> Response:
        """Plan a session and invite people. The same `submission` again plans nothing new."""
        words = self._sent(PlanSerializer)
        session = services.plan_session(words.pop("group"), by=request.user, **words)
        return Response(self.get_serializer(session).data, status=201)

    @extend_schema(request=ChangeSerializer, responses=SessionSerializer, examples=[DESPITE])
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change the plan. When the time moves, everyone is asked again."""
        session = self.get_object()
        words = self._sent(ChangeSerializer, partial=True)
        return self._shown(services.change_session(session, by=request.user, **words))

    @extend_schema(request=CancelSerializer, responses=SessionSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Call the session off, with the reason. It cannot be taken back."""
        session = self.get_object()
        words = self._sent(CancelSerializer)
        return self._shown(services.cancel_session(session, by=request.user, **words))

    @extend_schema(request=None, responses=SessionSerializer)
    @action(detail=True, methods=["post"])
    def hold(self, request: Request, pk: str) -> Response:
        """Say that the session took place."""
        return self._shown(services.hold_session(self.get_object(), by=request.user))

    @extend_schema(request=InviteSerializer, responses={201: ParticipationSerializer})
    @action(detail=True, methods=["post"])
    def invite(self, request: Request, pk: str) -> Response:
        """Add a person, or give an invited person another role."""
        session = self.get_object()
        words = self._sent(InviteSerializer)
        part = services.invite(session, words["user"], by=request.user, role=words["role"])
        shown = ParticipationSerializer(part, context=self.get_serializer_context())
        return Response(shown.data, status=201)

    @extend_schema(request=FocusSerializer, responses=SessionSerializer)
    @action(detail=True, methods=["post"])
    def focus(self, request: Request, pk: str) -> Response:
        """Choose what observers fill, and the one indicator that they look at."""
        session = self.get_object()
        words = self._sent(FocusSerializer)
        observation_services.choose_focus(session, by=request.user, **words)
        return self._shown(session)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, url_path="lesson-plan")
    def lesson_plan(self, request: Request, pk: str) -> FileResponse:
        """Fetch the newest version of the lesson plan; 404 when there is none."""
        plan = newest_plan(self.get_object())
        if plan is None:
            raise Http404
        return handed_out(plan)

    def _sent(self, kind: type[serializers.Serializer[Any]], **options: Any) -> dict[str, Any]:
        sent = kind(data=self.request.data, context=self.get_serializer_context(), **options)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def _shown(self, session: ModelSession) -> Response:
        return Response(self.get_serializer(session).data)


@extend_schema_view(list=extend_schema(parameters=[of("session")]))
class ParticipationViewSet(
    InvitationActions, PlaceActions, viewsets.ReadOnlyModelViewSet[Participation]
):
    """Who is invited to the sessions that you may read, what they answered, who came."""

    request: Request
    serializer_class = ParticipationSerializer

    def get_queryset(self) -> QuerySet[Participation]:
        found = Participation.objects.visible_to(self.request.user).order_by("-pk")
        return only(found, self.request, "session")
