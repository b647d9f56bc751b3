"""Who may read a post is said anew: by its author, and by the board."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activity.models import Entry
from groups.roles import Role
from sharing import rules, services
from sharing.models import Post
from tests import make

pytestmark = pytest.mark.django_db

NOT_CHANGER = "Pembaca bahan ini hanya dapat diubah oleh penulisnya atau pengurus."
ONLY_NARROWER = "Pengurus hanya dapat mempersempit pembaca."


@pytest.mark.parametrize(
    ("who", "narrower", "wider"),
    [
        ("author", [], []),
        ("board", [], [ONLY_NARROWER]),
        ("member", [NOT_CHANGER], [NOT_CHANGER]),
        ("board elsewhere", [NOT_CHANGER], [NOT_CHANGER]),
        ("Dinas", [NOT_CHANGER], [NOT_CHANGER]),
    ],
)
def test_who_changes_the_audience(who: str, narrower: list[str], wider: list[str]):
    post = make.post(audience="district")
    user = {
        "author": lambda: post.author,
        "board": lambda: make.chair(post.group),
        "member": lambda: make.member(post.group),
        "board elsewhere": lambda: make.chair(make.group()),
        "Dinas": make.officer,
    }[who]()

    assert list(rules.may_change_audience(user, post, "group").reasons) == narrower
    assert list(rules.may_change_audience(user, post, "public").reasons) == wider


HELD = "Pembaca bahan ini dipersempit pengurus; penulis tidak dapat melebarkannya lebih dari itu."
NOT_WIDER = "Pengurus tidak melebarkan pembaca lebih dari pilihan penulis."


@pytest.mark.parametrize(
    ("who", "group", "district", "public"),
    [
        ("author", [], [HELD], [HELD]),
        ("author on the board", [], [HELD], [HELD]),
        ("board", [], [], [NOT_WIDER]),
        ("member", [NOT_CHANGER], [NOT_CHANGER], [NOT_CHANGER]),
    ],
)
def test_who_changes_an_audience_that_the_board_narrowed(
    who: str, group: list[str], district: list[str], public: list[str]
):
    post = make.post(audience="district")
    if who == "author on the board":
        make.also(post.author, post.group, Role.SECRETARY)
    services.change_audience(post, "group", by=make.chair(post.group), because="Untuk guru.")
    user = {
        "author": lambda: post.author,
        "author on the board": lambda: post.author,
        "board": lambda: make.member(post.group, Role.TREASURER),
        "member": lambda: make.member(post.group),
    }[who]()

    assert list(rules.may_change_audience(user, post, "group").reasons) == group
    assert list(rules.may_change_audience(user, post, "district").reasons) == district
    assert list(rules.may_change_audience(user, post, "public").reasons) == public


def test_change_audience_and_its_refusals():
    post = make.post(audience="public")
    chair = make.chair(post.group)

    with pytest.raises(ValidationError, match="Tulis alasannya"):
        services.change_audience(post, "group", by=chair, because=" ")
    with pytest.raises(ValidationError):
        services.change_audience(post, "semua", by=post.author)
    assert Post.objects.get().audience == "public"
    services.change_audience(post, "group", by=chair, because="Ada nama murid.")

    kept = Post.objects.get()
    assert (kept.audience, kept.narrowed_from, kept.narrowed_to) == ("group", "public", "group")
    [revision] = kept.revisions.all()
    assert (revision.by, revision.note) == (chair, "Ada nama murid.")
    assert revision.before == {"audience": "public"}


def test_author_widens_what_the_board_narrowed_by_no_door_until_the_board_undid_it():
    post = make.post(audience="public")
    chair = make.chair(post.group)
    services.change_audience(post, "district", by=chair, because="Untuk guru.")

    services.change_audience(post, "group", by=post.author)
    for widen in (
        lambda: services.change_audience(post, "public", by=post.author),
        lambda: services.edit_post(post, by=post.author, audience="public", title="Lain"),
    ):
        with pytest.raises(PermissionDenied, match="dipersempit pengurus"):
            widen()
    assert Post.objects.get().audience == "group"
    assert Post.objects.get().title == post.title
    services.change_audience(post, "district", by=post.author)
    services.change_audience(post, "public", by=chair)
    services.edit_post(post, by=post.author, audience="group")
    services.edit_post(post, by=post.author, audience="public")

    kept = Post.objects.get()
    assert (kept.audience, kept.narrowed_from, kept.narrowed_to) == ("public", "", "")


@pytest.mark.parametrize("wider", ["district", "public"])
def test_board_does_not_publish_what_its_author_closed_after_it(wider: str):
    post = make.post(audience="public")
    chair = make.chair(post.group)
    services.change_audience(post, "district", by=chair, because="Untuk guru.")
    services.change_audience(post, "group", by=post.author)

    with pytest.raises(PermissionDenied) as refusal:
        services.change_audience(post, wider, by=chair)

    assert str(refusal.value) == NOT_WIDER
    kept = Post.objects.get()
    assert (kept.audience, kept.narrowed_from, kept.narrowed_to) == ("group", "public", "district")


def test_board_widens_step_by_step_and_the_author_as_far_as_it_did():
    post = make.post(audience="public")
    chair = make.chair(post.group)
    services.change_audience(post, "group", by=chair, because="Ada nama murid.")

    services.change_audience(post, "district", by=chair)

    kept = Post.objects.get()
    assert (kept.audience, kept.narrowed_from, kept.narrowed_to) == (
        "district",
        "public",
        "district",
    )
    assert list(rules.may_change_audience(post.author, kept, "public").reasons) == [HELD]
    assert rules.may_change_audience(chair, kept, "public")


def test_every_change_of_the_audience_is_recorded_with_who_did_it():
    post = make.post()
    Entry.objects.all().delete()

    services.edit_post(post, by=post.author, audience="district")
    services.edit_post(post, by=post.author, audience="district", title="Lain")
    services.change_audience(post, "public", by=post.author)

    changes = Entry.objects.filter(name="sharing.AudienceChanged")
    assert list(changes.values_list("actor", flat=True)) == [post.author.pk] * 2
    kept = post.revisions.filter(before__has_key="audience").order_by("pk")
    assert [revision.before["audience"] for revision in kept] == ["group", "district"]
