"""What the demo's people share, teach, see, say and promise. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Post:
    title: str
    body: str
    audience: str = "group"
    link: str = ""
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lesson:
    title: str
    goal: str
    focus: str
    """The code of the indicator that the guru model asks her observers to look at."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What one observer saw: one word (0, 1, 2 on the scale) and evidence for each behaviour."""

    words: tuple[int, int, int]
    evidence: tuple[str, str, str]
    answers: tuple[str, str, str]
    notes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Feedback:
    appreciation: str
    seen: str
    question: str
    suggestion: str
    support: str = ""
    private_note: str = ""


@dataclass(frozen=True, kw_only=True)
class Thread:
    title: str
    problem: str
    thoughts: tuple[str, ...]
    talk: tuple[str, ...] = ()
    answers: tuple[str, ...] = field(default=())
    conclusion: str = ""


@dataclass(frozen=True, kw_only=True)
class Garden:
    name: str
    crop: str
    families: int
    story: str
    harvests: tuple[tuple[int, int], ...]
    """Days ago, and grams."""


# --- MGMP IPA, siklus 1: finished ---------------------------------------------------------------
FIRST_THEME = "Percobaan dengan alat seadanya"
FIRST_PROBLEM = (
    "Laboratorium kita hampir kosong. Murid menghafal langkah percobaan dari buku dan jarang "
    "memegang alat, sehingga konsep cepat hilang."
)
FIRST_POSTS = (
    Post(
        title="Mengukur pH tanah kebun dengan kol ungu",
        body=(
            "Tanpa kertas lakmus pun murid bisa melihat asam dan basa.\n\n"
            "**Yang dibutuhkan**\n\n- seperempat kol ungu, diparut\n- air panas satu gelas\n"
            "- tanah dari tiga tempat\n\n"
            "Air rebusan berubah merah muda di tanah asam dan kehijauan di tanah basa. Murid saya "
            "langsung bertanya mengapa tanah dekat kandang berbeda."
        ),
        audience="public",
        comments=(
            "Sudah saya coba dengan bunga telang karena kol mahal di sini. Warnanya juga jelas.",
            "Berapa lama air rebusannya tahan? Saya mau siapkan malam sebelumnya.",
            "Dua hari di botol tertutup masih baik, Pak.",
        ),
    ),
    Post(
        title="Kartu tanya “Mengapa daun layu?” untuk kelas VIII",
        body=(
            "Dua belas kartu, tiap kartu satu dugaan. Kelompok memilih satu, lalu merancang cara "
            "mengujinya dalam sepuluh menit. Saya pakai sebelum bab transportasi tumbuhan."
        ),
        audience="district",
        comments=("Terima kasih, Bu. Saya pakai besok di kelas VIII B.",),
    ),
    Post(
        title="Pernafasan: botol bekas jadi model paru-paru",
        body=(
            "Botol 600 ml, dua balon, satu sedotan. Siapkan satu contoh, sisanya dibuat murid. "
            "Peringatan: potong botol di rumah, jangan di kelas."
        ),
    ),
)
FIRST_LESSON = Lesson(
    title="Menjernihkan air Sungai Rongkong",
    goal=(
        "Murid merancang saringan dari pasir, arang, dan kerikil, lalu menjelaskan mengapa air "
        "menjadi lebih jernih dengan menunjuk bukti pada saringannya."
    ),
    focus="keteraturan-suasana",
)
FIRST_SHEETS = (
    Sheet(
        words=(2, 1, 2),
        evidence=(
            "",
            "Peran dibagi, tetapi di kelompok 2 hanya meja 5 yang memegang alat.",
            "",
        ),
        answers=(
            "Meja 7 dan 8 belum terlibat sampai menit 20 karena alat hanya satu set.",
            "Kartu peran yang dibacakan keras-keras sebelum mulai.",
            "Menunggu jawaban tujuh detik lebih lama dari yang saya kira, dan berhasil.",
        ),
        notes=((4, "Sapaan per nama, kelas langsung tenang."), (22, "Meja 7 mulai mencatat.")),
    ),
    Sheet(
        words=(2, 2, 1),
        evidence=("", "", "Kesepakatan ada di dinding, belum diingatkan saat kelas ramai."),
        answers=(
            "Dua murid di belakang bermain dengan arang; mereka tidak melihat papan tulis.",
            "Memotret saringan tiap kelompok lalu membandingkannya di akhir.",
            "Alat sederhana membuat murid berani salah.",
        ),
        notes=((11, "Kelompok 4 membagi tugas sendiri."),),
    ),
    Sheet(
        words=(1, 1, 2),
        evidence=(
            "Pembukaan hangat, tetapi arahan alat diulang tiga kali.",
            "Kelompok dipilih menurut tempat duduk, bukan tugas.",
            "",
        ),
        answers=(
            "Meja 12 tidak mencatat karena tidak kebagian lembar.",
            "Pertanyaan pembuka dari sungai yang dikenal semua murid.",
            "Saya akan memakai foto, bukan ringkasan, untuk menutup pelajaran.",
        ),
    ),
)
FIRST_REFLECTION = {
    "target": "Semua murid memegang alat dan dapat menjelaskan satu lapisan saringan.",
    "went_well": "Lima dari enam kelompok membuat air lebih jernih dan dapat menunjuk sebabnya.",
    "not_yet": "Saya terlalu lama di kelompok depan, jadi kelompok belakang menunggu.",
    "learned": "Satu set alat tambahan lebih berguna daripada penjelasan yang lebih panjang.",
}
FIRST_FEEDBACK = (
    Feedback(
        appreciation="Murid berebut membandingkan air saringan. Meja 11 yang biasanya diam bicara.",
        seen="Menit 12 kelompok 2 belum mendapat tugas; menit 22 semua kelompok bekerja.",
        question="Apa yang terjadi bila kartu peran ditukar di menit 20?",
        suggestion="Beri nomor pada kartu peran supaya setiap meja tahu gilirannya.",
        support="Saya punya satu set kartu peran. Boleh saya antar hari Senin.",
    ),
    Feedback(
        appreciation="Pertanyaan pembuka dari sungai sendiri membuat kelas langsung hidup.",
        seen="Guru menunggu sekitar tujuh detik sebelum menunjuk, empat kali.",
        question="Bagaimana Ibu memilih kelompok mana yang didatangi lebih dulu?",
        suggestion="Mulailah berkeliling dari kelompok belakang.",
    ),
    Feedback(
        appreciation="Tujuan pelajaran tertulis dan dirujuk kembali di akhir pelajaran.",
        seen="Tiga kelompok memakai kata “menyaring”, satu kelompok “mengendapkan”.",
        question="Apakah perbedaan kata itu bisa menjadi bahan diskusi?",
        suggestion="Sediakan dua menit untuk membandingkan kata yang dipakai kelompok.",
        support="Saya bawa contoh lembar istilah saat kunjungan berikut.",
        private_note="Ibu sudah siap menjadi guru inti. Mari kita bicarakan.",
    ),
)
FIRST_PROMISE = "Memakai kartu peran bernomor dan berkeliling mulai dari kelompok belakang."
FIRST_THREAD = Thread(
    title="Murid diam saat ditanya “mengapa”. Apa yang bisa kita ubah?",
    problem=(
        "Kalau saya bertanya “apa”, banyak yang menjawab. Begitu “mengapa”, kelas sunyi dan "
        "akhirnya saya jawab sendiri. Sudah saya coba menunjuk satu-satu, malah makin diam."
    ),
    thoughts=(
        "Saya terlalu cepat menjawab sendiri. Kalau saya diam lima detik, biasanya ada yang mulai.",
        "Murid saya takut salah bahasa. Saya minta bicara dulu dengan teman sebangku.",
        "Pertanyaan saya terlalu besar. Saya pecah menjadi “apa yang berubah” lalu “mengapa”.",
        "Saya minta mereka menulis satu kalimat dulu, baru dibacakan tanpa nama.",
    ),
    talk=(
        "Ibu, berapa lama biasanya menunggu sebelum ada yang angkat tangan?",
        "Belum pernah saya hitung. Besok saya minta murid memegang jam.",
        "Bagus. Kita gabungkan: bisik ke teman dulu, baru tunggu tujuh detik. Cocok?",
        "Cocok. Saya tulis di jawaban kita.",
    ),
    answers=(
        "Bisik, tunggu, tunjuk: bicara dulu dengan teman sebangku, guru menunggu tujuh detik.",
        "Tulis satu kalimat tanpa nama, kumpulkan, bacakan tiga, baru bahas.",
    ),
    conclusion=(
        "Beri waktu berpikir yang terlihat: menunggu tujuh detik, satu kalimat tertulis, atau "
        "bisik ke teman. Bulan depan kita coba di kelas masing-masing."
    ),
)
FIRST_CLOSING = (
    "Alat seadanya ternyata cukup. Yang kurang bukan alat, melainkan waktu menunggu jawaban murid. "
    "Itu yang kita bawa ke siklus berikut."
)


