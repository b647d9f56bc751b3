"""Colleagues that words name with an @."""

import pytest

from accounts.models import User
from activity.models import Entry
from activity.services import relay
from notifications.models import Notice
from sharing import services
from sharing.events import ColleaguesMentioned
from sharing.markdown import Mentions, render_comment, render_post
from sharing.models import Mention, Post
from sharing.queries import people_to_mention
from tests import make

pytestmark = pytest.mark.django_db


def named(username: str, *, of: Post | None = None, name: str = "") -> User:
    person = make.member(of.group if of else make.group())
    User.objects.filter(pk=person.pk).update(username=username, name=name or username)
    person.refresh_from_db()
    return person


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Halo @siti.a.", '<p>Halo <a href="/p/" rel="nofollow noopener">@Siti A</a>.</p>'),
        ("(@SITI.A)", '<p>(<a href="/p/" rel="nofollow noopener">@Siti A</a>)</p>'),
        ("`@siti.a`", "<p><code>@siti.a</code></p>"),
        ("    @siti.a", "<pre><code>@siti.a\n</code></pre>"),
        ("@lain", "<p>@lain</p>"),
        (
            "x@siti.a.id",
            '<p><a href="mailto:x@siti.a.id" rel="nofollow noopener">x@siti.a.id</a></p>',
        ),
        (
            "[@siti.a](https://a.id)",
            '<p><a href="https://a.id" rel="nofollow noopener">@siti.a</a></p>',
        ),
    ],
)
def test_mentions_become_links_outside_of_code_and_links(text: str, html: str):
    people = {"siti.a": ("Siti A", "/p/")}

    assert render_post(text, Mentions(people)).replace("\n</code>", "</code>") == html.replace(
        "\n</code>", "</code>"
    )


def test_name_of_a_mention_is_no_html():
    people = {"siti": ("<script>x</script>", "/p/")}

    assert "<script>" not in render_comment("@siti", Mentions(people))


def test_post_names_colleagues_once_each_and_keeps_them():
    post = make.post()
    siti, ani = named("siti", of=post, name="Siti Aminah"), named("ani")
    newcomer = make.newcomer()

    services.edit_post(
        post, by=post.author, body=f"@siti @siti @ani @{newcomer.username} @{post.author.username}"
    )

    assert {mention.person for mention in post.mentions.all()} == {siti, ani}
    assert (
        f'<a href="/people/{siti.pk}/" rel="nofollow noopener">@Siti Aminah</a>' in post.body_html
    )
    assert f"@{newcomer.username}" in post.body_html


def told(person: User) -> list[str]:
    relay()
    return [notice.text for notice in Notice.objects.filter(recipient=person)]


def test_each_who_may_read_the_post_is_told_once():
    post = make.post()
    siti, outsider = named("siti", of=post), named("ani")
    services.edit_post(post, by=post.author, body="@siti @ani")
    sentence = f"{post.author} menyebut Bapak/Ibu di “{post.title}”."

    assert told(siti) == [sentence]
    assert told(outsider) == []

    services.edit_post(post, by=post.author, body="Tanpa nama.")
    services.edit_post(post, by=post.author, body="@siti lagi")
    assert told(siti) == [sentence]


def test_edit_tells_those_newly_named_alone():
    post = make.post()
    siti = named("siti", of=post)
    services.edit_post(post, by=post.author, body="@siti")
    budi = named("budi", of=post)

    services.edit_post(post, by=post.author, body="@siti @budi")

    events = [entry.event for entry in Entry.objects.order_by("pk") if "Mentioned" in entry.name]
    assert events == [
        ColleaguesMentioned(post_id=post.pk, comment_id=None, person_ids=[siti.pk]),
        ColleaguesMentioned(post_id=post.pk, comment_id=None, person_ids=[budi.pk]),
    ]


def test_comment_names_colleagues_too():
    post = make.post()
    siti = named("siti", of=post)

    comment = services.write_comment(post, by=post.author, body="Betul, @siti?")

    assert Mention.objects.get().comment == comment
    assert ">@siti</a>?" in comment.body_html
    assert told(siti) == [f"{post.author} menyebut Bapak/Ibu di “{post.title}”."]


def test_withdrawn_post_tells_nobody():
    post = make.post()
    siti = named("siti", of=post)
    services.edit_post(post, by=post.author, body="@siti")
    services.withdraw_post(post, by=post.author)

    assert told(siti) == []


def test_people_to_mention_are_eight_colleagues_at_most_own_groups_first():
    group = make.group()
    user = make.member(group)
    far = [named(f"siti.{n}", name=f"Siti A{n}") for n in range(9)]
    near = make.member(group)
    User.objects.filter(pk=near.pk).update(username="siti.z", name="Zahra Siti")

    found = list(people_to_mention(user, "@Sit"))

    assert found[0] == near
    assert found[1:] == far[:7]
    assert list(people_to_mention(user, "s")) == []
    assert list(people_to_mention(make.newcomer(), "siti")) == []
