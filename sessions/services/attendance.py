"""Attendance: who was there, how it is known, and how it was corrected."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import make_guest
from activity.files import CheckedFile
from activity.services import changing, record
from sessions import rules
from sessions.codes import check_digits, read_qr
from sessions.events import AttendanceTicked, CheckedIn, SheetKept
from sessions.models import CheckIn, CodeTries, ModelSession, Participation, SessionFile
from sessions.queries import members_of
from sessions.services.submissions import made_before

Attendance, Method = Participation.Attendance, Participation.Method
# Who comes within that time of the start is not late.
GRACE = timedelta(minutes=15)
TRIES = 5
TRIES_WITHIN = timedelta(minutes=5)
# Longer ago than any session that is still open; a clock gone wild asks for no year before 1.
LONGEST_KEPT = timedelta(days=366)
# What people show by themselves, without the board.
BY_ONESELF = frozenset({Method.QR, Method.CODE, Method.ONLINE})


def check_in(
    session: ModelSession, *, by: User, method: str, at: datetime, submission: UUID
) -> Participation:
    """Write down that this person was there at that moment, present or late by the clock.

    Members of the group who were not invited get a part. Whoever was written down already stays
    so: a second code, the same one sent again, or one that comes after the board's tick changes
    nothing. Only the history keeps a code that speaks against the board's word.
    """
    if found := _sent_before(session, by, submission):
        return found
    rules.may_check_in.require(by, session)
    now = timezone.now()
    at = min(at, now)
    if at < session.starts_at - rules.CHECK_IN_OPENS_BEFORE:
        raise ValidationError(_("Saat itu kehadiran sesi ini belum dibuka."), "too-early")
    with transaction.atomic():
        _touch(session, by)
        part, _is_new = Participation.objects.get_or_create(session=session, user=by)
        if part.was_present or (part.attendance and _spoke_up(part)):
            return part
        if not part.attendance:
            is_late = at > session.counts_from + GRACE
            part.attendance = Attendance.LATE if is_late else Attendance.PRESENT
            part.method, part.attended_at = method, at
            part.ticked_at, part.ticked_by = now, by
            part.save(
                update_fields=["attendance", "method", "attended_at", "ticked_at", "ticked_by"]
            )
        part.check_ins.create(
            attendance=part.attendance,
            method=method,
            at=at,
            arrived_at=now,
            by=by,
            submission=submission,
        )
        record(CheckedIn(participation_id=part.pk), by=by)
    return part


def check_in_by_code(
    session: ModelSession,
    *,
    by: User,
    submission: UUID,
    code: str = "",
    token: str = "",
    scanned_at: datetime | None = None,
    sent_at: datetime | None = None,
) -> Participation:
    """Check in with the six digits or with what the QR code carries.

    `scanned_at` and `sent_at` are times of the phone's own clock; how long it kept the code is
    their difference, so a clock that is wrong does no harm. Raises CodeRefused when the code does
    not prove it, ValidationError after five wrong codes within five minutes.
    """
    if found := _sent_before(session, by, submission):
        return found
    rules.may_check_in.require(by, session)
    part = session.participations.filter(user=by).first()
    if part and part.was_present:
        return part
    at = _moment(scanned_at, sent_at)
    if token:
        read_qr(token, session.pk, session.secret, at=at)
    else:
        _count_try(session, by)
        check_digits(code, session.pk, session.secret, at=at)
        CodeTries.objects.filter(session=session, user=by).delete()
    method = Method.QR if token else Method.CODE
    return check_in(session, by=by, method=method, at=at, submission=submission)


def tick_attendance(
    session: ModelSession,
    *,
    by: User,
    attendance: Mapping[int, str],
    seen: Mapping[int, str] | None = None,
    reason: str = "",
    method: str = Method.TICK,
) -> list[Participation]:
    """Write down who came. `attendance` maps a person's id to one word of `Attendance`.

    People who are not in the mapping keep theirs; members of the group who were not invited get a
    part. `seen` says what the page showed of each: whoever was written down otherwise since then is
    left alone and returned. Changing a word needs a reason. An unknown person or word raises
    ValidationError, and then nothing is written.
    """
    with changing(session):
        rules.may_tick_attendance.require(by, session)
        if not set(attendance.values()) <= set(Attendance.values):
            raise ValidationError(_("Kehadiran tidak dikenali. Muat ulang halaman."))
        parts = _parts_of(session, attendance.keys())
        changed, left = [], []
        for person, word in attendance.items():
            part = parts[person]
            if part.attendance == word:
                continue
            if seen is not None and seen.get(person, "") != part.attendance:
                left.append(part)
            else:
                changed.append((part, word))
        if any(part.attendance for part, _word in changed) and not reason.strip():
            raise ValidationError({"reason": _("Tulis alasan mengubah kehadiran yang tercatat.")})
        if changed:
            _write(changed, by, method, reason.strip())
            _bump(session)
            record(AttendanceTicked(session_id=session.pk, people=len(changed)), by=by)
    return left


def add_guest(
    session: ModelSession, *, by: User, name: str, institution: str, submission: UUID
) -> Participation:
    """Write down somebody without an account who is there, by name and institution."""
    with changing(session):
        rules.may_tick_attendance.require(by, session)
        sent = CheckIn.objects.annotate(session_id=F("participation__session"))
        if found := made_before(sent, submission, session_id=session.pk):
            return found.participation
        guest = make_guest(name=name, institution=institution)
        now = timezone.now()
        part = session.participations.create(
            user=guest,
            attendance=Attendance.PRESENT,
            method=Method.TICK,
            attended_at=now,
            ticked_at=now,
            ticked_by=by,
        )
        part.check_ins.create(
            attendance=part.attendance, method=part.method, by=by, submission=submission
        )
        _bump(session)
        record(AttendanceTicked(session_id=session.pk, people=1), by=by)
    return part


def keep_sheet(
    session: ModelSession, *, by: User, file: CheckedFile, submission: UUID
) -> SessionFile:
    """Put a photo or scan of the signed sheet to the session, for the board alone to see."""
    with changing(session):
        rules.may_print_sheet.require(by, session)
        if found := made_before(SessionFile.objects.all(), submission, session_id=session.pk):
            return found
        kept = SessionFile.objects.create(
            session=session,
            kind=SessionFile.Kind.SHEET,
            file=file.content,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            by=by,
            submission=submission,
        )
        record(SheetKept(session_id=session.pk), by=by)
    return kept


def _write(changed: list[tuple[Participation, str]], by: User, method: str, reason: str) -> None:
    now, lines = timezone.now(), []
    for part, word in changed:
        lines.append(
            CheckIn(
                participation=part,
                attendance=word,
                method=method,
                at=now,
                arrived_at=now,
                by=by,
                reason=reason if part.attendance else "",
            )
        )
        part.attendance, part.method = word, method if word else Method.NONE
        part.ticked_at, part.ticked_by = now, by
        part.attended_at = (part.attended_at or now) if part.was_present else None
    Participation.objects.bulk_update(
        [part for part, _word in changed],
        ["attendance", "method", "attended_at", "ticked_at", "ticked_by"],
    )
    CheckIn.objects.bulk_create(lines)


def _parts_of(session: ModelSession, people: Collection[int]) -> dict[int, Participation]:
    """The parts of these people, made for members who have none. Others raise ValidationError."""
    parts = {part.user_id: part for part in session.participations.select_for_update()}
    if missing := set(people) - parts.keys():
        members = set(members_of(session.group).filter(pk__in=missing).values_list("pk", flat=True))
        if missing - members:
            raise ValidationError(
                _("Ada nama yang tidak diundang ke sesi ini. Muat ulang halaman.")
            )
        for person in missing:
            parts[person] = session.participations.create(user_id=person)
    return parts


def _sent_before(session: ModelSession, by: User, submission: UUID) -> Participation | None:
    """The person's part, when this very check-in arrived before."""
    sent = CheckIn.objects.filter(submission=submission).select_related("participation").first()
    if sent is None:
        return None
    if (sent.participation.user_id, sent.participation.session_id) != (by.pk, session.pk):
        raise ValidationError(_("Kiriman ini sudah dipakai. Muat ulang halaman."))
    return sent.participation


