import random
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from activity.files import (
    CONTENT_TYPES,
    MAX_BYTES,
    THUMBNAIL_BYTES,
    archives,
    check_upload,
    pictures,
    thumbnail,
)
from activity.files.checking import OLE_HEADER

NOT_TAKEN = "Berkas ini bukan PDF, gambar, atau dokumen kantor."
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"


def zipped(*names: str, mimetype: str = "") -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<x/>")
    return content.getvalue()


def damaged() -> bytes:
    """A packed part that changed on its way."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", CONTENT_TYPES["odt"] * 9)
    packed = bytearray(content.getvalue())
    start = len("mimetype") + 30
    packed[start : start + 12] = bytes(255 - byte for byte in packed[start : start + 12])
    return bytes(packed)


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (40, 20), **options) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, "green").save(content, format=kind, **options)
    return content.getvalue()


def photograph() -> bytes:
    exif = Image.Exif()
    exif[0x0110] = "Ponsel"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "S"
    return picture(exif=exif)


def ole(stream: str) -> bytes:
    return OLE_HEADER + b"\0" * 504 + stream.encode("utf-16-le")


def str_only(value: object) -> str:
    """Keep the bytes of the files out of the tests' names."""
    return value if isinstance(value, str) else ""


DOCX = zipped("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("modul.pdf", PDF, "pdf"),
        ("modul.docx", DOCX, "docx"),
        ("nilai.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        ("tayangan.pptx", zipped("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        ("modul.odt", zipped(mimetype=CONTENT_TYPES["odt"]), "odt"),
        ("modul.doc", ole("WordDocument"), "doc"),
        ("nilai.xls", ole("Workbook"), "xls"),
        ("foto.JPG", picture(), "jpg"),
        ("foto.jpeg", picture(), "jpg"),
        ("foto.png", picture("PNG"), "png"),
        ("foto.webp", picture("WEBP"), "webp"),
        ("catatan.txt", "Murid bertanya “mengapa?”\r\n".encode(), "txt"),
        ("nilai.csv", b"\xef\xbb\xbfnama;nilai\n", "csv"),
    ],
    ids=str_only,
)
def test_type_is_told_from_the_content(name: str, content: bytes, kind: str):
    facts = check_upload(ContentFile(content, name=name))

    assert facts.content_type == CONTENT_TYPES[kind]
    assert facts.name == f"{name.rpartition('.')[0]}.{kind}"
    assert facts.size == facts.content.size
    assert facts.is_image or facts.content.read() == content


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("kosong.pdf", b"", "Berkas ini kosong."),
        ("modul.docx", PDF, "Nama berkas berakhiran .docx, padahal isinya PDF."),
        ("foto.png", picture(), "Nama berkas berakhiran .png, padahal isinya JPG."),
        ("modul.pdf", DOCX, "Nama berkas berakhiran .pdf, padahal isinya DOCX."),
        ("foto.jpg", PDF, "Nama berkas berakhiran .jpg, padahal isinya PDF."),
        ("modul.pdf.exe", PDF, "Nama berkas berakhiran .exe, padahal isinya PDF."),
        ("modul.pdf", b"MZ\x90\0" * 40, NOT_TAKEN),
        ("a.html", b"<script>1</script>", NOT_TAKEN),
        ("a.svg", b"<svg onload='x'/>", NOT_TAKEN),
        ("a.txt", b"abc\0def", NOT_TAKEN),
        ("a.csv", b"nama;\xff\xfe", NOT_TAKEN),
        ("a.zip", zipped("a.txt"), NOT_TAKEN),
        (
            "a.jar",
            zipped(mimetype="application/x"),
            NOT_TAKEN,
        ),
        ("a.docx", b"PK\x03\x04rusak", NOT_TAKEN),
        ("a.odt", damaged(), NOT_TAKEN),
        ("a.doc", ole("Lain"), NOT_TAKEN),
        ("a.jpg", picture()[:200], "Gambar ini rusak atau tidak dapat dibaca."),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", "Gambar ini rusak atau tidak dapat dibaca."),
        (
            "a.docx",
            zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "Berkas ini berisi makro. Simpan dulu sebagai dokumen tanpa makro.",
        ),
        (
            "a.xls",
            ole("Workbook_VBA_PROJECT"),
            "Berkas ini berisi makro. Simpan dulu sebagai dokumen tanpa makro.",
        ),
    ],
    ids=str_only,
)
def test_file_that_lies_or_is_not_taken_is_refused(name: str, content: bytes, sentence: str):
    with pytest.raises(ValidationError) as refusal:
        check_upload(ContentFile(content, name=name))

    assert refusal.value.messages == [sentence]


