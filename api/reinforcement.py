from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.models import User
from api.fields import ReadableField
from api.http import Request
from observations.models import Indicator
from reinforcement import rules, services
from reinforcement.models import (
    Feedback,
    FeedbackShare,
    FollowUp,
    Preparation,
    PrivateNote,
    Reflection,
)
from sessions.models import ModelSession


class PreparationSerializer(serializers.ModelSerializer[Preparation]):
    session = ReadableField(ModelSession)
    partner = ReadableField(User, required=False, allow_null=True)

    class Meta:
        model = Preparation
        fields = [
            *("id", "session", "target", "plan", "request", "partner", "talked_on"),
            *("written_at", "saved_at"),
        ]
        read_only_fields = ["written_at", "saved_at"]
        # One more of a session is a change of the first.
        validators: ClassVar[list[Any]] = []


class PreparationViewSet(viewsets.ReadOnlyModelViewSet[Preparation]):
    """How guru models prepare: your own, and those of lessons that you observe or guide."""

    request: Request
    serializer_class = PreparationSerializer

    def get_queryset(self) -> QuerySet[Preparation]:
        return Preparation.objects.visible_to(self.request.user).order_by("-pk")

    def create(self, request: Request) -> Response:
        """Write how you prepare a lesson that you teach, or write it anew."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        session = words.pop("session")
        preparation = services.prepare_session(session, by=request.user, **words)
        return Response(self.get_serializer(preparation).data, status=201)


class ReflectionSerializer(serializers.ModelSerializer[Reflection]):
    session = ReadableField(ModelSession)

    class Meta:
        model = Reflection
        fields = ["id", "session", "target", "went_well", "not_yet", "learned", "written_at"]
        read_only_fields = ["written_at"]


class ReflectionViewSet(viewsets.ReadOnlyModelViewSet[Reflection]):
    """Your own reflections on the sessions that you taught; nobody else reads them."""

    request: Request
    serializer_class = ReflectionSerializer

    def get_queryset(self) -> QuerySet[Reflection]:
        return Reflection.objects.visible_to(self.request.user).order_by("-pk")

    def create(self, request: Request) -> Response:
        """Write your reflection, which opens to you what others wrote."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        session = words.pop("session")
        reflection = services.write_reflection(session, by=request.user, **words)
        return Response(self.get_serializer(reflection).data, status=201)


class FeedbackSerializer(serializers.ModelSerializer[Feedback]):
    class Meta:
        model = Feedback
        fields = [
            "id",
            "session",
            "author",
            "author_role",
            "indicator",
            "appreciation",
            "seen",
            "question",
            "suggestion",
            "support",
            "given_at",
            "thanked_at",
            "thanks",
        ]
        read_only_fields = fields


class FeedbackWordsSerializer(serializers.ModelSerializer[Feedback]):
    """What an author writes. `private_note` is read at `private-note`, by whom it is for."""

    indicator = ReadableField(Indicator, required=False, allow_null=True)
    private_note = serializers.CharField(max_length=1000, required=False, allow_blank=True)

    class Meta:
        model = Feedback
        fields = [
            *("indicator", "appreciation", "seen", "question", "suggestion", "support"),
            "private_note",
        ]
        extra_kwargs = {
            name: {"required": False, "allow_blank": True}
            for name in ("appreciation", "seen", "suggestion")
        }


class NewFeedbackSerializer(FeedbackWordsSerializer):
    session = ReadableField(ModelSession)

    class Meta(FeedbackWordsSerializer.Meta):
        fields = ["session", *FeedbackWordsSerializer.Meta.fields]


class PrivateNoteSerializer(serializers.ModelSerializer[PrivateNote]):
    class Meta:
        model = PrivateNote
        fields = ["feedback", "text"]
        read_only_fields = fields


class ThanksSerializer(serializers.ModelSerializer[Feedback]):
    class Meta:
        model = Feedback
        fields = ["thanks"]


class ReaderSerializer(serializers.ModelSerializer[FeedbackShare]):
    reader = ReadableField(User)

    class Meta:
        model = FeedbackShare
        fields = ["reader"]


