from uuid import uuid4

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from api.fields import ReadableField
from api.filters import of, only
from api.http import Request
from kesraku import services
from kesraku.models import Crop, Garden, GardenLesson, Harvest
from sessions.models import ModelSession


class CropSerializer(serializers.ModelSerializer[Crop]):
    class Meta:
        model = Crop
        fields = ["id", "name", "scientific_name", "days_min", "days_max"]


class CropViewSet(viewsets.ReadOnlyModelViewSet[Crop]):
    """Plants that a garden can grow."""

    request: Request
    serializer_class = CropSerializer

    def get_queryset(self) -> QuerySet[Crop]:
        return Crop.objects.order_by("-pk")


class GardenSerializer(serializers.ModelSerializer[Garden]):
    submission = serializers.UUIDField(default=uuid4, write_only=True)

    class Meta:
        model = Garden
        fields = [
            "id",
            "school",
            "name",
            "crop",
            "planted_on",
            "story",
            "families",
            "started_at",
            "ended_at",
            "harvested_grams",
            "submission",
        ]
        read_only_fields = ["school", "started_at", "ended_at", "harvested_grams"]


class GardenFactsSerializer(serializers.ModelSerializer[Garden]):
    class Meta:
        model = Garden
        fields = ["name", "crop", "planted_on", "story", "families"]


class GardenLessonSerializer(serializers.ModelSerializer[GardenLesson]):
    class Meta:
        model = GardenLesson
        fields = ["session", "garden", "linked_at"]


class LinkSerializer(serializers.ModelSerializer[GardenLesson]):
    session = ReadableField(ModelSession)

    class Meta:
        model = GardenLesson
        fields = ["session"]


class GardenViewSet(viewsets.ReadOnlyModelViewSet[Garden]):
    """School gardens at the homes of poor neighbours; of the families only their number is kept."""

    request: Request
    serializer_class = GardenSerializer

    def get_queryset(self) -> QuerySet[Garden]:
        return Garden.objects.visible_to(self.request.user).order_by("-pk")

    @extend_schema(responses={201: GardenSerializer})
    def create(self, request: Request) -> Response:
        """Start a garden of your school. The same `submission` again starts nothing new."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        garden = services.start_garden(by=request.user, **sent.validated_data)
        return Response(self.get_serializer(garden).data, status=201)

    @extend_schema(request=GardenFactsSerializer, responses=GardenSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change what is told of a garden of your school."""
        garden = self.get_object()
        sent = GardenFactsSerializer(garden, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        garden = services.edit_garden(garden, by=request.user, **sent.validated_data)
        return Response(self.get_serializer(garden).data)

    @extend_schema(request=None, responses=GardenSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """Say that the garden is over; `resume` undoes it."""
        garden = services.end_garden(self.get_object(), by=request.user)
        return Response(self.get_serializer(garden).data)

    @extend_schema(request=None, responses=GardenSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        """Tend the garden again."""
        garden = services.resume_garden(self.get_object(), by=request.user)
        return Response(self.get_serializer(garden).data)

    @extend_schema(request=LinkSerializer, responses=GardenLessonSerializer)
    @action(detail=True, methods=["post"])
    def link(self, request: Request, pk: str) -> Response:
        """Say that a session is taught in or about this garden; for its guru model and board."""
        sent = LinkSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        session = sent.validated_data["session"]
        lesson = services.link_garden(session, self.get_object(), by=request.user)
        return Response(GardenLessonSerializer(lesson).data)

    @extend_schema(request=LinkSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def unlink(self, request: Request, pk: str) -> Response:
        """Say that a session is not about this garden after all."""
        sent = LinkSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        lessons = GardenLesson.objects.visible_to(request.user).filter(garden=self.get_object())
        lesson = get_object_or_404(lessons, session=sent.validated_data["session"])
        services.unlink_garden(lesson.session, by=request.user)
        return Response(status=204)


class HarvestSerializer(serializers.ModelSerializer[Harvest]):
    garden = ReadableField(Garden)
    submission = serializers.UUIDField(default=uuid4, write_only=True)

    class Meta:
        model = Harvest
        fields = ["id", "garden", "on", "grams", "recorded_at", "submission"]
        read_only_fields = ["recorded_at"]


@extend_schema_view(list=extend_schema(parameters=[of("garden")]))
class HarvestViewSet(mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[Harvest]):
    """What gardens gave, in grams."""

    request: Request
    serializer_class = HarvestSerializer

    def get_queryset(self) -> QuerySet[Harvest]:
        found = Harvest.objects.visible_to(self.request.user).order_by("-pk")
        return only(found, self.request, "garden")

    @extend_schema(responses={201: HarvestSerializer})
    def create(self, request: Request) -> Response:
        """Record a harvest of your school's garden. The same `submission` again adds nothing."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        harvest = services.record_harvest(facts.pop("garden"), by=request.user, **facts)
        return Response(self.get_serializer(harvest).data, status=201)

    def perform_destroy(self, instance: Harvest) -> None:
        services.remove_harvest(instance, by=self.request.user)
