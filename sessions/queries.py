"""Questions about sessions that other apps and pages ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from activity.owed import Owed
from groups.models import Group
from groups.rules import board_groups_of, groups_of
from schools.models import Phase, School
from sessions.calendars import Occasion
from sessions.codes import CodeRefused, read_qr, session_named_in
from sessions.kinds import noun_of
from sessions.links import LinkIsSpent, good_until, read_token
from sessions.models import CalendarFeed, ModelSession, Participation
from sessions.semesters import Semester

Answer, Attendance, Role = Participation.Answer, Participation.Attendance, Participation.Role
Kind, Mode, Status = ModelSession.Kind, ModelSession.Mode, ModelSession.Status
# What was not closed by then will not be remembered any better.
REMEMBERED_FOR = timedelta(days=30)
# A series invites for months: an answer is owed when the session is that near.
ASKED_WITHIN = timedelta(days=21)
# Who is not sure makes up their mind when the session is that near.
MADE_UP_WITHIN = timedelta(days=3)


def members_of(group: Group) -> QuerySet[User]:
    """The people of a group today, by name, with their schools: whom a session can name."""
    seats = group.memberships.current().as_members()
    return (
        User.objects.filter(pk__in=seats.values("user"), is_active=True)
        .select_related("school")
        .order_by("name", "pk")
    )


def substitutes_for(part: Participation) -> QuerySet[User]:
    """Who can take an observer's place or swap tasks, by name: members and invited people."""
    session, speaker = part.session, Participation.Role.RESOURCE_PERSON
    others = session.participations.exclude(role=speaker).values("user")
    speakers = session.participations.filter(role=speaker).values("user")
    named = Q(pk__in=others) | Q(pk__in=members_of(session.group).values("pk"))
    return (
        User.objects.filter(named, is_active=True)
        .exclude(pk__in=[part.user_id, session.teacher_id])
        .exclude(pk__in=speakers)
        .select_related("school")
        .order_by("name", "pk")
    )


def nameable_in(session: ModelSession) -> QuerySet[User]:
    """Whom the plan of a session can name: members, who is invited, and who is named already."""
    invited = session.participations.values("user")
    named = [session.teacher_id, session.leader_id, session.note_taker_id]
    return (
        User.objects.filter(
            Q(pk__in=members_of(session.group).values("pk"))
            | Q(pk__in=invited)
            | Q(pk__in=[pk for pk in named if pk])
        )
        .select_related("school")
        .order_by("name", "pk")
    )


def schools_of(group: Group) -> QuerySet[School]:
    """The schools where the group's people teach: where its sessions take place."""
    return School.objects.filter(pk__in=members_of(group).values("school"))


def phase_of(grade: int) -> Phase:
    """The phase that a grade belongs to. Raises DoesNotExist for no grade of a school."""
    return Phase.objects.get(first_grade__lte=grade, last_grade__gte=grade)


def next_meeting(group: Group, now: datetime) -> datetime:
    """Nine in the morning of the group's next weekday, or in a week when it has none."""
    today = timezone.localtime(now).replace(hour=9, minute=0, second=0, microsecond=0)
    if group.weekday is None:
        return today + timedelta(days=7)
    return today + timedelta(days=(group.weekday - today.weekday() - 1) % 7 + 1)


def answers_to(session: ModelSession) -> tuple[Participation.Answer, ...]:
    """The answers that make sense: coming online only where there is a link."""
    ways = {
        Mode.IN_PERSON: (Answer.COMING,),
        Mode.ONLINE: (Answer.ONLINE,),
        Mode.BLENDED: (Answer.COMING, Answer.ONLINE),
    }
    return *ways[Mode(session.mode)], Answer.NOT_COMING, Answer.MAYBE


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


def asking_for_place(session: ModelSession) -> QuerySet[Participation]:
    """Who wants a place in the room, with one or waiting for one; who speaks brings their own."""
    return session.participations.filter(answer=Answer.COMING).exclude(role=Role.RESOURCE_PERSON)


def places_left(session: ModelSession) -> int | None:
    """How many places of the room are free, None where they are not counted."""
    if session.capacity is None:
        return None
    taken = asking_for_place(session).filter(queue_number=None).count()
    return max(session.capacity - taken, 0)


def is_full_for(part: Participation) -> bool:
    """Whether this person, who has no place yet, would have to wait for one."""
    if part.role == Role.RESOURCE_PERSON or (part.answer == Answer.COMING and not part.is_waiting):
        return False
    return places_left(part.session) == 0


