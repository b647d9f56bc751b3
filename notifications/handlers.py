"""Who is told of what, and in which words. Each is told in the own language and time zone.

What a person may not read yet is never in a notice: it says that something waits, and leads to
where it opens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial, wraps

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.events import LetIn
from accounts.models import User
from activity.events import Event, on
from groups.events import (
    BoardHandedOver,
    CycleClosed,
    CycleOpened,
    GuideAppointed,
    JoinAsked,
    JoinDecided,
    PersonJoined,
)
from groups.models import Cycle, Group, JoinRequest, Membership
from groups.roles import GUIDES
from notifications.events import TaskIsDue
from notifications.models import Notice
from notifications.services import tell
from notifications.words import lower_first, moment
from observations.events import ObservationSubmitted
from observations.models import Observation
from reinforcement.events import (
    FeedbackGiven,
    FeedbackShared,
    FeedbackThanked,
    FollowUpDone,
    FollowUpPromised,
)
from reinforcement.models import Feedback, FeedbackShare, FollowUp
from sessions.events import (
    LessonPlanShared,
    ObserverPlaceLeft,
    ObserverPlaceTaken,
    ObserverReplaced,
    ObserverTaskSet,
    ObserverTasksSwapped,
    PersonInvited,
    PersonUninvited,
    PlanCommented,
    ProgrammePlanned,
    SeatGiven,
    SeriesCancelled,
    SeriesChanged,
    SeriesPlanned,
    SessionCancelled,
    SessionChanged,
    SessionClosed,
    SessionHeld,
    SessionIsSoon,
    SessionPlanned,
    SessionReopened,
)
from sessions.kinds import noun_of
from sessions.models import LessonPlan, ModelSession, Participation, PlanComment, Series
from sessions.semesters import Semester
from sharing.events import PostCommented
from sharing.models import Comment
from thinkpair.events import AnswerShared, MessageSaid, PairsMade, ThreadClosed, ThreadOpened
from thinkpair.models import Message, Pair, Thread

Kind = Notice.Kind


def _while_invited[E: Event](handler: Callable[[E], None]) -> Callable[[E], None]:
    """Have the handler say nothing about an invitation that was taken back meanwhile."""

    @wraps(handler)
    def follow(event: E) -> None:
        with suppress(Participation.DoesNotExist):
            handler(event)

    return follow


@on(TaskIsDue)
def remind_of_task(event: TaskIsDue) -> None:
    person = User.objects.get(pk=event.person_id)
    tell([person], Kind.OWED, lambda: event.text, url=event.url)


@on(LetIn)
def welcome(event: LetIn) -> None:
    person = User.objects.get(pk=event.user_id)
    tell(
        [person],
        Kind.GROUP,
        lambda: _("Selamat datang di Smart MGMP. Semua halaman kini terbuka bagi Bapak/Ibu."),
        url=reverse("home"),
    )


# --- groups


@on(JoinAsked)
def tell_board_who_asks(event: JoinAsked) -> None:
    request = JoinRequest.objects.select_related("user", "group").get(pk=event.request_id)
    tell(
        _board(request.group),
        Kind.GROUP,
        lambda: (
            _("%(person)s meminta bergabung di %(group)s.")
            % {"person": request.user, "group": request.group}
        ),
        url=request.group.get_absolute_url(),
    )


@on(JoinDecided)
def tell_who_asked(event: JoinDecided) -> None:
    request = JoinRequest.objects.select_related("user", "group").get(pk=event.request_id)

    def words() -> str:
        if request.accepted:
            return _("Selamat datang di %(group)s.") % {"group": request.group}
        return _(
            "Permintaan bergabung di %(group)s belum diterima. Silakan hubungi pengurusnya."
        ) % {"group": request.group}

    tell([request.user], Kind.GROUP, words, url=request.group.get_absolute_url())


@on(PersonJoined)
def tell_board_who_joined(event: PersonJoined) -> None:
    group = Group.objects.get(pk=event.group_id)
    person = User.objects.get(pk=event.user_id)
    asked = group.join_requests.filter(user=person, accepted=True).order_by("-pk").first()
    knows = {person.pk, asked.decided_by_id if asked else None}
    tell(
        [member for member in _board(group) if member.pk not in knows],
        Kind.GROUP,
        lambda: _("%(person)s bergabung di %(group)s.") % {"person": person, "group": group},
        url=group.get_absolute_url(),
    )


@on(BoardHandedOver)
def tell_new_board(event: BoardHandedOver) -> None:
    group = Group.objects.get(pk=event.group_id)
    seats = group.memberships.on_board().select_related("user").order_by("-starts_on", "user")
    term = [seat for seat in seats if seat.starts_on == seats[0].starts_on]
    for seat in term:
        if seat.user_id != event.actor_id:
            _tell_of_office(seat, group)


@on(GuideAppointed)
def tell_guide(event: GuideAppointed) -> None:
    seat = Membership.objects.select_related("user", "group").get(pk=event.membership_id)
    _tell_of_office(seat, seat.group)


def _tell_of_office(seat: Membership, group: Group) -> None:
    tell(
        [seat.user],
        Kind.GROUP,
        lambda: (
            _("Bapak/Ibu ditetapkan sebagai %(role)s %(group)s.")
            % {"role": seat.get_role_display().lower(), "group": group}
        ),
        url=group.get_absolute_url(),
    )


@on(CycleOpened)
def tell_members_of_cycle(event: CycleOpened) -> None:
    cycle = Cycle.objects.select_related("group").get(pk=event.cycle_id)
    tell(
        _members(cycle.group, but=event.actor_id),
        Kind.GROUP,
        lambda: _("%(cycle)s dimulai di %(group)s.") % {"cycle": cycle, "group": cycle.group},
        url=cycle.get_absolute_url(),
    )


@on(CycleClosed)
def tell_members_what_cycle_brought(event: CycleClosed) -> None:
    cycle = Cycle.objects.select_related("group").get(pk=event.cycle_id)
    tell(
        _members(cycle.group, but=event.actor_id),
        Kind.GROUP,
        lambda: _("%(cycle)s ditutup. Silakan baca refleksinya.") % {"cycle": cycle},
        url=cycle.get_absolute_url(),
    )


# --- S: sharing


@on(PostCommented)
def tell_author_of_comment(event: PostCommented) -> None:
    comment = Comment.objects.select_related("author", "post__author").get(pk=event.comment_id)
    post = comment.post
    if comment.author_id == post.author_id or post.withdrawn_at:
        return
    tell(
        [post.author],
        Kind.SHARING,
        lambda: _("%(person)s menanggapi “%(post)s”.") % {"person": comment.author, "post": post},
        url=post.get_absolute_url(),
        once_unread=True,
    )


# --- M: sessions


@on(SessionPlanned)
def invite_to_session(event: SessionPlanned) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    if not session.is_planned:
        return
    _invite_as_teacher(session, but=event.actor_id)
    _invite_as_leader(session, but=event.actor_id)
    for role in Participation.Role:
        parts = session.participations.filter(role=role).select_related("user")
        told = {event.actor_id, session.leader_id}
        _invite(session, role, [part.user for part in parts if part.user_id not in told])


@on(PersonInvited)
@_while_invited
def invite_one_more(event: PersonInvited) -> None:
    part = _part(event.participation_id)
    if part.session.is_planned and part.user_id == part.session.leader_id:
        _invite_as_leader(part.session, but=event.actor_id)
    elif part.session.is_planned:
        _invite(part.session, Participation.Role(part.role), [part.user])


def _invite_as_teacher(session: ModelSession, *, but: int | None) -> None:
    if session.teacher is None or session.teacher_id == but:
        return
    tell(
        [session.teacher],
        Kind.INVITED,
        lambda: _("Bapak/Ibu menjadi guru model: %(session)s.") % {"session": _in_words(session)},
        url=session.get_absolute_url(),
        session=session,
    )


def _invite_as_leader(session: ModelSession, *, but: int | None) -> None:
    """Who teaches was told so already."""
    if session.leader is None or session.leader_id in {but, session.teacher_id}:
        return
    tell(
        [session.leader],
        Kind.INVITED,
        lambda: (
            _("Bapak/Ibu memimpin %(kind)s: %(session)s.")
            % {"kind": noun_of(session), "session": _in_words(session)}
        ),
        url=session.get_absolute_url(),
        session=session,
    )


def _invite(session: ModelSession, role: Participation.Role, people: Iterable[User]) -> None:
    tell(
        people,
        Kind.INVITED,
        lambda: (
            str(_words_of_invitation(session, role))
            % {
                "kind": noun_of(session),
                "role": role.label.lower(),
                "session": _in_words(session),
            }
        ),
        url=session.get_absolute_url(),
        session=session,
    )


def _words_of_invitation(session: ModelSession, role: Participation.Role) -> Promise:
    """As what one is invited; whoever takes part in a meeting is simply invited to it."""
    if session.is_lesson or role != Participation.Role.PARTICIPANT:
        return gettext_lazy("Undangan sebagai %(role)s: %(session)s.")
    return gettext_lazy("Undangan %(kind)s: %(session)s.")


@on(PersonUninvited)
def tell_who_is_uninvited(event: PersonUninvited) -> None:
    session = ModelSession.objects.get(pk=event.session_id)
    tell(
        [User.objects.get(pk=event.user_id)],
        Kind.CHANGED,
        lambda: _("Undangan Bapak/Ibu ditarik: %(session)s.") % {"session": _in_words(session)},
        url=reverse("sessions"),
    )


@on(SeatGiven)
@_while_invited
def tell_who_got_a_place(event: SeatGiven) -> None:
    part = _part(event.participation_id)
    if part.answer != Participation.Answer.COMING or part.is_waiting:
        return
    tell(
        [part.user],
        Kind.CHANGED,
        lambda: _("Bapak/Ibu mendapat tempat: %(session)s.") % {"session": _in_words(part.session)},
        url=part.session.get_absolute_url(),
    )


@on(SessionChanged)
def tell_of_change(event: SessionChanged) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    if not session.is_planned:
        return

    def words() -> str:
        if event.moved:
            return _("%(kind)s pindah waktu: %(session)s. Mohon dijawab lagi.") % {
                "kind": capfirst(noun_of(session)),
                "session": _in_words(session),
            }
        return _("Tempat atau tautan %(kind)s berubah: %(session)s.") % {
            "kind": noun_of(session),
            "session": _in_words(session),
        }

    people = _everyone_in(session, but=event.actor_id)
    tell(people, Kind.CHANGED, words, url=session.get_absolute_url(), session=session)


@on(SessionCancelled)
def tell_of_cancelling(event: SessionCancelled) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    tell(
        _everyone_in(session, but=event.actor_id),
        Kind.CHANGED,
        lambda: (
            _("%(kind)s “%(session)s” dibatalkan: %(reason)s")
            % {
                "kind": capfirst(noun_of(session)),
                "session": session,
                "reason": session.cancel_reason,
            }
        ),
        url=session.get_absolute_url(),
        session=session,
    )


@on(ProgrammePlanned)
def invite_to_programme(event: ProgrammePlanned) -> None:
    """One notice for each person, however many sessions there are."""
    group = Group.objects.get(pk=event.group_id)
    semester = Semester.from_text(event.semester)
    url = f"{reverse('programme', args=[group.pk])}?semester={semester}"
    for (first, count, lessons), people in _alike(event.session_ids).items():
        told = [person for person in people if person.pk != event.actor_id]
        words = partial(_programme_in_words, group, semester, first, count, lessons)
        tell(told, Kind.INVITED, words, url=url)


def _alike(sessions: list[int]) -> dict[tuple[ModelSession, int, int], list[User]]:
    """People by what they are told: their first session, how many there are, how many they teach.

    Only what is still planned counts.
    """
    found = ModelSession.objects.filter(pk__in=sessions, status=ModelSession.Status.PLANNED)
    planned = list(found.select_related("teacher").order_by("starts_at", "pk"))
    invited: defaultdict[int, set[User]] = defaultdict(set)
    for part in Participation.objects.filter(session__in=planned).select_related("user"):
        invited[part.session_id].add(part.user)
    own: defaultdict[User, list[ModelSession]] = defaultdict(list)
    for session in planned:
        for person in invited[session.pk] | {session.teacher}:
            if person:
                own[person].append(session)
    alike: defaultdict[tuple[ModelSession, int, int], list[User]] = defaultdict(list)
    for person, theirs in own.items():
        lessons = sum(session.teacher_id == person.pk for session in theirs)
        alike[theirs[0], len(theirs), lessons].append(person)
    return alike


def _programme_in_words(
    group: Group, semester: Semester, first: ModelSession, count: int, lessons: int
) -> str:
    text = ngettext(
        "%(semester)s, %(group)s: Bapak/Ibu diundang ke %(count)s sesi. "
        "Yang pertama “%(session)s”, %(time)s.",
        "%(semester)s, %(group)s: Bapak/Ibu diundang ke %(count)s sesi. "
        "Yang pertama “%(session)s”, %(time)s.",
        count,
    ) % {
        "semester": semester.words,
        "group": group,
        "count": count,
        "session": first,
        "time": moment(first.starts_at),
    }
    if not lessons:
        return text
    more = ngettext(
        "Bapak/Ibu guru model pada %(count)s sesi.",
        "Bapak/Ibu guru model pada %(count)s sesi.",
        lessons,
    )
    return f"{text} {more % {'count': lessons}}"


@on(SeriesPlanned)
def invite_to_series(event: SeriesPlanned) -> None:
    """One notice for each person, however many sessions there are."""
    series = Series.objects.get(pk=event.series_id)
    first = _next_in(series)
    if first is None:
        return
    if first.teacher and first.teacher_id != event.actor_id:
        teaches = gettext_lazy("Bapak/Ibu menjadi guru model: %(series)s.")
        _tell_of_series([first.teacher], Kind.INVITED, teaches, first)
    parts = first.participations.exclude(user=event.actor_id).select_related("user")
    if first.leader and first.leader_id not in {event.actor_id, first.teacher_id}:
        leads = gettext_lazy("Bapak/Ibu memimpin %(kind)s: %(series)s.")
        _tell_of_series([first.leader], Kind.INVITED, leads, first)
        parts = parts.exclude(user=first.leader)
    for role in Participation.Role:
        people = [part.user for part in parts if part.role == role]
        words = gettext_lazy("Undangan sebagai %(role)s: %(series)s.")
        if not first.is_lesson and role == Participation.Role.PARTICIPANT:
            words = gettext_lazy("Undangan %(kind)s: %(series)s.")
        _tell_of_series(people, Kind.INVITED, words, first, role=role.label)


@on(SeriesChanged)
def tell_of_changed_series(event: SeriesChanged) -> None:
    first = _next_in(Series.objects.get(pk=event.series_id))
    if first is None or not event.is_told:
        return
    words = gettext_lazy("Rangkaian berubah: %(series)s.")
    if event.moved:
        words = gettext_lazy("Rangkaian pindah waktu: %(series)s. Mohon dijawab lagi.")
    people = _everyone_in_any([*event.session_ids, *event.cancelled_ids], but=event.actor_id)
    _tell_of_series(people, Kind.CHANGED, words, first)


@on(SeriesCancelled)
def tell_of_cancelled_series(event: SeriesCancelled) -> None:
    series = Series.objects.get(pk=event.series_id)
    first = ModelSession.objects.filter(pk__in=event.session_ids).earliest("starts_at")
    count = len(event.session_ids)

    def words() -> str:
        text = ngettext(
            "Dibatalkan %(count)s kali %(kind)s “%(session)s” sejak %(time)s: %(reason)s",
            "Dibatalkan %(count)s kali %(kind)s “%(session)s” sejak %(time)s: %(reason)s",
            count,
        )
        values = {
            "session": first,
            "kind": noun_of(first),
            "count": count,
            "reason": first.cancel_reason,
        }
        return text % (values | {"time": moment(first.starts_at)})

    people = _everyone_in_any(event.session_ids, but=event.actor_id)
    tell(people, Kind.CHANGED, words, url=series.get_absolute_url(), series=series)


def _tell_of_series(
    people: Iterable[User],
    kind: Notice.Kind,
    words: Promise,
    first: ModelSession,
    *,
    role: Promise | str = "",
) -> None:
    series = first.series
    if series is None:
        return

    def told() -> str:
        what = _("“%(session)s”, %(rule)s, mulai %(time)s") % {
            "session": first,
            "rule": lower_first(series.words),
            "time": moment(first.starts_at),
        }
        values = {"series": what, "kind": noun_of(first), "role": str(role).lower()}
        return str(words) % values

    tell(people, kind, told, url=series.get_absolute_url(), series=series)


def _next_in(series: Series) -> ModelSession | None:
    """The first session of a series that is planned, None when none is any more."""
    planned = series.sessions.filter(status=ModelSession.Status.PLANNED).select_related("series")
    return planned.select_related("teacher", "leader").order_by("starts_at").first()


@on(SessionIsSoon)
def tell_that_session_is_soon(event: SessionIsSoon) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    if not session.is_planned:
        return
    tell(
        _everyone_in(session, answered_no=False),
        Kind.SOON,
        lambda: _("Sebentar lagi: %(session)s.") % {"session": _in_words(session)},
        url=session.get_absolute_url(),
    )


@on(SessionHeld)
def say_what_is_owed_after_session(event: SessionHeld) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    handed_in = session.observations.submitted().values("observer")
    observers = session.participations.observers().exclude(user__in=handed_in)
    tell(
        [part.user for part in observers.select_related("user")],
        Kind.OWED,
        lambda: _("Lembar observasi “%(session)s” menunggu dikirim.") % {"session": session},
        url=reverse("observe", args=[session.pk]),
    )
    if session.teacher is None:
        return
    tell(
        [session.teacher],
        Kind.OWED,
        lambda: (
            _("Terima kasih sudah mengajar “%(session)s”. Tuliskan refleksi Bapak/Ibu.")
            % {"session": session}
        ),
        url=reverse("reflect", args=[session.pk]),
    )


@on(LessonPlanShared)
def tell_who_observes_of_lesson_plan(event: LessonPlanShared) -> None:
    """The observers, the guides who are invited, and the guru model when the board shared it."""
    plan = LessonPlan.objects.select_related("session__teacher", "session__group").get(
        pk=event.plan_id
    )
    session = plan.session
    if not session.is_planned or plan.number < session.lesson_plan_versions:
        return
    guides = session.group.memberships.current().filter(role__in=GUIDES).values("user")
    parts = session.participations.select_related("user")
    readers = parts.filter(Q(role=Participation.Role.OBSERVER) | Q(user__in=guides))
    tell(
        {session.model_teacher, *(part.user for part in readers)} - {plan.by},
        Kind.INVITED,
        lambda: (
            _("Modul ajar “%(session)s” dapat dibaca: versi %(number)s.")
            % {"session": session, "number": plan.number}
        ),
        url=reverse("joint-plan", args=[session.pk]),
        once_unread=True,
    )


@on(PlanCommented)
def tell_teacher_of_plan_comment(event: PlanCommented) -> None:
    comment = PlanComment.objects.select_related("author", "plan__session__teacher").get(
        pk=event.comment_id
    )
    session = comment.plan.session
    if comment.author_id == session.teacher_id:
        return
    tell(
        [session.model_teacher],
        Kind.INVITED,
        lambda: (
            _("%(person)s mengomentari modul ajar “%(session)s”.")
            % {"person": comment.author, "session": session}
        ),
        url=reverse("joint-plan", args=[session.pk]),
        once_unread=True,
    )


@on(ObserverPlaceTaken)
@_while_invited
def tell_teacher_of_new_observer(event: ObserverPlaceTaken) -> None:
    part = _part(event.participation_id)
    _tell_of_observers(
        [part.session.model_teacher],
        part.session,
        lambda: (
            _("%(person)s menjadi pengamat “%(session)s”.")
            % {"person": part.user, "session": part.session}
        ),
        but=event.actor_id,
    )


@on(ObserverPlaceLeft)
@_while_invited
def tell_that_an_observer_is_missing(event: ObserverPlaceLeft) -> None:
    part = _part(event.participation_id)
    session = part.session
    _tell_of_observers(
        {session.model_teacher, *_board(session.group)},
        session,
        lambda: (
            _("%(person)s melepas tempat pengamat “%(session)s”.")
            % {"person": part.user, "session": session}
        ),
        but=event.actor_id,
    )


@on(ObserverReplaced)
@_while_invited
def tell_of_substitute(event: ObserverReplaced) -> None:
    before, after = _part(event.from_id), _part(event.to_id)
    session = after.session
    names = {"person": after.user, "before": before.user, "session": session}
    _tell_of_observers(
        [after.user],
        session,
        lambda: _("Bapak/Ibu menggantikan %(before)s sebagai pengamat “%(session)s”.") % names,
        but=event.actor_id,
    )
    _tell_of_observers(
        [before.user],
        session,
        lambda: _("%(person)s menggantikan Bapak/Ibu sebagai pengamat “%(session)s”.") % names,
        but=event.actor_id,
    )
    _tell_of_observers(
        [session.model_teacher],
        session,
        lambda: _("%(person)s menggantikan %(before)s sebagai pengamat “%(session)s”.") % names,
        but=event.actor_id,
    )


@on(ObserverTasksSwapped)
@_while_invited
def tell_of_swapped_tasks(event: ObserverTasksSwapped) -> None:
    for pk in (event.from_id, event.to_id):
        _tell_of_task(_part(pk), but=event.actor_id)


@on(ObserverTaskSet)
@_while_invited
def tell_observer_of_task(event: ObserverTaskSet) -> None:
    _tell_of_task(_part(event.participation_id), but=event.actor_id)


def _tell_of_task(part: Participation, *, but: int | None) -> None:
    if not part.task:
        return
    _tell_of_observers(
        [part.user],
        part.session,
        lambda: (
            _("Tugas Bapak/Ibu di “%(session)s”: %(task)s.")
            % {"session": part.session, "task": part.task}
        ),
        but=but,
    )


def _tell_of_observers(
    people: Iterable[User], session: ModelSession, words: Callable[[], str], *, but: int | None
) -> None:
    if session.is_planned:
        url = reverse("joint-plan", args=[session.pk])
        tell([one for one in people if one.pk != but], Kind.INVITED, words, url=url)


def _part(pk: int) -> Participation:
    return Participation.objects.select_related(
        "user", "session__teacher", "session__leader", "session__group"
    ).get(pk=pk)


# --- A and R: what waits for the guru model, and what she answers


@on(ObservationSubmitted)
def tell_teacher_of_observation(event: ObservationSubmitted) -> None:
    observation = Observation.objects.select_related("session__teacher", "observer").get(
        pk=event.observation_id
    )
    teacher = observation.session.model_teacher
    if not Observation.objects.visible_to(teacher).filter(pk=observation.pk).exists():
        _say_that_something_waits(observation.session)
        return
    tell(
        [teacher],
        Kind.FEEDBACK,
        lambda: (
            _("%(person)s mengirim lembar observasi “%(session)s”.")
            % {"person": observation.observer, "session": observation.session}
        ),
        url=observation.get_absolute_url(),
    )


@on(FeedbackGiven)
def tell_teacher_of_feedback(event: FeedbackGiven) -> None:
    feedback = Feedback.objects.with_people().get(pk=event.feedback_id)
    teacher = feedback.session.model_teacher
    if not Feedback.objects.visible_to(teacher).filter(pk=feedback.pk).exists():
        _say_that_something_waits(feedback.session)
        return
    tell(
        [teacher],
        Kind.FEEDBACK,
        lambda: (
            _("%(person)s memberi umpan balik tentang “%(session)s”.")
            % {"person": feedback.author, "session": feedback.session}
        ),
        url=feedback.get_absolute_url(),
    )


def _say_that_something_waits(session: ModelSession) -> None:
    """Neither who wrote nor what: she looks back by herself first."""
    tell(
        [session.model_teacher],
        Kind.FEEDBACK,
        lambda: (
            _("Umpan balik menunggu. Tulis refleksi “%(session)s” untuk membacanya.")
            % {"session": session}
        ),
        url=reverse("reflect", args=[session.pk]),
        once_unread=True,
    )


@on(FeedbackThanked)
def tell_author_of_thanks(event: FeedbackThanked) -> None:
    feedback = Feedback.objects.with_people().get(pk=event.feedback_id)

    def words() -> str:
        names = {"person": feedback.session.teacher, "session": feedback.session}
        return _("%(person)s berterima kasih atas umpan balik “%(session)s”.") % names

    tell([feedback.author], Kind.FEEDBACK, words, url=feedback.get_absolute_url())


@on(FeedbackShared)
def tell_reader_of_shared_feedback(event: FeedbackShared) -> None:
    share = FeedbackShare.objects.select_related("feedback__session__teacher", "reader").get(
        pk=event.share_id
    )
    session = share.feedback.session
    tell(
        [share.reader],
        Kind.FEEDBACK,
        lambda: (
            _("%(person)s membagikan satu umpan balik “%(session)s” kepada Bapak/Ibu.")
            % {"person": session.teacher, "session": session}
        ),
        url=share.feedback.get_absolute_url(),
    )


@on(FollowUpPromised)
def tell_of_promise(event: FollowUpPromised) -> None:
    follow_up = FollowUp.objects.with_session().get(pk=event.follow_up_id)

    def words() -> str:
        names = {"person": follow_up.session.teacher, "session": follow_up.session}
        return _("%(person)s memilih tindak lanjut setelah “%(session)s”.") % names

    tell(_who_gave_feedback(follow_up), Kind.FEEDBACK, words, url=_page_of(follow_up))


@on(FollowUpDone)
def tell_of_kept_promise(event: FollowUpDone) -> None:
    follow_up = FollowUp.objects.with_session().get(pk=event.follow_up_id)

    def words() -> str:
        names = {"person": follow_up.session.teacher, "session": follow_up.session}
        return _("%(person)s menjalankan tindak lanjut dari “%(session)s”.") % names

    tell(_who_gave_feedback(follow_up), Kind.FEEDBACK, words, url=_page_of(follow_up))


def _who_gave_feedback(follow_up: FollowUp) -> list[User]:
    given = follow_up.session.feedback.given().select_related("author").order_by("pk")
    return [feedback.author for feedback in given]


def _page_of(follow_up: FollowUp) -> str:
    return reverse("promise", args=[follow_up.session_id])


# --- T: think and pair


@on(ThreadOpened)
def tell_members_of_problem(event: ThreadOpened) -> None:
    thread = Thread.objects.select_related("group", "author").get(pk=event.thread_id)
    tell(
        _members(thread.group, but=thread.author_id),
        Kind.PAIR,
        lambda: (
            _("%(person)s membuka diskusi “%(thread)s”. Mari berpikir sendiri dulu.")
            % {"person": thread.author, "thread": thread}
        ),
        url=thread.get_absolute_url(),
    )


@on(PairsMade)
def tell_pairs(event: PairsMade) -> None:
    thread = Thread.objects.get(pk=event.thread_id)
    for pair in thread.pairs.prefetch_related("people").order_by("number"):
        people = list(pair.people.all())
        for person in people:
            others = [other for other in people if other != person]
            _tell_of_pair(pair, thread, person, others)


def _tell_of_pair(pair: Pair, thread: Thread, person: User, others: list[User]) -> None:
    tell(
        [person],
        Kind.PAIR,
        lambda: (
            _("Bapak/Ibu berpasangan dengan %(people)s untuk “%(thread)s”.")
            % {"thread": thread, "people": _(" dan ").join(str(other) for other in others)}
        ),
        url=pair.get_absolute_url(),
    )


@on(MessageSaid)
def tell_pair_of_message(event: MessageSaid) -> None:
    """At most one unread notice for each pair, however much is said."""
    message = Message.objects.select_related("author", "pair__thread").get(pk=event.message_id)
    pair = message.pair
    tell(
        pair.people.exclude(pk=message.author_id),
        Kind.PAIR,
        lambda: (
            _("%(person)s menulis di ruang pasangan “%(thread)s”.")
            % {"person": message.author, "thread": pair.thread}
        ),
        url=pair.get_absolute_url(),
        once_unread=True,
    )


@on(AnswerShared)
def tell_author_of_answer(event: AnswerShared) -> None:
    pair = Pair.objects.select_related("thread__author").get(pk=event.pair_id)
    if pair.shared_by_id == pair.thread.author_id:
        return
    tell(
        [pair.thread.author],
        Kind.PAIR,
        lambda: _("Ada jawaban baru untuk “%(thread)s”.") % {"thread": pair.thread},
        url=pair.thread.get_absolute_url(),
        once_unread=True,
    )


@on(ThreadClosed)
def tell_who_thought_what_came_of_it(event: ThreadClosed) -> None:
    thread = Thread.objects.get(pk=event.thread_id)
    thoughts = thread.thoughts.exclude(author=event.actor_id).select_related("author")
    tell(
        [thought.author for thought in thoughts],
        Kind.PAIR,
        lambda: _("Diskusi “%(thread)s” selesai. Silakan baca simpulannya.") % {"thread": thread},
        url=thread.get_absolute_url(),
    )


# --- who


def _board(group: Group) -> list[User]:
    seats = group.memberships.current().on_board().select_related("user")
    return [seat.user for seat in seats.order_by("user")]


def _members(group: Group, *, but: int | None) -> list[User]:
    seats = group.memberships.current().as_members().exclude(user=but).select_related("user")
    return [seat.user for seat in seats.order_by("user")]


def _everyone_in(
    session: ModelSession, *, but: int | None = None, answered_no: bool = True
) -> list[User]:
    """The guru model and who is invited; without `answered_no`, not who said not to come."""
    parts = session.participations.select_related("user")
    if not answered_no:
        parts = parts.exclude(answer=Participation.Answer.NOT_COMING)
    people = [part.user for part in parts]
    if session.teacher:
        people.insert(0, session.teacher)
    return [person for person in people if person.pk != but]


def _everyone_in_any(sessions: list[int], *, but: int | None) -> list[User]:
    """The guru models and who is invited, each once."""
    invited = Participation.objects.filter(session__in=sessions).values("user")
    teachers = ModelSession.objects.filter(pk__in=sessions).values("teacher")
    people = User.objects.filter(Q(pk__in=invited) | Q(pk__in=teachers))
    return [person for person in people.order_by("pk") if person.pk != but]


def _in_words(session: ModelSession) -> str:
    return _("“%(session)s”, %(time)s") % {"session": session, "time": moment(session.starts_at)}


@on(SessionClosed)
def tell_who_earned_hours(event: SessionClosed) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    if not session.lesson_hours or not session.is_closed:
        return
    tell(
        _who_was_there(session, but=event.actor_id),
        Kind.CHANGED,
        lambda: (
            _("%(kind)s “%(session)s” ditutup. Bapak/Ibu memperoleh %(hours)s JP.")
            % {
                "kind": capfirst(noun_of(session)),
                "session": session,
                "hours": session.lesson_hours,
            }
        ),
        url=session.get_absolute_url(),
    )


@on(SessionReopened)
def tell_who_earned_hours_that_they_wait(event: SessionReopened) -> None:
    session = ModelSession.objects.with_people().get(pk=event.session_id)
    if not session.lesson_hours or session.is_closed:
        return
    tell(
        _who_was_there(session, but=event.actor_id),
        Kind.CHANGED,
        lambda: (
            _("%(kind)s “%(session)s” dibuka kembali. JP dihitung lagi saat ditutup.")
            % {"kind": capfirst(noun_of(session)), "session": session}
        ),
        url=session.get_absolute_url(),
    )


def _who_was_there(session: ModelSession, *, but: int | None) -> list[User]:
    attended = [Participation.Attendance.PRESENT, Participation.Attendance.LATE]
    parts = session.participations.filter(attendance__in=attended).select_related("user")
    people = [part.user for part in parts]
    if session.teacher:
        people.insert(0, session.teacher)
    return [person for person in people if person.pk != but]
