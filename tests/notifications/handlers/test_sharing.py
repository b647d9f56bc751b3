"""What is told of posts."""

import pytest

from sharing import services as sharing
from tests import make
from tests.notifications.telling import quiet, told

pytestmark = pytest.mark.django_db


def test_author_is_told_of_comments_once_until_read():
    post = make.post()
    reader = make.member(post.group)
    quiet()

    make.comment(post, by=post.author)
    make.comment(post, by=reader)
    make.comment(post, by=reader)

    assert told() == {post.author: f"{reader} menanggapi “{post}”."}


def test_comment_on_a_post_withdrawn_meanwhile_tells_nobody():
    post = make.post()
    reader = make.member(post.group)
    make.comment(post, by=reader)
    sharing.withdraw_post(post, by=post.author)

    assert told() == {}
