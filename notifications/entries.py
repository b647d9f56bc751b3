"""What the letter about a session puts into its reader's calendar."""

from __future__ import annotations

from django.db.models import Q, QuerySet

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

    A series that was changed from one session on goes on as another, under another UID, and ends
    earlier itself. Until its reader was told of the later one, both are told together: else a
    calendar would show sessions of the two or of neither.
    """
    series = notice.series or (notice.session.series if notice.session else None)
    if series is None:
        return []
    of_group = Q(series__group=series.group_id) | Q(session__group=series.group_id)
    # None among them stands for sessions that were told one by one.
    told = set(_before(notice).filter(of_group).values_list("series", flat=True).distinct())
    if notice.kind == Kind.INVITED:
        # A rule that was told without this session has an exception there.
        return [series] if notice.series or series.pk in told else []
    if notice.series is None and (series.pk in told or not series.continues_id):
        return []
    if not told:
        return [series] if notice.series else []
    later = Series.objects.filter(group=series.group_id).exclude(continues=None).order_by("pk")
    news = [one for one in later.select_related("continues") if one.pk not in told]
    together = {series.pk: series}
    # Back to what it continues, then on to what continues any of these.
    for one in [*reversed(news), *news]:
        if one.continues and {one.pk, one.continues.pk} & together.keys():
            together |= {one.pk: one, one.continues.pk: one.continues}
    return list(together.values())


def _is_news(own: list[ModelSession], notice: Notice) -> bool:
    """Whether a calendar has anything to learn about the sessions in which the reader has a part.

    Who has no part any more learns that, of a series or of a session that was told before; and
    of a changed series everyone, though the own sessions that it still has were held by now.
    """
    if notice.kind == Kind.INVITED:
        own = [session for session in own if not session.is_cancelled]
    elif notice.series:
        return True
    elif not own:
        return notice.session is not None and _was_told(notice, notice.session)
    return not all(session.was_held for session in own)


def _was_told(notice: Notice, session: ModelSession) -> bool:
    about = Q(session=session)
    if session.series_id:
        about |= Q(series=session.series_id)
    return _before(notice).filter(about).exists()


def _before(notice: Notice) -> QuerySet[Notice]:
    """What this letter's reader was told of sessions until then."""
    return Notice.objects.filter(
        recipient=notice.recipient, kind__in=ABOUT_SESSIONS, pk__lt=notice.pk
    )


def _answer_of(part: Participation) -> str:
    """Who waits for a place has none yet."""
    return Answer.MAYBE if part.is_waiting else part.answer
