"""Who may read, plan and run model-teacher sessions, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from accounts.rules import supervised_schools
from groups.rules import board_groups_of, groups_of
from sharing.rules.posts import readers

if TYPE_CHECKING:
    from accounts.models import User
    from groups.models import Group
    from sessions.models import ModelSession, Participation
    from sharing.models import Post


def _readers(user: User, path: str = "") -> Q:
    """Who reads a session, as a filter of the session itself or of rows that `path` leads from."""
    session = f"{path}__" if path else ""
    who = (
        Q(**{f"{session}group__in": groups_of(user)})
        | Q(**{f"{session}pk__in": user.participations.values("session")})
        | Q(**{f"{session}kind": "visit", f"{session}teacher": user})
    )
    if schools := supervised_schools(user):
        who |= Q(**{f"{session}teacher__school__in": schools})
    return who


def visible_sessions(user: User) -> Q:
    """Members of the group, invited people, and pengawas of the guru model's school.

    A visit has no group: whom it is paid to reads it, who was invited, and pengawas of her school.
    """
    return _readers(user)


def visible_participations(user: User) -> Q:
    """Whoever reads the session."""
    return _readers(user, "session")


def reads_reason(user: User, part: Participation) -> bool:
    """Whether this person reads why somebody cannot come: who said so, and the group's board."""
    return part.user_id == user.pk or part.session.group_id in board_groups_of(user)


def visible_check_ins(user: User) -> Q:
    """Whoever reads the session: attendance is no secret, nor is who wrote it down."""
    return _readers(user, "participation__session")


def visible_agenda_items(user: User) -> Q:
    """Whoever reads the session."""
    return _readers(user, "session")


def visible_lesson_plans(user: User) -> Q:
    """Whoever reads the session."""
    return _readers(user, "session")


def visible_plan_comments(user: User) -> Q:
    """Whoever reads the session."""
    return _readers(user, "plan__session")


def visible_minutes(user: User) -> Q:
    """Whoever reads the session."""
    return _readers(user, "session")


def visible_decisions(user: User) -> Q:
    """Whoever reads the session."""
    return _readers(user, "session")


def visible_questions(user: User) -> Q:
    """Whoever reads the session."""
    return _readers(user, "session")


def visible_paperwork(user: User) -> Q:
    """The group's board."""
    return Q(session__group__in=board_groups_of(user))


def visible_session_files(user: User) -> Q:
    """Whoever reads the session; a signed attendance sheet shows phone numbers: the board alone."""
    return _readers(user, "session") & (
        ~Q(kind="sheet") | Q(session__group__in=board_groups_of(user))
    )


def visible_session_posts(user: User) -> Q:
    """Whoever reads both the session and the post."""
    return _readers(user, "session") & readers(user, through="post__")


def visible_series(user: User) -> Q:
    """Members of the group, and who is invited to one of its sessions."""
    invited = user.participations.exclude(session__series=None)
    return Q(group__in=groups_of(user)) | Q(pk__in=invited.values("session__series"))


def visible_calendar_feeds(user: User) -> Q:
    """The person alone."""
    return Q(user=user)


def part_in(user: User, session: ModelSession) -> Participation | None:
    """The person's part in a session; it costs nothing where participations were prefetched."""
    return next((part for part in session.participations.all() if part.user_id == user.pk), None)


def supervises(user: User, session: ModelSession) -> bool:
    """Whether this person is pengawas of the guru model's school."""
    return session.teacher is not None and session.teacher.school_id in supervised_schools(user)


def reasons_not_a_lesson(session: ModelSession) -> Reasons:
    """A meeting has no guru model, so it is neither observed nor answered with feedback."""
    if not session.is_lesson:
        yield _("Ini hanya untuk sesi guru model.")


@rule
def may_link_post(user: User, session: ModelSession, post: Post) -> Reasons:
    """The post's author and the board of the session's group say that both belong together."""
    if post.author_id != user.pk and session.group_id not in board_groups_of(user):
        yield _("Bahan dihubungkan dengan sesi oleh penulisnya atau pengurus.")
    if post.withdrawn_at:
        yield _("Bahan ini sudah ditarik.")


