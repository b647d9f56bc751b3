"""One's own growth as a guru model, and the links by which others may read it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.views import APIView

from api.http import Request
from observations.models import Answer
from reinforcement import services
from reinforcement.growth import Course, Sighting, growth_of
from reinforcement.models import GrowthLink


class SightSerializer(serializers.ModelSerializer[Answer]):
    """What one observer chose, with the evidence."""

    observer = serializers.IntegerField(source="observation.observer_id")

    class Meta:
        model = Answer
        fields = ["observer", "point", "evidence"]


class SightingSerializer(serializers.Serializer[Sighting]):
    """One lesson: the word most observers chose, and what each of them chose."""

    session = serializers.IntegerField(source="session.pk")
    starts_at = serializers.DateTimeField(source="session.starts_at")
    word = serializers.CharField(source="word.label")
    answers = SightSerializer(many=True)


class CourseSerializer(serializers.Serializer[Course]):
    item = serializers.IntegerField(source="item.pk")
    text = serializers.CharField(source="item.text")
    sightings = SightingSerializer(many=True)


class IndicatorGrowthSerializer(serializers.Serializer[Any]):
    indicator = serializers.IntegerField()
    name = serializers.CharField()
    items = CourseSerializer(many=True)


class GrowthSerializer(serializers.Serializer[Any]):
    """Never averaged; only the same item of the same version of an instrument is compared."""

    lessons = serializers.IntegerField()
    indicators = IndicatorGrowthSerializer(many=True)


class GrowthView(APIView):
    request: Request

    @extend_schema(responses=GrowthSerializer)
    def get(self, request: Request) -> Response:
        """How your lessons were seen over time; nobody else's can be asked for."""
        found = growth_of(request.user, timezone.now())
        told = {
            "lessons": found.lessons,
            "indicators": [
                {"indicator": indicator.pk, "name": indicator.name, "items": courses}
                for indicator, courses in found.indicators.items()
            ],
        }
        return Response(GrowthSerializer(told).data)


class GrowthLinkSerializer(serializers.ModelSerializer[GrowthLink]):
    address = serializers.SerializerMethodField()

    class Meta:
        model = GrowthLink
        fields = ["id", "reader", "last_day", "made_at", "revoked_at", "address"]
        read_only_fields = ["made_at", "revoked_at"]

    def get_address(self, link: GrowthLink) -> str:
        address: str = self.context["request"].build_absolute_uri(link.get_absolute_url())
        return address


class GrowthLinkViewSet(viewsets.ReadOnlyModelViewSet[GrowthLink]):
    """Your links: whoever has one reads your growth until its last day, or until you revoke it."""

    request: Request
    serializer_class = GrowthLinkSerializer

    def get_queryset(self) -> QuerySet[GrowthLink]:
        return GrowthLink.objects.visible_to(self.request.user).order_by("-pk")

    @extend_schema(
        examples=[
            OpenApiExample(
                "For a principal",
                value={"reader": "Kepala sekolah", "last_day": "2026-12-24"},
                request_only=True,
            )
        ]
    )
    def create(self, request: Request) -> Response:
        """Make a link for one reader."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        link = services.share_growth(by=request.user, **sent.validated_data)
        return Response(self.get_serializer(link).data, status=201)

    @extend_schema(request=None, responses=GrowthLinkSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        """Close your growth to whoever has that link, for good."""
        link = services.revoke_growth_link(self.get_object(), by=request.user)
        return Response(self.get_serializer(link).data)
