"""Finding posts by their words: the same on both databases."""

from dataclasses import replace
from io import StringIO
from typing import Any, cast

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.services import edit_profile
from activity.services import relay
from sharing import search
from sharing.library import POST, Filters, excerpts, forget_names, index_posts, narrowed
from sharing.models import Document, NamePiece, Post
from sharing.search import counting
from sharing.services import edit_post, share_post, withdraw_post
from tests import make

pytestmark = pytest.mark.django_db


def found(words: str, *, by: User | None = None) -> list[str]:
    """The titles of what a person finds, the best first."""
    rows = Post.objects.visible_to(by or AnonymousUser()).shared()
    return [post.title for post in search.search(rows, POST, search.ask(words), size=20).rows]


def public(title: str, body: str = "", *, author: str = "") -> Post:
    group = make.group()
    by = make.member(group)
    if author:
        by.name = author
        by.save(update_fields=["name"])
    return share_post(group, by=by, title=title, body=body, audience="public")


TITLES = {
    "ajar": "Mengajarkan pecahan dengan kertas lipat",
    "kebun": "Pembelajaran di kebun sekolah",
    "banding": "Murid membandingkan daun dan akar",
    "buku": "Buku-bukunya kami pinjamkan ke rumah",
    "tanya": "Pertanyaan yang membuat murid berpikir",
    "tanam": "Menanam kangkung, lalu menghitung hasilnya",
    "tulis": "Penulisan puisi tentang menyapu halaman",
    "quran": "Jum’at sehat dan Al-Qur'an",
}
QUERIES = {
    "ajar pecahan": "ajar",
    "mengajar pecahan": "ajar",
    "diajarkan pecahan": "ajar",
    "pengajaran pecahan": "ajar",
    "lipatan kertas": "ajar",
    "berkebun sekolah": "kebun",
    "kebunnya": "kebun",
    "kebun-kebun": "kebun",
    "belajar kebun": "kebun",
    "dibandingkan akarnya": "banding",
    "bandingkan daunnya": "banding",
    "buku": "buku",
    "buku pinjaman": "buku",
    "dipinjam rumahnya": "buku",
    "menanyakan murid": "tanya",
    "bertanya": "tanya",
    "murid ditanya": "tanya",
    "tanyakan pikiran": "tanya",
    "tanaman kangkung": "tanam",
    "ditanam hitungan": "tanam",
    "tulis puisi": "tulis",
    "sapu halamannya": "tulis",
    "jumat quran": "quran",
}


def test_words_are_found_in_all_their_forms():
    for title in TITLES.values():
        public(title)

    first = {words: found(words)[:1] for words in QUERIES}

    assert first == {words: [TITLES[name]] for words, name in QUERIES.items()}


def test_title_comes_before_topic_and_topic_before_text_and_the_newest_first():
    group = make.group()
    author = make.member(group)
    for title, body, topics in (
        ("Pecahan lama", "", []),
        ("Lewat topik", "", ["pecahan"]),
        ("Di dalam teks", "Murid melipat pecahan.", []),
        ("Pecahan baru", "", []),
    ):
        share_post(group, by=author, title=title, body=body, topics=topics)

    assert found("pecahan", by=author) == [
        "Pecahan baru",
        "Pecahan lama",
        "Lewat topik",
        "Di dalam teks",
    ]


def test_all_words_must_be_there():
    public("Pecahan dengan kertas")
    public("Pecahan dengan kue")

    assert found("pecahan kue") == ["Pecahan dengan kue"]


def test_the_last_word_may_be_unfinished_and_no_other():
    public("Fotosintesis di halaman")

    assert found("fotosin") == ["Fotosintesis di halaman"]
    assert found("halaman fotosin") == ["Fotosintesis di halaman"]
    assert found("fotosin halaman") == []


@pytest.mark.parametrize("words", ["Nurhaeda", "nurhaida", "Nurheadah", "Nurhaeda kertas", "Tapi"])
def test_a_misspelt_name_finds_the_posts_of_its_teacher(words: str):
    public("Lipatan kertas", author="Nurhaedah Tappi")
    public("Lain sama sekali", author="Hamdana Rahim")

    assert found(words) == ["Lipatan kertas"]