class FeedbackViewSet(viewsets.ReadOnlyModelViewSet[Feedback]):
    """Feedback that you wrote, that was given to you, or that was shared with you."""

    request: Request
    serializer_class = FeedbackSerializer

    def get_queryset(self) -> QuerySet[Feedback]:
        visible = Feedback.objects.visible_to(self.request.user)
        return visible.select_related("session").order_by("-pk")

    @extend_schema(request=NewFeedbackSerializer, responses={201: FeedbackSerializer})
    def create(self, request: Request) -> Response:
        """Keep a draft on a session, which only you read until you give it."""
        sent = NewFeedbackSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        feedback = services.save_feedback(words.pop("session"), by=request.user, **words)
        return Response(self.get_serializer(feedback).data, status=201)

    @extend_schema(request=FeedbackWordsSerializer, responses=FeedbackSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change your draft."""
        feedback = self.get_object()
        rules.may_edit_feedback.require(request.user, feedback)
        sent = FeedbackWordsSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        words = sent.validated_data
        feedback = services.save_feedback(feedback.session, by=request.user, **words)
        return Response(self.get_serializer(feedback).data)

    @extend_schema(request=None, responses=FeedbackSerializer)
    @action(detail=True, methods=["post"])
    def give(self, request: Request, pk: str) -> Response:
        """Send your draft to the guru model. It cannot be taken back.

        Appreciation, what was seen and the suggestion must each say something that was seen or
        can be tried: praise and ratings alone are answered with 400 and a sentence.
        """
        feedback = self.get_object()
        rules.may_edit_feedback.require(request.user, feedback)
        given = services.give_feedback(feedback.session, by=request.user)
        return Response(self.get_serializer(given).data)

    @extend_schema(request=ThanksSerializer, responses=FeedbackSerializer)
    @action(detail=True, methods=["post"])
    def thank(self, request: Request, pk: str) -> Response:
        """Thank the author of feedback that was given to you, with words or without."""
        feedback = self.get_object()
        sent = ThanksSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        text = sent.validated_data.get("thanks", "")
        services.thank_for_feedback(feedback, by=request.user, text=text)
        return Response(self.get_serializer(feedback).data)

    @extend_schema(request=ReaderSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def share(self, request: Request, pk: str) -> Response:
        """Let one more person read feedback that was given to you, without its private note."""
        feedback = self.get_object()
        sent = ReaderSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        services.share_feedback(feedback, by=request.user, **sent.validated_data)
        return Response(status=204)

    @extend_schema(request=ReaderSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def unshare(self, request: Request, pk: str) -> Response:
        """Take back that a person reads feedback that was given to you."""
        feedback = self.get_object()
        sent = ReaderSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        services.unshare_feedback(feedback, by=request.user, **sent.validated_data)
        return Response(status=204)

    @extend_schema(responses=PrivateNoteSerializer)
    @action(detail=True, url_path="private-note")
    def private_note(self, request: Request, pk: str) -> Response:
        """Read the part that is for the guru model alone; its author reads it too."""
        visible = PrivateNote.objects.visible_to(request.user)
        note = get_object_or_404(visible, feedback=self.get_object())
        return Response(PrivateNoteSerializer(note).data)


class FollowUpSerializer(serializers.ModelSerializer[FollowUp]):
    session = ReadableField(ModelSession)

    class Meta:
        model = FollowUp
        fields = [
            *("id", "session", "commitment", "support", "evidence", "due_on", "promised_at"),
            *("state", "settled_at", "effort", "result", "reason", "follows"),
        ]
        read_only_fields = [
            *("follows", "promised_at", "state", "settled_at", "effort", "result", "reason"),
        ]
        # That a session has one is for the rule to say, with its reason.
        validators: ClassVar[list[Any]] = []


class DoneSerializer(serializers.ModelSerializer[FollowUp]):
    class Meta:
        model = FollowUp
        fields = ["effort", "result"]
        extra_kwargs = {
            name: {"required": True, "allow_blank": False} for name in ("effort", "result")
        }


class ReasonSerializer(serializers.ModelSerializer[FollowUp]):
    class Meta:
        model = FollowUp
        fields = ["reason"]
        extra_kwargs = {"reason": {"required": True, "allow_blank": False}}


class SuccessorSerializer(ReasonSerializer):
    """Why the one does not fit, and what takes its place."""

    class Meta(ReasonSerializer.Meta):
        fields = ["reason", "commitment", "due_on", "support", "evidence"]


class FollowUpViewSet(viewsets.ReadOnlyModelViewSet[FollowUp]):
    """What guru models committed to (RTL).

    Your own, those that your feedback helped, those of teachers at your sekolah binaan, and those
    on which the lesson opens that you are invited to observe.
    """

    request: Request
    serializer_class = FollowUpSerializer

    def get_queryset(self) -> QuerySet[FollowUp]:
        return FollowUp.objects.visible_to(self.request.user).order_by("-pk")

    def create(self, request: Request) -> Response:
        """Commit to one change after a session that you taught."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        session = words.pop("session")
        follow_up = services.promise_follow_up(session, by=request.user, **words)
        return Response(self.get_serializer(follow_up).data, status=201)

    @extend_schema(request=DoneSerializer, responses=FollowUpSerializer)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, pk: str) -> Response:
        """Say what you tried and what came of it: your commitment is done with that."""
        follow_up = self.get_object()
        sent = DoneSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.complete_follow_up(follow_up, by=request.user, **sent.validated_data)
        return Response(self.get_serializer(follow_up).data)

    @extend_schema(request=SuccessorSerializer, responses={201: FollowUpSerializer})
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        """Put another commitment in the place of yours, and say why; the new one is answered."""
        follow_up = self.get_object()
        sent = SuccessorSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = sent.validated_data
        successor = services.change_follow_up(follow_up, by=request.user, **words)
        return Response(self.get_serializer(successor).data, status=201)

    @extend_schema(request=ReasonSerializer, responses=FollowUpSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """Give your commitment up, and say why."""
        follow_up = self.get_object()
        sent = ReasonSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.drop_follow_up(follow_up, by=request.user, **sent.validated_data)
        return Response(self.get_serializer(follow_up).data)
