"""Posts in Indonesian, as many as are asked for, made of the platform's own instruments and words.

The same number makes the same posts. Topics come as often as their share of 1 says.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from groups.models import Group
from schools.models import Phase, Subject
from sharing.library import index_posts
from sharing.models import Post
from tests import make

INSTRUMENTS = Path(__file__).parent.parent / "observations" / "data"
SOURCES = ("rubrik-observasi-kelas-1", "lesson-study-1", "smart-ringkas-1")
TOPICS = {
    "pecahan": 0.3,
    "fotosintesis": 0.03,
    "kangkung": 0.003,
    "alelopati": 0.0001,
}
OTHER_TOPICS = (
    "gaya",
    "puisi",
    "magnet",
    "peta",
    "denah",
    "suhu",
    "cuaca",
    "pantun",
    "energi",
    "sawah",
)
DOING = ("Mengajarkan", "Menemukan", "Mencoba", "Membandingkan", "Menghitung", "Menanyakan")
WITH = ("kertas lipat", "kartu tanya", "daun kering", "botol bekas", "kebun sekolah", "cerita")
FIRST = ("Nurhaedah", "Hamdana", "Sitti", "Masita", "Herlina", "Asriani", "Fatmawati", "Sofyan")
LAST = ("Tappi", "Rahim", "Massora", "Pongsapan", "Pabalik", "Kadiaman", "Rante", "Kasim")
GROUPS, TEACHERS = 100, 2000
BATCH = 2000


def build(posts: int) -> User:
    """Fill an empty database, and return a teacher who is in one of its groups."""
    chance = random.Random(7)  # noqa: S311 -- nothing is secret
    groups, teachers = _people(chance)
    places = list(product(groups, Subject.objects.all(), Phase.objects.all()))
    sentences = _sentences()
    made: list[Post] = []
    for _ in range(posts):
        made.append(_post(chance, chance.choice(places), chance.choice(teachers), sentences))
        if len(made) == BATCH:
            Post.objects.bulk_create(made)
            made = []
    Post.objects.bulk_create(made)
    index_posts(Post.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return make.member(groups[0])


def _people(chance: random.Random) -> tuple[list[Group], list[User]]:
    groups, school = [make.group() for _ in range(GROUPS)], make.school()
    User.objects.bulk_create(
        User(
            username=f"penulis-{n}",
            name=f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            school=school,
            approved_at=timezone.now(),
        )
        for n in range(TEACHERS)
    )
    return groups, list(User.objects.filter(username__startswith="penulis-"))


def _sentences() -> list[str]:
    found: list[str] = []
    for name in SOURCES:
        found += _texts(json.loads((INSTRUMENTS / f"{name}.json").read_text()))
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if len(value.split()) > 5:  # noqa: PLR2004 -- a sentence, not a label
            yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _post(
    chance: random.Random,
    place: tuple[Group, Subject, Phase],
    author: User,
    sentences: list[str],
) -> Post:
    told = [topic for topic, share in TOPICS.items() if chance.random() < share]
    told += chance.sample(OTHER_TOPICS, 2)
    # In the title stands one of the topics that the text is about.
    title = f"{chance.choice(DOING)} {chance.choice(told)} dengan {chance.choice(WITH)}"
    body = chance.sample(sentences, 8)
    body.insert(chance.randrange(8), f"Kami membahas {', '.join(told)}.")
    text = "\n\n".join(body)
    audience = chance.choices(list(Post.Audience), [0.6, 0.3, 0.1])[0]
    endorsed = chance.random() < 0.05  # noqa: PLR2004 -- one of twenty
    return Post(
        group=place[0],
        author=author,
        kind=chance.choice(list(Post.Kind)),
        subject=place[1],
        phase=place[2],
        grade=chance.randint(1, 12),
        title=title,
        body=text,
        body_html=f"<p>{text}</p>",
        audience=audience,
        endorsed_at=timezone.now() if endorsed else None,
    )
