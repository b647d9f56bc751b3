"""Files that somebody may hand in to harm others: each as a name, its content and what it hides."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zlib import Z_SYNC_FLUSH, compress, compressobj, crc32

from PIL import Image, PngImagePlugin

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nendobj\n%%EOF\n"
SCRIPT = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>1</script></svg>'
# Seko, Luwu Utara, as a phone writes it.
PLACE = "2 deg 15' 0.00\" S"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>' + PLACE.encode() + b"</x:xmpmeta>"


RUNS = b"<< /Type /Action /S /JavaScript /JS (app.alert\\(1\\)) >>"


def pdf(*objects: bytes) -> bytes:
    """A PDF with these objects, from the fifth on."""
    numbered = [b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 5)]
    return PDF.replace(b"%%EOF", b"".join(numbered) + b"%%EOF")


def packed(content: bytes, name: bytes = b"/ObjStm") -> bytes:
    """Objects as newer PDFs hold them: packed."""
    return stream(compress(b"9 0 " + content), name)


def stream(made: bytes, name: bytes = b"/ObjStm") -> bytes:
    head = b"<< /Type %s /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % (name, len(made))
    return head + b"\nstream\r\n" + made + b"\nendstream"


def with_wrong_sum() -> bytes:
    """A packed script whose last four bytes, its sum, are zeroed: readers run it all the same."""
    return stream(compress(b"9 0 " + RUNS)[:-4] + bytes(4))


def cut_by_garbage() -> bytes:
    """A packed script that is damaged right behind: a block of a kind that there is not."""
    packer = compressobj()
    made = packer.compress(b"9 0 " + RUNS) + packer.flush(Z_SYNC_FLUSH)
    return stream(made + b"\xff" * 100)


def nested_heads(count: int, length: int) -> bytes:
    """Heads of streams, each packed in the one before it, and so many bytes that make nothing."""
    head = b"/ObjStm stream\n\x78\x9c"
    packed_head = struct.pack("<BHH", 0, len(head), len(head) ^ 0xFFFF) + head
    nothing = struct.pack("<BHH", 0, 0, 0xFFFF)
    return head + packed_head * (count - 1) + nothing * (length // len(nothing))


def zipped(parts: dict[str, bytes], *, comment: bytes = b"") -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
        archive.comment = comment
    return content.getvalue()


def docx(**parts: bytes) -> bytes:
    """A document with more parts; two underscores in a name stand for a slash, one for a dot."""
    more = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    return zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"} | more)


def picture(kind: str = "JPEG", **options) -> bytes:
    content = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(content, format=kind, **options)
    return content.getvalue()


def exif() -> Image.Exif:
    """What a phone adds: its model, how it was held, and the place."""
    data = Image.Exif()
    data[0x0110] = "Ponsel"
    data[0x0112] = 6
    data.get_ifd(0x8825).update({1: "S", 2: (2.0, 15.0, 0.0), 3: "E", 4: (120.0, 0.0, 0.0)})
    return data


# As some phones write it: too short, no TIFF at all, an orientation in words.
BROKEN_EXIF = (
    b"Exif\0\0II*\0",
    b"Exif\0\0hello there",
    b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x02\0\0\0\x01a\0\0\0\0\0\0\0",
)


def png_with_text() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    text.add_text("Comment", PLACE)
    return picture("PNG", pnginfo=text, exif=exif())


def jpeg_with_script_up_front() -> bytes:
    """The length of its first segment reads `/*` as JavaScript, its padding the rest."""
    whole = picture()
    length = int.from_bytes(whole[4:6], "big")
    script = b"*/=1;alert(1);/*"
    segment = whole[6 : 4 + length] + script
    return whole[:4] + b"\x2f\x2a" + segment.ljust(0x2F2A - 2, b"\0") + whole[4 + length :]


def jpeg_with_comment(text: bytes) -> bytes:
    whole = picture()
    return whole[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + whole[2:]


def lying_archive() -> bytes:
    """A part of two megabytes that both of its headers call ten bytes long."""
    content = bytearray(docx(word__big_xml=b"\0" * 2_000_000))
    true = struct.pack("<I", 2_000_000)
    assert content.count(true) == 2
    content = content.replace(true, struct.pack("<I", 10))
    return bytes(content.replace(_sum(b"\0" * 2_000_000), _sum(b"\0" * 10)))


def _sum(content: bytes) -> bytes:
    return struct.pack("<I", crc32(content))


def many_parts() -> bytes:
    return docx(**{f"word__part{n}_xml": b"" for n in range(4100)})


def nested_bomb() -> bytes:
    """An archive of archives, each of which unpacks to a hundred times its size."""
    inner = zipped({f"{n}.xml": b"\0" * 3_000_000 for n in range(3)})
    middle = zipped({f"{n}.zip": inner for n in range(20)})
    return docx(
        **{f"word__embeddings__{n}_bin": b"\0" * 40_000_000 for n in range(8)}, a_zip=middle
    )


def pptx_bomb() -> bytes:
    """Slides of nothing, each a thousand times as long as it is packed."""
    slides = {f"ppt/media/{n}.png": b"\0" * 40_000_000 for n in range(8)}
    return zipped({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"} | slides)


def with_part_named(name: str) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for part in ("[Content_Types].xml", "word/document.xml", name):
            archive.writestr(ZipInfo(part), b"<x/>")
    return content.getvalue()


def with_pdf_inside() -> bytes:
    """A document whose first part is a PDF, near enough to the start for readers of PDF."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for part, text in (("a", PDF), ("[Content_Types].xml", b""), ("word/document.xml", b"")):
            archive.writestr(part, text)
    return content.getvalue()


