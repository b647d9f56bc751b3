"""Sheets that phones fill without signal, and the photos that belong to them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.response import Response

from api.errors import AnotherAccount
from api.fields import ReadableField
from api.filters import of, only
from api.http import Request
from observations import services
from observations.models import Answer, Instrument, Note, Observation, Photo
from observations.services import Content, NoteWords, PhotoWords, Sending, Words
from sessions.models import ModelSession

UUID_IN_ADDRESS = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
# More than any instrument has.
MOST_ANSWERS = 500
LARGEST_COUNT = 2_147_483_647
LARGEST_ID = 2**63 - 1


class SentAnswerSerializer(serializers.ModelSerializer[Answer]):
    """The answer to one item. Which part holds it follows the item's kind."""

    item = serializers.IntegerField(source="item_id", min_value=1, max_value=LARGEST_ID)
    point = serializers.IntegerField(
        source="point_id", min_value=1, max_value=LARGEST_ID, allow_null=True, default=None
    )
    yes = serializers.BooleanField(allow_null=True, default=None)
    number = serializers.IntegerField(
        min_value=0, max_value=LARGEST_COUNT, allow_null=True, default=None
    )
    text = serializers.CharField(allow_blank=True, default="")
    is_na = serializers.BooleanField(default=False)
    evidence = serializers.CharField(allow_blank=True, default="")

    class Meta:
        model = Answer
        fields = ["item", "point", "yes", "number", "text", "is_na", "evidence"]


class SentNoteSerializer(serializers.ModelSerializer[Note]):
    """A note under a UUID of the phone's making. `seat` is a desk number, never a name."""

    uid = serializers.UUIDField()
    minute = serializers.IntegerField()
    about = serializers.ChoiceField(Note.About.choices, allow_blank=True, default="")
    seat = serializers.CharField(allow_blank=True, default="")
    item = serializers.IntegerField(source="item_id", allow_null=True, default=None)
    text = serializers.CharField(allow_blank=True)

    class Meta:
        model = Note
        fields = ["uid", "minute", "about", "seat", "item", "text"]


class SentPhotoSerializer(serializers.ModelSerializer[Photo]):
    """A photo before its file comes: `size` in bytes, `sha256` in hex, `note` the uid of a note.

    `received` bytes of it are here; it is `stored` once it is whole and was checked.
    """

    uid = serializers.UUIDField()
    minute = serializers.IntegerField()
    note = serializers.UUIDField(source="note.uid", allow_null=True, default=None)
    item = serializers.IntegerField(source="item_id", allow_null=True, default=None)
    size = serializers.IntegerField(min_value=1, max_value=services.LARGEST_PHOTO)
    sha256 = serializers.CharField()
    has_consent = serializers.BooleanField(default=False)
    stored = serializers.SerializerMethodField()

    class Meta:
        model = Photo
        fields = [
            *("uid", "minute", "note", "item", "size", "sha256", "has_consent"),
            *("received", "stored"),
        ]
        read_only_fields = ["received"]

    def get_stored(self, photo: Photo) -> bool:
        return photo.stored_at is not None


class SheetSerializer(serializers.ModelSerializer[Observation]):
    """Your sheet as it is kept. `observation` is its id for readers; `revision` counts changes."""

    observation = serializers.IntegerField(source="pk")
    state = serializers.SerializerMethodField()
    answers = SentAnswerSerializer(many=True)
    notes = SentNoteSerializer(many=True)
    photos = SentPhotoSerializer(many=True)

    class Meta:
        model = Observation
        fields = [
            *("uid", "observation", "session", "instrument", "indicator", "source", "state"),
            *("revision", "device", "sequence", "started_at", "saved_at"),
            *("submitted_at", "corrected_at", "answers", "notes", "photos"),
        ]
        read_only_fields = fields

    def get_state(self, sheet: Observation) -> str:
        return "submitted" if sheet.submitted_at else "draft"


class SendingSerializer(serializers.ModelSerializer[Observation]):
    """Your whole sheet. `sequence` counts the sendings of this `device` about it up, from 1.

    `base` is the revision that this device saw last, 0 when none. `sent_at` and `started_at` are
    times of the device's clock; only their difference counts. With `act` submit it is handed in,
    or corrected when it was before, for that `reason`. `person` is the account that filled it.
    """

    session = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    instrument = ReadableField(Instrument, required=False, allow_null=True, default=None)
    device = serializers.UUIDField()
    sequence = serializers.IntegerField(min_value=1, max_value=LARGEST_COUNT)
    base = serializers.IntegerField(min_value=0, max_value=LARGEST_COUNT)
    sent_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField()
    person = serializers.IntegerField(required=False)
    act = serializers.ChoiceField(["save", "submit"])
    reason = serializers.CharField(allow_blank=True, default="")
    answers: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=SentAnswerSerializer(), max_length=MOST_ANSWERS
    )
    notes: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=SentNoteSerializer(), max_length=services.MOST_NOTES
    )
    photos: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=SentPhotoSerializer(), max_length=services.MOST_PHOTOS
    )

    class Meta:
        model = Observation
        fields = [
            *("session", "instrument", "device", "sequence", "base", "sent_at", "started_at"),
            *("person", "act", "reason", "answers", "notes", "photos"),
        ]


