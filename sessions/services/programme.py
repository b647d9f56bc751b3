"""Planning a programme: sessions of last semester again, all or none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups.models import Group
from sessions import rules
from sessions.conflicts import (
    Caution,
    PlanNeedsConsent,
    lock_diaries,
    require_consent,
    require_free,
)
from sessions.events import ProgrammePlanned
from sessions.models import AgendaItem, ModelSession, Participation
from sessions.plans import Point
from sessions.programme import MOST_COPIED
from sessions.semesters import Semester
from sessions.services.drafts import Draft, busy_of, draft_session, flat, seats_in

# What a copy has in common with its source. Who observes is asked anew.
COPIED = (
    *("goal", "phase", "grade", "mode", "school", "place", "provider", "online_link"),
    *("lesson_hours", "hour_length", "capacity", "observer_places"),
)


@dataclass(frozen=True)
class Row:
    """One session to plan like the `source`. A lesson's `teacher` may be another than there."""

    source: ModelSession
    title: str
    starts_at: datetime
    submission: UUID
    teacher: User | None = None


class ProgrammeRefused(ValidationError):  # noqa: N818 -- it is no error of the program
    """Nothing was planned. By a row's submission: what refuses it, and what wants consent."""

    def __init__(
        self, refusals: Mapping[UUID, list[str]], cautions: Mapping[UUID, Sequence[Caution]]
    ) -> None:
        self.refusals, self.cautions = refusals, cautions
        words = {row: list(said) for row, said in refusals.items()}
        for row, asked in cautions.items():
            words.setdefault(row, []).extend(each.words for each in asked)
        super().__init__({str(row): said for row, said in words.items()})


def copy_programme(
    group: Group,
    *,
    by: User,
    rows: Sequence[Row],
    despite: Collection[str] = frozenset(),
) -> list[ModelSession]:
    """Plan a session like each row's source, all together or none, and tell everyone once.

    Duration, agenda, leader, note taker, JP, way and place are those of the source; who is no
    member any more is left out, and a speaker stays by name. All members are invited. A row that
    was sent before stays one session. Raises ProgrammeRefused, by row.
    """
    with changing(group):
        rules.may_plan_session.require(by, group)
        _check(group, rows)
        made = _made_before(group, rows, by=by)
        fresh = [row for row in rows if row.submission not in made]
        made |= _plan(group, fresh, by=by, despite=despite)
        if fresh:
            planned = [made[row.submission] for row in fresh]
            begin = min(session.starts_at for session in planned)
            event = ProgrammePlanned(
                group_id=group.pk,
                semester=str(Semester.of(timezone.localdate(begin))),
                session_ids=sorted(session.pk for session in planned),
            )
            record(event, by=by)
    return sorted(made.values(), key=lambda session: session.starts_at)


def _made_before(group: Group, rows: Sequence[Row], *, by: User) -> dict[UUID, ModelSession]:
    sent = [row.submission for row in rows]
    before = {each.submission: each for each in ModelSession.objects.filter(submission__in=sent)}
    if any((each.group_id, each.planned_by_id) != (group.pk, by.pk) for each in before.values()):
        raise ValidationError(_("Kiriman ini sudah dipakai. Muat ulang halaman."), "used")
    return before


def _check(group: Group, rows: Sequence[Row]) -> None:
    if not rows:
        raise ValidationError(_("Centang paling sedikit satu sesi."))
    if len(rows) > MOST_COPIED:
        words = _("Paling banyak %(count)s sesi sekali salin.")
        raise ValidationError(words % {"count": MOST_COPIED})
    if len({row.submission for row in rows}) < len(rows):
        raise ValidationError(_("Kiriman ini sudah dipakai. Muat ulang halaman."))
    if any(row.source.group_id != group.pk for row in rows):
        raise ValidationError(_("Hanya sesi kelompok ini yang dapat disalin."))


def _plan(
    group: Group, rows: Sequence[Row], *, by: User, despite: Collection[str]
) -> dict[UUID, ModelSession]:
    refusals: dict[UUID, list[str]] = {}
    cautions: dict[UUID, Sequence[Caution]] = {}
    drafts: dict[UUID, Draft] = {}
    members = {seat.user_id: seat.user for seat in seats_in(group)}
    for row in rows:
        try:
            drafts[row.submission] = _draft(group, row, members, by=by)
        except ValidationError as error:
            refusals[row.submission] = error.messages
    busy = [busy_of(draft.named) for draft in drafts.values()]
    lock_diaries(person for named in busy for person in flat(named))
    # One after the other, so that two rows of one hour refuse each other's people.
    for submission, draft in drafts.items():
        try:
            require_free(draft.session, busy_of(draft.named), by=by)
            require_consent(draft.session, by=by, despite=despite)
            _save(draft)
        except PlanNeedsConsent as asked:
            cautions[submission] = asked.cautions
        except ValidationError as error:
            refusals[submission] = error.messages
    if refusals or cautions:
        raise ProgrammeRefused(refusals, cautions)
    return {submission: draft.session for submission, draft in drafts.items()}


def _draft(group: Group, row: Row, members: Mapping[int, User], *, by: User) -> Draft:
    source = row.source
    draft = draft_session(
        group,
        planner=by,
        kind=source.kind,
        title=row.title.strip(),
        teacher=row.teacher or members.get(source.teacher_id or 0),
        leader=members.get(source.leader_id or 0),
        note_taker=members.get(source.note_taker_id or 0),
        starts_at=row.starts_at,
        ends_at=row.starts_at + (source.ends_at - source.starts_at),
        agenda=_agenda(source, members),
        **{name: getattr(source, name) for name in COPIED},
    )
    draft.session.submission, draft.session.copied_from = row.submission, source
    return draft


def _agenda(source: ModelSession, members: Mapping[int, User]) -> list[Point]:
    """The same agenda; who speaks and is no member, a guest for instance, stays by name."""
    return [
        {
            "title": item.title,
            "minutes": item.minutes,
            "speaker": members.get(item.speaker_id or 0),
            "speaker_name": item.speaker_words,
        }
        for item in source.agenda.select_related("speaker")
    ]


def _save(draft: Draft) -> None:
    draft.session.save()
    AgendaItem.objects.bulk_create(draft.items)
    Participation.objects.bulk_create(draft.parts)
