import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from sharing import rules, services
from sharing.models import Attachment, Comment, Post
from sharing.queries import audience_among, readers_among
from tests import make

pytestmark = pytest.mark.django_db


PEOPLE = {
    "nobody": lambda _post: AnonymousUser(),
    "newcomer": lambda _post: make.newcomer(),
    "teacher elsewhere": lambda _post: make.member(make.group()),
    "board elsewhere": lambda _post: make.chair(make.group()),
    "Dinas": lambda _post: make.officer(),
    "member": lambda post: make.member(post.group),
    "board": lambda post: make.chair(post.group),
    "author": lambda post: post.author,
}


@pytest.mark.parametrize(
    ("who", "group", "district", "public", "withdrawn"),
    [
        ("nobody", False, False, True, False),
        ("newcomer", False, False, True, False),
        ("teacher elsewhere", False, True, True, False),
        ("board elsewhere", False, True, True, False),
        ("Dinas", False, True, True, False),
        ("member", True, True, True, False),
        ("board", True, True, True, True),
        ("author", True, True, True, True),
    ],
)
def test_who_reads_posts_and_their_comments(
    who: str, group: bool, district: bool, public: bool, withdrawn: bool
):
    for audience, reads in [("group", group), ("district", district), ("public", public)]:
        post = make.post(audience=audience)
        comment = make.comment(post)
        attachment = Attachment.objects.create(post=post, name="a.pdf", size=1)
        reader = PEOPLE[who](post)

        assert Post.objects.visible_to(reader).contains(post) is reads
        assert Comment.objects.visible_to(reader).contains(comment) is reads
        assert Attachment.objects.visible_to(reader).contains(attachment) is reads

    gone = make.withdrawn_post(audience="public")
    assert Post.objects.visible_to(PEOPLE[who](gone)).contains(gone) is withdrawn


@pytest.mark.parametrize("is_withdrawn", [False, True])
@pytest.mark.parametrize("audience", ["group", "district", "public"])
def test_readers_asked_for_all_at_once_are_those_whom_the_rule_lets_read(
    audience: str, is_withdrawn: bool
):
    post = make.withdrawn_post(audience=audience) if is_withdrawn else make.post(audience=audience)
    comment = make.comment(post) if not is_withdrawn else None
    people = [find(post) for who, find in PEOPLE.items() if who != "nobody"]
    people += [
        make.leave(post.group, make.member(post.group)),
        make.leave(post.group, people.pop()),
    ]
    everybody = User.objects.all()

    readers = {one for one in people if Post.objects.visible_to(one).contains(post)}
    assert set(readers_among(everybody, post)) & set(people) == readers
    if comment:
        hearers = {one for one in people if Comment.objects.visible_to(one).contains(comment)}
        assert set(audience_among(everybody, post)) & set(people) == hearers


@pytest.mark.parametrize(
    ("audience", "is_withdrawn", "reads_answers"),
    [
        ("group", False, False),
        ("district", False, True),
        ("public", False, True),
        ("group", True, False),
        ("public", True, False),
    ],
)
def test_author_who_left_reads_the_own_post_and_nothing_else_of_the_group(
    audience: str, is_withdrawn: bool, reads_answers: bool
):
    post = make.post(audience=audience)
    other, comment = make.post(of=post.group), make.comment(post)
    attachment = Attachment.objects.create(post=post, name="a.pdf", size=1)
    if is_withdrawn:
        services.withdraw_post(post, by=post.author)

    author = make.leave(post.group, post.author)

    assert set(Post.objects.visible_to(author)) == {post}
    assert Attachment.objects.visible_to(author).contains(attachment)
    assert Comment.objects.visible_to(author).contains(comment) is reads_answers
    assert bool(rules.may_withdraw_post(author, post)) is not is_withdrawn
    assert bool(rules.may_follow(author, post)) is (reads_answers and not is_withdrawn)
    assert not rules.may_withdraw_post(author, other)


