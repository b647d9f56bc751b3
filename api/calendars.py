from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
)
from rest_framework import serializers, views, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.fields import ReadableField
from api.http import Request
from groups.models import Group
from sessions import calendars, queries, services
from sessions.days import holidays_between
from sessions.models import CalendarFeed, ModelSession

# Two months, with the days of other months that a calendar shows around them.
LONGEST = timedelta(days=75)
MOST_SESSIONS = 300
CALENDAR = "text/calendar; charset=utf-8"


class SpanSerializer(serializers.Serializer[Any]):
    first = serializers.DateField()
    last = serializers.DateField()
    group = ReadableField(Group, required=False)

    def validate(self, span: dict[str, Any]) -> dict[str, Any]:
        if not timedelta() <= span["last"] - span["first"] <= LONGEST:
            raise serializers.ValidationError(
                _("Pilih paling banyak %(days)s hari.") % {"days": LONGEST.days}, code="span"
            )
        return span


class CalendarSessionSerializer(serializers.ModelSerializer[ModelSession]):
    class Meta:
        model = ModelSession
        fields = ["id", "group", "kind", "title", "starts_at", "ends_at", "status", "series"]
        read_only_fields = fields


class HolidaySerializer(serializers.Serializer[Any]):
    """A day off in the person's language; an estimated one hangs on the moon or on a decree."""

    day = serializers.DateField()
    name = serializers.CharField()
    is_joint_leave = serializers.BooleanField()
    is_estimated = serializers.BooleanField()


class CalendarSerializer(serializers.Serializer[Any]):
    """Sessions in order, at most 300: `is_cut` says that there are more. And the days off."""

    sessions = CalendarSessionSerializer(many=True)
    holidays = HolidaySerializer(many=True)
    is_cut = serializers.BooleanField()


class CalendarView(views.APIView):
    """What the month and the week show."""

    @extend_schema(
        parameters=[
            OpenApiParameter("first", OpenApiTypes.DATE, required=True),
            OpenApiParameter("last", OpenApiTypes.DATE, required=True),
            OpenApiParameter("group", OpenApiTypes.INT, description="Only this group's."),
        ],
        responses=CalendarSerializer,
        examples=[
            OpenApiExample(
                "A week with a lesson and joint leave",
                value={
                    "sessions": [
                        {
                            "id": 7,
                            "group": 1,
                            "kind": "lesson",
                            "title": "Mengapa daun tidak semuanya hijau?",
                            "starts_at": "2026-12-22T09:00:00+08:00",
                            "ends_at": "2026-12-22T10:20:00+08:00",
                            "status": "planned",
                            "series": None,
                        }
                    ],
                    "holidays": [
                        {
                            "day": "2026-12-24",
                            "name": "Cuti Bersama Hari Raya Natal",
                            "is_joint_leave": True,
                            "is_estimated": False,
                        }
                    ],
                    "is_cut": False,
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """Read the sessions and days off between two days, both included, in your time zone."""
        sent = SpanSerializer(data=request.query_params, context={"request": request})
        sent.is_valid(raise_exception=True)
        span = sent.validated_data
        zone = timezone.get_current_timezone()
        first, last = (
            datetime.combine(day, time(), zone)
            for day in (span["first"], span["last"] + timedelta(days=1))
        )
        found = queries.sessions_between(request.user, first, last, group=span.get("group"))
        sessions = list(found[: MOST_SESSIONS + 1])
        shown = {
            "sessions": sessions[:MOST_SESSIONS],
            "holidays": _days_off(span["first"], span["last"]),
            "is_cut": len(sessions) > MOST_SESSIONS,
        }
        return Response(CalendarSerializer(shown).data)


def _days_off(first: date, last: date) -> list[Any]:
    of_day = holidays_between(first, last)
    return [holiday for day in sorted(of_day) for holiday in of_day[day]]


class CalendarFeedSerializer(serializers.ModelSerializer[CalendarFeed]):
    """A calendar for the phone. Whoever holds the `url` reads it: keep it to yourself."""

    group = ReadableField(Group, required=False, allow_null=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = CalendarFeed
        fields = ["id", "group", "url", "made_at", "revoked_at"]
        read_only_fields = ["id", "url", "made_at", "revoked_at"]
        # One for each group is for the service to keep to: asked again, it gives the same.
        validators: list[Any] = []

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, feed: CalendarFeed) -> str:
        url: str = self.context["request"].build_absolute_uri(feed.get_absolute_url())
        return url


FEED = OpenApiExample(
    "The calendar of one group",
    value={
        "id": 3,
        "group": 1,
        "url": "https://mgmp.example.id/calendars/mX2v9c…Q.ics",
        "made_at": "2026-11-24T09:00:00+08:00",
        "revoked_at": None,
    },
    response_only=True,
)


class CalendarFeedViewSet(viewsets.ReadOnlyModelViewSet[CalendarFeed]):
    """Your calendars for the phone, closed ones too."""

    request: Request
    serializer_class = CalendarFeedSerializer

    def get_queryset(self) -> QuerySet[CalendarFeed]:
        return CalendarFeed.objects.visible_to(self.request.user).order_by("-pk")

    @extend_schema(
        responses={201: CalendarFeedSerializer},
        examples=[FEED, OpenApiExample("Of one group", value={"group": 1}, request_only=True)],
    )
    def create(self, request: Request) -> Response:
        """Make the address of a calendar of all your sessions, or with `group` of one group's."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        group = sent.validated_data.get("group")
        feed = services.make_calendar_feed(by=request.user, group=group)
        return Response(self.get_serializer(feed).data, status=201)

    @extend_schema(request=None, responses=CalendarFeedSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        """Close the address at once and for good."""
        feed = services.revoke_calendar_feed(self.get_object(), by=request.user)
        return Response(self.get_serializer(feed).data)


class CalendarFileMixin(viewsets.GenericViewSet[ModelSession]):
    """A session as a file for any calendar."""

    @extend_schema(responses={(200, "text/calendar"): OpenApiTypes.BINARY})
    @action(detail=True)
    def calendar(self, request: Request, pk: str) -> HttpResponse:
        """Fetch the session as an .ics file, to put it into a calendar."""
        session = self.get_object()
        zone = ZoneInfo(timezone.get_current_timezone_name())
        return HttpResponse(
            calendars.file(session, zone=zone),
            content_type=CALENDAR,
            headers={"Content-Disposition": f'attachment; filename="sesi-{session.pk}.ics"'},
        )