def test_a_name_that_is_there_is_not_taken_for_a_misspelt_one():
    public("Pertama", author="Sitti Aminah")
    public("Kedua", author="Sitti Amina")

    assert found("Aminah") == ["Pertama"]


def test_files_subjects_and_practice_are_found():
    group = make.group()
    author = make.member(group)
    post = share_post(
        group,
        by=author,
        kind="practice",
        title="Dari kelas saya",
        situation="Murid mengantuk sesudah jam olahraga.",
        action="Kami bernyanyi.",
        change="Mereka bangun.",
        evidence="Foto.",
        files=[make.file(b"%PDF-1.7\n", "jadwal_nyanyian-pagi.pdf")],
    )

    assert found("mengantuk olahraga", by=author) == [post.title]
    assert found("jadwal pagi", by=author) == [post.title]
    assert found(f"{group.subject.name} olahraga", by=author) == [post.title]


def test_edited_words_are_found_and_old_ones_no_more():
    post = public("Pecahan")

    edit_post(post, by=post.author, title="Desimal")

    assert found("pecahan") == []
    assert found("desimal") == ["Desimal"]


def test_a_withdrawn_post_is_not_found():
    post = public("Pecahan")

    withdraw_post(post, by=post.author)

    assert found("pecahan", by=post.author) == []


def test_pages_follow_each_other_without_gap_or_double():
    group = make.group()
    author = make.member(group)
    for n in range(4):
        share_post(group, by=author, title=f"Pecahan {n}")
        share_post(group, by=author, title=f"Lain {n}", body="pecahan")
    rows = Post.objects.visible_to(author).shared()
    query = search.ask("pecahan")

    seen, place = [], None
    while True:
        hits = search.search(rows, POST, query, after=place, size=3)
        seen += [post.title for post in hits.rows]
        if not hits.next:
            break
        place = search.Place.read(str(hits.next))

    titles = [f"Pecahan {n}" for n in (3, 2, 1, 0)] + [f"Lain {n}" for n in (3, 2, 1, 0)]
    assert seen == titles


@pytest.mark.parametrize(
    "text", ["", "x", "3.1", "1.", "1.9999999999999999999", "-1.2", "0.\u0661"]
)
def test_a_place_that_makes_no_sense_is_none(text: str):
    assert search.Place.read(text) is None


@pytest.mark.parametrize(
    "words",
    ["", "   ", "!!!", "' OR 1=1 --", '"', "a:* & !b", "NEAR(", "title:x", "\\", "%s", "(" * 99],
)
def test_signs_are_no_syntax(words: str):
    public("Pecahan")

    assert found(words) in ([], ["Pecahan"])


def test_counting_stops_beyond_a_thousand(monkeypatch):
    monkeypatch.setattr(counting, "COUNTED", 2)
    for n in range(4):
        public(f"Pecahan {n}")

    tally = search.count(Post.objects.all(), POST, search.ask("pecahan"))
    assert tally in (search.Tally(2, is_exact=False), search.Tally(4, is_exact=True))


def test_an_excerpt_marks_the_words_and_escapes_the_rest():
    post = public("Judul", "Awal. " * 40 + "Tulis `<b>` & lalu mengajarkan <pecahan> kepada murid.")

    shown = excerpts([post], search.ask("ajar pecah"))[post.pk]

    assert "&lt;b&gt;" in shown
    assert "<mark>mengajarkan</mark>" in shown
    assert "<b>" not in shown
    assert shown.startswith("… ")


