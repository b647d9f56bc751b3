"""What is said in the meetings of MGMP IPA, and in its joint plan."""

from __future__ import annotations

from demo.story.shapes import Meeting

WORKSHOP = Meeting(
    title="Rapat kerja awal semester",
    goal="Menyepakati tema siklus, guru model, dan pembagian tugas pengurus.",
    agenda=(
        ("Pembukaan", 10),
        ("Tinjauan siklus pertama", 30),
        ("Merancang siklus kedua", 50),
        ("Penutup", 10),
    ),
    proceedings=(
        "Ketua membuka rapat pukul 09.05 WITA. Sekretaris membacakan refleksi siklus pertama: "
        "waktu menunggu jawaban murid lebih menentukan daripada alat. Anggota bersepakat memakai "
        "satu set kartu peran bersama yang berpindah sekolah setiap pekan."
    ),
    decisions=(
        ("Tema siklus kedua: bertanya di kelas IPA.", "Ketua", 0),
        ("Satu set kartu peran disiapkan untuk dipinjam bergilir.", "Bendahara", 14),
    ),
    closing="Rapat ditutup pukul 10.40 WITA. Pertemuan berikutnya mengikuti hari MGMP.",
)
MONTHLY = Meeting(
    title="Pertemuan bulanan MGMP IPA",
    goal="Berbagi satu praktik baik dan menyiapkan sesi guru model berikutnya.",
    agenda=(("Kabar kelompok", 15), ("Satu praktik baik", 45), ("Rencana sesi berikutnya", 30)),
)
NOW = Meeting(
    title="Klinik pertanyaan: memilah yang dapat diuji",
    goal="Memilah pertanyaan murid bersama, lalu menyusun satu percobaan sederhana.",
    agenda=(
        ("Pembukaan", 10),
        ("Memilah pertanyaan dari dinding kelas", 40),
        ("Satu percobaan dari satu pertanyaan", 50),
        ("Kesimpulan dan tugas", 20),
    ),
    proceedings=(
        "Pertemuan dibuka sekretaris. Setiap anggota membawa tiga pertanyaan murid. Pertanyaan "
        "ditempel menurut dua warna: dapat diuji dan perlu dibaca."
    ),
    questions=(
        "Bagaimana bila pertanyaannya menarik tetapi alatnya tidak ada?",
        "Bolehkah satu kelas hanya menguji satu pertanyaan sebulan?",
    ),
)
CLINIC = Meeting(
    title="Lokakarya alat peraga dari barang bekas",
    goal="Setiap peserta pulang membawa satu alat peraga yang langsung dapat dipakai.",
    agenda=(("Contoh alat", 20), ("Membuat alat", 90), ("Mencoba bersama", 40)),
)
SPEAKER = ("Rahmat Suryadi", "Balai Guru Penggerak Sulawesi Selatan")
PLAN = (
    "Modul ajar: Mengapa daun tidak semuanya hijau? Kelas VIII, 80 menit.\n\n"
    "Pembuka (10 menit): setiap kelompok menerima enam daun dari kebun sekolah.\n"
    "Inti (50 menit): murid mengelompokkan, menduga, lalu menguji dengan kertas saring.\n"
    "Penutup (20 menit): satu kalimat “kami kira … karena …” dari setiap kelompok.\n"
)
PLAN_CHANGE = "Tiap kelompok cukup tiga daun, sesuai saran."
PLAN_COMMENTS = (
    "Pertanyaan pembukanya bagus. Mungkin tiap kelompok cukup tiga daun, supaya waktunya cukup.",
    "Saya bisa membantu menyiapkan kaca pembesar. Di sekolah kami ada enam.",
)