# Whatever else these are, they are not taken: what is wrong, name, content.
REFUSED = {
    "html as pdf": ("modul.pdf", SCRIPT),
    "html as doc": ("modul.doc", SCRIPT),
    "html as docx": ("modul.docx", SCRIPT),
    "html as png": ("foto.png", SCRIPT),
    "html": ("modul.html", SCRIPT),
    "html without ending": ("modul", SCRIPT),
    "svg": ("gambar.svg", SVG),
    "svg as png": ("gambar.png", SVG),
    "svg as jpg": ("gambar.jpg", SVG),
    "svg as webp": ("gambar.webp", SVG),
    "svg as pdf": ("gambar.pdf", SVG),
    "gif with script": ("gambar.gif", b"GIF89a/*" + b"\0" * 8 + b"*/=1;alert(1)"),
    "gif as png": ("gambar.png", b"GIF89a/*" + b"\0" * 8 + b"*/=1;alert(1)"),
    "pdf behind html": ("modul.pdf", SCRIPT + PDF),
    "pdf behind text": ("catatan.txt", b"catatan\n" + PDF.replace(b"\xe2\xe3\xcf\xd3", b"")),
    "pdf before zip": ("modul.pdf", PDF + docx()),
    "pdf before script": ("modul.pdf", PDF + b" " * 2000 + SCRIPT),
    "pdf with script": ("modul.pdf", pdf(RUNS)),
    "pdf with script in numbers": ("modul.pdf", pdf(RUNS.replace(b"/Java", b"/#4aav#61"))),
    "pdf with packed script": ("modul.pdf", pdf(packed(RUNS))),
    "pdf with script packed in numbers": ("modul.pdf", pdf(packed(RUNS, b"/#4FbjStm"))),
    "pdf with packed script and a wrong sum": ("modul.pdf", pdf(with_wrong_sum())),
    "pdf with packed script cut by garbage": ("modul.pdf", pdf(cut_by_garbage())),
    "pdf that launches": ("modul.pdf", pdf(b"<< /S /Launch /F (cmd.exe) >>")),
    "pdf with a file": ("modul.pdf", pdf(b"<< /Type /EmbeddedFile >>\nstream\n\nendstream")),
    "pdf bomb": ("modul.pdf", pdf(packed(b"\0" * 70_000_000))),
    "pdf of nested streams": ("modul.pdf", pdf(nested_heads(4000, 9_000_000))),
    "pdf of packed nothing": ("modul.pdf", pdf(*[b"/ObjStm"] * 4100)),
    "html as markdown": ("catatan.md", SCRIPT),
    "docx behind script": ("modul.docx", SCRIPT + docx()),
    "docx before script": ("modul.docx", docx() + SCRIPT),
    "docx with comment": ("modul.docx", zipped({"[Content_Types].xml": b""}, comment=SCRIPT)),
    "docx behind docx": ("modul.docx", docx() + docx()),
    "docx with pdf": ("modul.docx", with_pdf_inside()),
    "docx out of its folder": ("modul.docx", with_part_named("../../etc/cron.d/x")),
    "docx from the root": ("modul.docx", with_part_named("/etc/passwd")),
    "docx that is a jar": ("modul.jar", docx()),
    "empty": ("kosong.pdf", b""),
    "nested bomb": ("modul.docx", nested_bomb()),
    "pptx bomb": ("tayangan.pptx", pptx_bomb()),
    "many parts": ("modul.docx", many_parts()),
    "lying archive": ("modul.docx", lying_archive()),
}
# Pictures that are taken and lose what they hide: name, content.
NEUTRALISED = {
    "jpeg and html": ("foto.jpg", picture() + SCRIPT),
    "jpeg and zip": ("foto.jpg", picture() + docx()),
    "jpeg and pdf": ("foto.jpg", picture() + PDF),
    "jpeg with pdf inside": ("foto.jpg", jpeg_with_comment(PDF)),
    "jpeg with html inside": ("foto.jpg", jpeg_with_comment(SCRIPT)),
    "jpeg with script up front": ("foto.jpg", jpeg_with_script_up_front()),
    "jpeg with profile": ("foto.jpg", picture(icc_profile=SCRIPT)),
    "jpeg with place": ("foto.jpg", picture(exif=exif())),
    "jpeg with xmp": ("foto.jpg", picture(xmp=XMP)),
    "png and zip": ("foto.png", picture("PNG") + docx()),
    "png and html": ("foto.png", picture("PNG") + SCRIPT),
    "png with place": ("foto.png", picture("PNG", exif=exif())),
    "png with text": ("foto.png", png_with_text()),
    **{
        f"{kind} with broken exif {n}": (f"foto.{ending}", picture(kind, exif=content))
        for kind, ending in {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}.items()
        for n, content in enumerate(BROKEN_EXIF, 1)
    },
    "webp and zip": ("foto.webp", picture("WEBP") + docx()),
    "webp with place": ("foto.webp", picture("WEBP", exif=exif(), xmp=XMP)),
}
# What must not be in a picture that was handed in, nor in the file that is handed out.
HIDDEN = (b"script", b"alert", b"%PDF", b"PK\x03\x04", b"Exif", b"eXIf", b"EXIF", b"XMP", b"xmp",
          b"GPS", b"Ponsel", PLACE.encode(), b"iTXt", b"tEXt", b"ICC")  # fmt: skip
# Names, and as what they are shown.
NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\sistem.pdf": "sistem.pdf",
    "modul\0.exe\0.pdf": "modul.exe.pdf",
    "modul\u202efdp.exe.pdf": "modulfdp.exe.pdf",
    "modul\u200f\u2066ajar\u2069.pdf": "modulajar.pdf",
    "m" * 700 + ".pdf": "m" * 100 + ".pdf",
    "....": "berkas.pdf",
    "..": "berkas.pdf",
    ".pdf": "pdf.pdf",
}
