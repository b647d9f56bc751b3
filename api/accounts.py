from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import services
from accounts.models import User
from api.filters import of, only
from api.http import Request


class PersonSerializer(serializers.ModelSerializer[User]):
    """What colleagues see of a person."""

    class Meta:
        model = User
        fields = [
            *("id", "full_name", "name", "title_before", "title_after"),
            *("school", "institution", "position"),
        ]
        read_only_fields = fields


class MeSerializer(serializers.ModelSerializer[User]):
    """A person's own profile. The e-mail is changed on the page, where it is confirmed."""

    phone = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text="Kept as E.164; 08… will do."
    )

    class Meta:
        model = User
        fields = [
            "id",
            "username",
            "email",
            "phone",
            "full_name",
            "name",
            "title_before",
            "title_after",
            "nuptk",
            "nip",
            "school",
            "institution",
            "position",
            "language",
            "time_zone",
            "approved_at",
        ]
        read_only_fields = ["email", "approved_at"]
        # The service asks the constraints, and words them.
        validators: list[object] = []


class MeView(APIView):
    """Your own profile."""

    request: Request

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Who you are."""
        return Response(MeSerializer(request.user).data)

    @extend_schema(request=MeSerializer(partial=True), responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Change what you say about yourself; what is not sent stays."""
        sent = MeSerializer(request.user, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        person = services.edit_profile(request.user, by=request.user, **sent.validated_data)
        return Response(MeSerializer(person).data)


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("search", OpenApiTypes.STR, description="A part of the name."),
            of("school"),
        ]
    )
)
class PersonViewSet(viewsets.ReadOnlyModelViewSet[User]):
    """People who were let in, newest first."""

    request: Request
    serializer_class = PersonSerializer

    def get_queryset(self) -> QuerySet[User]:
        asked = self.request.query_params
        people = User.objects.visible_to(self.request.user)
        if asked.get("search"):
            people = people.filter(name__icontains=asked["search"])
        return only(people.order_by("-pk"), self.request, "school")
