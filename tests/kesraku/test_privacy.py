import pytest
from django.core.exceptions import ValidationError

from kesraku.privacy import refuse_family_data


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kebun keluarga Bapak Andi Mappasessu", "nama"),
        ("di rumah Ibu Sitti", "nama"),
        ("pekarangan nenek Baso", "nama"),
        ("milik Hj. Nurhayati", "nama"),
        ("Keluarga Tandipau menerima kangkung", "nama"),
        ("NIK 7322010101800001", "NIK"),
        ("7322 0101 0180 0001", "NIK"),
        ("hubungi 0812-3456-7890", "HP"),
        ("WA +62 812 3456 789", "HP"),
        ("RT 02 RW 01", "alamat"),
        ("rt/rw", ""),
        ("RT/RW 2/1", "alamat"),
        ("Jl. Poros Seko", "alamat"),
        ("di Jalan Sultan Hasanuddin", "alamat"),
        ("-2.33021, 119.98812", "alamat"),
        ("https://maps.app.goo.gl/abc", "alamat"),
    ],
)
def test_family_data_is_refused(text: str, word: str):
    if not word:
        refuse_family_data(text)
        return

    with pytest.raises(ValidationError, match=word):
        refuse_family_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "Satu keluarga dekat sekolah menerima kangkung setiap Sabtu.",
        "Kebun di rumah warga, lima menit jalan kaki.",
        "Didampingi Ibu Guru dan Pak Kepala Sekolah.",
        "Keluarga penerima ikut Program Keluarga Harapan.",
        "Panen 38 kg sejak 2026-07-12, 24 gelas semai, pupuk 2 karung Rp30.000.",
        "Murid kelas V merawat 3 bedeng; keluarga Ibu dan anak ikut menyiram.",
        "Bibit dari Kepala Desa.",
    ],
)
def test_everyday_words_pass(text: str):
    refuse_family_data(text)
