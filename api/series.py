"""Sessions that recur: planned together; changed and cancelled from one on, or all that remain."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiExample,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.fields import ReadableField
from api.filters import of, only
from api.http import Request
from api.sessions import ChangeSerializer, PlanSerializer
from sessions import recurrence, services
from sessions.models import ModelSession, Series

CHANGES = {"following": services.change_following, "all": services.change_all}
CANCELS = {"following": services.cancel_following, "all": services.cancel_all}
SCOPES = (("following", "following"), ("all", "all"))
PLAN = OpenApiExample(
    "Every second Thursday of the month, six times",
    value={
        "group": 1,
        "kind": "sharing",
        "title": "Berbagi praktik baik",
        "place": "Aula SMPN 1 Seko",
        "starts_at": "2027-01-14T14:00:00+08:00",
        "ends_at": "2027-01-14T16:00:00+08:00",
        "rule": "FREQ=MONTHLY;BYDAY=2TH;COUNT=6",
        "skip": ["2027-03-11"],
    },
    request_only=True,
)
CHANGE = OpenApiExample(
    "An hour later from this session on",
    value={
        "session": 12,
        "scope": "following",
        "starts_at": "2027-02-11T15:00:00+08:00",
        "ends_at": "2027-02-11T17:00:00+08:00",
    },
    request_only=True,
)
CANCEL = OpenApiExample(
    "All that remain",
    value={"session": 12, "scope": "all", "reason": "Ujian sekolah."},
    request_only=True,
)


@extend_schema_field(int)
class SessionField(ReadableField):
    """One session that the asker may see, by its id."""


class OccurrenceSerializer(serializers.ModelSerializer[ModelSession]):
    """One session of a series. Who `deviates` was changed by itself and keeps that."""

    class Meta:
        model = ModelSession
        fields = ["id", "occurs_at", "starts_at", "ends_at", "title", "status", "deviates"]
        read_only_fields = fields


class SeriesSerializer(serializers.ModelSerializer[Series]):
    """`rule` is an RRULE of RFC 5545, `words` the same in your language.

    `sessions` are those that you may read.
    """

    words = serializers.CharField(read_only=True)
    skipped = serializers.ListField(child=serializers.DateTimeField(), read_only=True)
    sessions = OccurrenceSerializer(many=True, read_only=True)

    class Meta:
        model = Series
        fields = [
            *("id", "group", "rule", "words", "starts_at", "time_zone", "skipped", "continues"),
            *("uid", "revision", "made_by", "made_at", "sessions"),
        ]
        read_only_fields = fields


class PlanSeriesSerializer(PlanSerializer):
    """What a session's plan says, its first time, and the rule by which it recurs.

    `rule` is an RRULE of RFC 5545: weekly on weekdays, or monthly on the nth weekday or a day,
    with COUNT or UNTIL. On the days of `skip` there is no session. A lesson plan is not taken.
    """

    lesson_plan = None  # type: ignore[assignment]
    rule = serializers.CharField(max_length=200)
    skip = serializers.ListField(child=serializers.DateField(), required=False)

    class Meta(PlanSerializer.Meta):
        fields = [
            *(name for name in PlanSerializer.Meta.fields if name != "lesson_plan"),
            *("rule", "skip"),
        ]


class ChangeSeriesSerializer(ChangeSerializer):
    """What changes from that `session` on, or of `all` that have not begun. The rest stays.

    A new `rule` says when these sessions are from now on: near ones are kept, surplus ones are
    cancelled, missing ones are made.
    """

    lesson_plan = None  # type: ignore[assignment]
    session = SessionField(ModelSession)
    scope = serializers.ChoiceField(SCOPES)
    rule = serializers.CharField(max_length=200, required=False)
    skip = serializers.ListField(child=serializers.DateField(), required=False)

    class Meta(ChangeSerializer.Meta):
        fields = [
            *("session", "scope", "rule", "skip"),
            *(name for name in ChangeSerializer.Meta.fields if name != "lesson_plan"),
        ]


class CancelSeriesSerializer(serializers.Serializer[Any]):
    session = SessionField(ModelSession)
    scope = serializers.ChoiceField(SCOPES)
    reason = serializers.CharField(max_length=300)


@extend_schema_view(list=extend_schema(parameters=[of("group")]))
class SeriesViewSet(viewsets.ReadOnlyModelViewSet[Series]):
    """Series of your groups, and those to a session of which you are invited."""

    request: Request
    serializer_class = SeriesSerializer

    def get_queryset(self) -> QuerySet[Series]:
        found = Series.objects.visible_to(self.request.user).order_by("-pk")
        # Who is invited to one of its sessions reads nothing of the others.
        readable = ModelSession.objects.visible_to(self.request.user)
        return only(found.prefetch_related(Prefetch("sessions", readable)), self.request, "group")

    @extend_schema(request=PlanSeriesSerializer, responses={201: SeriesSerializer}, examples=[PLAN])
    def create(self, request: Request) -> Response:
        """Plan every session of the rule, and invite people once."""
        words = self._sent(PlanSeriesSerializer)
        zone = ZoneInfo(request.user.time_zone)
        words["rule"] = _rule(words["rule"], words["starts_at"], zone)
        series = services.plan_series(words.pop("group"), by=request.user, **words)
        return self._shown(series, 201)

    @extend_schema(request=ChangeSeriesSerializer, responses=SeriesSerializer, examples=[CHANGE])
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change many sessions; the answer is the series that they now belong to."""
        words = self._sent(ChangeSeriesSerializer, partial=True)
        session, change = self._chosen(words), CHANGES[words.pop("scope", "following")]
        if "rule" in words:
            start = words.get("starts_at", session.starts_at)
            words["rule"] = _rule(words["rule"], start, ZoneInfo(self.get_object().time_zone))
        return self._shown(change(session, by=request.user, **words))

    @extend_schema(request=CancelSeriesSerializer, responses=SeriesSerializer, examples=[CANCEL])
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """Call off this session and the later ones, or all that have not begun."""
        words = self._sent(CancelSeriesSerializer)
        session, cancel = self._chosen(words), CANCELS[words.pop("scope")]
        return self._shown(cancel(session, by=request.user, **words))

    def _chosen(self, words: dict[str, Any]) -> ModelSession:
        """The session that is named, which must be of the series of this address."""
        session: ModelSession | None = words.pop("session", None)
        if session is None or session.series_id != self.get_object().pk:
            raise ValidationError({"session": _("Sebut satu sesi dari rangkaian ini.")})
        return session

    def _sent(self, kind: type[serializers.Serializer[Any]], **options: Any) -> dict[str, Any]:
        self._checked()
        sent = kind(data=self.request.data, context=self.get_serializer_context(), **options)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def _checked(self) -> None:
        """What may not be read is missing, whatever was sent."""
        if "pk" in self.kwargs:
            self.get_object()

    def _shown(self, series: Series, status: int = 200) -> Response:
        return Response(self.get_serializer(series).data, status=status)


def _rule(text: str, start: Any, zone: ZoneInfo) -> recurrence.Rule:
    try:
        return recurrence.from_text(text, start, zone)
    except ValidationError as error:
        raise ValidationError({"rule": error}) from error
