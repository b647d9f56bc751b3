from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets

from api.http import Request
from api.paging import Newest
from schools.models import Level, Phase, School, Subject


class SchoolSerializer(serializers.ModelSerializer[School]):
    district_name = serializers.CharField(source="district.name", read_only=True)

    class Meta:
        model = School
        fields = [
            "id",
            "npsn",
            "name",
            "level",
            "is_public",
            "district",
            "district_name",
            "address",
        ]
        read_only_fields = fields


class ByName(Newest):
    """Keyset pages in the order of names."""

    ordering = ("name", "pk")


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("search", OpenApiTypes.STR, description="Words of the name, or NPSN."),
            OpenApiParameter("level", OpenApiTypes.STR, enum=Level.values),
            OpenApiParameter("district", OpenApiTypes.STR, description="Kemendagri code."),
        ]
    )
)
class SchoolViewSet(viewsets.ReadOnlyModelViewSet[School]):
    """Schools by name; `search` takes words of the name or the beginning of an NPSN."""

    request: Request
    serializer_class = SchoolSerializer
    pagination_class = ByName

    def get_queryset(self) -> QuerySet[School]:
        asked = self.request.query_params
        schools = School.objects.select_related("district").matching(asked.get("search", ""))
        for name in ("level", "district"):
            if asked.get(name):
                schools = schools.filter(**{name: asked[name]})
        return schools.order_by("name", "pk")


class ByCode(Newest):
    """Keyset pages in the order of codes."""

    ordering = "pk"


class SubjectSerializer(serializers.ModelSerializer[Subject]):
    class Meta:
        model = Subject
        fields = ["code", "name"]
        read_only_fields = fields


class SubjectViewSet(viewsets.ReadOnlyModelViewSet[Subject]):
    """Subjects of the national curriculum; `code` is what a group's `subject` holds."""

    request: Request
    serializer_class = SubjectSerializer
    lookup_field = "code"
    pagination_class = ByCode

    def get_queryset(self) -> QuerySet[Subject]:
        return Subject.objects.order_by("pk")


class PhaseSerializer(serializers.ModelSerializer[Phase]):
    class Meta:
        model = Phase
        fields = ["code", "first_grade", "last_grade"]
        read_only_fields = fields


class PhaseViewSet(viewsets.ReadOnlyModelViewSet[Phase]):
    """Phases of Kurikulum Merdeka; `code` is what a session's `phase` holds."""

    request: Request
    serializer_class = PhaseSerializer
    lookup_field = "code"
    pagination_class = ByCode

    def get_queryset(self) -> QuerySet[Phase]:
        return Phase.objects.order_by("pk")
