"""Which feedback is refused, kindly, because it says nothing that one can learn from."""

import pytest
from django.core.exceptions import ValidationError

from groups.roles import Role
from reinforcement import services
from reinforcement.models import Feedback
from reinforcement.substance import reasons_without_substance
from tests import make

SOUND = {
    "appreciation": "Meja 11 bicara lebih dulu.",
    "seen": "Empat murid menjawab berbeda.",
    "suggestion": "Beri nomor pada kartu peran.",
}


def refused(**words: str) -> set[str]:
    return set(reasons_without_substance(Feedback(**SOUND | words)))


@pytest.mark.parametrize(
    "text",
    [
        "Bagus.",
        "Bagus sekali, Bu! Pertahankan.",
        "Cara mengajar Ibu sangat bagus dan menarik.",
        "Luar biasa 👍👍👍",
        "9/10",
        "Nilai 95",
        "⭐⭐⭐⭐⭐",
        "Sangat baik, tingkatkan lagi!",
        "bagus bagus bagus bagus bagus",
        "Pembelajaran sudah efektif dan kondusif.",
        "Good job, keep it up",
        "a",
        "...",
        "",
    ],
)
def test_praise_and_ratings_are_no_evidence(text):
    assert refused(appreciation=text) == {"appreciation"}
    assert refused(seen=text) == {"seen"}
    assert refused(suggestion=text) == {"suggestion"}


@pytest.mark.parametrize(
    "text",
    [
        "Meja 11 yang biasanya diam, bicara lebih dulu.",
        "Guru menunggu sekitar tujuh detik sebelum menunjuk, empat kali.",
        "Bagus sekali: murid berebut membandingkan daun miana dan kangkung.",
        "Menit 12 kelompok 2 belum mendapat tugas.",
        "“Kalau daun merah, apakah tetap memasak makanan?”",
        "Tujuan tertulis dan dirujuk kembali di akhir pelajaran.",
        "Passau pole ri kelompok tellu.",
        "Three pupils asked why leaves turn red.",
    ],
)
def test_what_was_seen_is_enough_whatever_stands_beside_it(text):
    assert refused(appreciation=text) == set()
    assert refused(seen=text) == set()
    assert refused(suggestion=text) == set()


def test_the_same_words_are_not_said_twice():
    twice = "Empat murid menjawab berbeda."

    reasons = reasons_without_substance(Feedback(**SOUND | {"appreciation": twice, "seen": twice}))

    assert {name: str(reason) for name, reason in reasons.items()} == {
        "seen": "Bagian ini sama dengan apresiasi. Tulis fakta yang Bapak/Ibu lihat."
    }


@pytest.mark.django_db
def test_feedback_without_evidence_is_kept_as_a_draft_but_not_given():
    session = make.session(held=True)
    author = make.member(session.group, Role.CORE_TEACHER)
    words = SOUND | {"appreciation": "Bagus sekali!"}

    services.save_feedback(session, by=author, **words)
    with pytest.raises(ValidationError) as refusal:
        services.give_feedback(session, by=author)

    assert set(refusal.value.message_dict) == {"appreciation"}
    assert "Pujian saja belum menolong." in refusal.value.messages[0]
    draft = Feedback.objects.get()
    assert (draft.appreciation, draft.given_at) == ("Bagus sekali!", None)
