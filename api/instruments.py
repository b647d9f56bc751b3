from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from api.fields import ReadableField
from api.http import Request
from groups.models import Group
from observations import services
from observations.content import content_of
from observations.models import Aspect, Indicator, Instrument, Item, Scale, ScalePoint
from observations.xlsform import LARGEST_FILE, read_xlsform, write_xlsform

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ScalePointSerializer(serializers.ModelSerializer[ScalePoint]):
    class Meta:
        model = ScalePoint
        fields = ["id", "label", "meaning", "is_best"]


class ScaleSerializer(serializers.ModelSerializer[Scale]):
    points = ScalePointSerializer(many=True, read_only=True)

    class Meta:
        model = Scale
        fields = ["code", "name", "points"]


class ItemSerializer(serializers.ModelSerializer[Item]):
    scale = ScaleSerializer(read_only=True)
    encouraged = serializers.ListField(child=serializers.CharField())
    discouraged = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Item
        fields = [
            *("id", "code", "text", "hint", "kind", "scale", "is_required", "allows_na"),
            *("evidence", "encouraged", "discouraged"),
        ]


class IndicatorSerializer(serializers.ModelSerializer[Indicator]):
    items = ItemSerializer(many=True, read_only=True)

    class Meta:
        model = Indicator
        fields = ["id", "code", "name", "description", "items"]


class AspectSerializer(serializers.ModelSerializer[Aspect]):
    indicators = IndicatorSerializer(many=True, read_only=True)

    class Meta:
        model = Aspect
        fields = ["name", "pick_one", "indicators"]


class InstrumentSerializer(serializers.ModelSerializer[Instrument]):
    aspects = AspectSerializer(many=True, read_only=True)

    class Meta:
        model = Instrument
        fields = [
            *("id", "code", "version", "status", "group", "name", "purpose", "minutes", "source"),
            *("licence", "notice", "valid_from", "valid_to", "is_default", "published_at"),
            "aspects",
        ]


class NewInstrumentSerializer(serializers.ModelSerializer[Instrument]):
    """`group` of null is for everybody; `content` is of the format `smart-mgmp/instrument/1`."""

    group = ReadableField(Group, allow_null=True)
    content = serializers.JSONField()

    class Meta:
        model = Instrument
        fields = ["group", "content"]


class InstrumentFileSerializer(serializers.ModelSerializer[Instrument]):
    """An XLSForm (.xlsx) of at most 1 MB; without `group` it is for everybody."""

    group = ReadableField(Group, required=False)
    file = serializers.FileField()

    class Meta:
        model = Instrument
        fields = ["group", "file"]


class InstrumentCopySerializer(serializers.ModelSerializer[Instrument]):
    """`group` of null is for everybody."""

    group = ReadableField(Group, allow_null=True)

    class Meta:
        model = Instrument
        fields = ["group", "name"]


class InstrumentViewSet(mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[Instrument]):
    """What observers fill: aspects, indicators and items, with hints and the words of scales.

    A draft is made of plain data, changed by sending them anew, and published; then it is fixed.
    """

    request: Request
    serializer_class = InstrumentSerializer

    def get_queryset(self) -> QuerySet[Instrument]:
        return Instrument.objects.visible_to(self.request.user).whole().order_by("-pk")

    @extend_schema(request=NewInstrumentSerializer, responses={201: InstrumentSerializer})
    def create(self, request: Request) -> Response:
        """Begin a draft of plain data. What is wrong is said with where it stands."""
        sent = self._sent(NewInstrumentSerializer)
        made = services.import_instrument(sent["content"], by=request.user, group=sent["group"])
        return self._shown(made, status=201)

    @extend_schema(
        request={"multipart/form-data": InstrumentFileSerializer},
        responses={201: InstrumentSerializer},
    )
    @action(
        detail=False, methods=["post"], url_path="from-xlsform", parser_classes=[MultiPartParser]
    )
    def from_xlsform(self, request: Request) -> Response:
        """Begin a draft of an XLSForm. Each row that cannot be expressed is named, with why."""
        sent = self._sent(InstrumentFileSerializer)
        # One byte more than may be is enough to refuse it.
        content = read_xlsform(sent["file"].read(LARGEST_FILE + 1))
        made = services.import_instrument(content, by=request.user, group=sent.get("group"))
        return self._shown(made, status=201)

    def perform_destroy(self, instance: Instrument) -> None:
        services.discard_instrument(instance, by=self.request.user)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True)
    def content(self, request: Request, pk: str) -> Response:
        """Fetch it as plain data, of the format `smart-mgmp/instrument/1`."""
        return Response(content_of(self.get_object()))

    @extend_schema(request=OpenApiTypes.OBJECT, responses=InstrumentSerializer)
    @content.mapping.put
    def replace_content(self, request: Request, pk: str) -> Response:
        """Let your draft say what these data say, and nothing else."""
        found = services.replace_content(self.get_object(), request.data, by=request.user)
        return self._shown(found)

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})
    @action(detail=True)
    def xlsform(self, request: Request, pk: str) -> HttpResponse:
        """Fetch it as XLSForm, for ODK, KoboToolbox and SurveyCTO."""
        found = self.get_object()
        answer = HttpResponse(write_xlsform(content_of(found)), content_type=XLSX)
        name = f"{found.code}-{found.version}.xlsx"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    @extend_schema(request=None, responses=InstrumentSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Publish your draft, in place of older versions. It never changes again."""
        return self._shown(services.publish_instrument(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=InstrumentSerializer)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: str) -> Response:
        """Have it chosen no more; sessions and sheets that have it keep it."""
        return self._shown(services.retire_instrument(self.get_object(), by=request.user))

    @extend_schema(request=None, responses={201: InstrumentSerializer})
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: str) -> Response:
        """Begin the draft of its next version."""
        made = services.renew_instrument(self.get_object(), by=request.user)
        return self._shown(made, status=201)

    @extend_schema(request=InstrumentCopySerializer, responses={201: InstrumentSerializer})
    @action(detail=True, methods=["post"])
    def copy(self, request: Request, pk: str) -> Response:
        """Begin a draft of your own that has all that this one has."""
        sent = self._sent(InstrumentCopySerializer)
        made = services.copy_instrument(self.get_object(), by=request.user, **sent)
        return self._shown(made, status=201)

    def _sent(self, kind: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        sent = kind(data=self.request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def _shown(self, instrument: Instrument, status: int = 200) -> Response:
        fresh = self.get_queryset().get(pk=instrument.pk)
        return Response(self.get_serializer(fresh).data, status=status)
