"""Versions of a material, and what posts said before."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError

from sharing import rules, services
from sharing.models import Attachment, Post, Revision
from tests import make

pytestmark = pytest.mark.django_db


def pdf(name: str = "lembar kerja.pdf"):
    return make.file(b"%PDF-1.7\n", name)


def material(audience: str = "group") -> Post:
    """A material of two versions; in the second “lama.pdf” gave way to “baru.pdf”."""
    group = make.group()
    post = services.share_post(
        group,
        by=make.member(group),
        kind="material",
        title="Lembar kerja",
        audience=audience,
        files=[pdf("lama.pdf"), pdf("kunci.pdf")],
    )
    old = post.attachments.get(name="lama.pdf")
    return services.edit_post(
        post,
        by=post.author,
        title="Lembar kerja baru",
        files=[pdf("baru.pdf")],
        drop=[old],
        new_version=True,
        note="Soal 3 diperbaiki.",
    )


def test_edit_keeps_the_old_values_of_what_changed():
    post = make.post()
    services.edit_post(post, by=post.author, topics=["pecahan"], grade=7)

    services.edit_post(
        post, by=post.author, title="Kol merah", topics=["alat"], grade=7, files=[pdf()]
    )

    newest = post.revisions.latest("pk")
    assert newest.before == {
        "title": "Kol ungu pengganti lakmus",
        "topics": ["pecahan"],
        "files_added": ["lembar kerja.pdf"],
    }
    assert (newest.by, newest.version, newest.is_new_version) == (post.author, 1, False)


def test_edit_that_changes_nothing_keeps_nothing():
    post = make.post()

    services.edit_post(post, by=post.author, title=post.title)

    assert not Revision.objects.exists()


def test_file_that_comes_or_goes_alone_is_kept_in_mind_too():
    post = make.post()

    file = services.attach_file(post, pdf(), by=post.author)
    services.remove_attachment(file, by=post.author)

    assert [revision.before for revision in post.revisions.order_by("pk")] == [
        {"files_added": ["lembar kerja.pdf"]},
        {"files_removed": ["lembar kerja.pdf"]},
    ]


def test_new_version_keeps_the_files_of_the_one_before():
    post = material()

    post.refresh_from_db()
    files = {file.name: file for file in post.attachments.all()}
    spans = {name: (file.first_version, file.last_version) for name, file in files.items()}
    assert (post.version, post.file_count) == (2, 2)
    assert spans == {"lama.pdf": (1, 1), "kunci.pdf": (1, None), "baru.pdf": (2, None)}
    assert Attachment.objects.visible_to(make.member(post.group)).contains(files["lama.pdf"])
    [revision] = post.revisions.of_versions()
    assert (revision.version, revision.note) == (1, "Soal 3 diperbaiki.")


def test_file_of_an_older_version_can_be_taken_away_and_counts_no_more():
    post = material()
    old = post.attachments.get(name="lama.pdf")

    services.remove_attachment(old, by=post.author)

    post.refresh_from_db()
    assert not Attachment.objects.visible_to(post.author).contains(old)
    assert post.file_count == 2


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (
            {"note": "Baru.", "title": "Lembar kerja baru"},
            {"new_version": ["Belum ada yang berubah: ubah dulu isi atau berkasnya."]},
        ),
        ({"note": ""}, {"note": ["Tulis singkat apa yang berubah pada versi ini."]}),
        (
            {"note": "Baru.", "kind": "question"},
            {"new_version": ["Hanya perangkat ajar yang mempunyai versi."]},
        ),
    ],
)
def test_new_version_needs_material_and_a_note(words, refusal):
    post = material()

    with pytest.raises(ValidationError) as refused:
        services.edit_post(post, by=post.author, new_version=True, **words)

    post.refresh_from_db()
    assert refused.value.message_dict == refusal
    assert (post.version, post.kind) == (2, "material")


def test_edit_by_a_reader_keeps_nothing():
    post = make.post()

    with pytest.raises(PermissionDenied):
        services.edit_post(post, by=make.member(post.group), title="x")

    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("who", "versions", "changes"),
    [
        ("nobody", True, False),
        ("elsewhere", True, False),
        ("member", True, False),
        ("board", True, True),
        ("author", True, True),
    ],
)
def test_who_reads_versions_and_who_all_changes(who: str, versions: bool, changes: bool):
    post = material("public")
    services.edit_post(post, by=post.author, title="Lain")
    reader = {
        "nobody": AnonymousUser,
        "elsewhere": lambda: make.member(make.group()),
        "member": lambda: make.member(post.group),
        "board": lambda: make.chair(post.group),
        "author": lambda: post.author,
    }[who]()

    seen = Revision.objects.visible_to(reader)

    assert seen.of_versions().exists() is versions
    assert seen.filter(is_new_version=False).exists() is changes
    if who != "nobody":
        assert bool(rules.may_read_history(reader, post)) is changes


def test_versions_of_a_post_of_another_group_are_seen_by_nobody_else():
    material()

    assert not Revision.objects.visible_to(make.member(make.group())).exists()
    assert not Revision.objects.visible_to(AnonymousUser()).exists()
