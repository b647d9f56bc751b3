from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.http import Http404
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
from api.coverage import CoverageActions
from api.fairness import FairnessActions
from api.fields import ReadableField
from api.filters import of, only
from api.http import Request
from api.programme import ProgrammeActions
from groups import queries, services
from groups.models import Cycle, Group, Invitation, JoinRequest, Membership
from groups.roles import GUIDES, Role
from groups.rules import groups_of


@extend_schema_field(OpenApiTypes.INT)
class PersonField(ReadableField):
    """The id of a person, where no model of the serializer says so."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User, **kwargs)


class GroupSerializer(serializers.ModelSerializer[Group]):
    class Meta:
        model = Group
        fields = [
            "id",
            "kind",
            "name",
            "code",
            "subject",
            "level",
            "regency",
            "district",
            "governing_body",
            "letterhead",
            "weekday",
        ]


class NewGroupSerializer(GroupSerializer):
    """A group with the term of its first chair."""

    chair = PersonField()
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False, allow_null=True)
    decree = serializers.CharField(max_length=80, required=False, allow_blank=True)

    class Meta(GroupSerializer.Meta):
        fields = [*GroupSerializer.Meta.fields, "chair", "starts_on", "ends_on", "decree"]


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    class Meta:
        model = Membership
        fields = ["id", "user", "group", "role", "starts_on", "ends_on", "decree"]
        read_only_fields = fields


class BoardSerializer(serializers.Serializer[Any]):
    """Who takes which office, and for how long."""

    chair = PersonField()
    secretary = PersonField(required=False, allow_null=True)
    treasurer = PersonField(required=False, allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    decree = serializers.CharField(max_length=80)


class GuideSerializer(serializers.Serializer[Any]):
    """Which member becomes guru inti or instruktur."""

    person = PersonField()
    role = serializers.ChoiceField(
        choices=[(role.value, role.label) for role in Role if role in GUIDES]
    )
    ends_on = serializers.DateField(required=False, allow_null=True)
    decree = serializers.CharField(max_length=80, required=False, allow_blank=True)


class MessageToBoardSerializer(serializers.ModelSerializer[JoinRequest]):
    class Meta:
        model = JoinRequest
        fields = ["message"]


class JoinRequestSerializer(serializers.ModelSerializer[JoinRequest]):
    class Meta:
        model = JoinRequest
        fields = [
            "id",
            "user",
            "group",
            "message",
            "asked_at",
            "decided_at",
            "decided_by",
            "accepted",
        ]
        read_only_fields = fields


class GroupViewSet(
    CoverageActions, FairnessActions, ProgrammeActions, viewsets.ReadOnlyModelViewSet[Group]
):
    """All groups; `ask` to join one, `leave` it, or run it when you are on its board."""

    request: Request
    serializer_class = GroupSerializer

    def get_queryset(self) -> QuerySet[Group]:
        return Group.objects.visible_to(self.request.user).order_by("-pk")

    @extend_schema(request=NewGroupSerializer, responses={201: GroupSerializer})
    def create(self, request: Request) -> Response:
        """Found a group with its first chair; for the Dinas."""
        sent = NewGroupSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        group = services.create_group(by=request.user, **sent.validated_data)
        return Response(self.get_serializer(group).data, status=201)

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what the group is called and what its letters carry; for its board."""
        group = self.get_object()
        sent = self.get_serializer(group, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        group = services.edit_group(group, by=request.user, **sent.validated_data)
        return Response(self.get_serializer(group).data)

    @extend_schema(request=MessageToBoardSerializer, responses={201: JoinRequestSerializer})
    @action(detail=True, methods=["post"])
    def ask(self, request: Request, pk: str) -> Response:
        """Ask the board to let you in."""
        sent = MessageToBoardSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        asked = services.ask_to_join(self.get_object(), by=request.user, **sent.validated_data)
        return Response(JoinRequestSerializer(asked).data, status=201)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str) -> Response:
        """End your membership with this day."""
        services.leave_group(self.get_object(), by=request.user)
        return Response(status=204)

    @extend_schema(request=BoardSerializer, responses={201: MembershipSerializer(many=True)})
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: str) -> Response:
        """Give the offices to members for a term; for the board and the Dinas."""
        sent = BoardSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        board = services.hand_over_board(self.get_object(), by=request.user, **sent.validated_data)
        return Response(MembershipSerializer(board, many=True).data, status=201)

    @extend_schema(request=GuideSerializer, responses={201: MembershipSerializer})
    @action(detail=True, methods=["post"], url_path="appoint-guide")
    def appoint_guide(self, request: Request, pk: str) -> Response:
        """Make a member guru inti or instruktur; for the board."""
        sent = GuideSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        words = {**sent.validated_data, "role": Role(sent.validated_data["role"])}
        seat = services.appoint_guide(self.get_object(), by=request.user, **words)
        return Response(MembershipSerializer(seat).data, status=201)


