"""What a group's board does with proposed pairs before their rooms open."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from api.fields import ReadableField
from api.http import Request
from thinkpair import rules, services
from thinkpair.models import Thread
from thinkpair.queries.arranging import Meeting, Proposal, proposals_of


class MeetingSerializer(serializers.Serializer[Meeting]):
    """That two of a pair sat together before, and when last."""

    people = serializers.SerializerMethodField()
    at = serializers.DateTimeField()

    def get_people(self, meeting: Meeting) -> list[int]:
        return [person.pk for person in meeting.people]


class ProposalSerializer(serializers.Serializer[Any]):
    """A pair before its room opens. `reasons` are sentences that tell of no thought."""

    number = serializers.IntegerField()
    is_locked = serializers.BooleanField()
    people = serializers.SerializerMethodField()
    reasons = serializers.ListField(child=serializers.CharField())
    met = MeetingSerializer(many=True)

    def get_people(self, proposal: Proposal) -> list[int]:
        return [person.pk for person in proposal.people]


class NumberSerializer(serializers.Serializer[Any]):
    """Which of a thread's proposed pairs, by its number."""

    number = serializers.IntegerField(min_value=1, max_value=32767)


class SwapSerializer(serializers.Serializer[Any]):
    """Two people of different pairs who are to change places."""

    one = ReadableField(User)
    other = ReadableField(User)


class ArrangingActions(viewsets.GenericViewSet[Thread]):
    """The part of a thread's actions that arranges its pairs; each answers the proposed pairs."""

    request: Request

    @extend_schema(responses=ProposalSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def proposals(self, request: Request, pk: str) -> Response:
        """Read the proposed pairs before their rooms open; for the group's board."""
        thread = self.get_object()
        rules.may_arrange_pairs.require(request.user, thread)
        return self._proposals(thread)

    @extend_schema(request=NumberSerializer, responses=ProposalSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="lock-pair", pagination_class=None)
    def lock_pair(self, request: Request, pk: str) -> Response:
        """Keep a pair together when pairs are proposed anew."""
        thread = self.get_object()
        services.lock_pair(thread, by=request.user, number=self._number())
        return self._proposals(thread)

    @extend_schema(request=NumberSerializer, responses=ProposalSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="unlock-pair", pagination_class=None)
    def unlock_pair(self, request: Request, pk: str) -> Response:
        """Let a pair be parted when pairs are proposed anew."""
        thread = self.get_object()
        services.unlock_pair(thread, by=request.user, number=self._number())
        return self._proposals(thread)

    @extend_schema(request=SwapSerializer, responses=ProposalSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="swap-people", pagination_class=None)
    def swap_people(self, request: Request, pk: str) -> Response:
        """Let two people of different pairs change places; both pairs are locked then."""
        thread = self.get_object()
        sent = SwapSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        services.swap_people(thread, by=request.user, **sent.validated_data)
        return self._proposals(thread)

    @extend_schema(request=None, responses=ProposalSerializer(many=True))
    @action(detail=True, methods=["post"], url_path="repropose-pairs", pagination_class=None)
    def repropose_pairs(self, request: Request, pk: str) -> Response:
        """Propose pairs anew around those that are locked."""
        return self._proposals(services.repropose_pairs(self.get_object(), by=request.user))

    def _number(self) -> int:
        sent = NumberSerializer(data=self.request.data)
        sent.is_valid(raise_exception=True)
        number: int = sent.validated_data["number"]
        return number

    def _proposals(self, thread: Thread) -> Response:
        return Response(ProposalSerializer(proposals_of(thread), many=True).data)
