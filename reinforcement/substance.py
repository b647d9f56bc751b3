"""What a feedback must say before it is given: something that was seen, not a rating.

Decided so that everybody can foresee it, and a computer can only guess no further. Each main part
needs a few words that say something. Stock praise and verdicts, numbers, marks and small words do
not count; they may stand beside what counts. What is right or wise is for people to judge.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from reinforcement.models import Feedback

# How many different words that say something each part needs.
FEWEST_WORDS = {"appreciation": 3, "seen": 3, "suggestion": 2}
_PRAISE_AND_VERDICTS = (
    "bagus baik terbaik hebat mantap mantul keren luar biasa luarbiasa istimewa sempurna oke ok "
    "sip top jempol jos memuaskan menarik menyenangkan kreatif inovatif inspiratif "
    "menginspirasi efektif maksimal optimal profesional aktif antusias kondusif lancar tertib "
    "sukses berhasil semangat selamat pertahankan tingkatkan ditingkatkan lanjutkan perbaiki "
    "diperbaiki kurang jelek buruk terima kasih makasih terimakasih salut bangga nilai skor "
    "rating bintang poin good nice great job excellent well done very perfect keep"
)
_SMALL_WORDS = (
    "yang dan di ke dari untuk dengan pada dalam adalah ini itu saya aku ibu bapak bu pak anda "
    "kita kami beliau sudah telah masih sangat sekali amat cukup lebih lagi terus selalu semua "
    "semuanya secara juga tetap harus perlu bisa dapat akan ada tidak bukan agar supaya nya "
    "sama jadi saja guru mengajar pengajaran pembelajaran pelajaran kegiatan kelas cara "
    "penampilan materi penyampaian the a an and is was of in it to you your"
)
_SAY_NOTHING = frozenset(f"{_PRAISE_AND_VERDICTS} {_SMALL_WORDS}".split())
_ASKED: dict[str, Promise] = {
    "appreciation": _(
        "Pujian saja belum menolong. Tulis buktinya: siapa melakukan apa, di menit atau meja mana."
    ),
    "seen": _(
        "Tulis satu fakta: apa yang dilakukan atau dikatakan murid atau guru. Nilai atau pujian "
        "saja belum cukup."
    ),
    "suggestion": _("Tulis satu langkah yang dapat dicoba pada pelajaran berikutnya."),
}
_SAID_ALREADY = _("Bagian ini sama dengan apresiasi. Tulis fakta yang Bapak/Ibu lihat.")


def words_that_say_something(text: str) -> set[str]:
    """The different words of a text without praise, verdicts, numbers, marks and small words."""
    words = re.findall(r"[^\W\d_]{2,}", text.lower())
    return set(words) - _SAY_NOTHING


def reasons_without_substance(feedback: Feedback) -> dict[str, Promise]:
    """What stands against giving this feedback, kindly, by part; empty when nothing does."""
    reasons = {
        part: _ASKED[part]
        for part, fewest in FEWEST_WORDS.items()
        if len(words_that_say_something(getattr(feedback, part))) < fewest
    }
    if "seen" not in reasons and feedback.seen.split() == feedback.appreciation.split():
        reasons["seen"] = _SAID_ALREADY
    return reasons