class DiffersSerializer(serializers.Serializer[Any]):
    """`mine` is what you sent, `theirs` is what holds; to keep yours, send it on `theirs.revision`.

    When `theirs.uid` is another one, that is your sheet of this session: go on with its uid.
    """

    detail = serializers.CharField()
    mine = SendingSerializer()
    theirs = SheetSerializer()


SENT = OpenApiExample(
    "A draft with one answer, one note and one photo",
    value={
        "session": 12,
        "device": "4f1d7a52-9a6e-4d0e-8f0e-2b7c1a9d3e10",
        "sequence": 3,
        "base": 2,
        "sent_at": "2026-11-24T10:42:05+08:00",
        "started_at": "2026-11-24T09:01:00+08:00",
        "act": "save",
        "reason": "",
        "answers": [
            {
                "item": 7,
                "point": 2,
                "yes": None,
                "number": None,
                "text": "",
                "is_na": False,
                "evidence": "Meja 7 dan 8 belum mendapat tugas.",
            }
        ],
        "notes": [
            {
                "uid": "0d8f6c1e-7a3b-4c52-b1f4-6f2f3c0a9b77",
                "minute": 12,
                "about": "pupils",
                "seat": "5",
                "item": 7,
                "text": "Meja 5 bertanya.",
            }
        ],
        "photos": [
            {
                "uid": "b6a1f5f2-35e4-4a8d-9a51-0c8f4f1f2d33",
                "minute": 12,
                "note": "0d8f6c1e-7a3b-4c52-b1f4-6f2f3c0a9b77",
                "item": None,
                "size": 184213,
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "has_consent": True,
            }
        ],
    },
    request_only=True,
)


@extend_schema_view(
    list=extend_schema(parameters=[of("session")]),
    retrieve=extend_schema(responses=SheetSerializer),
)
class SheetViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Observation]
):
    """Your own sheets, for a phone that fills them without signal and sends them later."""

    request: Request
    serializer_class = SheetSerializer
    lookup_field = "uid"
    lookup_value_regex = UUID_IN_ADDRESS

    def get_queryset(self) -> QuerySet[Observation]:
        own = Observation.objects.visible_to(self.request.user).filter(observer=self.request.user)
        found = own.prefetch_related("answers", "notes", "photos__note").order_by("-pk")
        return only(found, self.request, "session")

    @extend_schema(
        request=SendingSerializer,
        responses={200: SheetSerializer, 201: SheetSerializer, 409: DiffersSerializer},
        examples=[SENT],
    )
    def update(self, request: Request, uid: str) -> Response:
        """Send your whole sheet; the same one sent twice, or an older one, changes nothing.

        409: it was changed elsewhere since `base`, or is another account's (then without `theirs`);
        nothing was kept of what you sent.
        """
        sent = SendingSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        words = sent.validated_data
        if words.get("person", request.user.pk) != request.user.pk:
            raise AnotherAccount(_("Lembar ini diisi akun lain di HP ini."))
        try:
            sheet = services.sync_sheet(
                self._session(words["session"]),
                by=request.user,
                uid=UUID(uid),
                sent=_sending(words),
                submit=words["act"] == "submit",
                reason=words["reason"],
            )
        except services.SheetDiffers as differs:
            theirs = self.get_serializer(self.get_queryset().get(pk=differs.theirs.pk)).data
            answer = {"detail": differs.messages[0], "mine": request.data, "theirs": theirs}
            return Response(answer, status=409)
        kept = self.get_serializer(self.get_queryset().get(pk=sheet.pk)).data
        return Response(kept, status=201 if sheet.revision == 1 else 200)

    def _session(self, pk: int) -> ModelSession:
        """A session that the person reads, or once had a sheet of."""
        user = self.request.user
        own = Observation.objects.visible_to(user).filter(observer=user, session=pk)
        if sheet := own.select_related("session").first():
            return sheet.session
        return get_object_or_404(ModelSession.objects.visible_to(user), pk=pk)


def _sending(words: dict[str, Any]) -> Sending:
    content = Content(
        answers={answer["item_id"]: _answer(answer) for answer in words["answers"]},
        notes=[_note(note) for note in words["notes"]],
        photos=[_photo(photo) for photo in words["photos"]],
        is_whole=True,
    )
    named = ("device", "sequence", "base", "sent_at", "started_at", "instrument")
    return Sending(content=content, **{name: words[name] for name in named})


def _answer(words: dict[str, Any]) -> Words:
    return {
        "point": words["point_id"],
        "yes": words["yes"],
        "number": words["number"],
        "text": words["text"],
        "is_na": words["is_na"],
        "evidence": words["evidence"],
    }


def _note(words: dict[str, Any]) -> NoteWords:
    return {
        "uid": words["uid"],
        "minute": words["minute"],
        "about": words["about"],
        "seat": words["seat"],
        "item": words["item_id"],
        "text": words["text"],
    }


def _photo(words: dict[str, Any]) -> PhotoWords:
    return {
        "uid": words["uid"],
        "minute": words["minute"],
        "note": (words.get("note") or {}).get("uid"),
        "item": words["item_id"],
        "size": words["size"],
        "sha256": words["sha256"],
        "has_consent": words["has_consent"],
    }
