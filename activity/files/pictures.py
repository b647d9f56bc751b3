"""Pictures: made anew from their pixels, so that nothing else of them is kept."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

MAX_PIXELS = 60_000_000
THUMBNAIL_SIDE = 320
THUMBNAIL_BYTES = 15_000
IMAGE_FORMATS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}
IMAGE_HEADERS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
WEBP_QUALITY = 88
# Where a WebP file names its first chunk; that of a picture without loss is `VP8L`.
_FIRST_CHUNK = slice(12, 16)


def thumbnail(content: bytes) -> bytes:
    """A small JPEG of a checked image, 320 pixels at the longest side and 15 kB at most."""
    return smaller(content, side=THUMBNAIL_SIDE, most=THUMBNAIL_BYTES)


def smaller(content: bytes, *, side: int, most: int) -> bytes:
    """A JPEG of a checked image: so many pixels at its longest side, and about so many bytes."""
    with open_image(content, at_least=side) as image:
        small = image.convert("RGB")
        small.thumbnail((side, side))
    small.info = {}
    for quality in (80, 60, 40, 20, 10):
        made = BytesIO()
        small.save(made, format="JPEG", quality=quality)
        if made.tell() <= most:
            break
    return made.getvalue()


def open_image(content: bytes, *, at_least: int | None = None) -> Image.Image:
    """Open an image of a type we take, whole and not absurdly large.

    With `at_least` so many pixels a side will do, which makes a JPEG quick to open.
    """
    try:
        image = Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
        if image.width * image.height > MAX_PIXELS:
            raise ValidationError(_("Gambar ini terlalu besar. Kecilkan dulu."), code="too_big")
        if at_least:
            image.draft("RGB", (at_least, at_least))
        image.load()
    except Image.DecompressionBombError as error:
        raise ValidationError(
            _("Gambar ini terlalu besar. Kecilkan dulu."), code="too_big"
        ) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("Gambar ini rusak atau tidak dapat dibaca."), code="type"
        ) from error
    return image


def made_anew(content: bytes) -> bytes:
    """The same picture, upright, from its pixels alone.

    Place, camera, comments, a second picture, a colour profile and whatever else was hidden in the
    file or behind its end are gone: photographs show children, and where they were taken is
    nobody's business. A JPEG keeps its own tables, so that it loses next to nothing and does not
    grow; PNG loses nothing.
    """
    with open_image(content) as image:
        how = _how_to_save(image, content)
        upright = _upright(_in_srgb(image))
    upright.info = {}
    made = BytesIO()
    try:
        upright.save(made, **how)
    except OSError:
        # Noise in the finest tables grows beyond what Pillow sets aside for it.
        made = BytesIO()
        upright.save(made, format=how["format"], quality=90)
    return made.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    """The picture turned as its EXIF says; as it is where that cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 -- at odd EXIF, which some phones write, Pillow raises anything
        return image


def _how_to_save(image: Image.Image, content: bytes) -> dict[str, Any]:
    """What Pillow is told so that the picture stays what it was."""
    if isinstance(image, JpegImageFile):
        return {
            "format": "JPEG",
            "qtables": image.quantization,
            "subsampling": get_sampling(image),
            "progressive": bool(image.info.get("progressive")),
            "optimize": True,
        }
    if image.format == "WEBP":
        return {
            "format": "WEBP",
            "lossless": content[_FIRST_CHUNK] == b"VP8L",
            "quality": WEBP_QUALITY,
        }
    clear = image.info.get("transparency")
    return {"format": "PNG"} if clear is None else {"format": "PNG", "transparency": clear}


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture in the colours that every screen takes for granted, so that it needs no profile.

    A profile is a place for words that nobody sees. One that cannot be read is left out.
    """
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA"}:
        return image
    with suppress(ImageCms.PyCMSError):
        ImageCms.profileToProfile(
            image, BytesIO(profile), ImageCms.createProfile("sRGB"), inPlace=True
        )
    return image