NOT_AUTHOR = "Bahan ini hanya dapat diubah oleh penulisnya."
NOT_RESTORER = "Bahan ini hanya dapat dikembalikan oleh penulisnya atau pengurus."
NOT_WITHDRAWER = "Bahan ini hanya dapat ditarik oleh penulisnya atau pengurus."
AUTHORS = "Bahan ini ditarik penulisnya; hanya penulisnya yang dapat mengembalikannya."
STAYS = "Bahan ini tidak sedang ditarik."
GONE = "Bahan ini sudah ditarik."
NOT_IN = "Tanggapan dapat ditulis setelah Bapak/Ibu diterima di sebuah kelompok."
LEFT_OUT = "Hanya anggota kelompok ini yang membaca dan menulis tanggapan."


@pytest.mark.parametrize(
    ("who", "edit", "withdraw", "restore", "comment"),
    [
        ("newcomer", [NOT_AUTHOR], [NOT_WITHDRAWER], [NOT_RESTORER, STAYS], [LEFT_OUT, NOT_IN]),
        ("teacher elsewhere", [NOT_AUTHOR], [NOT_WITHDRAWER], [NOT_RESTORER, STAYS], [LEFT_OUT]),
        ("board elsewhere", [NOT_AUTHOR], [NOT_WITHDRAWER], [NOT_RESTORER, STAYS], [LEFT_OUT]),
        ("Dinas", [NOT_AUTHOR], [NOT_WITHDRAWER], [NOT_RESTORER, STAYS], [LEFT_OUT]),
        ("member", [NOT_AUTHOR], [NOT_WITHDRAWER], [NOT_RESTORER, STAYS], []),
        ("board", [NOT_AUTHOR], [], [STAYS], []),
        ("author", [], [], [STAYS], []),
    ],
)
def test_who_changes_a_shared_post(
    who: str, edit: list[str], withdraw: list[str], restore: list[str], comment: list[str]
):
    post = make.post()
    user = PEOPLE[who](post)

    assert list(rules.may_edit_post(user, post).reasons) == edit
    assert list(rules.may_withdraw_post(user, post).reasons) == withdraw
    assert list(rules.may_restore_post(user, post).reasons) == restore
    assert list(rules.may_comment(user, post).reasons) == comment


@pytest.mark.parametrize(
    ("who", "edit", "withdraw", "restore", "comment"),
    [
        (
            "newcomer",
            [NOT_AUTHOR, GONE],
            [NOT_WITHDRAWER, GONE],
            [NOT_RESTORER],
            [LEFT_OUT, NOT_IN, GONE],
        ),
        ("member", [NOT_AUTHOR, GONE], [NOT_WITHDRAWER, GONE], [NOT_RESTORER], [GONE]),
        ("board", [NOT_AUTHOR, GONE], [GONE], [AUTHORS], [GONE]),
        ("author", [GONE], [GONE], [], [GONE]),
    ],
)
def test_who_changes_a_withdrawn_post(
    who: str, edit: list[str], withdraw: list[str], restore: list[str], comment: list[str]
):
    post = make.withdrawn_post()
    user = PEOPLE[who](post)

    assert list(rules.may_edit_post(user, post).reasons) == edit
    assert list(rules.may_withdraw_post(user, post).reasons) == withdraw
    assert list(rules.may_restore_post(user, post).reasons) == restore
    assert list(rules.may_comment(user, post).reasons) == comment


@pytest.mark.parametrize(
    ("who", "shares"),
    [
        ("newcomer", False),
        ("teacher elsewhere", False),
        ("board elsewhere", False),
        ("Dinas", False),
        ("member", True),
        ("board", True),
    ],
)
def test_who_shares_in_a_group(who: str, shares: bool):
    post = make.post()

    verdict = rules.may_share(PEOPLE[who](post), post.group)

    reason = "Hanya anggota kelompok yang dapat berbagi di sini."
    assert list(verdict.reasons) == ([] if shares else [reason])
