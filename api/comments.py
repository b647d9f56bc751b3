from uuid import uuid4

from django.db.models import Exists, OuterRef, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.fields import Field
from rest_framework.response import Response

from api.fields import ReadableField
from api.filters import of, only
from api.http import Request
from sharing import services
from sharing.models import Comment, Post, Report


class CommentSerializer(serializers.ModelSerializer[Comment]):
    post = ReadableField(Post)
    parent = ReadableField(  # type: ignore[assignment]
        Comment, required=False, allow_null=True
    )
    submission = serializers.UUIDField(default=uuid4, write_only=True)

    class Meta:
        model = Comment
        fields = [
            "id",
            "post",
            "parent",
            "author",
            "body",
            "body_html",
            "at",
            "edited_at",
            "deleted_at",
            "submission",
        ]
        read_only_fields = ["author", "body_html", "at", "edited_at", "deleted_at"]


class CommentWordsSerializer(serializers.ModelSerializer[Comment]):
    class Meta:
        model = Comment
        fields = ["body"]


class DeletionSerializer(serializers.Serializer[None]):
    withdrawn_because = serializers.CharField(
        max_length=200, required=False, default="", allow_blank=True
    )


@extend_schema_view(list=extend_schema(parameters=[of("post"), of("parent")]))
class CommentViewSet(viewsets.ReadOnlyModelViewSet[Comment]):
    """Answers to the posts that you may read. Of a deleted one the words are gone."""

    request: Request
    serializer_class = CommentSerializer

    def get_queryset(self) -> QuerySet[Comment]:
        found = Comment.objects.visible_to(self.request.user).order_by("-pk")
        return only(found, self.request, "post", "parent")

    @extend_schema(responses={201: CommentSerializer})
    def create(self, request: Request) -> Response:
        """Answer a post, or with a `parent` an answer. The same `submission` writes nothing new."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        comment = services.write_comment(words.pop("post"), by=request.user, **words)
        return Response(self.get_serializer(comment).data, status=201)

    @extend_schema(request=CommentWordsSerializer, responses=CommentSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change the words of your answer, within 15 minutes."""
        comment = self.get_object()
        sent = CommentWordsSerializer(comment, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        body = sent.validated_data.get("body", comment.body)
        comment = services.edit_comment(comment, by=request.user, body=body)
        return Response(self.get_serializer(comment).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Delete the words of an answer for good; that there was one stays.

        Who did not write it sends `withdrawn_because` in the body: its author is told.
        """
        comment = self.get_object()
        sent = DeletionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        because = sent.validated_data["withdrawn_because"]
        services.delete_comment(comment, by=request.user, because=because)
        return Response(status=204)


class ReportSerializer(serializers.ModelSerializer[Report]):
    """Give a `post`, or a `comment` to report that. Who reported is told to nobody."""

    post = ReadableField(Post, required=False)
    comment = ReadableField(Comment, required=False, allow_null=True)
    submission = serializers.UUIDField(default=uuid4, write_only=True)
    reported_html = serializers.SerializerMethodField(
        help_text="What was reported, as safe HTML, for whoever decides, while it waits."
    )

    class Meta:
        model = Report
        fields = [
            "id",
            "post",
            "comment",
            "reason",
            "words",
            "at",
            "decided_at",
            "outcome",
            "submission",
            "reported_html",
        ]
        read_only_fields = ["at", "decided_at", "outcome"]

    def get_reported_html(self, report: Report) -> str:
        if not getattr(report, "is_to_decide", False):
            return ""
        return (report.comment or report.post).body_html


class ReportDecisionSerializer(serializers.Serializer[None]):
    outcome = serializers.ChoiceField(Report.Outcome.choices)
    withdrawn_because = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True
    )


@extend_schema_view(
    list=extend_schema(
        parameters=[of("post"), OpenApiParameter("decided", OpenApiTypes.BOOL)],
    )
)
class ReportViewSet(viewsets.ReadOnlyModelViewSet[Report]):
    """Your own reports, and those that you decide; with `?decided=false` those that wait."""

    request: Request
    serializer_class = ReportSerializer

    def get_queryset(self) -> QuerySet[Report]:
        visible = Report.objects.visible_to(self.request.user)
        to_decide = visible.decided_by(self.request.user).waiting().filter(pk=OuterRef("pk"))
        told = visible.select_related("post", "comment").annotate(is_to_decide=Exists(to_decide))
        found = only(told.order_by("-pk"), self.request, "post")
        decided = self.request.query_params.get("decided")
        if decided in ("true", "false"):
            found = found.filter(decided_at__isnull=decided == "false")
        return found

    @extend_schema(responses={201: ReportSerializer})
    def create(self, request: Request) -> Response:
        """Tell the board that a post or an answer should not be there."""
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        post, comment = words.pop("post", None), words.pop("comment", None)
        if comment:
            report = services.report_comment(comment, by=request.user, **words)
        elif post:
            report = services.report_post(post, by=request.user, **words)
        else:
            raise ValidationError({"post": [Field.default_error_messages["required"]]})
        return Response(self.get_serializer(report).data, status=201)

    @extend_schema(request=ReportDecisionSerializer, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """Keep what was reported, or take it away with the reason for its author."""
        report = self.get_object()
        sent = ReportDecisionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        report = services.decide_report(
            report,
            by=request.user,
            remove=sent.validated_data["outcome"] == Report.Outcome.REMOVED,
            because=sent.validated_data["withdrawn_because"],
        )
        return Response(self.get_serializer(report).data)
