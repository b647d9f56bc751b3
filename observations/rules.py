"""Who may read and write observations, and why not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from accounts.rules import is_district_officer, supervised_schools
from groups.rules import board_groups_of, groups_of, guided_groups_of
from sessions.models import ModelSession
from sessions.rules import part_in, pays, reasons_not_a_lesson, supervises

if TYPE_CHECKING:
    from accounts.models import User
    from groups.models import Group
    from observations.models import Instrument, Observation, Photo

# What was seen fades: later than this, a sheet that was handed in is not corrected any more.
CORRECTED_FOR = timedelta(days=30)

_NOT_BEGUN = _("Lembar dapat disimpan dan dikirim sejak pelajaran mulai.")


def visible_instruments(user: User) -> Q:
    """Everyone signed in; a group's: its members, the Dinas, and who reads a session with it.

    A draft: its maker alone, or the board of its group.
    """
    return _instruments(user, "")


def visible_indicators(user: User) -> Q:
    """Whoever reads their instrument."""
    return _instruments(user, "aspect__instrument__")


def visible_aspects(user: User) -> Q:
    """Whoever reads their instrument."""
    return _instruments(user, "instrument__")


def visible_items(user: User) -> Q:
    """Whoever reads their instrument."""
    return _instruments(user, "indicator__aspect__instrument__")


def _instruments(user: User, path: str) -> Q:
    """`visible_instruments` for rows that lead to an instrument by this path of foreign keys."""

    def where(**lookups: Any) -> Q:
        return Q(**{path + name: value for name, value in lookups.items()})

    if is_district_officer(user):
        shared = Q()
    else:
        sessions = ModelSession.objects.visible_to(user)
        shared = (
            where(group=None)
            | where(group__in=groups_of(user))
            | where(pk__in=sessions.values("focus__instrument"))
            | where(pk__in=sessions.values("observations__instrument"))
        )
    own = where(group=None, made_by=user) | where(group__in=board_groups_of(user))
    return ~where(status="draft") & shared | where(status="draft") & own


def visible_focuses(user: User) -> Q:
    """Everyone signed in; it is reached only through a session that the person may read."""
    return Q()


def visible_observations(user: User) -> Q:
    """A draft: its observer. Submitted: also the guru model and the session's other observers.

    The guru model reads it once the session opened to her (`ModelSession.opens_at`), the other
    observers once they submitted their own, so that nobody copies.
    """
    return _readers(user)


def visible_photos(user: User) -> Q:
    """One's own, also those still on their way; whole ones with the sheet that they belong to."""
    readers = _readers(user, through="observation__")
    return Q(observation__observer=user) | Q(stored_at__isnull=False) & readers


def _readers(user: User, through: str = "") -> Q:
    own = user.observations.exclude(submitted_at=None).values("session")
    teacher = Q((f"{through}session__teacher", user)) & Q(
        (f"{through}session__opens_at__lte", timezone.now())
    )
    others = teacher | Q((f"{through}session__in", own))
    submitted = Q((f"{through}submitted_at__isnull", False))
    return Q((f"{through}observer", user)) | submitted & others


@rule
def may_use_instrument(user: User, instrument: Instrument) -> Reasons:
    """Whoever reads it, for a new focus or sheet: while it is published and valid."""
    today = timezone.localdate()
    if instrument.is_draft:
        yield _("Instrumen ini masih draf.")
    elif not instrument.is_published:
        yield _("Instrumen ini tidak dipakai lagi.")
    if instrument.valid_from > today:
        yield _("Instrumen ini belum berlaku.")
    if instrument.valid_to and instrument.valid_to < today:
        yield _("Instrumen ini sudah tidak berlaku.")


@rule
def may_make_instrument(user: User, group: Group | None) -> Reasons:
    """The board, for its group; pengawas and the Dinas, for everybody."""
    if group is not None:
        if group.pk not in board_groups_of(user):
            yield _("Instrumen kelompok dibuat oleh pengurusnya.")
    elif not _makes_for_everybody(user):
        yield _("Instrumen untuk semua dibuat oleh pengawas atau Dinas.")


@rule
def may_copy_instrument(user: User, instrument: Instrument) -> Reasons:
    """Whoever reads it and may make an instrument at all."""
    if not (board_groups_of(user) or _makes_for_everybody(user)):
        yield _("Instrumen dibuat oleh pengurus kelompok, pengawas, atau Dinas.")


@rule
def may_edit_instrument(user: User, instrument: Instrument) -> Reasons:
    """Its board, or its maker who still may make one: as long as it is a draft."""
    yield from _reasons_not_its_maker(user, instrument)
    if not instrument.is_draft:
        yield _("Versi yang sudah terbit tidak berubah. Buat versi baru.")


@rule
def may_publish_instrument(user: User, instrument: Instrument) -> Reasons:
    """Whoever may edit it."""
    yield from may_edit_instrument(user, instrument).reasons


@rule
def may_renew_instrument(user: User, instrument: Instrument) -> Reasons:
    """Its board or maker, and the Dinas for one of everybody: once it was published."""
    yield from _reasons_not_its_keeper(user, instrument)
    if instrument.is_draft:
        yield _("Instrumen ini masih draf.")


