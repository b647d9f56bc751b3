"""Invitations: the answers to them, and the personal link of each."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Case, Count, F, Q, Value, When
from django.utils.translation import gettext as _

from sessions.links import LinkIsSpent, good_until, read_token
from sessions.models import ModelSession, Participation

Answer, Mode = Participation.Answer, ModelSession.Mode


def answers_to(session: ModelSession) -> tuple[Participation.Answer, ...]:
    """The answers that make sense: coming online only where there is a link."""
    ways = {
        Mode.IN_PERSON: (Answer.COMING,),
        Mode.ONLINE: (Answer.ONLINE,),
        Mode.BLENDED: (Answer.COMING, Answer.ONLINE),
    }
    return *ways[Mode(session.mode)], Answer.NOT_COMING, Answer.MAYBE


def tally(session: ModelSession) -> dict[str, int]:
    """How many gave each answer; who waits for a place is counted apart, as “waiting”."""
    waits = Q(queue_number__isnull=False)
    word = Case(When(waits, then=Value("waiting")), default=F("answer"))
    counted = session.participations.values(word=word).annotate(count=Count("pk"))
    return {row["word"]: row["count"] for row in counted}


def part_of_link(token: str, now: datetime) -> Participation:
    """The participation that a personal link is of, with its person, session and group.

    Raises LinkIsForged for a token that nobody was given, LinkIsSpent for one that was revoked or
    ran out.
    """
    pk, person, version = read_token(token)
    found = Participation.objects.select_related(
        "user", "session__group", "session__teacher", "session__leader", "session__school"
    )
    part = found.filter(pk=pk, user=person).first()
    if part is None:
        raise LinkIsSpent(_("Undangan ini sudah ditarik."), "withdrawn")
    if part.link_version != version or not (part.user.is_active or part.user.is_guest):
        raise LinkIsSpent(_("Tautan ini sudah dicabut."), "revoked", part)
    if now > good_until(part):
        raise LinkIsSpent(_("Sesi ini sudah selesai."), "over", part)
    return part
