"""Whether everybody gets a turn in a group's discussions, for its board. Numbers only."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.http import Request
from groups.models import Group
from groups.rules import may_read_turnout
from thinkpair.queries.fairness import Share, fairness_of


class ShareSerializer(serializers.Serializer[Any]):
    """One member's part: in how many of the rounds he or she thought, sat, spoke, gave a card.

    `partners` of `possible` members were met in a pair so far; `unmet` are the ids of the others.
    """

    person = serializers.IntegerField(source="person.pk")
    thought = serializers.IntegerField()
    paired = serializers.IntegerField()
    spoke = serializers.IntegerField()
    gave = serializers.IntegerField()
    partners = serializers.IntegerField()
    possible = serializers.IntegerField()
    unmet = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_unmet(self, share: Share) -> list[int]:
        return [person.pk for person in share.unmet]


class FairnessSerializer(serializers.Serializer[Any]):
    """The latest finished rounds, at most ten, and each of today's members."""

    rounds = serializers.IntegerField()
    shares = ShareSerializer(many=True)


class FairnessActions(viewsets.GenericViewSet[Group]):
    """What a group's discussions tell its board."""

    request: Request

    @extend_schema(responses=FairnessSerializer)
    @action(detail=True, pagination_class=None)
    def fairness(self, request: Request, pk: str) -> Response:
        """In how many finished discussions each member took part; for the board. No texts."""
        group = self.get_object()
        may_read_turnout.require(request.user, group)
        return Response(FairnessSerializer(fairness_of(group)).data)