def guests_of(group: Group) -> QuerySet[User]:
    """People without an account who were invited to the group's sessions before, by name."""
    invited = Participation.objects.filter(session__group=group).values("user")
    return User.objects.filter(is_guest=True, pk__in=invited).order_by("name", "pk")


def tally(session: ModelSession) -> dict[str, int]:
    """How many gave each answer; who waits for a place is counted apart, as “waiting”."""
    waits = Q(queue_number__isnull=False)
    word = Case(When(waits, then=Value("waiting")), default=F("answer"))
    counted = session.participations.values(word=word).annotate(count=Count("pk"))
    return {row["word"]: row["count"] for row in counted}


def turn_of(part: Participation) -> int | None:
    """How many stand in the waiting list up to this person, None for who does not wait."""
    if part.queue_number is None:
        return None
    waiting = part.session.participations.filter(queue_number__lte=part.queue_number)
    return waiting.count()


def owed_by(user: User, now: datetime) -> list[Owed]:
    """Invitations to answer or to be sure of, sessions to close, lessons to call held. One query.

    The board closes a session, which holds it too; the guru model alone calls hers held, so that
    her observers may submit before it is closed. A meeting is only closed.
    """
    board = Q(group__in=board_groups_of(user))
    parts = Participation.objects.filter(session=OuterRef("pk"))
    own = parts.filter(user=user, attendance=Attendance.NONE)
    unanswered, unsure = (
        Exists(own.filter(answer=Answer.NONE)),
        Exists(own.filter(answer=Answer.MAYBE)),
    )
    to_answer = Q(unanswered, starts_at__lte=now + ASKED_WITHIN)
    to_make_sure = Q(unsure, starts_at__lte=now + MADE_UP_WITHIN)
    asked = Q(to_answer | to_make_sure, status=Status.PLANNED, starts_at__gt=now)
    leads = Q(teacher=user) | Q(leader=user)
    led = Q(leads, kind=Kind.LESSON, status=Status.PLANNED, ends_at__lte=now)
    fresh = Q(status=Status.PLANNED) | Q(status=Status.HELD, ends_at__gt=now - REMEMBERED_FOR)
    to_close = Q(fresh, board, closed_at=None, ends_at__lte=now)
    owing = ModelSession.objects.filter(asked | led | to_close)
    found: QuerySet[Any] = owing.annotate(is_unsure=unsure)
    sessions = found.order_by("starts_at", "pk")
    boards = board_groups_of(user)
    return [
        _answer_owed(session, is_unsure=session.is_unsure)
        if session.starts_at > now
        else _step_owed(session, closes=session.group_id in boards)
        for session in sessions
    ]


def _answer_owed(session: ModelSession, *, is_unsure: bool) -> Owed:
    return Owed(
        key=f"answer-session:{session.pk}",
        stage="m",
        verb=_("Pastikan jawaban") if is_unsure else _("Jawab undangan"),
        rest=_in_words(session),
        url=session.get_absolute_url(),
        due_at=session.starts_at,
    )


def _in_words(session: ModelSession) -> str:
    return _("%(kind)s “%(title)s”") % {"kind": noun_of(session), "title": session}


def _step_owed(session: ModelSession, *, closes: bool) -> Owed:
    if closes:
        return Owed(
            key=f"close-session:{session.pk}",
            stage="m",
            verb=_("Tutup"),
            rest=_in_words(session),
            url=reverse("close-session", args=[session.pk]),
            due_at=session.ends_at,
        )
    return Owed(
        key=f"hold-session:{session.pk}",
        stage="m",
        verb=_("Nyatakan terlaksana"),
        rest=_in_words(session),
        url=session.get_absolute_url(),
        due_at=session.ends_at,
    )


# --- the programme of a semester


def reads_programme(user: User, group: Group) -> bool:
    """Whether there is a programme to read: for members, and who reads any of its sessions."""
    if group.pk in groups_of(user):
        return True
    return ModelSession.objects.visible_to(user).filter(group=group).exists()


def programme_of(user: User, group: Group, semester: Semester) -> QuerySet[ModelSession]:
    """The sessions that begin in a semester, in order, as many as this person may read.

    Each has `invited` and `present`, who came in time or late. One query.
    """
    begin, end = semester.span
    there = (Attendance.PRESENT, Attendance.LATE)
    return (
        ModelSession.objects.visible_to(user)
        .filter(group=group, starts_at__gte=begin, starts_at__lt=end)
        .annotate(invited=_count_of_parts(), present=_count_of_parts(attendance__in=there))
        .select_related("teacher", "leader", "school")
        .order_by("starts_at", "pk")
    )


def _count_of_parts(**chosen: object) -> Coalesce:
    parts = Participation.objects.filter(session=OuterRef("pk"), **chosen).order_by()
    counted = parts.values("session").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), Value(0))


