from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets

from api.http import Request
from api.paging import Newest
from schools.models import Level, School


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
