"""The wall of shared cards and the problem bank: read, react, merge, pick, try, carry on."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.fields import ReadableField
from api.filters import of, only
from api.http import Request
from groups.models import Cycle
from reinforcement.models import FollowUp
from sharing.models import Post
from thinkpair import queries, services
from thinkpair.models import Card, CardReaction, Thread, Trial


class ProblemSerializer(serializers.ModelSerializer[Card]):
    """What a pair shared. The counts hold each person once, over all cards merged into it."""

    thread = serializers.IntegerField(source="pair.thread_id")
    title = serializers.CharField(source="pair.thread.title")
    people: Any = serializers.PrimaryKeyRelatedField(
        source="pair.people", many=True, read_only=True
    )
    has_agreed = serializers.BooleanField()
    has_voted = serializers.BooleanField()
    has_tried = serializers.BooleanField()

    class Meta:
        model = Card
        fields = [
            *("id", "thread", "title", "people", "problem", "cause", "attempt", "need"),
            *("shared_at", "merged_into", "picked_at"),
            *("agree_count", "vote_count", "trial_count"),
            *("has_agreed", "has_voted", "has_tried"),
        ]
        read_only_fields = fields


class MarkSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=CardReaction.Kind.choices)
    is_on = serializers.BooleanField(default=True)


class CardsSerializer(serializers.Serializer[Any]):
    cards = serializers.ListField(
        child=ReadableField(Card, pk_field=serializers.IntegerField()), allow_empty=True
    )


class ChoiceSerializer(CardsSerializer):
    thread = ReadableField(Thread, pk_field=serializers.IntegerField())


class CarriedOnSerializer(serializers.ModelSerializer[Card]):
    """One of the three, your own; sent to carry a card on, read back as far as you may read it."""

    post = ReadableField(Post, required=False, allow_null=True)
    follow_up = ReadableField(FollowUp, required=False, allow_null=True)
    cycle = ReadableField(Cycle, required=False, allow_null=True)

    class Meta:
        model = Card
        fields = ["post", "follow_up", "cycle"]


FILTERS = [
    OpenApiParameter("q", OpenApiTypes.STR, description="Words that the card or its title holds."),
    of("thread"),
    of("group"),
    OpenApiParameter("subject", OpenApiTypes.STR, description="The code of a subject."),
    of("topic"),
    OpenApiParameter("picked", OpenApiTypes.BOOL, description="Only what groups picked."),
    OpenApiParameter("tried", OpenApiTypes.BOOL, description="Only what somebody tried."),
]
LONGEST_SEARCH = 200


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class ProblemViewSet(viewsets.ReadOnlyModelViewSet[Card]):
    """The problem bank: what pairs of your groups shared, newest first, without merged ones."""

    request: Request
    serializer_class = ProblemSerializer

    def get_queryset(self) -> QuerySet[Card]:
        given = Card.objects.visible_to(self.request.user).given()
        shown = given.as_shown_to(self.request.user).order_by("-pk")
        return self._asked_for(shown) if self.action == "list" else shown

    def _asked_for(self, cards: QuerySet[Card]) -> QuerySet[Card]:
        asked = self.request.query_params
        words = asked.get("q", "")[:LONGEST_SEARCH]
        found = queries.find_cards(cards.filter(merged_into=None), words)
        if asked.get("picked") == "true":
            found = found.exclude(picked_at=None)
        if asked.get("tried") == "true":
            found = found.filter(trial_count__gt=0)
        if subject := asked.get("subject", ""):
            found = queries.of_subject(found, subject)
        paths = {
            "thread": "pair__thread",
            "group": "pair__thread__group",
            "topic": "pair__thread__topics",
        }
        for name, path in paths.items():
            if (pk := asked.get(name, "")).isdecimal():
                found = found.filter(**{f"{path}__pk": int(pk[:30])})
        return found

    @extend_schema(request=MarkSerializer, responses=ProblemSerializer)
    @action(detail=True, methods=["post"])
    def mark(self, request: Request, pk: str) -> Response:
        """Say that it is so with you, or choose it, three cards of a thread at most; or not."""
        card = self.get_object()
        sent = MarkSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.mark_card(card, by=request.user, **sent.validated_data)
        return self._shown(card)

    @extend_schema(request=CardsSerializer, responses=ProblemSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        """Set similar cards of its thread beneath this one; for the group's board."""
        card = self.get_object()
        sent = CardsSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        services.merge_cards(card, by=request.user, **sent.validated_data)
        return self._shown(card)

    @extend_schema(request=None, responses=ProblemSerializer)
    @action(detail=True, methods=["post"])
    def part(self, request: Request, pk: str) -> Response:
        """Set a merged card on the wall again; for the group's board."""
        return self._shown(services.part_card(self.get_object(), by=request.user))

    @extend_schema(request=ChoiceSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def pick(self, request: Request) -> Response:
        """Say which cards of a thread the group takes along, none to choose on; for the board."""
        sent = ChoiceSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        words = sent.validated_data
        services.pick_cards(words["thread"], by=request.user, cards=words["cards"])
        return Response(status=204)

    @extend_schema(request=CarriedOnSerializer, responses=CarriedOnSerializer)
    @action(detail=True, methods=["get", "post"])
    def became(self, request: Request, pk: str) -> Response:
        """Read what it became, as far as you may; or say that your post or follow-up tells of it.

        The theme of a cycle is for the group's board to name.
        """
        card = self.get_object()
        if request.method == "POST":
            sent = CarriedOnSerializer(data=request.data, context=self.get_serializer_context())
            sent.is_valid(raise_exception=True)
            self._carry_on(card, **sent.validated_data)
        found = queries.became_of(card, request.user)
        readable = Card(post=found.post, follow_up=found.follow_up, cycle=found.cycle)
        return Response(CarriedOnSerializer(readable).data)

    @transaction.atomic
    def _carry_on(
        self,
        card: Card,
        post: Post | None = None,
        follow_up: FollowUp | None = None,
        cycle: Cycle | None = None,
    ) -> None:
        by = self.request.user
        if post:
            services.carry_to_post(card, by=by, post=post)
        if follow_up:
            services.carry_to_follow_up(card, by=by, follow_up=follow_up)
        if cycle:
            services.carry_to_cycle(card, by=by, cycle=cycle)

    def _shown(self, card: Card) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=card.pk)).data)


