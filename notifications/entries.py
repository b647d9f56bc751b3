"""What the letter about a session puts into its reader's calendar."""

from __future__ import annotations

from django.db.models import Q

from notifications.models import Notice
from notifications.words import zone_of
from sessions import calendars
from sessions.calendars import Invited, Occasion
from sessions.models import ModelSession, Participation, Series

Answer, Kind = Participation.Answer, Notice.Kind
ABOUT_SESSIONS = {Kind.INVITED, Kind.CHANGED}


def calendar_entries(notice: Notice) -> list[tuple[str, bytes]]:
    """Return a method, REQUEST or CANCEL, and a calendar for each UID that the letter is about.

    They say what holds now, however late the letter leaves; what to come to is first. Nothing is
    said about what was held, and by an invitation that was overtaken by the cancelling, which has
    a letter of its own.
    """
    if notice.kind not in ABOUT_SESSIONS:
        return []
    reader, series = notice.recipient, _told_whole(notice)
    sessions = list(
        ModelSession.objects.filter(Q(series__in=series) if series else Q(pk=notice.session_id))
        .select_related("group", "teacher", "leader", "school", "series")
        .order_by("starts_at", "pk")
    )
    parts = Participation.objects.filter(user=reader, session__in=sessions)
    to = Invited(reader, {part.session_id: _answer_of(part) for part in parts})
    if not _is_news([session for session in sessions if to.has_part_in(session)], notice):
        return []
    occasions = [
        Occasion([session for session in sessions if session.series_id == one.pk], one)
        for one in series
    ] or [Occasion(sessions, sessions[0].series, is_whole=False)]
    entries = [calendars.invitation(each, to=to, zone=zone_of(reader)) for each in occasions]
    return sorted(entries, key=lambda entry: entry[0] != "REQUEST")


def _told_whole(notice: Notice) -> list[Series]:
    """The series that a letter tells from the first session to the last; none to tell of one alone.

    A series that was changed from one session on goes on as another, under another UID. The first
    letter to tell somebody of that tells of those before it, too, back to the one that was told
    already: it ends earlier now, and a calendar would go on to show both.
    """
    series = notice.series or (notice.session.series if notice.session else None)
    if series is None:
        return []
    own = [series] if notice.series else []
    if series.continues_id is None or notice.kind == Kind.INVITED:
        return own
    of_group = Q(series__group=series.group_id) | Q(session__group=series.group_id)
    earlier = Notice.objects.filter(
        of_group, recipient=notice.recipient, kind__in=ABOUT_SESSIONS, pk__lt=notice.pk
    )
    # None among them stands for sessions that were told one by one.
    told = set(earlier.values_list("series", flat=True).distinct())
    if not told or series.pk in told:
        return own
    every = Series.objects.filter(group=series.group_id).in_bulk()
    lineage = [series]
    while lineage[-1].pk not in told and lineage[-1].continues_id:
        lineage.append(every[lineage[-1].continues_id])
    return lineage


def _is_news(own: list[ModelSession], notice: Notice) -> bool:
    """Whether a calendar has anything to learn about the sessions in which the reader has a part.

    Who was told of a series and has no part in it any more learns that; see `invitation`.
    """
    if notice.kind == Kind.INVITED:
        own = [session for session in own if not session.is_cancelled]
    elif notice.series and not own:
        return True
    return not all(session.was_held for session in own)


def _answer_of(part: Participation) -> str:
    """Who waits for a place has none yet."""
    return Answer.MAYBE if part.is_waiting else part.answer