# --- MGMP IPA: meetings -------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting of the group: what it is about and, for each point, its minutes."""

    title: str
    goal: str
    agenda: tuple[tuple[str, int], ...]
    proceedings: str = ""
    decisions: tuple[tuple[str, str, int], ...] = ()
    """What was decided, who does it, and in how many days."""
    closing: str = ""
    questions: tuple[str, ...] = ()


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

# --- MGMP IPA, siklus 2: half-way ---------------------------------------------------------------
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
        audience="public",
        comments=(
            "Pertanyaan nomor 3 itu kuncinya. Di kelas saya muncul 14 pertanyaan.",
            "Karet gelangnya perlu yang baru, Bu. Yang lama molor.",
        ),
    ),
    Post(
        title="Dinding pertanyaan di kelas VII",
        body=(
            "Satu karton, spidol, dan aturan: satu pertanyaan per murid per minggu, tidak boleh "
            "yang jawabannya “ya” atau “tidak”. Sudah tiga minggu, dinding hampir penuh."
        ),
        comments=("Boleh minta fotonya, Pak?",),
    ),
    Post(
        title="Rantai makanan di tambak: foto dari Malangke",
        body=(
            "Murid memotret apa yang dimakan apa di tambak orang tua mereka. "
            "Pastikan tidak ada wajah di foto yang dibagikan."
        ),
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

# --- the other groups ---------------------------------------------------------------------------
MATHS_THEME = "Pecahan yang dapat dipegang"
MATHS_PROBLEM = "Murid kelas VII masih menjumlahkan penyebut. Gambar di buku belum membantu."
MATHS_POSTS = (
    Post(
        title="Menghitung luas bedeng: matematika dari kebun sekolah",
        body="Tali rafia dan patok. Murid mengukur bedeng, menggambar denah 1 : 50, lalu menaksir.",
        audience="public",
        comments=("Ini bisa dipakai bersama guru IPA. Terima kasih.",),
    ),
    Post(
        title="Kue lipat: pecahan senilai dengan kertas bekas",
        body="Lipat dua, empat, lalu delapan; arsir; bandingkan. Sepuluh menit, tanpa gunting.",
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
GARDENS = (
    Garden(
        name="Kebun Kelas V",
        crop="Kangkung",
        families=1,
        story="Murid merawat kebun dekat sekolah. Semua hasil panen diserahkan.",
        harvests=((120, 4500), (90, 7000), (60, 6000), (30, 11_500), (3, 9000)),
    ),
    Garden(
        name="Kebun Kelas VI",
        crop="Bayam",
        families=2,
        story="Kebun kedua, dirawat bergantian oleh lima regu. Air diambil dari pancuran.",
        harvests=((45, 3200), (15, 2800)),
    ),
)
