"""What is said in the second cycle of MGMP IPA, which is half-way."""

from __future__ import annotations

from demo.story.shapes import Card, Feedback, Lesson, Post, Sheet, Thread

SECOND_THEME = "Bertanya di kelas IPA"
SECOND_PROBLEM = (
    "Murid menjawab, tetapi jarang bertanya. Kita ingin murid mengajukan pertanyaan yang dapat "
    "diuji, dimulai dari hal yang ada di sekitar sekolah."
)
SECOND_POSTS = (
    Post(
        title="Tanpa laboratorium: gaya gesek di jalan tanah",
        body=(
            "Tali, timbangan pegas buatan dari karet, dan tiga permukaan di halaman. Murid menebak "
            "dulu, baru mengukur. Lembar kerja satu halaman saya lampirkan sebagai teks:\n\n"
            "1. Tebak permukaan mana yang paling berat ditarik.\n2. Ukur tiga kali.\n"
            "3. Tulis satu pertanyaan baru."
        ),
        phase="D",
        grade=8,
        topics=("gaya", "alat seadanya", "bertanya"),
        audience="public",
        comments=(
            "Pertanyaan nomor 3 itu kuncinya. Di kelas saya muncul 14 pertanyaan.",
            "Karet gelangnya perlu yang baru, Bu. Yang lama molor.",
        ),
    ),
    Post(
        title="Dinding pertanyaan di kelas VII",
        kind="practice",
        phase="D",
        grade=7,
        topics=("bertanya",),
        parts=(
            "Murid kelas VII menjawab bila ditunjuk, tetapi hampir tidak pernah bertanya.",
            (
                "Satu karton, spidol, dan aturan: satu pertanyaan per murid per minggu, tidak "
                "boleh yang jawabannya “ya” atau “tidak”. Tiap Senin satu dibahas bersama."
            ),
            "Dinding hampir penuh sesudah tiga minggu, dan murid yang diam mulai menempel.",
            "47 pertanyaan dari 28 murid; 19 di antaranya dapat diuji di halaman sekolah.",
        ),
        comments=("Boleh minta fotonya, Pak?",),
    ),
    Post(
        title="Rantai makanan di tambak: foto dari Malangke",
        body=(
            "Murid memotret apa yang dimakan apa di tambak orang tua mereka. "
            "Pastikan tidak ada wajah di foto yang dibagikan."
        ),
        phase="D",
        grade=7,
        topics=("rantai makanan", "tambak"),
        audience="district",
    ),
)
SECOND_LESSON = Lesson(
    title="Gaya gesek di jalan tanah",
    goal="Murid menyusun satu pertanyaan yang dapat diuji tentang gaya gesek, lalu mengujinya.",
    focus="instruksi",
)
SECOND_SHEET = Sheet(
    words=(2, 1, 1),
    evidence=(
        "",
        "Pertanyaan lanjutan hanya sampai ke tiga meja depan.",
        "Kelompok 3 baru disapa menit 31.",
    ),
    answers=(
        "Meja 9 dan 10 menunggu giliran menarik tali, tidak mencatat.",
        "Menulis pertanyaan murid persis seperti kata mereka.",
        "Menebak sebelum mengukur membuat semua murid ingin tahu hasilnya.",
    ),
    notes=((6, "Empat murid menebak berbeda."), (31, "Kelompok 3 disapa.")),
)
SECOND_FEEDBACK = Feedback(
    appreciation="Murid menulis 14 pertanyaan, lima di antaranya dapat diuji.",
    seen="Menit 6 empat tebakan berbeda ditulis di papan tanpa dikomentari.",
    question="Bagaimana bila murid sendiri yang memilah mana yang dapat diuji?",
    suggestion="Beri dua menit bagi kelompok untuk memilih satu pertanyaan terbaik.",
)
GARDEN_LESSON = Lesson(
    title="Mengapa daun tidak semuanya hijau?",
    goal="Murid membandingkan warna daun di kebun dan menduga gunanya bagi tumbuhan.",
    focus="instruksi",
)
OVERDUE_LESSON = Lesson(
    title="Rantai makanan di tambak",
    goal="Murid menggambar jaring makanan dari foto tambak dan memperkirakan bila satu hilang.",
    focus="umpan-balik",
)
SECOND_THREAD = Thread(
    title="Bagaimana menilai pertanyaan murid tanpa mematikan semangatnya?",
    problem=(
        "Dinding pertanyaan penuh, tetapi banyak yang tidak bisa diuji. Kalau saya pilih satu, "
        "yang lain kecewa. Kalau semua dibahas, waktunya habis."
    ),
    thoughts=(
        "Saya tempel stiker dua warna: bisa diuji dan perlu dibaca. Dua-duanya berharga.",
        "Murid memilih sendiri dengan tiga titik tempel. Saya ikut memberi satu titik.",
        "Saya ubah bersama murid: apa yang harus diganti supaya bisa kita ukur?",
    ),
)
PAIR_THREAD = Thread(
    title="Kelompok hanya dikerjakan satu dua murid",
    problem="Setiap kerja kelompok, meja yang sama yang bekerja. Peran sudah dibagi, tetap begitu.",
    thoughts=(
        "Kelompok saya perkecil jadi tiga. Tidak ada tempat bersembunyi.",
        "Saya minta laporan dari murid yang paling sedikit bicara.",
        "Nilai saya ambil dari pertanyaan, bukan dari hasil akhir.",
        "Saya duduk di kelompok yang diam, bukan di yang ramai.",
    ),
    talk=("Berapa murid di kelas Bapak? Kelas saya 32, kelompok tiga jadi banyak sekali.",),
)
ARRANGED_THREAD = Thread(
    title="Praktikum IPA dengan alat yang tidak cukup",
    problem=(
        "Di sekolah saya ada dua neraca untuk 30 murid. Yang memegang alat selalu yang sama, "
        "yang lain menunggu lalu mencatat angka temannya."
    ),
    prompt="Apa yang dapat dikerjakan semua murid, walau alatnya hanya dua?",
    stood=(
        ("Saya buat empat pos: dua memakai neraca, dua memakai benda sehari-hari.", "trying"),
        ("Murid menebak dulu beratnya, baru menimbang. Menunggu jadi tegang.", "solved"),
        ("Saya masih mendemonstrasikan di depan. Yang belakang tidak melihat.", "struggling"),
        ("Neraca dari gantungan baju dan botol. Murid membuatnya sendiri.", "solved"),
        ("Jadwal alat digilir per minggu, tetapi materinya jadi tidak sama.", "trying"),
        ("Alat kami terkunci di lemari, kuncinya di kepala laboratorium.", "struggling"),
        ("Saya pakai video, lalu murid meramal apa yang terjadi berikutnya.", "trying"),
    ),
)
SHARED_THREAD = Thread(
    title="Murid menyalin kesimpulan dari buku, bukan dari datanya",
    problem=(
        "Datanya berbeda-beda, kesimpulannya sama semua: kalimat di buku paket. Mereka takut "
        "datanya yang salah."
    ),
    prompt="Bagaimana membuat murid percaya pada datanya sendiri?",
    stood=(
        ("Saya minta menulis kesimpulan sebelum buku dibuka.", "trying"),
        ("Nilai saya beri pada alasan, bukan pada cocok tidaknya dengan buku.", "solved"),
        ("Murid saya menghapus data yang tidak cocok. Saya belum tahu caranya.", "struggling"),
        ("Saya tempel semua data di papan. Ternyata yang berbeda itu banyak.", "solved"),
        ("Saya tanya: data siapa yang paling mengejutkan?", "trying"),
        ("Waktunya selalu habis sebelum membahas data.", "struggling"),
    ),
    cards=(
        Card(
            said="Murid saya juga menghapus data yang tidak cocok. Di kelas Bapak bagaimana?",
            problem="Murid menghapus data yang tidak cocok dengan buku.",
            cause="Selama ini yang dinilai hanya jawaban akhir.",
            attempt="Data semua kelompok ditempel di papan sebelum siapa pun menyimpulkan.",
            need="Contoh lembar kerja yang tidak mencantumkan jawabannya.",
        ),
        Card(
            said="Saya mulai dari meramal dulu. Ibu pernah mencoba?",
            problem="Kesimpulan ditulis sebelum percobaannya selesai.",
            cause="Bukunya terbuka sejak awal.",
            attempt="Buku ditutup. Murid menulis ramalan, lalu kesimpulan, baru membandingkan.",
        ),
        Card(
            said="Waktu saya habis untuk merapikan alat. Mungkin itu yang kita bahas.",
            problem="Waktu habis sebelum data dibahas.",
            attempt="Percobaan berhenti 20 menit sebelum bel, selesai atau belum.",
            need="Teman yang mau mengamati apakah 20 menit itu cukup.",
        ),
    ),
)
