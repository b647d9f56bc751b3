import pytest
from django.core.exceptions import ValidationError

from accounts.identity import normalise_phone, validate_nip, validate_nuptk
from accounts.models import User
from tests import make


@pytest.mark.parametrize(
    ("nip", "reason"),
    [
        ("19850315201001200", "NIP terdiri atas 18 angka."),
        ("1985031520100120011", "NIP terdiri atas 18 angka."),
        ("19850315 2010012001", "NIP terdiri atas 18 angka."),
        ("198502302010012001", "Delapan angka pertama NIP bukan tanggal lahir."),
        ("198503152010132001", "Angka ke-9 sampai ke-14 NIP bukan bulan pengangkatan."),
        ("198503152010013001", "Angka ke-15 NIP harus 1 atau 2."),
    ],
)
def test_a_wrong_nip_is_refused_in_words(nip: str, reason: str):
    with pytest.raises(ValidationError) as refusal:
        validate_nip(nip)

    assert refusal.value.messages == [reason]


def test_a_right_nip_is_taken():
    validate_nip("198503152010012001")


@pytest.mark.parametrize("nuptk", ["123456789012345", "12345678901234567", "12345678901234ab"])
def test_a_wrong_nuptk_is_refused_in_words(nuptk: str):
    with pytest.raises(ValidationError) as refusal:
        validate_nuptk(nuptk)

    assert refusal.value.messages == ["NUPTK terdiri atas 16 angka."]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("081234567890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+60 12-345 6789", "+60123456789"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_phone_numbers_are_kept_as_e164(typed: str, kept: str):
    assert normalise_phone(typed) == kept


@pytest.mark.parametrize("typed", ["12", "nomor saya", "0812", "08123456789012345"])
def test_what_is_no_phone_number_is_refused_in_words(typed: str):
    with pytest.raises(ValidationError) as refusal:
        normalise_phone(typed)

    assert refusal.value.messages == ["Nomor HP tidak dikenali. Contoh yang benar: 0812 3456 7890."]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "value", "reason"),
    [
        ("phone", "0812 3456 7890", "Nomor HP ini sudah dipakai orang lain."),
        ("email", "GURU@contoh.sch.id", "Surel ini sudah dipakai orang lain."),
        ("nip", "198503152010012001", "NIP ini sudah dipakai orang lain."),
        ("nuptk", "1234567890123456", "NUPTK ini sudah dipakai orang lain."),
        ("username", "GURU.SATU", "Nama pengguna ini sudah dipakai."),
    ],
)
def test_two_people_never_share_a_number(number: str, value: str, reason: str):
    first, second = make.person(), make.person()
    first.phone, first.email = "081234567890", "guru@contoh.sch.id"
    first.nip, first.nuptk, first.username = "198503152010012001", "1234567890123456", "guru.satu"
    first.full_clean(exclude={"password"})
    first.save()
    setattr(second, number, value)

    with pytest.raises(ValidationError) as refusal:
        second.full_clean(exclude={"password"})

    assert refusal.value.messages == [reason]


@pytest.mark.django_db
def test_many_people_may_leave_their_numbers_empty():
    for _ in range(2):
        User(username=make.newcomer().username + "-2", name="Guru").full_clean(exclude={"password"})

    assert User.objects.filter(phone="", nip="", nuptk="", email="").count() == 2


def test_the_name_is_written_with_its_titles():
    doctor = User(name="Nirmala Pongsapan", title_before="Dr.", title_after="M.Si.")

    assert str(doctor) == "Dr. Nirmala Pongsapan, M.Si."
    assert str(User(name="Nirmala Pongsapan")) == "Nirmala Pongsapan"