class TrialSerializer(serializers.ModelSerializer[Trial]):
    card = ReadableField(Card)

    class Meta:
        model = Trial
        fields = ["id", "card", "person", "at", "outcome", "outcome_at"]
        read_only_fields = ["person", "at", "outcome", "outcome_at"]


class OutcomeSerializer(serializers.ModelSerializer[Trial]):
    class Meta:
        model = Trial
        fields = ["outcome"]
        extra_kwargs = {"outcome": {"required": True, "allow_blank": False}}


@extend_schema_view(list=extend_schema(parameters=[of("card")]))
class TrialViewSet(mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[Trial]):
    """Who tries in class what a card says, and what came of it."""

    request: Request
    serializer_class = TrialSerializer

    def get_queryset(self) -> QuerySet[Trial]:
        found = Trial.objects.visible_to(self.request.user).select_related("card__pair__thread")
        return only(found.order_by("-pk"), self.request, "card")

    @extend_schema(responses={201: TrialSerializer})
    def create(self, request: Request) -> Response:
        """Say that you try it, too; once."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        trial = services.try_card(sent.validated_data["card"], by=request.user)
        return Response(self.get_serializer(trial).data, status=201)

    @extend_schema(request=OutcomeSerializer, responses=TrialSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Tell what came of your trial."""
        trial = self.get_object()
        sent = OutcomeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.tell_outcome(trial, by=request.user, **sent.validated_data)
        return Response(self.get_serializer(trial).data)

    def perform_destroy(self, instance: Trial) -> None:
        """Take a trial back, as long as no outcome was told."""
        services.take_back_trial(instance, by=self.request.user)
