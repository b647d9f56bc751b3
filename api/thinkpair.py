from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.arranging import ArrangingActions
from api.fields import CheckedFileField, ReadableField
from api.filters import of, only
from api.http import Request
from groups.models import Cycle, Group
from reinforcement.models import FollowUp
from sessions.models import ModelSession
from sharing.models import Post
from thinkpair import queries, services
from thinkpair.models import Card, Message, Pair, PairMember, TalkFile, Thought, Thread

type AnyField = serializers.Field[Any, Any, Any, Any]

ENDS = ("think_ends_at", "pair_ends_at", "share_ends_at")


class ThreadSerializer(serializers.ModelSerializer[Thread]):
    group = ReadableField(Group)
    cycle = ReadableField(Cycle, required=False, allow_null=True)
    session = ReadableField(ModelSession, required=False, allow_null=True)
    topics: AnyField = serializers.SlugRelatedField("name", many=True, read_only=True)
    submission = serializers.UUIDField(default=uuid4, write_only=True)

    class Meta:
        model = Thread
        fields = [
            "id",
            "group",
            "cycle",
            "author",
            "title",
            "problem",
            "prompt",
            "subject",
            "topics",
            "scope",
            "session",
            "matching",
            "is_arranged",
            "think_ends_at",
            "pair_ends_at",
            "share_ends_at",
            *Thread.MINUTES,
            "phase",
            "opened_at",
            "paired_at",
            "closed_at",
            "conclusion",
            "submission",
        ]
        read_only_fields = [
            "author",
            "scope",
            "phase",
            "opened_at",
            "paired_at",
            "closed_at",
            "conclusion",
        ]


class NewThreadSerializer(ThreadSerializer):
    """With `session` those who were at it take part. Give three moments, or three minutes.

    `source_post` and `source_follow_up` say where the problem came from; the latter is your own.
    """

    topics: AnyField = serializers.ListField(
        child=serializers.CharField(max_length=40), default=list
    )
    source_post = ReadableField(Post, required=False, allow_null=True)
    source_follow_up = ReadableField(FollowUp, required=False, allow_null=True)

    class Meta(ThreadSerializer.Meta):
        fields = [*ThreadSerializer.Meta.fields, "source_post", "source_follow_up"]
        extra_kwargs = {name: {"required": False} for name in ENDS}


class ConclusionSerializer(serializers.ModelSerializer[Thread]):
    class Meta:
        model = Thread
        fields = ["conclusion"]
        extra_kwargs = {"conclusion": {"required": True, "allow_blank": False}}


class PairSerializer(serializers.ModelSerializer[Pair]):
    class Meta:
        model = Pair
        fields = ["id", "thread", "number", "people"]
        read_only_fields = fields


class CardSerializer(serializers.ModelSerializer[Card]):
    """`revision` is sent back with a change, so that nobody's words are lost."""

    class Meta:
        model = Card
        fields = [
            *("id", "pair", "problem", "cause", "attempt", "need"),
            *("revision", "edited_at", "edited_by", "shared_at", "shared_by"),
        ]
        read_only_fields = ["pair", "edited_at", "edited_by", "shared_at", "shared_by"]
        extra_kwargs = {"revision": {"required": True, "read_only": False}}