def test_file_over_ten_megabytes_is_refused_unread():
    big = ContentFile(PDF, name="besar.pdf")
    big.size = MAX_BYTES + 1

    with pytest.raises(ValidationError) as refusal:
        check_upload(big)

    assert refusal.value.messages == ["Berkas lebih besar dari 10 MB."]


def test_image_of_absurd_size_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PIXELS", 799)

    with pytest.raises(ValidationError) as refusal:
        check_upload(ContentFile(picture(), name="peta.jpg"))

    assert refusal.value.messages == ["Gambar ini terlalu besar. Kecilkan dulu."]


def test_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 7)

    with pytest.raises(ValidationError) as refusal:
        check_upload(ContentFile(DOCX, name="bom.docx"))

    assert refusal.value.messages == ["Isi berkas ini terlalu besar."]


def test_photograph_loses_its_place_and_stays_upright():
    facts = check_upload(ContentFile(photograph(), name="murid.jpg"))

    stored = Image.open(facts.content)
    assert dict(stored.getexif()) == {}
    assert stored.size == (20, 40)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_images_lose_their_place_too(kind: str):
    exif = Image.Exif()
    exif[0x0110] = "Ponsel"

    facts = check_upload(ContentFile(picture(kind, exif=exif), name=f"foto.{kind.lower()}"))

    assert dict(Image.open(facts.content).getexif()) == {}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\guru\\modul ajar.pdf", "modul ajar.pdf"),
        ("modul\r\najar\u202e.pdf", "modulajar.pdf"),
        ('"><script>.pdf', "script.pdf"),
        (".pdf", "pdf.pdf"),
        ("  .  .pdf", "berkas.pdf"),
        ("modul", "modul.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_name_is_made_safe(name: str, shown: str):
    content = ContentFile(PDF)
    content.name = name

    assert check_upload(content).name == shown


def test_stored_names_are_random():
    first, second = (check_upload(ContentFile(PDF, name="modul.pdf")) for _ in range(2))

    assert first.content.name != second.content.name
    assert "modul" not in (first.content.name or "")


def test_a_thumbnail_is_small_whatever_is_on_the_picture():
    made = BytesIO()
    Image.effect_noise((1600, 1200), 200).convert("RGB").save(made, format="JPEG", quality=90)
    small = thumbnail(made.getvalue())

    assert len(made.getvalue()) > 1_000_000
    assert len(small) <= THUMBNAIL_BYTES
    with Image.open(BytesIO(small)) as image:
        assert image.size == (320, 240)


def test_noise_in_the_finest_tables_is_taken():
    pixels = random.Random(7).randbytes(3 * 1200 * 1000)  # noqa: S311 -- noise, no secret
    noise = Image.frombytes("RGB", (1200, 1000), pixels)
    made = BytesIO()
    noise.save(made, format="JPEG", quality=95, subsampling=0)

    facts = check_upload(ContentFile(made.getvalue(), name="derau.jpg"))

    assert facts.content_type == "image/jpeg"


def test_archive_with_a_name_that_is_no_text_is_refused():
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        archive.writestr("word/dokumén.xml", "x")
    broken = whole.getvalue().replace("é".encode(), b"\xff\xfe")

    with pytest.raises(ValidationError):
        check_upload(ContentFile(broken, name="surat.docx"))
