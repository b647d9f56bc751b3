"""What a pengawas looks at and says on her visits."""

from __future__ import annotations

from demo.story.shapes import Feedback, Lesson, Sheet

HELD = Lesson(
    title="Kunjungan kelas: membaca grafik bersama",
    goal="Bagaimana murid menjelaskan grafik dengan kata-katanya sendiri.",
    focus="instruksi",
)
SHEET = Sheet(
    words=(1, 2, 1),
    evidence=(
        "Empat dari enam pertanyaan dijawab dengan satu kata.",
        "Setiap meja punya satu tugas; meja 3 dan 6 saling memeriksa.",
        "Meja 2 menunggu giliran sampai menit 18.",
    ),
    answers=(
        "Meja 2 dan 4 belum membaca sumbu grafik; mereka menebak dari tinggi batang.",
        "Ibu menempel grafik besar sehingga semua melihat angka yang sama.",
        "Menunggu lebih lama membuat meja belakang ikut bicara.",
    ),
    notes=((6, "Guru bertanya, menunggu dua detik."), (18, "Meja 2 baru mendapat giliran.")),
)
FEEDBACK = Feedback(
    appreciation="Menit 12: meja 3 menjelaskan grafik kepada meja 6 tanpa diminta.",
    seen="Empat dari enam pertanyaan dijawab dengan satu kata; meja 2 bicara mulai menit 18.",
    question="Apa yang terjadi bila setiap meja menulis jawabannya dulu?",
    suggestion="Tunggu lima detik sesudah bertanya, lalu minta dua meja menjawab.",
    support="Saya bawa kartu tanya pada kunjungan berikutnya.",
)
COMING = "Kunjungan kelas: kartu peran di kelompok"