@rule
def may_unlink_post(user: User, session: ModelSession, post: Post) -> Reasons:
    """The post's author and the board of the session's group."""
    if post.author_id != user.pk and session.group_id not in board_groups_of(user):
        yield _("Bahan dilepas dari sesi oleh penulisnya atau pengurus.")


@rule
def may_plan_session(user: User, group: Group) -> Reasons:
    """The group's board."""
    if group.pk not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat merencanakan sesi.")


@rule
def may_plan_visit(user: User, teacher: User) -> Reasons:
    """Pengawas of the teacher's school."""
    if teacher.school_id not in supervised_schools(user):
        yield _("Kunjungan direncanakan oleh pengawas sekolah guru itu.")


def pays(user: User, session: ModelSession) -> bool:
    """Whether this person pays that visit."""
    return session.is_visit and session.leader_id == user.pk


def reasons_pays(part: Participation) -> Reasons:
    """Who pays a visit stays its observer; who cannot come moves it or calls it off."""
    if part.session.is_visit and part.session.leader_id == part.user_id:
        yield _("%(name)s merencanakan kunjungan ini dan tetap pengamatnya.") % {"name": part.user}


@rule
def may_change_session(user: User, session: ModelSession) -> Reasons:
    """The group's board, and the guru model, while it is planned; a visit: who pays it."""
    if session.is_visit and not pays(user, session):
        yield _("Kunjungan hanya dapat diubah oleh pengawas yang merencanakannya.")
    elif (
        not session.is_visit
        and session.group_id not in board_groups_of(user)
        and session.teacher_id != user.pk
    ):
        yield _("Hanya pengurus dan guru model yang dapat mengubah sesi ini.")
    yield from reasons_not_planned(session)


@rule
def may_cancel_session(user: User, session: ModelSession) -> Reasons:
    """The group's board, while the session is planned; a visit: who pays it."""
    if session.is_visit and not pays(user, session):
        yield _("Kunjungan hanya dapat dibatalkan oleh pengawas yang merencanakannya.")
    elif not session.is_visit and session.group_id not in board_groups_of(user):
        yield _("Hanya pengurus kelompok yang dapat membatalkan sesi.")
    yield from reasons_not_planned(session)


@rule
def may_hold_session(user: User, session: ModelSession) -> Reasons:
    """The group's board, the guru model, and who leads, once the session has begun."""
    own = {session.teacher_id, session.leader_id}
    if session.group_id not in board_groups_of(user) and user.pk not in own:
        yield _("Hanya pengurus, guru model, dan pemimpin yang dapat menyatakan sesi terlaksana.")
    yield from reasons_not_planned(session)
    if session.starts_at > timezone.now():
        yield _("Sesi ini belum mulai.")


@rule
def may_invite(user: User, session: ModelSession) -> Reasons:
    """The group's board, and the guru model, unless the session was cancelled."""
    if session.group_id not in board_groups_of(user) and session.teacher_id != user.pk:
        yield _("Hanya pengurus dan guru model yang dapat menambah orang.")
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")


@rule
def may_answer_invitation(user: User, participation: Participation) -> Reasons:
    """The invited person, while the session is planned and not over; who pays a visit comes."""
    if participation.user_id != user.pk:
        yield _("Undangan hanya dapat dijawab oleh yang diundang.")
    yield from reasons_not_planned(participation.session)
    if participation.session.is_planned and participation.session.ends_at < timezone.now():
        yield _("Sesi ini sudah lewat.")
    if pays(user, participation.session):
        yield _("Kunjungan ini Bapak/Ibu sendiri yang merencanakan.")


def reasons_not_planned(session: ModelSession) -> Reasons:
    """It was held or cancelled already."""
    if session.was_held:
        yield _("Sesi ini sudah terlaksana.")
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")
