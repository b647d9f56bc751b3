from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, parsers, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from activity.files import CONTENT_TYPES
from api.fields import CheckedFileField, ReadableField
from api.filters import of, only
from api.http import Request
from api.library import SEARCH, SearchMixin, filters_of
from api.post_actions import PostActions
from api.post_versions import VersionsMixin
from groups.models import Cycle, Group
from sharing import services
from sharing.library import narrowed
from sharing.models import Attachment, LinkPreview, Post
from sharing.queries import preview_of


class TopicsField(serializers.ListField):
    """The names of topics, at most five; a new name makes a new topic."""

    child = serializers.CharField(max_length=200)

    def to_representation(self, data: Any) -> list[str]:
        return [topic.name for topic in data.all()]


# What people write of a post.
WORDS = [
    "kind",
    "title",
    "body",
    *Post.PARTS,
    "link",
    "subject",
    "phase",
    "grade",
    "topics",
    "audience",
]

# What the platform says of a post.
FACTS = [
    "body_html",
    "shared_at",
    "edited_at",
    "version",
    "narrowed_from",
    "narrowed_to",
    "withdrawn_at",
    "withdrawn_because",
    "endorsed_at",
    "endorsed_by",
    "endorsed_version",
    "endorsed_before",
    "file_count",
    "file_bytes",
    "comment_count",
    "use_count",
    "thank_count",
]


class PostSerializer(serializers.ModelSerializer[Post]):
    topics = TopicsField(required=False)
    group = ReadableField(Group)
    cycle = ReadableField(Cycle, required=False, allow_null=True)
    submission = serializers.UUIDField(default=uuid4, write_only=True)
    begun_as = serializers.UUIDField(required=False, write_only=True)
    excerpt = serializers.SerializerMethodField(
        help_text="A piece of the text as safe HTML, the words of `?search=` in <mark>; else empty."
    )

    class Meta:
        model = Post
        fields = [
            "id",
            "group",
            "cycle",
            "author",
            *WORDS,
            *FACTS,
            "submission",
            "begun_as",
            "excerpt",
        ]
        read_only_fields = ["author", *FACTS]

    def get_excerpt(self, post: Post) -> str:
        return str(self.context.get("excerpts", {}).get(post.pk, ""))


class LinkPreviewSerializer(serializers.ModelSerializer[LinkPreview]):
    class Meta:
        model = LinkPreview
        fields = ["url", "title", "description", "site_name"]
        read_only_fields = fields


class PostWordsSerializer(serializers.ModelSerializer[Post]):
    """With `new_version` and a `note` of what changed, material begins its next version."""

    topics = TopicsField(required=False)
    new_version = serializers.BooleanField(required=False, write_only=True)
    note = serializers.CharField(required=False, write_only=True, max_length=200)

    class Meta:
        model = Post
        fields = [*WORDS, "new_version", "note"]


@extend_schema_view(
    list=extend_schema(
        parameters=[
            of("group"),
            of("cycle"),
            OpenApiParameter("audience", OpenApiTypes.STR, enum=Post.Audience.values),
            *SEARCH,
        ]
    )
)
class PostViewSet(PostActions, SearchMixin, VersionsMixin, viewsets.ReadOnlyModelViewSet[Post]):
    """Posts that you may read. One that you or your board withdrew is not in the list."""

    request: Request
    serializer_class = PostSerializer

    def get_queryset(self) -> QuerySet[Post]:
        found = Post.objects.visible_to(self.request.user).order_by("-pk")
        found = found.prefetch_related("topics")
        if self.action != "list":
            return found
        audience = self.request.query_params.get("audience")
        if audience in Post.Audience:
            found = found.filter(audience=audience)
        found = narrowed(found.shared(), filters_of(self.request))
        return only(found, self.request, "group", "cycle")

    @extend_schema(responses={201: PostSerializer})
    def create(self, request: Request) -> Response:
        """Share something with a group or more.

        The same `submission` again shares nothing new; with other words it is refused.
        """
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        words = dict(sent.validated_data)
        post = services.share_post(words.pop("group"), by=request.user, **words)
        return Response(self.get_serializer(post).data, status=201)

    @extend_schema(request=PostWordsSerializer, responses=PostSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change the words of your post, or who may read it."""
        post = self.get_object()
        sent = PostWordsSerializer(post, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        post = services.edit_post(post, by=request.user, **sent.validated_data)
        return Response(self.get_serializer(post).data)

    @extend_schema(responses=LinkPreviewSerializer)
    @action(detail=True)
    def preview(self, request: Request, pk: str) -> Response:
        """What the page behind the post's link says of itself; 404 while that is not known."""
        found = preview_of(self.get_object())
        if not found:
            raise Http404
        return Response(LinkPreviewSerializer(found).data)


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    has_thumbnail = serializers.BooleanField(source="thumbnail", read_only=True)

    class Meta:
        model = Attachment
        fields = [
            "key",
            "post",
            "name",
            "content_type",
            "size",
            "page_count",
            "has_thumbnail",
            "has_consent",
            "first_version",
            "last_version",
        ]
        read_only_fields = fields


class NewAttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """`consent` says that no pupil can be recognised in a picture without the parents' consent."""

    post = ReadableField(Post)
    file = CheckedFileField()
    consent = serializers.BooleanField(default=False)

    class Meta:
        model = Attachment
        fields = ["post", "file", "consent"]


@extend_schema_view(list=extend_schema(parameters=[of("post")]))
class AttachmentViewSet(mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[Attachment]):
    """Files of the posts that you may read, each under its key."""

    request: Request
    lookup_field = "key"
    serializer_class = AttachmentSerializer
    parser_classes = [parsers.MultiPartParser]

    def get_queryset(self) -> QuerySet[Attachment]:
        found = Attachment.objects.visible_to(self.request.user).order_by("-pk")
        return only(found, self.request, "post")

    @extend_schema(request=NewAttachmentSerializer, responses={201: AttachmentSerializer})
    def create(self, request: Request) -> Response:
        """Add a file to your post: 10 MB at most, told by its content, a picture with consent."""
        sent = NewAttachmentSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        given = sent.validated_data
        attachment = services.attach_file(
            given["post"], given["file"], by=request.user, consent=given["consent"]
        )
        return Response(self.get_serializer(attachment).data, status=201)

    def perform_destroy(self, instance: Attachment) -> None:
        services.remove_attachment(instance, by=self.request.user)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True)
    def content(self, request: Request, key: str) -> FileResponse:
        """Fetch the file itself."""
        attachment = self.get_object()
        return _handed_out(attachment.file, attachment.name, attachment.content_type)

    @extend_schema(responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    @action(detail=True)
    def thumbnail(self, request: Request, key: str) -> FileResponse:
        """Fetch a small JPEG of the picture, or of a PDF's first page; 404 while there is none."""
        attachment = self.get_object()
        if not attachment.thumbnail:
            raise Http404
        name = attachment.thumbnail_name
        return _handed_out(attachment.thumbnail, name, CONTENT_TYPES["jpg"])


def _handed_out(stored: FieldFile, name: str, content_type: str) -> FileResponse:
    try:
        opened = stored.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        opened,
        as_attachment=True,
        filename=name,
        content_type=content_type,
        # As on the page: what somebody uploaded runs nothing, wherever it is opened.
        headers={
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-cache",
        },
    )