@extend_schema_view(list=extend_schema(parameters=[of("group"), of("cycle")]))
class ThreadViewSet(ArrangingActions, viewsets.ReadOnlyModelViewSet[Thread]):
    """Problems that your groups think about alone, then in pairs, then together."""

    request: Request
    serializer_class = ThreadSerializer

    def get_queryset(self) -> QuerySet[Thread]:
        visible = Thread.objects.visible_to(self.request.user)
        found = visible.select_related("group").prefetch_related("topics").order_by("-pk")
        return only(found, self.request, "group", "cycle")

    @extend_schema(request=NewThreadSerializer, responses={201: ThreadSerializer})
    def create(self, request: Request) -> Response:
        """Put a problem before a group. The same `submission` again opens nothing new."""
        sent = NewThreadSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        thread = services.open_thread(words.pop("group"), by=request.user, **words)
        return Response(self.get_serializer(thread).data, status=201)

    @extend_schema(request=None, responses=ThreadSerializer)
    @action(detail=True, methods=["post"], url_path="end-thinking")
    def end_thinking(self, request: Request, pk: str) -> Response:
        """End thinking now and pair who thought; for the group's board."""
        thread = services.end_thinking(self.get_object(), by=request.user)
        return Response(self.get_serializer(thread).data)

    @extend_schema(request=None, responses=ThreadSerializer)
    @action(detail=True, methods=["post"], url_path="begin-sharing")
    def begin_sharing(self, request: Request, pk: str) -> Response:
        """End talking in pairs, so that the group reads what they shared; for the board."""
        thread = services.begin_sharing(self.get_object(), by=request.user)
        return Response(self.get_serializer(thread).data)

    @extend_schema(request=None, responses=ThreadSerializer)
    @action(detail=True, methods=["post"], url_path="add-time")
    def add_time(self, request: Request, pk: str) -> Response:
        """Let the phase of now end 3 minutes later in a meeting, else a day; for the board."""
        thread = services.add_time(self.get_object(), by=request.user)
        return Response(self.get_serializer(thread).data)

    @extend_schema(request=None, responses=ThreadSerializer)
    @action(detail=True, methods=["post"], url_path="open-pairs")
    def open_pairs(self, request: Request, pk: str) -> Response:
        """Open the rooms of the proposed pairs; for the group's board."""
        thread = services.open_pairs(self.get_object(), by=request.user)
        return Response(self.get_serializer(thread).data)

    @extend_schema(request=ConclusionSerializer, responses=ThreadSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """End the thread with what the group takes from it; for the group's board."""
        return self._conclude(services.close_thread)

    @extend_schema(request=ConclusionSerializer, responses=ThreadSerializer)
    @action(detail=True, methods=["post"])
    def conclude(self, request: Request, pk: str) -> Response:
        """Say what the group takes from a thread that ended by itself; for the board."""
        return self._conclude(services.conclude_thread)

    def _conclude(self, change: Callable[..., Thread]) -> Response:
        thread = self.get_object()
        sent = ConclusionSerializer(data=self.request.data)
        sent.is_valid(raise_exception=True)
        change(thread, by=self.request.user, **sent.validated_data)
        return Response(self.get_serializer(thread).data)

    @extend_schema(responses=CardSerializer(many=True))
    @action(detail=True)
    def cards(self, request: Request, pk: str) -> Response:
        """Read the cards that pairs shared with the group, the newest first."""
        shared: Any = queries.shared_cards(self.get_object())
        page: list[Card] = self.paginate_queryset(shared) or []
        return self.get_paginated_response(CardSerializer(page, many=True).data)


class ThoughtSerializer(serializers.ModelSerializer[Thought]):
    """Send back the `version` that you read as `seen`, so that none of your words are lost."""

    thread = ReadableField(Thread)
    version = serializers.CharField(read_only=True)
    seen = serializers.CharField(
        write_only=True, required=False, allow_blank=True, help_text="Empty before the first."
    )

    class Meta:
        model = Thought
        fields = [
            *("id", "thread", "author", "text", "standing", "pair"),
            *("written_at", "version", "seen"),
        ]
        read_only_fields = ["author", "pair", "written_at"]


class ThoughtViewSet(viewsets.ReadOnlyModelViewSet[Thought]):
    """Your own answers to threads; once pairs are made, also those of your pair."""

    request: Request
    serializer_class = ThoughtSerializer

    def get_queryset(self) -> QuerySet[Thought]:
        return Thought.objects.visible_to(self.request.user).order_by("-pk")

    def create(self, request: Request) -> Response:
        """Write your answer to a thread, or change it while everyone thinks alone.

        400 with what it says now where it was changed since `seen`, e.g. on another phone.
        """
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        thought = services.think(words.pop("thread"), by=request.user, **words)
        return Response(self.get_serializer(thought).data, status=201)


class ReadSerializer(serializers.Serializer[PairMember]):
    up_to = serializers.IntegerField(min_value=0, help_text="The newest message that was read.")


class SeatSerializer(serializers.ModelSerializer[PairMember]):
    class Meta:
        model = PairMember
        fields = ["person", "read_up_to", "read_at"]
        read_only_fields = fields


class PairViewSet(viewsets.ReadOnlyModelViewSet[Pair]):
    """Your own pairs; nobody else's."""

    request: Request
    serializer_class = PairSerializer

    def get_queryset(self) -> QuerySet[Pair]:
        visible = Pair.objects.visible_to(self.request.user).select_related("thread")
        return visible.prefetch_related("people").order_by("-pk")

    @extend_schema(request=ReadSerializer, responses=SeatSerializer(many=True))
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: str) -> Response:
        """Say up to which message you have read; the answer tells it of each of the pair."""
        pair = self.get_object()
        sent = ReadSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.mark_read(pair, by=request.user, **sent.validated_data)
        return Response(SeatSerializer(pair.seats.order_by("pk"), many=True).data)

    @extend_schema(responses=CardSerializer)
    @action(detail=True)
    def card(self, request: Request, pk: str) -> Response:
        """Read what your pair wrote together; at first nothing."""
        pair = self.get_object()
        card = Card.objects.visible_to(request.user).filter(pair=pair).first()
        return Response(CardSerializer(card or Card(pair=pair)).data)

    @extend_schema(request=CardSerializer, responses=CardSerializer)
    @card.mapping.patch
    def edit_card(self, request: Request, pk: str) -> Response:
        """Write on your pair's card; send only what you changed, and the `revision` you read.

        400 with the other's words where both changed the same field since.
        """
        pair = self.get_object()
        sent = CardSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        card = services.edit_card(pair, by=request.user, **sent.validated_data)
        return Response(CardSerializer(card).data)

    @extend_schema(request=None, responses=CardSerializer)
    @action(detail=True, methods=["post"], url_path="share-card")
    def share_card(self, request: Request, pk: str) -> Response:
        """Give your pair's card to the group; you may better it until the thread is closed."""
        card = services.share_card(self.get_object(), by=request.user)
        return Response(CardSerializer(card).data)


