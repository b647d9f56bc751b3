"""What is handed in to harm others is refused, or loses what would harm."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image
from pypdf import PdfWriter

from activity.files import check_upload
from tests import hostile
from tests.hostile import HIDDEN, NAMES, NEUTRALISED, PDF, REFUSED

ACTIVE = (
    "PDF ini menjalankan perintah atau membawa berkas lain. "
    "Buka, pilih Cetak, lalu simpan lagi sebagai PDF."
)


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=REFUSED)
def test_hostile_file_is_refused(name: str, content: bytes):
    with pytest.raises(ValidationError) as refusal:
        check_upload(ContentFile(content, name=name))

    assert len(refusal.value.messages) == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nested bomb", "Isi berkas ini terlalu besar."),
        ("many parts", "Isi berkas ini terlalu besar."),
        ("lying archive", "Isi berkas ini terlalu besar."),
        ("pdf before zip", "Berkas ini bukan PDF, gambar, atau dokumen kantor."),
        ("docx before script", "Berkas ini bukan PDF, gambar, atau dokumen kantor."),
        ("empty", "Berkas ini kosong."),
        ("pptx bomb", "Isi berkas ini terlalu besar."),
        ("pdf bomb", "Isi berkas ini terlalu besar."),
        ("pdf of nested streams", "Isi berkas ini terlalu besar."),
        ("pdf of packed nothing", "Isi berkas ini terlalu besar."),
        ("pdf with script", ACTIVE),
        ("pdf with script in numbers", ACTIVE),
        ("pdf with packed script", ACTIVE),
        ("pdf with script packed in numbers", ACTIVE),
        ("pdf with packed script and a wrong sum", ACTIVE),
        ("pdf with packed script cut by garbage", ACTIVE),
        ("pdf that launches", ACTIVE),
        ("pdf with a file", ACTIVE),
    ],
)
def test_refusal_says_what_is_wrong(name: str, sentence: str):
    called, content = REFUSED[name]

    with pytest.raises(ValidationError) as refusal:
        check_upload(ContentFile(content, name=called))

    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize(("name", "content"), NEUTRALISED.values(), ids=NEUTRALISED)
def test_picture_keeps_nothing_but_its_pixels(name: str, content: bytes):
    hidden = [mark for mark in HIDDEN if mark in content]

    facts = check_upload(ContentFile(content, name=name))

    stored = facts.content.read()
    assert hidden
    assert [mark for mark in HIDDEN if mark in stored] == []
    with Image.open(BytesIO(stored)) as image:
        assert image.size == (256, 256)
        assert dict(image.getexif()) == {}
    assert facts.size == len(stored)


def test_picture_that_was_made_anew_looks_the_same():
    light, without_loss = hostile.picture(quality=70), hostile.picture("PNG")

    facts = [
        check_upload(ContentFile(light, name="foto.jpg")),
        check_upload(ContentFile(without_loss, name="foto.png")),
    ]

    jpeg, png = (Image.open(facts[n].content) for n in (0, 1))
    before = Image.open(BytesIO(light)).tobytes()
    assert max(abs(one - other) for one, other in zip(before, jpeg.tobytes(), strict=True)) <= 2
    assert facts[0].size <= len(light)
    assert png.tobytes() == Image.open(BytesIO(without_loss)).tobytes()


@pytest.mark.parametrize(("name", "shown"), NAMES.items())
def test_hostile_name_is_shown_harmless(name: str, shown: str):
    content = ContentFile(PDF)
    content.name = name

    facts = check_upload(content)

    assert facts.name == shown
    assert (facts.content.name or "").removesuffix(".pdf").isalnum()


def test_html_as_text_stays_text():
    facts = check_upload(ContentFile(hostile.SCRIPT, name="catatan.txt"))

    assert facts.content_type == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    "content",
    [
        hostile.pdf(hostile.packed(b"<< /Type /Page >>")),
        hostile.pdf(hostile.packed(b"<< /Type /Page >>")[:90]),
        hostile.pdf(*[hostile.packed(b"<< /Type /Page >>")] * 3000),
        hostile.pdf(hostile.nested_heads(2, 100)),
        hostile.pdf(hostile.packed(b"<< /Type /Page >>").replace(b"\x9c", b"\x9c\xff")),
        hostile.pdf(b"<< /S /URI /URI (https://rumah.example/) >>"),
        hostile.pdf(b"<< /Type /ObjStm >> stream\n" + b"no packing" + b"\nendstream"),
    ],
    ids=["packed", "cut short", "much packed", "within another", "damaged", "link", "not packed"],
)
def test_pdf_that_runs_nothing_is_taken_as_it_is(content: bytes):
    facts = check_upload(ContentFile(content, name="modul.pdf"))

    assert facts.content.read() == content


def test_pdf_to_which_another_program_attached_a_file_is_refused():
    made, written = PdfWriter(), BytesIO()
    made.add_blank_page(100, 100)
    made.add_attachment("film.exe", b"MZ")
    made.write(written)

    with pytest.raises(ValidationError) as refusal:
        check_upload(ContentFile(written.getvalue(), name="modul.pdf"))

    assert refusal.value.messages == [ACTIVE]
