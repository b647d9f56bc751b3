"""The talk A-E as a guided path: where a person is in it, and the one next thing to do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontend.times import due, moment
from observations.models import Observation
from reinforcement.models import Feedback, FollowUp, Preparation
from sessions.models import ModelSession


@dataclass(frozen=True)
class Leg:
    """One leg of the path, under its letter in the national talk A-E; without url it waits."""

    part: str
    title: str
    meta: str = ""
    due: str = ""
    url: str = ""
    is_done: bool = False
    is_now: bool = False


def path_of_teacher(
    session: ModelSession, preparation: Preparation | None, found: dict[str, Any]
) -> list[Leg]:
    """Prepare, be observed, look back first, read all voices, promise, try. No query.

    `found` is what `talk` knows of a held session, empty before that.
    """
    follow_up: FollowUp | None = found.get("follow_up")
    reflected, is_open = bool(found.get("reflection")), bool(found.get("is_open"))
    return _marked(
        [
            _preparation_leg(session, preparation),
            _observation_leg(session),
            _reflection_leg(session, found),
            Leg(
                "C",
                _("Baca semua suara"),
                _("Lembar pengamat dan umpan balik, menurut indikator"),
                url=_url("all-feedback", session) if is_open and found.get("has_voices") else "",
                is_done=follow_up is not None,
            ),
            _promise_leg(session, follow_up, may=reflected),
            _effort_leg(session, follow_up),
        ],
        missed=0 if session.was_held and not preparation else None,
    )


def path_of_colleague(
    session: ModelSession,
    preparation: Preparation | None,
    sheet: Observation | None,
    found: dict[str, Any],
    *,
    observes: bool,
) -> list[Leg]:
    """Read what she asks for, observe, feed back, and see what came of it. No query."""
    legs = []
    follow_up: FollowUp | None = found.get("follow_up")
    if preparation and observes:
        legs.append(
            Leg(
                "A",
                _("Persiapan guru model"),
                Truncator(preparation.request or preparation.target).words(12),
                url=_url("prepare", session),
                is_done=sheet is not None,
            )
        )
    if observes or sheet:
        legs.append(_sheet_leg(session, sheet))
    if found.get("own") or found.get("may_give") or (legs and session.is_planned):
        legs.append(_feedback_leg(session, found.get("own"), may=bool(found.get("may_give"))))
    if follow_up:
        legs.append(_effort_leg(session, follow_up))
    return _marked(legs)


def _marked(legs: Iterable[Leg], missed: int | None = None) -> list[Leg]:
    """Mark the first leg that is not done, but for one that can no longer be."""
    path = list(legs)
    for place, leg in enumerate(path):
        if not leg.is_done and place != missed:
            path[place] = replace(leg, is_now=True)
            break
    return path


def _preparation_leg(session: ModelSession, preparation: Preparation | None) -> Leg:
    title, url = _("Persiapan"), _url("prepare", session)
    if preparation:
        return Leg("A", title, Truncator(preparation.target).words(12), url=url, is_done=True)
    if session.is_planned:
        return Leg("A", title, _("Sasaran, yang disiapkan, yang diminta diamati"), url=url)
    return Leg("A", title, _("Tidak ditulis"))


def _observation_leg(session: ModelSession) -> Leg:
    count = session.sheets_submitted
    if not session.was_held:
        return Leg("B", _("Diamati rekan"), moment(session.starts_at))
    words = ngettext("%(count)s lembar masuk", "%(count)s lembar masuk", count) % {"count": count}
    url = _url("results", session) if count else ""
    return Leg("B", _("Diamati rekan"), words, url=url, is_done=True)


def _reflection_leg(session: ModelSession, found: dict[str, Any]) -> Leg:
    if not session.was_held:
        return Leg("C", _("Refleksi saya lebih dulu"))
    url = _url("reflect", session)
    if reflection := found.get("reflection"):
        written = _("Ditulis %(at)s") % {"at": moment(reflection.written_at)}
        return Leg("C", _("Refleksi saya"), written, url=url, is_done=True)
    count = found.get("waiting", 0)
    waits = ngettext(
        "%(count)s umpan balik menunggu; terbuka setelah refleksi tersimpan.",
        "%(count)s umpan balik menunggu; terbuka setelah refleksi tersimpan.",
        count,
    ) % {"count": count}
    by = "" if found.get("is_open") else due(session.opens_at)
    return Leg("C", _("Tulis refleksi"), waits if count else "", due=by, url=url)


def _promise_leg(session: ModelSession, follow_up: FollowUp | None, *, may: bool) -> Leg:
    if follow_up:
        words = Truncator(follow_up.commitment).words(12)
        return Leg("C", words, _("Tindak lanjut"), url=_url("promise", session), is_done=True)
    title = _("Pilih satu tindak lanjut")
    url = _url("promise", session) if may else ""
    return Leg("C", title, _("Satu hal yang akan saya coba"), url=url)


def _effort_leg(session: ModelSession, follow_up: FollowUp | None) -> Leg:
    """Parts D and E: what was tried and what came of it; for others, how far the promise is."""
    title = _("Upaya dan hasilnya")
    if follow_up is None:
        return Leg("D", title)
    url = _url("promise", session)
    if follow_up.is_open:
        words = Truncator(follow_up.commitment).words(12)
        return Leg("D", title, words, due=due(follow_up.due_on), url=url)
    state = _("Tindak lanjut: %(state)s") % {"state": follow_up.get_state_display()}
    return Leg("E", Truncator(follow_up.commitment).words(12), state, url=url, is_done=True)


def _sheet_leg(session: ModelSession, sheet: Observation | None) -> Leg:
    title = _("Lembar observasi")
    if sheet and sheet.submitted_at:
        sent = _("Terkirim %(at)s") % {"at": due(sheet.submitted_at)}
        return Leg("B", title, sent, url=sheet.get_absolute_url(), is_done=True)
    words = _("Draf, hanya Bapak/Ibu yang membacanya") if sheet else moment(session.starts_at)
    return Leg("B", title, words, url=_url("observe", session))


def _feedback_leg(session: ModelSession, own: Feedback | None, *, may: bool) -> Leg:
    to = _("Untuk %(teacher)s") % {"teacher": session.teacher}
    if own and own.given_at:
        words = _("Terkirim %(at)s") % {"at": moment(own.given_at)}
        if own.thanked_at:
            words = _("Guru model berterima kasih")
        url = own.get_absolute_url()
        return Leg("C", _("Umpan balik saya"), words, url=url, is_done=True)
    if own:
        return Leg("C", _("Lanjutkan draf umpan balik"), to, url=_url("give-feedback", session))
    return Leg("C", _("Beri umpan balik"), to, url=_url("give-feedback", session) if may else "")


def _url(name: str, session: ModelSession) -> str:
    return reverse(name, args=[session.pk])
