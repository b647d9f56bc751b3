"""What is said in the first cycle of MGMP IPA, which is finished."""

from __future__ import annotations

from demo.story.shapes import Feedback, Lesson, Post, Sheet, Thread

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
        phase="D",
        grade=7,
        topics=("asam dan basa", "alat seadanya", "kebun"),
        revised=(
            (
                "Tanpa kertas lakmus pun murid bisa melihat asam dan basa.\n\n"
                "**Yang dibutuhkan**\n\n- seperempat kol ungu, diparut\n- air panas satu gelas\n"
                "- tanah dari tiga tempat\n- sendok untuk tiap contoh, supaya tidak tercampur\n\n"
                "Air rebusan berubah merah muda di tanah asam dan kehijauan di tanah basa. Murid "
                "saya langsung bertanya mengapa tanah dekat kandang berbeda."
            ),
            "Satu sendok untuk tiap contoh tanah; sebelumnya warnanya tercampur.",
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
        phase="D",
        grade=8,
        topics=("tumbuhan", "bertanya"),
        audience="district",
        comments=("Terima kasih, Bu. Saya pakai besok di kelas VIII B.",),
    ),
    Post(
        title="Pernafasan: botol bekas jadi model paru-paru",
        body=(
            "Botol 600 ml, dua balon, satu sedotan. Siapkan satu contoh, sisanya dibuat murid. "
            "Peringatan: potong botol di rumah, jangan di kelas."
        ),
        phase="D",
        grade=8,
        topics=("pernafasan", "alat seadanya"),
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
        "Di kelas saya yang diam itu bukan tidak tahu. Mereka menunggu ada yang mulai.",
        "Kalau saya tulis pertanyaannya di papan dan diam, separuh kelas mulai berbisik.",
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
        "Pertanyaan di papan, bisik berdua satu menit, baru guru menunjuk satu pasangan.",
    ),
    conclusion=(
        "Beri waktu berpikir yang terlihat: menunggu tujuh detik, satu kalimat tertulis, atau "
        "bisik ke teman. Bulan depan kita coba di kelas masing-masing."
    ),
)
FIRST_OUTCOME = (
    "Di VIII B saya hitung tujuh detik dalam hati. Minggu pertama canggung, minggu kedua sebelas "
    "murid menjawab “mengapa”, termasuk meja 9. Yang belum berhasil: jam terakhir mereka lelah."
)
FIRST_CLOSING = (
    "Alat seadanya ternyata cukup. Yang kurang bukan alat, melainkan waktu menunggu jawaban murid. "
    "Itu yang kita bawa ke siklus berikut."
)
