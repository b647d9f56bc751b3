"""What of last semester's programme can be planned again, and when: proposals, nothing is saved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from groups.models import Group
from sessions.conflicts import About, Caution, cautions_of_time
from sessions.models import ModelSession
from sessions.queries import members_of, programme_of
from sessions.semesters import Semester

WEEK = timedelta(weeks=1)
# More than two sessions a week is no programme any more.
MOST_COPIED = 60


@dataclass
class Proposal:
    """A session of last semester, the time proposed for it, and what speaks for and against it.

    `notes` say in words why it is then, and who of it is no longer a member. Whether it is
    `chosen` is a proposal too.
    """

    source: ModelSession
    starts_at: datetime
    teacher: User | None
    notes: list[str] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    chosen: bool = True

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + (self.source.ends_at - self.source.starts_at)


def proposals(user: User, group: Group, semester: Semester) -> list[Proposal]:
    """Propose every session of the semester before, but the cancelled, for this one.

    Each keeps its week of the semester, on the group's weekday; where that is a holiday or the
    group is busy then, it is the next such day that is free. Three queries, however many rows.
    """
    before = programme_of(user, group, semester.previous)
    sources = before.exclude(status=ModelSession.Status.CANCELLED).select_related("note_taker")
    there = programme_of(user, group, semester).exclude(status=ModelSession.Status.CANCELLED)
    planned = list(there)
    members = {member.pk: member for member in members_of(group)}
    taken = [(session.starts_at, session.ends_at) for session in planned]
    again = {(session.kind, session.title.casefold()): session for session in planned}
    copies = {session.copied_from_id: session for session in planned}
    found = []
    for source in sources[:MOST_COPIED]:
        source.group = group
        if copy := copies.get(source.pk) or again.get((source.kind, source.title.casefold())):
            proposal = _already(source, copy)
        else:
            proposal = placed(source, semester, taken)
            taken.append((proposal.starts_at, proposal.ends_at))
        proposal.teacher = members.get(source.teacher_id or 0)
        proposal.notes += who_is_gone(source, members)
        found.append(proposal)
    return found


def who_is_gone(source: ModelSession, members: Collection[int]) -> list[str]:
    """Say of each who is no member any more what the copy does without them."""
    notes = []
    if source.teacher and source.teacher_id not in members:
        words = _("%(name)s bukan anggota lagi: pilih guru model.")
        notes.append(words % {"name": source.teacher})
    for person in dict.fromkeys([source.leader, source.note_taker]):
        if person and person.pk not in members:
            words = _("%(name)s bukan anggota lagi, jadi tidak ikut disalin.")
            notes.append(words % {"name": person})
    return notes


def placed(
    source: ModelSession, semester: Semester, taken: Sequence[tuple[datetime, datetime]]
) -> Proposal:
    """Find the first free day from the same week on; without one it is not chosen."""
    start = timezone.localtime(source.starts_at)
    usual = source.group.weekday if source.group else None
    weekday = start.weekday() if usual is None else usual
    day = semester.day_in(semester.previous.week_of(start.date()), weekday)
    while day < semester.first:
        day += timedelta(weeks=1)
    notes: list[str] = []
    found = None
    while day <= semester.last and found is None:
        found = _free_on(day, source, taken, notes)
        day += WEEK
    if found is None:
        notes.append(_("Tidak ada hari yang kosong lagi di semester ini. Pilih tanggalnya."))
        last = datetime.combine(semester.last, start.time(), start.tzinfo)
        return Proposal(source, last, None, notes, chosen=False)
    if notes:
        notes.append(_("Jadi %(day)s.") % {"day": _in_words(found.starts_at)})
    found.notes = notes
    if found.starts_at <= timezone.now():
        found.notes.append(_("Tanggal ini sudah lewat."))
        found.chosen = False
    return found


def _already(source: ModelSession, copy: ModelSession) -> Proposal:
    words = _("Sudah ada di semester ini: %(day)s.") % {"day": _in_words(copy.starts_at)}
    return Proposal(source, copy.starts_at, None, [words], chosen=False)


def _free_on(
    day: date,
    source: ModelSession,
    taken: Sequence[tuple[datetime, datetime]],
    notes: list[str],
) -> Proposal | None:
    """The proposal for that day; None when it is a holiday or taken, with a note that says so."""
    local = timezone.localtime(source.starts_at)
    start = datetime.combine(day, local.time(), timezone.get_current_timezone())
    proposal = Proposal(source, start, None)
    cautions = cautions_of_time(start, proposal.ends_at, source.group)
    if holidays := [each.words for each in cautions if each.about == About.HOLIDAY]:
        notes += holidays
        return None
    if any(start < end and begin < proposal.ends_at for begin, end in taken):
        words = _("%(day)s sudah terisi.")
        notes.append(words % {"day": _in_words(start)})
        return None
    proposal.cautions = cautions
    return proposal


def _in_words(at: datetime) -> str:
    return date_format(timezone.localtime(at), "l, j F Y")