# --- calendars

# What is longer ago than this leaves the phone's calendar; the platform keeps it.
FEED_REACHES_BACK = timedelta(days=180)
MOST_IN_A_FEED = 1000


def sessions_between(
    user: User, first: datetime, last: datetime, *, group: Group | None = None
) -> QuerySet[ModelSession]:
    """Sessions that this person may read and that share a moment with that time, in order."""
    found = ModelSession.objects.visible_to(user).filter(starts_at__lt=last, ends_at__gt=first)
    if group:
        found = found.filter(group=group)
    return found.select_related("group", "teacher", "leader", "school").order_by("starts_at", "pk")


def find_feed(token: str) -> CalendarFeed | None:
    """Return the calendar at this secret address, as long as it is open and its owner active."""
    found = CalendarFeed.objects.open().filter(token=token, user__is_active=True)
    return found.select_related("user", "group").first()


def occasions_for(user: User, now: datetime, *, group: Group | None = None) -> list[Occasion]:
    """What a calendar of this person shows: half a year back, and all that is to come.

    A series of which the person may read every session is one occasion; of another the readable
    sessions stand each for itself, and nothing is said about the rest.
    """
    readable = ModelSession.objects.visible_to(user)
    if group:
        readable = readable.filter(group=group)
    since = now - FEED_REACHES_BACK
    lasting = readable.filter(ends_at__gt=since).exclude(series=None).values("series")
    found = readable.filter(Q(ends_at__gt=since) | Q(series__in=lasting))
    ordered = found.select_related("group", "teacher", "leader", "school", "series").order_by(
        "-starts_at"
    )
    sessions = list(reversed(ordered[:MOST_IN_A_FEED]))
    return _occasions(sessions, since=since)


def _occasions(sessions: Sequence[ModelSession], *, since: datetime) -> list[Occasion]:
    of_series: defaultdict[int, list[ModelSession]] = defaultdict(list)
    for session in sessions:
        if session.series_id:
            of_series[session.series_id].append(session)
    whole = ModelSession.objects.filter(series__in=of_series).values_list("series")
    sizes = dict(whole.annotate(size=Count("pk")))
    found, done = [], set()
    for session in sessions:
        together = of_series.get(session.series_id or 0, [])
        if session.series is None or len(together) != sizes[session.series.pk]:
            if session.ends_at > since:
                found.append(Occasion([session]))
        elif session.series.pk not in done:
            done.add(session.series.pk)
            found.append(Occasion(together, session.series))
    return found


# --- attendance


def to_attend(user: User, now: datetime) -> QuerySet[ModelSession]:
    """Today's sessions of this person's groups and those with an invitation, the next one first.

    What is over stays in the list until it is closed: codes that waited for signal still come.
    """
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    own = Participation.objects.filter(session=OuterRef("pk"), user=user)
    return (
        ModelSession.objects.visible_to(user)
        .filter(Q(group__in=groups_of(user)) | Exists(own))
        .filter(starts_at__range=(today, today + timedelta(days=1)), closed_at=None)
        .exclude(status=Status.CANCELLED)
        .select_related("group", "school")
        .order_by("starts_at", "pk")
    )


def session_of_token(token: str, at: datetime) -> ModelSession:
    """The session whose QR code was scanned at that moment. Raises CodeRefused for no such code."""
    pk = session_named_in(token)
    session = ModelSession.objects.filter(pk=pk).select_related("group", "school").first()
    if session is None:
        raise CodeRefused(_("Kode ini bukan kode kehadiran yang asli."), "forged")
    read_qr(token, pk, session.secret, at=at)
    return session


def present_in(session: ModelSession) -> int:
    """How many are written down as present, in time or late."""
    there = (Attendance.PRESENT, Attendance.LATE)
    return session.participations.filter(attendance__in=there).count()


# --- after a session


def hours_earned(user: User, year: int) -> QuerySet[ModelSession]:
    """The closed sessions of a year in which this person earned JP, the last one first.

    Each has `hours`: what the person earned, as participant or as guru model.
    """
    own = Participation.objects.filter(session=OuterRef("pk"), user=user)
    earned = Coalesce(Subquery(own.values("lesson_hours")[:1]), Value(0)) + Case(
        When(teacher=user, then=F("teacher_hours")), default=Value(0)
    )
    invited = user.participations.filter(lesson_hours__gt=0).values("session")
    found = ModelSession.objects.filter(Q(teacher=user) | Q(pk__in=invited), starts_at__year=year)
    return found.annotate(hours=earned).filter(hours__gt=0).order_by("-starts_at", "-pk")
