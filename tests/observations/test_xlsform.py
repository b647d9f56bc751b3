"""Instruments that go out as XLSForm and come back, and forms of others that come in."""

import shutil
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pyxform.xls2xform import convert

from observations import reference
from observations.content import FORMAT, content_of, whole
from observations.models import Instrument
from observations.schema import checked_content
from observations.xlsform import read_xlsform, write_xlsform

SHIPPED = ["smart-ringkas", "rubrik-observasi-kelas", "lesson-study", "teach-primary"]

LETTERS = st.characters(
    categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u00a0${}\ufffe\uffff"
)


def words(most: int, least: int = 1):
    """Text as people leave it in a form: no blanks around it."""
    written = st.text(LETTERS, min_size=least, max_size=min(most, 40)).map(str.strip)
    return written.filter(lambda text: len(text) >= least)


CODES = st.from_regex(r"\A[-a-zA-Z0-9_]{1,12}\Z")


@st.composite
def contents(draw):
    """Any instrument that may be published, as plain data."""
    scales = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "code": CODES,
                    "name": words(120),
                    "points": st.lists(
                        st.fixed_dictionaries(
                            {
                                "label": words(80),
                                "meaning": words(300, 0),
                                "is_best": st.booleans(),
                            }
                        ),
                        min_size=2,
                        max_size=5,
                        unique_by=lambda point: point["label"].casefold(),
                    ),
                }
            ),
            max_size=3,
            unique_by=lambda scale: scale["code"],
        )
    )
    codes = iter(draw(st.lists(CODES, min_size=80, max_size=80, unique=True)))
    used: list[str] = []

    def item():
        kind = draw(st.sampled_from(["scale", "yes_no", "count", "text"] if scales else ["text"]))
        made = {
            "code": next(codes),
            "text": draw(words(300)),
            "kind": kind,
            "hint": draw(words(300, 0)),
            "is_required": draw(st.booleans()),
            "allows_na": draw(st.booleans()),
            "evidence": draw(st.sampled_from(["never", "always"])),
            "encouraged": draw(st.lists(words(200), max_size=3)),
            "discouraged": draw(st.lists(words(200), max_size=3)),
        }
        if kind == "scale":
            scale = draw(st.sampled_from(scales))
            made["scale"] = scale["code"]
            used.append(scale["code"])
            if any(point["is_best"] for point in scale["points"]) and draw(st.booleans()):
                made["evidence"] = "unless_best"
        return made

    picks = draw(st.integers(0, 3))
    aspects = [
        {
            "name": draw(words(120)),
            "pick_one": number == picks,
            "indicators": [
                {
                    "code": next(codes),
                    "name": draw(words(150)),
                    "description": draw(words(500, 0)),
                    "items": [item() for _time in range(draw(st.integers(1, 3)))],
                }
                for _time in range(draw(st.integers(2, 3)))
            ],
        }
        for number in range(draw(st.integers(1, 3)))
    ]
    begins = draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    ends = draw(st.none() | st.integers(0, 1000).map(lambda days: begins + timedelta(days=days)))
    return {
        "format": FORMAT,
        "scales": [scale for scale in scales if scale["code"] in used],
        "instrument": {
            "code": draw(st.from_regex(r"\A[a-z0-9]{1,10}\Z")),
            "version": draw(st.integers(1, 9999)),
            "name": draw(words(120)),
            "purpose": draw(words(300, 0)),
            "minutes": draw(st.integers(1, 300)),
            "source": draw(words(300)),
            "licence": draw(words(120, 0)),
            "notice": draw(words(500, 0)),
            "valid_from": begins.isoformat(),
            "valid_to": ends and ends.isoformat(),
            "aspects": aspects,
        },
    }


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(contents())
def test_what_goes_out_as_xlsform_comes_back_the_same(content):
    data = write_xlsform(content)

    assert checked_content(content) == content
    assert read_xlsform(data) == content


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(contents())
def test_what_goes_out_as_xlsform_is_converted_without_complaint(content):
    warnings: list[str] = []

    converted = convert(write_xlsform(content), warnings=warnings)

    assert warnings == []
    assert converted.xform.count("<select1 ") + converted.xform.count("<input ") > 0


@pytest.mark.django_db
@pytest.mark.parametrize("code", SHIPPED)
def test_the_shipped_instruments_go_out_and_come_back(code: str):
    reference.load()
    content = content_of(Instrument.objects.get(code=code))
    data = write_xlsform(content)
    warnings: list[str] = []

    convert(data, warnings=warnings, validate=shutil.which("java") is not None)

    assert warnings == []
    assert read_xlsform(data) == content