def test_filters_narrow_what_is_found():
    group = make.group()
    author = make.member(group)
    share_post(group, by=author, title="Pecahan satu", kind="question", grade=7, topics=["kue"])
    share_post(group, by=author, title="Pecahan dua", kind="material", grade=8)
    every = Post.objects.visible_to(author)

    def titles(**filters: Any) -> list[str]:
        rows = narrowed(every, cast("Filters", filters))
        return [
            post.title for post in search.search(rows, POST, search.ask("pecahan"), size=9).rows
        ]

    assert titles(kind="question") == ["Pecahan satu"]
    assert titles(grade=8) == ["Pecahan dua"]
    assert titles(topic="kue") == ["Pecahan satu"]
    assert titles(endorsed=True) == []
    assert titles(group=group, subject=group.subject) == ["Pecahan dua", "Pecahan satu"]
    assert titles(group=make.group()) == []


def test_older_posts_are_indexed_by_the_command():
    post = public("Pecahan")
    Document.objects.all().delete()
    assert found("pecahan") == []

    call_command("index_posts", stdout=StringIO())

    assert found("pecahan") == [post.title]


@pytest.mark.parametrize("words", ["pecahan", "Nurhaedah", "Nurhaida", "ajar pec", ""])
def test_nobody_finds_or_counts_what_she_may_not_read(words: str):
    group, other = make.group(), make.group()
    for of in (group, other):
        author = make.member(of)
        author.name = "Nurhaedah Tappi"
        author.save(update_fields=["name"])
        for audience in Post.Audience:
            share_post(of, by=author, title="Mengajar pecahan", audience=audience)
        withdraw_post(share_post(of, by=author, title="Mengajar pecahan"), by=author)
    readers: list[User | AnonymousUser] = [
        AnonymousUser(),
        make.newcomer(),
        make.person(),
        make.member(group),
        make.chair(other),
        make.officer(),
    ]

    for reader in readers:
        readable = Post.objects.visible_to(reader).shared()
        hits = search.search(readable, POST, search.ask(words), size=20)

        assert {post.pk for post in hits.rows} == set(readable.values_list("pk", flat=True))
        assert search.count(readable, POST, hits.query).number == readable.count()


@pytest.mark.postgres
@pytest.mark.parametrize("words", ["pecahan", "pecahan langka", "langka", "tidak ada"])
def test_no_page_reads_all_posts(words: str):
    group = make.group()
    author = make.member(group)
    Post.objects.bulk_create(
        Post(group=group, author=author, title=f"Pecahan {n}", body_html="<p>langka</p>")
        for n in range(2000)
    )
    index_posts(Post.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sharing_post, sharing_document")
        # Two thousand rows are read faster than an index; what is tested is that one would do.
        cursor.execute("SET LOCAL enable_seqscan = off")
    rows = Post.objects.visible_to(author).shared()
    query = search.ask(words)

    with CaptureQueriesContext(connection) as first:
        hits = search.search(rows, POST, query, size=20)
    plans = [_plan(each["sql"]) for each in first.captured_queries]

    assert not [plan for plan in plans if "Seq Scan" in plan]
    if hits.next:
        deep = replace(hits.next, pk=hits.next.pk - 1500)
        with CaptureQueriesContext(connection) as later:
            search.search(rows, POST, query, after=deep, size=20)
        assert len(later) <= len(first)


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}".replace("%", "%%"))
        return "\n".join(row[0] for row in cursor.fetchall())


def test_name_that_an_author_gave_up_finds_nothing():
    post = make.post(audience="public")
    edit_post(post, by=post.author, title="Kartu")
    person = post.author
    edit_profile(person, by=person, name="Zubaidah Lama")
    relay()
    assert found("Zubaidah Lama") == ["Kartu"]

    edit_profile(person, by=person, name="Anggota")
    relay()

    assert found("Zubaidah Lama") == []
    assert found("Anggota") == ["Kartu"]


def test_words_of_names_are_forgotten_once_no_author_has_them():
    public("Satu", author="Nurhaedah Tappi")
    other = public("Dua", author="Nurhaedah Zubaidah").author
    edit_profile(other, by=other, name="Hamdana Zubair")
    relay()

    forgotten = [forget_names(), forget_names()]

    words = set(NamePiece.objects.values_list("word", flat=True))
    assert forgotten == [1, 0]
    assert words == {"nurhaedah", "tappi", "hamdana", "zubair"}
