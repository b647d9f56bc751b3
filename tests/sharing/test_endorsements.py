"""What stays of a recommendation when the post is changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.roles import Role
from sharing import rules, services
from sharing.library import Filters, narrowed
from sharing.models import Post, Revision
from tests import make

pytestmark = pytest.mark.django_db


def pdf():
    return make.file(b"%PDF-1.7\n", "lembar kerja.pdf")


CHANGES = {
    "title": lambda post: services.edit_post(post, by=post.author, title="Kol merah"),
    "file": lambda post: services.attach_file(post, pdf(), by=post.author),
    "file in the form": lambda post: services.edit_post(post, by=post.author, files=[pdf()]),
    "new version": lambda post: services.edit_post(
        post, by=post.author, topics=["kol"], new_version=True, note="Baru."
    ),
    "topics": lambda post: services.edit_post(post, by=post.author, topics=["kol"]),
    "audience": lambda post: services.change_audience(post, "public", by=post.author),
    "nothing": lambda post: services.edit_post(post, by=post.author, title=post.title),
}


@pytest.mark.parametrize("change", CHANGES)
def test_endorsement_is_one_of_the_earlier_words_once_they_change(change: str):
    post = make.post(kind="material")
    guide = make.member(post.group, Role.CORE_TEACHER)
    services.endorse_post(post, by=guide)
    endorsed: Filters = {"endorsed": True}

    CHANGES[change](post)

    post.refresh_from_db()
    is_current = change in {"topics", "audience", "nothing"}
    assert (post.endorsed_before is None) is is_current
    assert post.endorsed_by == guide
    assert narrowed(Post.objects.all(), endorsed).exists() is is_current
    assert bool(rules.may_endorse_post(guide, post)) is not is_current
    if not is_current:
        services.endorse_post(post, by=guide)
        assert post.endorsed_before is None
        assert narrowed(Post.objects.all(), endorsed).exists()


def test_endorsement_stays_one_of_the_words_before_the_first_change():
    post = make.post(kind="material")
    guide, other = (make.member(post.group, Role.CORE_TEACHER) for _ in range(2))
    services.edit_post(post, by=post.author, title="Kol biru")
    services.endorse_post(post, by=guide)

    for title in ("Kol merah", "Kol hijau"):
        services.edit_post(post, by=post.author, title=title)

    post.refresh_from_db()
    assert post.endorsed_before.before == {"title": "Kol biru"}
    assert list(Revision.objects.visible_to(guide)) == [post.endorsed_before]
    assert rules.may_read_history(guide, post)
    assert not Revision.objects.visible_to(other).exists()
    assert not rules.may_read_history(other, post)


def test_file_of_an_older_version_that_goes_leaves_the_endorsement_as_it_is():
    post = make.post(kind="material")
    old = services.attach_file(post, pdf(), by=post.author)
    services.edit_post(post, by=post.author, drop=[old], new_version=True, note="Tanpa kunci.")
    services.endorse_post(post, by=make.member(post.group, Role.CORE_TEACHER))

    services.remove_attachment(old, by=post.author)

    post.refresh_from_db()
    assert post.endorsed_before is None


@pytest.mark.parametrize("kind", ["question", "material"])
def test_edit_of_what_nobody_endorsed_writes_no_endorsement(kind: str):
    post = make.post(kind=kind)

    with CaptureQueriesContext(connection) as asked:
        services.edit_post(post, by=post.author, title="Lain")

    written = [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]
    assert not [sql for sql in written if '"endorsed_at" =' in sql]