class TalkFileSerializer(serializers.ModelSerializer[TalkFile]):
    url = serializers.SerializerMethodField()

    class Meta:
        model = TalkFile
        fields = ["key", "name", "content_type", "size", "url"]
        read_only_fields = fields

    def get_url(self, file: TalkFile) -> str:
        """Where the pair fetches it, signed in."""
        return reverse("talk-file", args=[file.key])


class MessageSerializer(serializers.ModelSerializer[Message]):
    pair = ReadableField(Pair)
    submission = serializers.UUIDField(default=uuid4, write_only=True)
    file = CheckedFileField(write_only=True, required=False)
    consent = serializers.BooleanField(write_only=True, default=False)
    files = TalkFileSerializer(many=True, read_only=True)

    class Meta:
        model = Message
        fields = ["id", "pair", "author", "text", "files", "at", "submission", "file", "consent"]
        read_only_fields = ["author", "at"]
        extra_kwargs = {"text": {"default": ""}}


@extend_schema_view(list=extend_schema(parameters=[of("pair")]))
class MessageViewSet(viewsets.ReadOnlyModelViewSet[Message]):
    """What is said in your pairs, newest first; nobody outside a pair reads it."""

    request: Request
    serializer_class = MessageSerializer

    def get_queryset(self) -> QuerySet[Message]:
        found = Message.objects.visible_to(self.request.user).prefetch_related("files")
        return only(found.order_by("-pk"), self.request, "pair")

    @extend_schema(responses={201: MessageSerializer})
    def create(self, request: Request) -> Response:
        """Say something to your pair. The same `submission` again says nothing new."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        message = services.say(words.pop("pair"), by=request.user, **words)
        return Response(self.get_serializer(message).data, status=201)
