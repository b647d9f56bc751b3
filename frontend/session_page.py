"""What a session's page offers while the session goes on, and to those who run it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions import rules
from sessions.models import ModelSession, Participation
from sessions.rooms import data_hint
from sessions.rules.room import DOORS_CLOSE_AFTER

# The live page matters for that long after a session's end, unless it is closed.
LIVE_AFTER = timedelta(hours=3)


@dataclass(frozen=True)
class Way:
    """A page of the session: its address by name, and the words of the link."""

    name: str
    icon: str
    label: Promise | str


LIVE = Way("live", icon="radio", label=_("Halaman langsung"))
HERE = Way("check-in", icon="circle-check", label=_("Saya hadir"))
LINKS = Way("personal-links", icon="send", label=_("Kirim undangan satu per satu"))
CODES = Way("attendance-codes", icon="qr-code", label=_("Tampilkan kode kehadiran"))
SHEET = Way("attendance-sheet", icon="printer", label=_("Cetak daftar hadir"))
PAPERS = Way("paperwork", icon="file-text", label=_("Surat dan laporan"))
CLOSE = Way("close-session", icon="lock", label=_("Tutup sesi"))
REOPEN = Way("close-session", icon="lock-open", label=_("Sesi ditutup: lihat atau buka kembali"))


def ways_now(user: User, session: ModelSession, own: Participation | None) -> list[Way]:
    """Where to go while the session goes on, what presses most first; else nothing. No query."""
    now = timezone.now()
    opens = session.starts_at - rules.CHECK_IN_OPENS_BEFORE
    goes_on = opens <= now < session.ends_at + LIVE_AFTER
    if session.is_cancelled or session.is_closed or not goes_on:
        return []
    ways = []
    is_there = own is not None and bool(own.attendance)
    comes_by_code = session.mode != ModelSession.Mode.ONLINE and session.teacher_id != user.pk
    if rules.takes_part(user, session):
        if comes_by_code and not is_there:
            ways.append(HERE)
        ways.append(LIVE)
    if rules.may_show_codes(user, session):
        ways.append(CODES)
    return ways


def ways_of_running(user: User, session: ModelSession) -> list[Way]:
    """What the board finds under “Urus sesi” beside changing the plan."""
    found = {
        SHEET: not session.is_cancelled and rules.may_print_sheet(user, session),
        LINKS: not session.is_closed and rules.may_hand_out_links(user, session),
        PAPERS: rules.may_fill_paperwork(user, session),
        CLOSE: rules.may_close_session(user, session),
        REOPEN: rules.may_reopen_session(user, session),
    }
    return [way for way, may in found.items() if may]


@dataclass(frozen=True)
class Room:
    """What a session's page says of its room; where it is stays unsaid until one joins."""

    provider: Promise | str
    hint: Promise
    opens_at: datetime
    is_open: bool


def room_of(user: User, session: ModelSession) -> Room | None:
    """The room that this person may enter, now or later; None when there is none or no more."""
    now = timezone.now()
    is_over = session.is_closed or now >= session.ends_at + DOORS_CLOSE_AFTER
    if not rules.has_room(session) or is_over:
        return None
    part = rules.part_in(user, session)
    if (part and part.is_waiting) or not rules.takes_part(user, session):
        return None
    return Room(
        provider=_("Tautan sendiri")
        if session.provider == "link"
        else session.get_provider_display(),
        hint=data_hint(session.provider, session.online_link),
        opens_at=session.starts_at - rules.DOORS_OPEN_BEFORE,
        is_open=rules.doors_open(session, now),
    )
