"""Posts for sessions and about gardens: linked on sharing, shown where one may read both."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from groups.models import Cycle
from kesraku import services as gardens
from kesraku.models import GardenPost
from sessions import services as sessions
from sessions.models import SessionPost
from sharing.models import Post
from tests import make

pytestmark = pytest.mark.django_db


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def options(form: str, name: str) -> set[str]:
    """The values that the list of this name offers."""
    offered = form.split(f'name="{name}"')[1].split("</select>", maxsplit=1)[0]
    return set(re.findall(r'<option value="([^"]*)"', offered))


def test_post_is_shared_for_a_session_and_about_a_garden(client):
    session = make.session()
    author = make.member(session.group)
    garden = make.garden()
    client.force_login(author)
    on_session = main(client.get(f"/sessions/{session.pk}/"))
    assert f'href="/posts/new/?session={session.pk}&amp;group={session.group_id}"' in on_session
    form = main(client.get(f"/posts/new/?session={session.pk}&garden={garden.pk}"))
    assert f'<option value="{session.pk}" selected>' in form
    assert f'<option value="{garden.pk}" selected>' in form

    client.post(
        "/posts/new/",
        {
            "submission": uuid4(),
            "group": session.group_id,
            "kind": "material",
            "title": "Kartu peran",
            "audience": "public",
            "session": session.pk,
            "garden": garden.pk,
        },
    )

    post = Post.objects.get()
    assert post.session_links.get().session == session
    assert post.garden_links.get().garden == garden
    assert "Kartu peran" in main(client.get(f"/sessions/{session.pk}/"))
    page = main(client.get(f"/posts/{post.pk}/"))
    assert f"Untuk sesi {session.title}" in page
    assert "Tentang Kebun" in page
    assert f'href="{garden.get_absolute_url()}"' in page
    client.logout()
    page = main(client.get(f"/posts/{post.pk}/"))
    assert "Untuk sesi" not in page
    assert "Tentang Kebun" in page
    assert "Kartu peran" in main(client.get(garden.get_absolute_url()))


def test_post_is_shared_in_a_cycle_that_is_chosen_and_shows_it_to_the_group(client):
    old = make.cycle()
    Cycle.objects.filter(pk=old.pk).update(closed_at=timezone.now())
    running = make.cycle(of=old.group)
    strange = make.cycle()
    client.force_login(make.member(old.group))
    form = main(client.get("/posts/new/"))
    sent = {"group": old.group_id, "kind": "material", "audience": "public"}
    assert options(form, "cycle") == {"", str(old.pk), str(running.pk)}

    client.post("/posts/new/", sent | {"submission": uuid4(), "title": "A", "cycle": old.pk})
    client.post("/posts/new/", sent | {"submission": uuid4(), "title": "B", "cycle": ""})
    refused = client.post(
        "/posts/new/", sent | {"submission": uuid4(), "title": "C", "cycle": strange.pk}
    )

    assert refused.status_code == 422
    assert [post.cycle for post in Post.objects.order_by("pk")] == [old, running]
    first = Post.objects.order_by("pk")[0]
    assert f'href="/cycles/{old.pk}/"' in main(client.get(f"/posts/{first.pk}/"))
    client.logout()
    assert f'href="/cycles/{old.pk}/"' not in main(client.get(f"/posts/{first.pk}/"))


def test_post_is_linked_and_moved_by_its_edit_form(client):
    cycle = make.cycle()
    session, linked = make.session(of=cycle.group), make.session(of=cycle.group)
    garden = make.garden()
    post = make.post(of=cycle.group)
    sessions.link_post(linked, post, by=post.author)
    User.objects.filter(pk=post.author_id).update(school=garden.school)
    client.force_login(User.objects.get(pk=post.author_id))
    form = main(client.get(f"/posts/{post.pk}/edit/"))
    assert options(form, "cycle") == {"", str(cycle.pk)}
    assert f'<option value="{cycle.pk}" selected>' in form
    assert options(form, "session") == {"", str(session.pk)}
    assert options(form, "garden") == {"", str(garden.pk)}

    sent: dict[str, object] = {"kind": "material", "title": "Kol", "audience": "group", "cycle": ""}
    sent |= {"session": session.pk, "garden": garden.pk}
    answers = [client.post(f"/posts/{post.pk}/edit/", sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    post.refresh_from_db()
    assert post.cycle is None
    assert {link.session for link in post.session_links.all()} == {session, linked}
    assert post.garden_links.get().garden == garden


def test_edit_form_links_nothing_that_its_author_may_not_read(client):
    post, session = make.post(), make.session()
    client.force_login(post.author)

    sent = {"kind": "material", "title": "Lain", "audience": "group", "session": session.pk}
    answer = client.post(f"/posts/{post.pk}/edit/", sent)

    assert answer.status_code == 422
    assert not SessionPost.objects.exists()
    post.refresh_from_db()
    assert post.title != "Lain"


def test_post_of_the_group_is_shown_on_a_garden_to_its_readers_alone(client):
    post, garden = make.post(), make.garden()
    gardens.link_post(garden, post, by=post.author)

    assert post.title not in main(client.get(garden.get_absolute_url()))
    client.force_login(make.member(make.group()))
    assert post.title not in main(client.get(garden.get_absolute_url()))
    client.force_login(make.member(post.group))
    assert post.title in main(client.get(garden.get_absolute_url()))


def test_session_that_i_cannot_read_is_not_offered_and_shares_nothing(client):
    session = make.session()
    group = make.group()
    client.force_login(make.member(group))

    form = main(client.get(f"/posts/new/?session={session.pk}"))
    answer = client.post(
        "/posts/new/",
        {
            "submission": uuid4(),
            "group": group.pk,
            "kind": "material",
            "title": "Kartu",
            "audience": "group",
            "session": session.pk,
        },
    )

    assert session.title not in form
    assert answer.status_code == 422
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("who", "links"), [("member", False), ("outsider", False), ("board", True), ("author", True)]
)
def test_who_links_and_unlinks_a_post(who: str, links: bool):
    session = make.session()
    post, garden = make.post(of=session.group), make.garden()
    user = {
        "member": lambda: make.member(session.group),
        "outsider": lambda: make.member(make.group()),
        "board": lambda: make.chair(session.group),
        "author": lambda: post.author,
    }[who]()

    if not links:
        with pytest.raises(PermissionDenied):
            sessions.link_post(session, post, by=user)
        with pytest.raises(PermissionDenied):
            gardens.link_post(garden, post, by=user)
        assert not SessionPost.objects.exists()
        assert not GardenPost.objects.exists()
        return
    of_session = sessions.link_post(session, post, by=user)
    of_garden = gardens.link_post(garden, post, by=user)
    assert sessions.link_post(session, post, by=user) == of_session
    sessions.unlink_post(of_session, by=user)
    gardens.unlink_post(of_garden, by=user)
    assert not SessionPost.objects.exists()
    assert not GardenPost.objects.exists()


def test_teachers_of_the_school_take_a_post_off_their_garden(client):
    post, garden = make.post(audience="public"), make.garden()
    link = gardens.link_post(garden, post, by=post.author)
    client.force_login(make.person(at=garden.school))

    client.post(f"/post-gardens/{link.pk}/unlink/")

    assert not GardenPost.objects.exists()


def test_author_links_no_session_that_she_cannot_read():
    session, post = make.session(), make.post()

    with pytest.raises(ValidationError):
        sessions.link_post(session, post, by=post.author)

    assert not SessionPost.objects.exists()


def test_withdrawn_post_is_linked_to_nothing():
    session = make.session()
    post = make.withdrawn_post(of=session.group)

    with pytest.raises(PermissionDenied, match="Bahan ini sudah ditarik"):
        sessions.link_post(session, post, by=post.author)

    assert not SessionPost.objects.exists()


def test_link_is_let_go_on_the_page_of_the_post(client):
    session = make.session()
    post = make.post(of=session.group)
    link = sessions.link_post(session, post, by=post.author)
    client.force_login(make.member(session.group))
    assert "Lepas" not in main(client.get(f"/posts/{post.pk}/"))
    assert client.post(f"/post-sessions/{link.pk}/unlink/").status_code == 403
    client.force_login(post.author)
    assert "Lepas" in main(client.get(f"/posts/{post.pk}/"))

    client.post(f"/post-sessions/{link.pk}/unlink/")

    assert not SessionPost.objects.exists()
