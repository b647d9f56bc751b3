"""The minutes (notula) of a session: one person writes at a time, and nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from sessions import rules
from sessions.events import DecisionMade, DecisionRemoved, PenTaken, StrayMinutesSettled
from sessions.models import Decision, Minutes, MinutesRevision, ModelSession
from sessions.services.live import bump_live
from sessions.services.submissions import made_before

# Who does not save for that long has put the pen down.
HELD_FOR = timedelta(minutes=2)
MOST_DECISIONS = 100
_LONGEST = {"proceedings": 20_000, "closing": 2000}


class PenHeld(ValidationError):  # noqa: N818 -- it is no error of the program
    """Somebody else is writing; the message says who, and since when was last saved."""


class CameLate(ValidationError):  # noqa: N818 -- it is no error of the program
    """Somebody else wrote on meanwhile. What came late is kept in `stray`, to be put in by hand."""

    def __init__(self, minutes: Minutes, stray: MinutesRevision | None) -> None:
        super().__init__(
            _("Notula ini sudah ditulis orang lain. Tulisan Bapak/Ibu disimpan terpisah."),
            code="late",
        )
        self.minutes, self.stray = minutes, stray


def take_pen(session: ModelSession, *, by: User, force: bool = False) -> Minutes:
    """Begin to write the minutes, or go on. The pen is kept for two minutes after each save.

    While somebody else writes, raises PenHeld; with `force` it is taken over, and what the other
    one wrote so far is kept as a revision.
    """
    with changing(session):
        rules.may_write_minutes.require(by, session)
        minutes = _locked(session)
        now = timezone.now()
        if minutes.is_held_by_another(by, now):
            if not force:
                raise PenHeld(_words_of_writer(minutes), code="held")
            if minutes.revision:
                _keep(minutes, minutes.proceedings, minutes.closing, minutes.writer)
        is_new_writer = minutes.writer_id != by.pk
        minutes.writer, minutes.held_until = by, now + HELD_FOR
        minutes.save(update_fields=["writer", "held_until"])
        if is_new_writer:
            bump_live(session.pk)
            record(PenTaken(session_id=session.pk), by=by)
    return minutes


def save_minutes(
    session: ModelSession,
    *,
    by: User,
    revision: int,
    proceedings: str,
    closing: str,
    pen: UUID | None = None,
) -> Minutes:
    """Keep what the writer has written so far, and let the writer keep the pen.

    `revision` is that of the text which the writer had before the eyes; `pen` is a mark of the
    page, which may write on after its own save although the answer was lost. When somebody else
    took over or wrote on since, the words are kept as a stray revision, and CameLate says so.
    """
    # No event: the live page is told by its version; every other page would be made anew each
    # two seconds. The pen and the closing are in the log.
    words = proceedings.strip(), closing.strip()
    with changing(session):
        rules.may_write_minutes.require(by, session)
        _check_length(*words)
        minutes, now = _locked(session), timezone.now()
        is_same = words == (minutes.proceedings, minutes.closing)
        was_seen = minutes.revision == revision or (pen is not None and minutes.pen == pen)
        is_late = minutes.is_held_by_another(by, now) or not (was_seen or is_same)
        if is_late:
            stray = None if is_same else _stray(minutes, *words, by)
        else:
            minutes.proceedings, minutes.closing = words
            minutes.revision += 0 if is_same else 1
            minutes.writer, minutes.held_until, minutes.pen = by, now + HELD_FOR, pen
            minutes.save()
        if not is_same:
            bump_live(session.pk)
    if is_late:
        raise CameLate(minutes, stray)
    return minutes


def settle_revision(revision: MinutesRevision, *, by: User) -> MinutesRevision:
    """Say that a stray revision was put into the minutes, or is not needed any more."""
    with changing(revision.minutes.session, revision):
        rules.may_settle_revision.require(by, revision)
        revision.settled_at = timezone.now()
        revision.save(update_fields=["settled_at"])
        record(StrayMinutesSettled(revision_id=revision.pk), by=by)
    return revision


def add_decision(
    session: ModelSession,
    *,
    by: User,
    text: str,
    submission: UUID,
    responsible: str = "",
    due_on: date | None = None,
) -> Decision:
    """Write down what the session decided: what, by whom, until when. `submission` counts once."""
    with changing(session):
        rules.may_write_minutes.require(by, session)
        if made := made_before(Decision.objects.all(), submission, session_id=session.pk):
            return made
        if session.decisions.count() >= MOST_DECISIONS:
            raise ValidationError({"text": _("Paling banyak 100 keputusan untuk satu sesi.")})
        decision = Decision(
            session=session,
            by=by,
            text=text.strip(),
            responsible=responsible.strip(),
            due_on=due_on,
            submission=submission,
        )
        decision.full_clean()
        decision.save()
        bump_live(session.pk)
        record(DecisionMade(decision_id=decision.pk), by=by)
    return decision


def remove_decision(decision: Decision, *, by: User) -> None:
    """Take a decision out again. Taken out by two at once, it is out."""
    session = decision.session
    with changing(session):
        rules.may_write_minutes.require(by, session)
        gone, _by_model = session.decisions.filter(pk=decision.pk).delete()
        if gone:
            bump_live(session.pk)
            record(DecisionRemoved(session_id=session.pk), by=by)


def _locked(session: ModelSession) -> Minutes:
    """The minutes of a session that is locked, made at the first word."""
    minutes, _is_new = Minutes.objects.select_related("writer").get_or_create(session=session)
    return minutes


def _check_length(*words: str) -> None:
    """A model does not ask it of a long text; on a device much can be written."""
    for (name, longest), text in zip(_LONGEST.items(), words, strict=True):
        if len(text) > longest:
            raise ValidationError({name: _("Paling banyak %(count)s huruf.") % {"count": longest}})


def _words_of_writer(minutes: Minutes) -> str:
    saved_at = (minutes.held_until or timezone.now()) - HELD_FOR
    at = timezone.localtime(saved_at)
    return _("%(name)s sedang menulis (%(time)s).") % {
        "name": minutes.writer,
        "time": f"{at:%H.%M}",
    }


def _keep(minutes: Minutes, proceedings: str, closing: str, by: User | None) -> None:
    if by and (proceedings or closing):
        minutes.revisions.create(proceedings=proceedings, closing=closing, by=by)


def _stray(minutes: Minutes, proceedings: str, closing: str, by: User) -> MinutesRevision:
    """What came late; sent again in the same words, it is that one."""
    waiting = minutes.revisions.filter(
        is_stray=True, settled_at=None, by=by, proceedings=proceedings, closing=closing
    )
    if found := waiting.first():
        return found
    stray = MinutesRevision(
        minutes=minutes, proceedings=proceedings, closing=closing, by=by, is_stray=True
    )
    stray.save()
    return stray