@rule
def may_retire_instrument(user: User, instrument: Instrument) -> Reasons:
    """Its board or maker, and the Dinas for one of everybody: while it is published."""
    yield from _reasons_not_its_keeper(user, instrument)
    if instrument.is_draft:
        yield _("Instrumen ini masih draf.")
    elif not instrument.is_published:
        yield _("Instrumen ini tidak dipakai lagi.")


@rule
def may_choose_focus(user: User, session: ModelSession) -> Reasons:
    """The guru model and the group's board, on a visit who pays it; until the session is held."""
    if (
        session.teacher_id != user.pk
        and session.group_id not in board_groups_of(user)
        and not pays(user, session)
    ):
        yield _("Fokus pengamatan dipilih oleh guru model atau pengurus.")
    yield from reasons_not_a_lesson(session)
    if session.was_held:
        yield _("Sesi ini sudah terlaksana.")
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")


@rule
def may_open_sheet(user: User, session: ModelSession) -> Reasons:
    """Observers, guru inti, instruktur and pengawas of her school, also before the lesson.

    In a mountain school the sheet must be on the phone before the signal is gone.
    """
    if session.teacher_id == user.pk:
        yield _("Guru model tidak mengamati dirinya sendiri. Tulislah refleksi.")
    elif not _is_observer(user, session):
        yield _("Lembar ini untuk pengamat sesi. Minta pengurus menambahkan Bapak/Ibu.")
    yield from reasons_not_a_lesson(session)
    if session.is_cancelled:
        yield _("Sesi ini dibatalkan.")


@rule
def may_observe(user: User, session: ModelSession) -> Reasons:
    """Whoever may open the sheet, once the lesson began."""
    yield from may_open_sheet(user, session).reasons
    if not session.is_cancelled and session.counts_from > timezone.now():
        yield _NOT_BEGUN


@rule
def may_edit_observation(user: User, observation: Observation) -> Reasons:
    """Its observer, from the start of the lesson until it is submitted."""
    if observation.observer_id != user.pk:
        yield _("Lembar ini hanya dapat diubah oleh pengamatnya.")
    if observation.submitted_at:
        yield _("Lembar ini sudah dikirim.")
    if observation.session.counts_from > timezone.now():
        yield _NOT_BEGUN


@rule
def may_submit_observation(user: User, observation: Observation) -> Reasons:
    """Whoever may edit it, once the session was held."""
    yield from may_edit_observation(user, observation).reasons
    if not observation.session.was_held:
        yield _("Sesi ini belum dinyatakan terlaksana.")


@rule
def may_correct_observation(user: User, observation: Observation) -> Reasons:
    """Its observer, within 30 days after it was submitted first."""
    if observation.observer_id != user.pk:
        yield _("Lembar ini hanya dapat diubah oleh pengamatnya.")
    if not observation.submitted_at:
        yield _("Lembar ini belum dikirim.")
    elif timezone.now() > observation.submitted_at + CORRECTED_FOR:
        yield _("Lembar hanya dapat dikoreksi dalam 30 hari setelah dikirim.")


@rule
def may_send_photo(user: User, photo: Photo) -> Reasons:
    """The observer of its sheet, while that may be filled in or corrected."""
    submitted = photo.observation.submitted_at is not None
    rule_of_sheet = may_correct_observation if submitted else may_edit_observation
    yield from rule_of_sheet(user, photo.observation).reasons


@rule
def may_read_agreement(user: User, session: ModelSession) -> Reasons:
    """Guru inti and instruktur of the group, and pengawas of her school: who guides observers.

    They read of it only what they may read of the sheets themselves. The guru model does not: it
    says something about observers, not about her lesson.
    """
    guides = session.group_id in guided_groups_of(user) or supervises(user, session)
    if not guides or session.teacher_id == user.pk:
        yield _("Kesepakatan pengamat untuk guru inti, instruktur, dan pengawas.")


def _makes_for_everybody(user: User) -> bool:
    return bool(supervised_schools(user)) or is_district_officer(user)


def _reasons_not_its_maker(user: User, instrument: Instrument) -> Reasons:
    if instrument.group_id:
        if instrument.group_id not in board_groups_of(user):
            yield _("Instrumen ini milik kelompok; hanya pengurusnya yang dapat mengubahnya.")
    elif instrument.made_by_id is None:
        yield _("Instrumen bawaan tidak berubah. Salin, lalu ubah salinannya.")
    elif instrument.made_by_id != user.pk or not _makes_for_everybody(user):
        yield _("Instrumen ini hanya dapat diubah oleh pembuatnya.")


def _reasons_not_its_keeper(user: User, instrument: Instrument) -> Reasons:
    """As for its maker; what everybody uses must not wait for one person, so the Dinas too."""
    is_shared = instrument.group_id is None and instrument.made_by_id is not None
    if not (is_shared and is_district_officer(user)):
        yield from _reasons_not_its_maker(user, instrument)


def _is_observer(user: User, session: ModelSession) -> bool:
    if session.group_id in guided_groups_of(user):
        return True
    part = part_in(user, session)
    is_invited = part is not None and part.role == "observer"
    return is_invited or supervises(user, session)