def _spoke_up(part: Participation) -> bool:
    """Whether the history has a code of the person already."""
    return part.check_ins.filter(method__in=BY_ONESELF).exists()


def _touch(session: ModelSession, by: User) -> None:
    """Take the session's row, unless it was closed or cancelled meanwhile.

    The row is taken before the part, as everywhere, but only now that all is checked: thirty
    people wait for each other's few statements, not for each other's codes.
    """
    still_open = ModelSession.objects.filter(pk=session.pk, closed_at=None).exclude(
        status=ModelSession.Status.CANCELLED
    )
    if not still_open.update(live_version=F("live_version") + 1):
        session.refresh_from_db()
        rules.may_check_in.require(by, session)


def _bump(session: ModelSession) -> None:
    ModelSession.objects.filter(pk=session.pk).update(live_version=F("live_version") + 1)


def _moment(scanned_at: datetime | None, sent_at: datetime | None) -> datetime:
    """When a code was taken, by our clock: as long ago as the phone says it kept it."""
    now = timezone.now()
    if scanned_at is None:
        return now
    kept_for = (sent_at or now) - scanned_at
    return now - min(max(kept_for, timedelta()), LONGEST_KEPT)


def _count_try(session: ModelSession, by: User) -> None:
    """Count a try before it is looked at, so that many at once are not more than five."""
    now = timezone.now()
    with transaction.atomic():
        CodeTries.objects.get_or_create(session=session, user=by)
        tries = CodeTries.objects.select_for_update().get(session=session, user=by)
        if now - tries.last_at > TRIES_WITHIN:
            tries.wrong = 0
        if tries.wrong >= TRIES:
            until = timezone.localtime(tries.last_at + TRIES_WITHIN)
            raise ValidationError(
                _(
                    "Sudah lima kali salah. Coba lagi pukul %(time)s, pindai kode QR, "
                    "atau minta pengurus mencatat."
                )
                % {"time": date_format(until, "H.i")},
                "too-many",
            )
        tries.wrong += 1
        tries.last_at = now
        tries.save(update_fields=["wrong", "last_at"])
