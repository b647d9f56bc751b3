"""What a group's board does with proposed pairs before their rooms open."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from api.fields import ReadableField
from api.http import Request
from thinkpair import rules, services
from thinkpair.models import Thread
from thinkpair.queries.arranging import Meeting, Proposal, proposals_of


@extend_schema_field(int)
class PersonField(ReadableField):
    """The id of somebody whom the person may know."""


class MeetingSerializer(serializers.Serializer[Meeting]):
    """That two of a pair sat together before, and when last."""

    people = serializers.SerializerMethodField()
    at = serializers.DateTimeField()

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_people(self, meeting: Meeting) -> list[int]:
        return [person.pk for person in meeting.people]


class ProposedPairSerializer(serializers.Serializer[Any]):
    """A pair before its room opens. `reason` is a sentence that tells of no thought."""

    number = serializers.IntegerField()
    is_locked = serializers.BooleanField()
    people = serializers.SerializerMethodField()
    reason = serializers.CharField()
    met = MeetingSerializer(many=True)

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_people(self, proposal: Proposal) -> list[int]:
        return [person.pk for person in proposal.people]


class NumberSerializer(serializers.Serializer[Any]):
    """Which of a thread's proposed pairs, by its number.

    With `seen`, the ids of the people you saw in it, it is refused when others sit there now.
    """

    number = serializers.IntegerField(min_value=1, max_value=32767)
    seen = serializers.ListField(
        child=serializers.IntegerField(), required=False, allow_null=True, max_length=10
    )


class SwapSerializer(serializers.Serializer[Any]):
    """Two people of different pairs who are to change places."""

    one = PersonField(User)
    other = PersonField(User)


class PersonSerializer(serializers.Serializer[Any]):
    """Of whom it is said; without, of yourself."""

    person = PersonField(User, required=False, allow_null=True)


class ArrangingActions(viewsets.GenericViewSet[Thread]):
    """The part of a thread's actions that arranges its pairs; each answers the proposed pairs."""

    request: Request

    @extend_schema(responses=ProposedPairSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def proposals(self, request: Request, pk: str) -> Response:
        """Read the proposed pairs before their rooms open; for the group's board."""
        thread = self.get_object()
        rules.may_arrange_pairs.require(request.user, thread)
        return self._proposals(thread)

    @extend_schema(request=NumberSerializer, responses=ProposedPairSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="lock-pair", pagination_class=None)
    def lock_pair(self, request: Request, pk: str) -> Response:
        """Keep a pair together when pairs are proposed anew."""
        thread = self.get_object()
        services.lock_pair(thread, by=request.user, **self._pair_asked())
        return self._proposals(thread)

    @extend_schema(request=NumberSerializer, responses=ProposedPairSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="unlock-pair", pagination_class=None)
    def unlock_pair(self, request: Request, pk: str) -> Response:
        """Let a pair be parted when pairs are proposed anew."""
        thread = self.get_object()
        services.unlock_pair(thread, by=request.user, **self._pair_asked())
        return self._proposals(thread)

    @extend_schema(request=SwapSerializer, responses=ProposedPairSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="swap-people", pagination_class=None)
    def swap_people(self, request: Request, pk: str) -> Response:
        """Let two people of different pairs change places; both pairs are locked then."""
        thread = self.get_object()
        sent = SwapSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        services.swap_people(thread, by=request.user, **sent.validated_data)
        return self._proposals(thread)

    @extend_schema(request=None, responses=ProposedPairSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="repropose-pairs", pagination_class=None)
    def repropose_pairs(self, request: Request, pk: str) -> Response:
        """Propose pairs anew around those that are locked."""
        return self._proposals(services.repropose_pairs(self.get_object(), by=request.user))

    @extend_schema(request=PersonSerializer, responses={204: None})
    @action(detail=True, methods=["post"], url_path="mark-absent")
    def mark_absent(self, request: Request, pk: str) -> Response:
        """Say that you, or for the board another person, cannot take part; pairs change by it."""
        thread = self.get_object()
        services.mark_absent(thread, by=request.user, person=self._person())
        return Response(status=204)

    @extend_schema(request=PersonSerializer, responses={204: None})
    @action(detail=True, methods=["post"], url_path="end-absence")
    def end_absence(self, request: Request, pk: str) -> Response:
        """Let yourself, or for the board another person, take part again after all."""
        thread = self.get_object()
        services.end_absence(thread, by=request.user, person=self._person())
        return Response(status=204)

    def _person(self) -> User:
        sent = PersonSerializer(data=self.request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        person: User = sent.validated_data.get("person") or self.request.user
        return person

    def _pair_asked(self) -> dict[str, Any]:
        sent = NumberSerializer(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def _proposals(self, thread: Thread) -> Response:
        return Response(ProposedPairSerializer(proposals_of(thread), many=True).data)
