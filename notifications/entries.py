"""What the letter about a session puts into its reader's calendar."""

from __future__ import annotations

from django.db.models import Q

from notifications.models import Notice
from notifications.words import zone_of
from sessions import calendars
from sessions.calendars import Invited, Occasion
from sessions.models import ModelSession, Participation

Answer = Participation.Answer


def calendar_entry(notice: Notice) -> tuple[str, bytes] | None:
    """Return the method, REQUEST or CANCEL, and the calendar; None where there is nothing to say.

    It says what holds now, however late the letter leaves. Nothing is said to who has no part in
    it any more, about what was held, and by an invitation that was overtaken by the cancelling,
    which has a letter of its own.
    """
    if notice.kind not in {Notice.Kind.INVITED, Notice.Kind.CHANGED}:
        return None
    occasion, answers = _part_in_it(notice)
    is_off = all(session.is_cancelled for session in occasion.sessions)
    if is_off and notice.kind == Notice.Kind.INVITED:
        return None
    if all(session.was_held for session in occasion.sessions):
        return None
    reader = notice.recipient
    return calendars.invitation(occasion, to=Invited(reader, answers), zone=zone_of(reader))


def _part_in_it(notice: Notice) -> tuple[Occasion, dict[int, str]]:
    """The sessions of a notice in which its reader has a part, and what the reader answered."""
    reader, session = notice.recipient, notice.session
    series = notice.series or (session.series if session else None)
    asked = Q(series=series) if notice.series else Q(pk=notice.session_id)
    everything = list(
        ModelSession.objects.filter(asked)
        .select_related("group", "teacher", "leader", "school", "series")
        .order_by("starts_at", "pk")
    )
    parts = Participation.objects.filter(user=reader, session__in=everything)
    answers = {part.session_id: _answer_of(part) for part in parts}
    own = [one for one in everything if one.pk in answers or one.teacher_id == reader.pk]
    is_whole = notice.series is not None and len(own) == len(everything)
    return Occasion(own, series, is_whole=is_whole), answers


def _answer_of(part: Participation) -> str:
    """Who waits for a place has none yet."""
    return Answer.MAYBE if part.is_waiting else part.answer
