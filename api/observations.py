from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.fields import ReadableField
from api.filters import of, only
from api.http import Request
from observations import services
from observations.models import (
    Answer,
    Indicator,
    Instrument,
    Note,
    Observation,
    Photo,
    Submission,
)
from observations.services import NoteWords, Words
from sessions.models import ModelSession


class ItemAnswerSerializer(serializers.ModelSerializer[Answer]):
    """The answer to one item. Which part holds it follows the item's kind."""

    class Meta:
        model = Answer
        fields = ["item", "point", "yes", "number", "text", "is_na", "evidence"]
        read_only_fields = fields


class NoteSerializer(serializers.ModelSerializer[Note]):
    """A note of one minute of the lesson. `seat` is a desk number, `item` an item's id."""

    class Meta:
        model = Note
        fields = ["uid", "minute", "about", "seat", "item", "text"]
        read_only_fields = fields


class ShownPhotoSerializer(serializers.ModelSerializer[Photo]):
    """A photo that is whole; its file is at `/api/v1/photos/<uid>/content/`."""

    class Meta:
        model = Photo
        fields = ["uid", "minute", "item"]
        read_only_fields = fields


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    """One handing-in. `content` and `reason` are for the observer alone, null for other readers."""

    reason = serializers.SerializerMethodField()
    content = serializers.SerializerMethodField()

    class Meta:
        model = Submission
        fields = ["number", "submitted_at", "reason", "content"]
        read_only_fields = fields

    def get_reason(self, submission: Submission) -> str | None:
        return submission.reason if self.context["is_own"] else None

    def get_content(self, submission: Submission) -> dict[str, Any] | None:
        return submission.content if self.context["is_own"] else None


class ObservationSerializer(serializers.ModelSerializer[Observation]):
    """A sheet. `corrected_at` is when it was handed in anew last, null when never."""

    answers = ItemAnswerSerializer(many=True, read_only=True)
    notes = NoteSerializer(many=True, read_only=True)
    photos = ShownPhotoSerializer(many=True, read_only=True, source="whole_photos")

    class Meta:
        model = Observation
        fields = [
            *("id", "session", "observer", "instrument", "indicator"),
            *("source", "started_at", "saved_at", "submitted_at", "corrected_at"),
            *("answers", "notes", "photos"),
        ]
        read_only_fields = fields


class NewObservationSerializer(serializers.ModelSerializer[Observation]):
    """Without `instrument` it is the one that the session's focus asks for."""

    session = ReadableField(ModelSession)
    instrument = ReadableField(Instrument, required=False)
    indicator = ReadableField(Indicator, required=False, allow_null=True)

    class Meta:
        model = Observation
        fields = ["session", "instrument", "indicator"]


class AnswerWordsSerializer(serializers.Serializer[Any]):
    """`item` and `point` are ids; parts that are left out keep what was saved."""

    item = serializers.IntegerField(min_value=1)
    point = serializers.IntegerField(min_value=1, required=False, allow_null=True)
    yes = serializers.BooleanField(required=False, allow_null=True)
    number = serializers.IntegerField(
        min_value=0, max_value=2_147_483_647, required=False, allow_null=True
    )
    text = serializers.CharField(required=False, allow_blank=True)
    is_na = serializers.BooleanField(required=False)
    evidence = serializers.CharField(required=False, allow_blank=True)


class NoteWordsSerializer(serializers.Serializer[Any]):
    """A note without `minute` gets the minute of the lesson that it is now.

    With the `uid` of a note that is there it is that one, which keeps desk and item.
    """

    uid = serializers.UUIDField(required=False)
    minute = serializers.IntegerField(required=False, allow_null=True)
    text = serializers.CharField()


class DraftSerializer(serializers.Serializer[Any]):
    """Answers are added to those saved before; `notes`, when given, replaces all notes."""

    answers = AnswerWordsSerializer(many=True, required=False)
    notes = NoteWordsSerializer(many=True, required=False)


@extend_schema_view(list=extend_schema(parameters=[of("session")]))
class ObservationViewSet(viewsets.ReadOnlyModelViewSet[Observation]):
    """Sheets that you fill, that were filled about your lesson, or by your fellow observers."""

    request: Request
    serializer_class = ObservationSerializer

    def get_queryset(self) -> QuerySet[Observation]:
        whole = Photo.objects.visible_to(self.request.user).stored()
        found = (
            Observation.objects.visible_to(self.request.user)
            .select_related("session")
            .prefetch_related("notes", "answers", Prefetch("photos", whole, to_attr="whole_photos"))
            .order_by("-pk")
        )
        return only(found, self.request, "session")

    @extend_schema(request=NewObservationSerializer, responses={201: ObservationSerializer})
    def create(self, request: Request) -> Response:
        """Start your sheet of a session; started before, it is that one."""
        sent = NewObservationSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        sheet = services.start_observation(by=request.user, **sent.validated_data)
        return Response(self.get_serializer(self.get_queryset().get(pk=sheet.pk)).data, status=201)

    @extend_schema(request=DraftSerializer, responses=ObservationSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Keep a draft, as incomplete as it is. Errors name the part: `evidence-7` is of item 7."""
        sheet = self.get_object()
        sent = DraftSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.save_observation(
            sheet,
            by=request.user,
            answers=_words_by_item(sent.validated_data.get("answers", [])),
            notes=_notes(sent.validated_data.get("notes")),
        )
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses=SubmissionSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def submissions(self, request: Request, pk: str) -> Response:
        """When the sheet was handed in, the first time and at each correction; at most fifty."""
        sheet = self.get_object()
        is_own = sheet.observer_id == request.user.pk
        found = sheet.submissions.all() if is_own else sheet.submissions.defer("content")
        shown = SubmissionSerializer(found, many=True, context={"is_own": is_own})
        return Response(shown.data)

    @extend_schema(request=None, responses=ObservationSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Hand your sheet in, once the session was held. It stays as it is."""
        services.submit_observation(self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)


def _words_by_item(answers: list[dict[str, Any]]) -> dict[int, Words]:
    found: dict[int, Any] = {}
    for answer in answers:
        found[answer["item"]] = {part: value for part, value in answer.items() if part != "item"}
    return found


def _notes(notes: list[dict[str, Any]] | None) -> list[NoteWords] | None:
    if notes is None:
        return None
    return [
        {"uid": note.get("uid"), "minute": note.get("minute"), "text": note["text"]}
        for note in notes
    ]
