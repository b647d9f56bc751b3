"""Kinds of posts, and what they are found by."""

import pytest
from django.core.exceptions import ValidationError

from schools.models import Phase, Subject
from sharing import services
from sharing.models import Post, Topic
from tests import make

pytestmark = pytest.mark.django_db
PARTS = {
    "situation": "Murid kelas 7 diam.",
    "action": "Kartu peran.",
    "change": "Mereka bertanya.",
    "evidence": "12 dari 30 bertanya.",
}


def shared(**words: object) -> Post:
    group = make.group()
    return services.share_post(group, by=make.member(group), **{"title": "Kol", **words})


def phase_d() -> Phase:
    return Phase.objects.get_or_create(code="D", first_grade=7, last_grade=9)[0]


def test_post_is_of_the_subject_of_its_group_unless_it_says_another_one():
    other = Subject.objects.create(code="SNI", name="Seni")

    own, given, none = shared(), shared(subject=other), shared(subject=None)

    assert own.subject == own.group.subject
    assert given.subject == other
    assert none.subject is None


def test_topics_are_kept_small_and_once():
    post = shared(topics=["  Alat   PERAGA ", "alat peraga", "#Pecahan", "", "Cafe\u0301"])

    assert [topic.name for topic in post.topics.all()] == ["alat peraga", "café", "pecahan"]

    services.edit_post(post, by=post.author, topics=["pecahan"])
    assert [topic.name for topic in post.topics.all()] == ["pecahan"]
    services.edit_post(post, by=post.author, title="Kol ungu")
    assert [topic.name for topic in post.topics.all()] == ["pecahan"]
    assert Topic.objects.count() == 3


@pytest.mark.parametrize(
    ("topics", "sentence"),
    [
        (list("abcdef"), "Paling banyak 5 topik."),
        (["x" * 41], f"Topik “{'x' * 41}” terlalu panjang; paling banyak 40 huruf."),
    ],
)
def test_too_many_and_too_long_topics_are_refused(topics: list[str], sentence: str):
    with pytest.raises(ValidationError) as refusal:
        shared(topics=topics)

    assert refusal.value.message_dict == {"topics": [sentence]}
    assert not Post.objects.exists()
    assert not Topic.objects.exists()


@pytest.mark.parametrize("grade", [7, 9])
def test_grade_lies_in_its_phase(grade: int):
    assert shared(phase=phase_d(), grade=grade).grade == grade


@pytest.mark.parametrize("grade", [6, 10])
def test_grade_outside_its_phase_is_refused_with_a_sentence(grade: int):
    with pytest.raises(ValidationError) as refusal:
        shared(phase=phase_d(), grade=grade)

    assert refusal.value.message_dict == {
        "grade": [f"Kelas {grade} tidak termasuk Fase D, yaitu kelas 7–9."]
    }


def test_practice_is_told_in_four_parts_after_its_words():
    post = shared(kind="practice", body="Dari kelas saya.", **PARTS)

    assert post.body_html.startswith("<p>Dari kelas saya.</p>\n<h2>Situasinya</h2>")
    assert "<h2>Buktinya</h2>\n<p>12 dari 30 bertanya.</p>" in post.body_html


@pytest.mark.parametrize("part", Post.PARTS)
def test_practice_without_one_of_its_parts_is_refused(part: str):
    with pytest.raises(ValidationError) as refusal:
        shared(kind="practice", **PARTS | {part: " "})

    assert set(refusal.value.message_dict) == {part}
    assert not Post.objects.exists()


def test_parts_of_another_kind_are_refused():
    with pytest.raises(ValidationError) as refusal:
        shared(kind="material", evidence="12 dari 30.")

    assert refusal.value.message_dict == {"evidence": ["Bagian ini hanya untuk praktik baik."]}


def test_practice_that_becomes_another_kind_has_no_parts():
    post = shared(kind="practice", **PARTS)

    services.edit_post(post, by=post.author, kind="question")

    post.refresh_from_db()
    assert [getattr(post, part) for part in Post.PARTS] == ["", "", "", ""]
    assert post.body_html == ""
