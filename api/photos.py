"""The files of photos, in pieces that may be resumed: tus 1.0 without its creation."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions, parsers, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from activity.files import CONTENT_TYPES
from api.http import Request
from api.sheets import UUID_IN_ADDRESS, SentPhotoSerializer
from observations import services
from observations.models import Photo

OFFSET_TYPE = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
LONGEST_NUMBER = 18
OFFSET = OpenApiParameter(
    "Upload-Offset",
    OpenApiTypes.INT,
    OpenApiParameter.HEADER,
    required=True,
    description="How many bytes are here already, as HEAD tells.",
)


class PieceParser(parsers.BaseParser):
    """Reads one piece, and of one that is too large only so much that this shows."""

    media_type = OFFSET_TYPE

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        return stream.read(services.LARGEST_PIECE + 1)


class TooLarge(exceptions.APIException):
    status_code = 413
    default_code = "too_large"


class PhotoViewSet(viewsets.GenericViewSet[Photo]):
    """Photos that a sheet of yours tells of. Their bytes come in pieces, as tus 1.0 has it."""

    request: Request
    serializer_class = SentPhotoSerializer
    parser_classes = (PieceParser,)
    lookup_field = "uid"
    lookup_value_regex = UUID_IN_ADDRESS

    def get_queryset(self) -> QuerySet[Photo]:
        own = Photo.objects.visible_to(self.request.user).filter(
            observation__observer=self.request.user
        )
        return own.select_related("note", "observation")

    def retrieve(self, request: Request, uid: str) -> Response:
        """How much of a photo is here. HEAD tells it in Upload-Offset and Upload-Length alone."""
        photo = self.get_object()
        return Response(self.get_serializer(photo).data, headers=_told(photo))

    @extend_schema(responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    @action(detail=True)
    def content(self, request: Request, uid: str) -> FileResponse:
        """Fetch a whole photo, with the sheet that it belongs to: that one's readers only."""
        found = Photo.objects.visible_to(request.user).stored()
        photo = get_object_or_404(found, uid=uid)
        ending = str(photo.file).rpartition(".")[2]
        return FileResponse(
            photo.file.open("rb"),
            as_attachment=True,
            filename=f"foto-{photo.uid}.{ending}",
            content_type=CONTENT_TYPES[ending],
            headers={
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Cache-Control": "private, no-cache",
            },
        )

    @extend_schema(
        parameters=[OFFSET],
        request={OFFSET_TYPE: OpenApiTypes.BINARY},
        responses={
            204: OpenApiResponse(description="Kept; Upload-Offset says how much is here now."),
            409: OpenApiResponse(description="Not the next piece; Upload-Offset says which is."),
            413: OpenApiResponse(description="A piece has 256 kB at most."),
            460: OpenApiResponse(description="The whole has another sha256; it begins at 0 again."),
        },
    )
    def partial_update(self, request: Request, uid: str) -> Response:
        """Send the next piece, 256 kB at most. With the last one the photo is checked and stored.

        400: it is no picture; nothing of it is here any more.
        """
        photo = self.get_object()
        piece = request.data if isinstance(request.data, bytes) else b""
        if len(piece) > services.LARGEST_PIECE:
            raise TooLarge("256 kB")
        try:
            services.receive_piece(photo, by=request.user, offset=_offset(request), piece=piece)
        except services.WrongOffset as late:
            return _refused(409, late, late.offset)
        except services.WrongSum as broken:
            return _refused(460, broken, 0)
        return Response(status=204, headers=_told(photo))


def _offset(request: Request) -> int:
    told = request.headers.get("Upload-Offset", "")
    if not told.isdecimal() or len(told) > LONGEST_NUMBER:
        raise serializers.ValidationError({"Upload-Offset": ["Upload-Offset?"]})
    return int(told)


def _told(photo: Photo) -> dict[str, str]:
    return {**TUS, "Upload-Offset": str(photo.received), "Upload-Length": str(photo.size)}


def _refused(status: int, error: ValidationError, offset: int) -> Response:
    headers = {**TUS, "Upload-Offset": str(offset)}
    return Response({"detail": error.messages[0]}, status=status, headers=headers)
