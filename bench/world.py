"""The rows that the measured pages show: posts, 50 comments, one session, one pair's talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from sessions.models import ModelSession, Participation
from sharing.models import Comment, Post
from tests import make
from thinkpair.models import Message, Pair, PairMember, Thought, Thread

WORDS = "<p>Murid membandingkan daun, lalu menulis satu pertanyaan yang dapat diuji.</p>"
TEXT = "Murid membandingkan daun, lalu menulis satu pertanyaan yang dapat diuji."


@dataclass(frozen=True, kw_only=True)
class World:
    """Who looks, and the things that are looked at."""

    reader: User
    post: Post
    session: ModelSession
    pair: Pair


def build() -> World:
    """Fill an empty database with what the pages show at once."""
    group = make.group()
    cycle = make.cycle(of=group)
    people = [make.member(group) for _ in range(28)]
    reader, partner = people[:2]
    posts = Post.objects.bulk_create(
        Post(
            group=group,
            cycle=cycle,
            author=people[n % 28],
            title=f"Kartu tanya nomor {n}: mengapa daun layu di siang hari?",
            body=TEXT,
            body_html=WORDS,
            comment_count=50,
        )
        for n in range(40)
    )
    post = posts[-1]
    Comment.objects.bulk_create(
        Comment(post=post, author=people[n % 28], body=TEXT, body_html=WORDS) for n in range(50)
    )
    now = timezone.now()
    session = ModelSession.objects.create(
        group=group,
        cycle=cycle,
        teacher=people[3],
        title="Mengapa daun tidak semuanya hijau?",
        goal=TEXT,
        phase=make.phase(),
        grade=8,
        school=people[3].school,
        starts_at=now + timedelta(days=2),
        ends_at=now + timedelta(days=2, hours=2),
        planned_by=people[4],
    )
    Participation.objects.bulk_create(
        Participation(
            session=session,
            user=person,
            role=Participation.Role.OBSERVER if n < 3 else Participation.Role.PARTICIPANT,  # noqa: PLR2004 -- three observers
            answer=Participation.Answer.COMING if n % 2 else "",
        )
        for n, person in enumerate(people)
    )
    thread = Thread.objects.create(
        group=group,
        cycle=cycle,
        author=people[5],
        title="Murid diam saat ditanya “mengapa”",
        problem=TEXT,
        think_ends_at=now,
        pair_ends_at=now + timedelta(days=5),
        share_ends_at=now + timedelta(days=8),
        phase=Thread.Phase.PAIR,
        paired_at=now,
    )
    pair = Pair.objects.create(thread=thread, number=1)
    for person in (reader, partner):
        PairMember.objects.create(thread=thread, pair=pair, person=person)
        Thought.objects.create(thread=thread, author=person, text=TEXT, pair=pair)
    Message.objects.bulk_create(
        Message(pair=pair, author=(reader, partner)[n % 2], text=TEXT) for n in range(40)
    )
    return World(reader=reader, post=post, session=session, pair=pair)
