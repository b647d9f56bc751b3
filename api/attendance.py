"""Attendance over the API: checking in by code, ticks of the board, and the history of both."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.errors import AnotherAccount
from api.filters import of, only
from api.http import Request
from sessions import rules, services
from sessions.models import CheckIn, ModelSession, Participation

# Of a number with more digits than this the database has no rows.
LONGEST_ID = 20
Method = Participation.Method


class ParticipationSerializer(serializers.ModelSerializer[Participation]):
    """A person's part. `answer_reason` is for that person and the group's board; else empty."""

    class Meta:
        model = Participation
        fields = [
            *("id", "session", "user", "role", "answer", "answer_reason", "answered_at"),
            *("attendance", "method", "attended_at", "ticked_at", "ticked_by"),
        ]
        read_only_fields = fields

    def to_representation(self, instance: Participation) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if not rules.reads_reason(self.context["request"].user, instance):
            shown["answer_reason"] = ""
        return shown


class CodeSerializer(serializers.Serializer[Any]):
    """One of `code`, the six digits, and `token`, which the QR code's address ends with.

    A program that kept the code for want of signal says when it took it and when it sends it, both
    by its own clock; what counts is how long it kept it. `person` is the account that took it.
    """

    code = serializers.CharField(max_length=9, required=False)
    token = serializers.CharField(max_length=60, required=False)
    scanned_at = serializers.DateTimeField(required=False)
    sent_at = serializers.DateTimeField(required=False)
    submission = serializers.UUIDField()
    person = serializers.IntegerField(required=False)

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        if ("code" in words) == ("token" in words):
            raise serializers.ValidationError(_("Kirim kode 6 angka atau isi kode QR."))
        return words


class AttendanceSerializer(serializers.Serializer[Any]):
    """Who came: a person's id and present, late, excused, sick or absent; "" takes it back.

    Changing what was written down already needs a `reason`. With `seen`, what you last read of
    each, nobody who was written down otherwise since then is changed. `from_paper` says that it is
    copied from a signed sheet.
    """

    attendance = serializers.DictField(child=serializers.CharField(allow_blank=True))
    seen = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)
    from_paper = serializers.BooleanField(default=False, write_only=True)

    def validate_attendance(self, words: dict[str, str]) -> dict[int, str]:
        if not all(person.isdecimal() and len(person) < LONGEST_ID for person in words):
            raise serializers.ValidationError(_("Sebut tiap orang dengan nomornya."), code="ids")
        return {int(person): word for person, word in words.items()}

    def validate_seen(self, words: dict[str, str]) -> dict[int, str]:
        return self.validate_attendance(words)


class CheckInSerializer(serializers.ModelSerializer[CheckIn]):
    sent_later = serializers.BooleanField(source="was_sent_later", read_only=True)

    class Meta:
        model = CheckIn
        fields = [
            *("id", "participation", "attendance", "method", "at", "arrived_at", "sent_later"),
            *("by", "reason"),
        ]
        read_only_fields = fields


CODE = OpenApiExample(
    "Six digits",
    value={"code": "042917", "submission": "6f9d2f0e-5f0c-4b8e-9d35-0d5a6f1f7c11"},
    request_only=True,
)
KEPT = OpenApiExample(
    "A QR code that waited for signal",
    value={
        "token": "12.59012345.Zm9vYmFyYmF6cXV4",
        "scanned_at": "2026-11-24T09:04:10+08:00",
        "sent_at": "2026-11-24T10:41:55+08:00",
        "submission": "0b6d6a3e-8d0e-4b53-a9f5-0f4ad7f0e0b7",
        "person": 31,
    },
    request_only=True,
)
TICKS = OpenApiExample(
    "A correction",
    value={
        "attendance": {"31": "late", "32": "present"},
        "seen": {"31": "present", "32": ""},
        "reason": "Datang 09.20.",
    },
    request_only=True,
)


class AttendanceActions(viewsets.GenericViewSet[ModelSession]):
    """What the sessions of the API take of attendance."""

    request: Request

    @extend_schema(request=CodeSerializer, responses=ParticipationSerializer, examples=[CODE, KEPT])
    @action(detail=True, methods=["post"], url_path="check-in")
    def check_in(self, request: Request, pk: str) -> Response:
        """Say that you are there. The first check-in stands; the same one again changes nothing."""
        session = self.get_object()
        sent = CodeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        if words.pop("person", request.user.pk) != request.user.pk:
            raise AnotherAccount(_("Kode ini disimpan akun lain di HP ini."))
        part = services.check_in_by_code(session, by=request.user, **words)
        return Response(ParticipationSerializer(part, context=self.get_serializer_context()).data)

    @extend_schema(
        request=AttendanceSerializer,
        responses=ParticipationSerializer(many=True),
        examples=[TICKS],
    )
    @action(detail=True, methods=["post"], pagination_class=None)
    def attendance(self, request: Request, pk: str) -> Response:
        """Write down who came. Answers with those left alone, who were written down meanwhile."""
        session = self.get_object()
        sent = AttendanceSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        method = Method.PAPER if words.pop("from_paper") else Method.TICK
        left = services.tick_attendance(session, by=request.user, method=method, **words)
        context = self.get_serializer_context()
        return Response(ParticipationSerializer(left, many=True, context=context).data)


@extend_schema_view(list=extend_schema(parameters=[of("participation")]))
class CheckInViewSet(viewsets.ReadOnlyModelViewSet[CheckIn]):
    """The history of attendance: what was written down, how, when and by whom."""

    request: Request
    serializer_class = CheckInSerializer

    def get_queryset(self) -> QuerySet[CheckIn]:
        found = CheckIn.objects.visible_to(self.request.user).order_by("-pk")
        return only(found, self.request, "participation")
