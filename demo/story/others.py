"""What is said in the other groups."""

from __future__ import annotations

from demo.story.shapes import Lesson, Post

MATHS_THEME = "Pecahan yang dapat dipegang"
MATHS_PROBLEM = "Murid kelas VII masih menjumlahkan penyebut. Gambar di buku belum membantu."
MATHS_POSTS = (
    Post(
        title="Menghitung luas bedeng: matematika dari kebun sekolah",
        body="Tali rafia dan patok. Murid mengukur bedeng, menggambar denah 1 : 50, lalu menaksir.",
        phase="D",
        grade=7,
        topics=("luas", "skala", "kebun"),
        audience="public",
        comments=("Ini bisa dipakai bersama guru IPA. Terima kasih.",),
    ),
    Post(
        title="Kue lipat: pecahan senilai dengan kertas bekas",
        body="Lipat dua, empat, lalu delapan; arsir; bandingkan. Sepuluh menit, tanpa gunting.",
        phase="D",
        grade=7,
        topics=("pecahan",),
    ),
)
MATHS_LESSON = Lesson(
    title="Pecahan senilai dengan kertas lipat",
    goal="Murid menunjukkan dengan lipatan mengapa dua per empat sama dengan satu per dua.",
    focus="umpan-balik",
)
SEKO_THEME = "Membaca lancar di kelas awal"
SEKO_PROBLEM = "Di Seko murid kelas I berbahasa Seko di rumah. Buku kita berbahasa Indonesia."
SEKO_POSTS = (
    Post(
        title="Kartu kata dua bahasa untuk kelas I",
        body=(
            "Satu sisi kata Indonesia, sisi lain kata Seko yang diucapkan murid. Ditulis bersama "
            "murid, bukan dari guru. Sudah 40 kartu."
        ),
        phase="A",
        grade=1,
        topics=("membaca", "dua bahasa"),
        audience="district",
        comments=(
            "Di Rampi juga begitu, Bu. Boleh kami tiru?",
            "Silakan, Pak. Saya bawa contohnya.",
        ),
    ),
)
SEKO_LESSON = Lesson(
    title="Membaca nama tanaman di kebun",
    goal="Murid kelas II membaca dan menempel papan nama enam tanaman di kebun.",
    focus="keteraturan-suasana",
)