def form(*rows, choices=(), settings_=(), extra=None) -> bytes:
    """An .xlsx as a person writes it: each row a dict, or a tuple of type, name and label."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = {"survey": rows, "choices": choices, "settings": settings_}
    usual = {
        "survey": ("type", "name", "label"),
        "choices": ("list_name", "name", "label"),
        "settings": ("form_title", "form_id"),
    }
    for name, given_rows in sheets.items():
        sheet = book.create_sheet(name)
        said = [
            dict(zip(usual[name], row, strict=True)) if isinstance(row, tuple) else row
            for row in given_rows
        ]
        columns = list(dict.fromkeys([*usual[name], *(key for row in said for key in row)]))
        sheet.append(columns)
        for row in said:
            sheet.append([row.get(column) for column in columns])
    if extra:
        extra(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


YA_TIDAK = (("ya_tidak", "ya", "Ya"), ("ya_tidak", "tidak", "Tidak"))
ITEM = ("text", "apa", "Apa yang terlihat?")


def refusals(data: bytes) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        read_xlsform(data)
    return refused.value.messages


def test_a_form_of_others_becomes_aspects_indicators_and_items():
    choices = [
        *YA_TIDAK,
        ("mutu", "1", "Kurang"),
        ("mutu", "2", "Baik"),
        ("mutu", "na", "Tidak berlaku"),
    ]
    data = form(
        ("begin_group", "awal", "Pembukaan"),
        ("begin_group", "salam", "Salam"),
        ("note", "n1", "Lima menit pertama."),
        {"type": "select_one ya_tidak", "name": "sapa", "label": "Menyapa?", "required": "yes"},
        {"type": "select_one mutu", "name": "suara", "label": "Suaranya", "hint": "Dari belakang"},
        {
            "type": "text",
            "name": "suara_kenapa",
            "label": "Kenapa?",
            "required": "yes",
            "relevant": "${suara} != '' and ${suara} != '2' and ${suara} != 'na'",
        },
        ("end_group", None, None),
        ("end_group", None, None),
        ("integer", "tanya", "Berapa murid bertanya?"),
        choices=choices,
        settings_=[("Lembar sekolah", "lembar_sekolah")],
    )

    content = checked_content(read_xlsform(data))

    opening, rest = content["instrument"]["aspects"]
    [greeting] = opening["indicators"]
    asks, voice = greeting["items"]
    assert (opening["name"], greeting["name"]) == ("Pembukaan", "Salam")
    assert greeting["description"] == "Lima menit pertama."
    assert (asks["kind"], asks["is_required"]) == ("yes_no", True)
    assert (voice["kind"], voice["hint"], voice["allows_na"]) == ("scale", "Dari belakang", True)
    assert voice["evidence"] == "unless_best"
    assert content["scales"] == [
        {
            "code": "mutu",
            "name": "mutu",
            "points": [
                {"label": "Kurang", "meaning": "", "is_best": False},
                {"label": "Baik", "meaning": "", "is_best": True},
            ],
        }
    ]
    assert rest["name"] == "Lembar sekolah"
    assert [item["kind"] for item in rest["indicators"][0]["items"]] == ["count"]
    assert content["instrument"]["source"] == "XLSForm lembar_sekolah"


@pytest.mark.parametrize(
    ("rows", "choices", "said"),
    [
        ([("image", "foto", "Foto kelas")], (), "survey, baris 2: jenis “image” tidak dapat"),
        ([("geopoint", "gps", "Tempat")], (), "survey, baris 2: jenis “geopoint”"),
        ([("calculate", "c", "Jumlah")], (), "survey, baris 2: jenis “calculate”"),
        ([("begin_repeat", "r", "Ulang"), ITEM], (), "survey, baris 2: jenis “begin_repeat”"),
        ([ITEM, ("note", "n", "Catatan")], (), "survey, baris 3: catatan hanya dapat"),
        ([{"type": "text", "name": "a"}], (), "survey, baris 2: label belum diisi."),
        (
            [{"type": "text", "name": "a", "label": "A", "constraint": ". != ''"}],
            (),
            "survey, baris 2: kolom “constraint” tidak dapat dinyatakan.",
        ),
        (
            [{"type": "integer", "name": "a", "label": "A", "relevant": "${b} > 3"}],
            (),
            "survey, baris 2: syarat “${b} > 3” tidak dapat dinyatakan.",
        ),
        (
            [{"type": "text", "name": "a", "label": "A", "required": "${b} = 1"}],
            (),
            "survey, baris 2: “${b} = 1” bukan yes atau no.",
        ),
        ([("select_one x", "a", "A")], (), "survey, baris 2: daftar “x” tidak ada di choices."),
        (
            [("select_multiple ya_tidak", "a", "A")],
            YA_TIDAK,
            "survey, baris 2: select_multiple hanya untuk satu tanda",
        ),
        ([ITEM], YA_TIDAK, "choices, baris 2: daftar “ya_tidak” tidak dipakai."),
        ([ITEM], [("x", "1", None)], "choices, baris 2: pilihan perlu list_name"),
        ([("begin_group", "g", "G"), ITEM], (), "survey, baris 3: Ada kelompok tanpa end_group."),
        ([("end_group", None, None)], (), "survey, baris 2: end_group tanpa begin_group."),
        (
            [("begin_group", "a", "A"), ("begin_group", "b", "B"), ("begin_group", "c", "C")],
            (),
            "survey, baris 4: kelompok hanya dua tingkat",
        ),
        (
            [
                ("select_one ya_tidak", "a", "A"),
                {"type": "text", "name": "a_bukti", "label": "Bukti"},
            ],
            YA_TIDAK,
            "survey, baris 3: bukti yang tidak wajib tidak dapat dinyatakan.",
        ),
    ],
)
def test_what_cannot_be_expressed_is_refused_with_its_row_and_reason(rows, choices, said: str):
    found = refusals(form(*rows, choices=choices))

    assert [sentence for sentence in found if sentence.startswith(said)], found


def test_all_rows_that_are_refused_are_named_at_once():
    found = refusals(form(("image", "a", "A"), ITEM, ("audio", "b", "B")))

    assert [sentence.split(":")[0] for sentence in found] == ["survey, baris 2", "survey, baris 4"]


def test_a_formula_is_refused_where_it_stands():
    found = refusals(form({"type": "text", "name": "a", "label": '=CONCAT("a","b")'}))

    assert found == ["survey, baris 2: rumus tidak dibaca. Tulis nilainya."]


def test_words_that_look_like_a_formula_go_out_as_words():
    content = whole(
        {
            "format": FORMAT,
            "scales": [],
            "instrument": {
                "code": "a",
                "version": 1,
                "name": "=1+1",
                "minutes": 5,
                "source": "-",
                "valid_from": "2026-01-01",
                "aspects": [
                    {
                        "name": "A",
                        "indicators": [
                            {
                                "code": "i",
                                "name": "I",
                                "items": [{"code": "x", "text": "=cmd()", "kind": "text"}],
                            }
                        ],
                    }
                ],
            },
        }
    )

    data = write_xlsform(content)

    cells = [cell for row in load_workbook(BytesIO(data))["survey"].rows for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert read_xlsform(data) == content


def test_a_label_that_xlsform_would_read_as_an_answer_does_not_go_out():
    content = read_xlsform(form(ITEM))
    content["instrument"]["aspects"][0]["name"] = "Tulis ${nama}"

    with pytest.raises(ValidationError, match="berarti jawaban lain"):
        write_xlsform(content)


def stray(book: Workbook) -> None:
    book["survey"]["H2"] = "tersembunyi"


def far(book: Workbook) -> None:
    book["survey"]["A90"] = "image"


def sheet(book: Workbook) -> None:
    book.create_sheet("entities")["A1"] = "list_name"


def long(book: Workbook) -> None:
    book["survey"]["A1200"] = "text"


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (stray, "survey, baris 2: ada isi di kolom tanpa judul."),
        (far, "survey, baris 90: terlalu jauh di bawah baris kosong."),
        (sheet, "Lembar “entities” tidak dapat dinyatakan dalam instrumen."),
        (long, "Lembar “survey” terlalu besar: paling banyak 1000 baris, 20 kolom."),
    ],
)
def test_what_a_reader_would_pass_over_is_refused(extra, said: str):
    assert said in refusals(form(ITEM, extra=extra))


def bomb() -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 30_000_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "bukan .xlsx yang dapat dibaca"),
        (b"type,name,label\ntext,a,A\n", "bukan .xlsx yang dapat dibaca"),
        (b"0" * 1_000_001, "Paling besar 1 MB."),
        (bomb(), "tidak dapat dibuka dengan aman"),
    ],
)
def test_a_file_that_is_no_form_or_a_trap_is_refused(data: bytes, said: str):
    [sentence] = refusals(data)

    assert said in sentence


def broken(data: bytes, part: str, cut: int) -> bytes:
    """The same file, one of its parts ending too early."""
    with ZipFile(BytesIO(data)) as whole_file:
        parts = {name: whole_file.read(name) for name in whole_file.namelist()}
    parts[part] = parts[part][:cut]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("cut", [0, 40, 300])
@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"]
)
def test_file_whose_parts_are_broken_is_refused_with_a_sentence(part, cut):
    with pytest.raises(ValidationError) as refused:
        read_xlsform(broken(form(ITEM, settings_=[("Lembar kami", "lembar-kami")]), part, cut))

    assert refused.value.messages


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6))
def test_file_damaged_on_the_way_is_read_or_refused_and_never_breaks(damage):
    data = bytearray(form(ITEM, settings_=[("Lembar kami", "lembar-kami")]))
    for place, byte in damage:
        data[place % len(data)] = byte

    with suppress(ValidationError):
        read_xlsform(bytes(data))