@extend_schema_view(list=extend_schema(parameters=[of("group")]))
class MembershipViewSet(viewsets.ReadOnlyModelViewSet[Membership]):
    """Who holds which role in your groups, past ones too, by their dates."""

    request: Request
    serializer_class = MembershipSerializer

    def get_queryset(self) -> QuerySet[Membership]:
        seats = Membership.objects.visible_to(self.request.user).select_related("group")
        return only(seats.order_by("-pk"), self.request, "group")

    @extend_schema(request=None, responses=MembershipSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        """End the task of a guru inti or instruktur with this day; for the board."""
        seat = services.dismiss_guide(self.get_object(), by=request.user)
        return Response(self.get_serializer(seat).data)


@extend_schema_view(list=extend_schema(parameters=[of("group")]))
class JoinRequestViewSet(viewsets.ReadOnlyModelViewSet[JoinRequest]):
    """Your own requests, and those to groups on whose board you are."""

    request: Request
    serializer_class = JoinRequestSerializer

    def get_queryset(self) -> QuerySet[JoinRequest]:
        found = JoinRequest.objects.visible_to(self.request.user).select_related("group", "user")
        return only(found.order_by("-pk"), self.request, "group")

    @extend_schema(request=None, responses=JoinRequestSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Let the person in from today; for the board."""
        asked = services.decide_join(self.get_object(), by=request.user, accepted=True)
        return Response(self.get_serializer(asked).data)

    @extend_schema(request=None, responses=JoinRequestSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Decline; the person may ask again. For the board."""
        asked = services.decide_join(self.get_object(), by=request.user, accepted=False)
        return Response(self.get_serializer(asked).data)


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    group = ReadableField(Group)
    submission = serializers.UUIDField(default=uuid4, write_only=True)

    class Meta:
        model = Invitation
        fields = [
            "id",
            "group",
            "token",
            "made_by",
            "made_at",
            "expires_at",
            "revoked_at",
            "uses",
            "submission",
        ]
        read_only_fields = ["token", "made_by", "made_at", "revoked_at", "uses"]


class TokenSerializer(serializers.Serializer[Any]):
    """The last part of an invitation's address."""

    token = serializers.CharField(max_length=32)


@extend_schema_view(list=extend_schema(parameters=[of("group")]))
class InvitationViewSet(viewsets.ReadOnlyModelViewSet[Invitation]):
    """Links into the groups on whose board you are; anyone who has one may `accept` it."""

    request: Request
    serializer_class = InvitationSerializer

    def get_queryset(self) -> QuerySet[Invitation]:
        found = Invitation.objects.visible_to(self.request.user).select_related("group")
        return only(found.order_by("-pk"), self.request, "group")

    @extend_schema(responses={201: InvitationSerializer})
    def create(self, request: Request) -> Response:
        """Make a link, for two weeks unless `expires_at` says otherwise; for the board."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        invitation = services.make_invitation(words.pop("group"), by=request.user, **words)
        return Response(self.get_serializer(invitation).data, status=201)

    @extend_schema(request=None, responses=InvitationSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        """Close the link at once; for the board."""
        invitation = services.revoke_invitation(self.get_object(), by=request.user)
        return Response(self.get_serializer(invitation).data)

    @extend_schema(request=TokenSerializer, responses={201: MembershipSerializer})
    @action(detail=False, methods=["post"])
    def accept(self, request: Request, **_kwargs: Any) -> Response:
        """Join the group of this token."""
        sent = TokenSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        invitation = queries.find_invitation(sent.validated_data["token"])
        if invitation is None:
            raise Http404
        seat = services.accept_invitation(invitation, by=request.user)
        return Response(MembershipSerializer(seat).data, status=201)


class CycleSerializer(serializers.ModelSerializer[Cycle]):
    group = ReadableField(Group)
    stage = serializers.CharField(read_only=True)
    submission = serializers.UUIDField(default=uuid4, write_only=True)

    class Meta:
        model = Cycle
        fields = [
            "id",
            "group",
            "number",
            "theme",
            "problem",
            "starts_on",
            "ends_on",
            "stage",
            "posts_shared",
            "sessions_held",
            "observations_submitted",
            "feedback_given",
            "talks_closed",
            "closed_at",
            "reflection",
            "submission",
        ]
        read_only_fields = [
            "number",
            "posts_shared",
            "sessions_held",
            "observations_submitted",
            "feedback_given",
            "talks_closed",
            "closed_at",
            "reflection",
        ]
        # One open cycle a group is refused by the service, which looks under its lock.
        validators: list[Any] = []

    def to_representation(self, cycle: Cycle) -> dict[str, Any]:
        """The group's own words stay in the group; the Dinas reads the counts."""
        shown: dict[str, Any] = super().to_representation(cycle)
        is_member = cycle.group_id in groups_of(self.context["request"].user)
        return shown if is_member else shown | {"problem": "", "reflection": ""}


class CycleWordsSerializer(serializers.ModelSerializer[Cycle]):
    class Meta:
        model = Cycle
        fields = ["theme", "problem", "starts_on", "ends_on"]


class ReflectionOnCycleSerializer(serializers.ModelSerializer[Cycle]):
    class Meta:
        model = Cycle
        fields = ["reflection"]
        extra_kwargs = {"reflection": {"required": True, "allow_blank": False}}


@extend_schema_view(list=extend_schema(parameters=[of("group")]))
class CycleViewSet(viewsets.ReadOnlyModelViewSet[Cycle]):
    """SMART cycles of your groups, with what has happened in each stage."""

    request: Request
    serializer_class = CycleSerializer

    def get_queryset(self) -> QuerySet[Cycle]:
        found = Cycle.objects.visible_to(self.request.user).select_related("group")
        return only(found.order_by("-pk"), self.request, "group")

    @extend_schema(responses={201: CycleSerializer})
    def create(self, request: Request) -> Response:
        """Open the group's next cycle; for the board. The same `submission` opens nothing new."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        cycle = services.open_cycle(words.pop("group"), by=request.user, **words)
        return Response(self.get_serializer(cycle).data, status=201)

    @extend_schema(request=CycleWordsSerializer, responses=CycleSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change theme, problem or dates until the cycle is closed; for the board."""
        cycle = self.get_object()
        sent = CycleWordsSerializer(cycle, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        cycle = services.edit_cycle(cycle, by=request.user, **sent.validated_data)
        return Response(self.get_serializer(cycle).data)

    @extend_schema(request=ReflectionOnCycleSerializer, responses=CycleSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Close the cycle with a short reflection, for good; for the board."""
        sent = ReflectionOnCycleSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        cycle = services.close_cycle(self.get_object(), by=request.user, **sent.validated_data)
        return Response(self.get_serializer(cycle).data)
