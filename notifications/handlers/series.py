"""M: what is told of a series: one notice for each person, however many sessions there are."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from activity.events import on
from notifications.handlers.audience import everyone_in_any
from notifications.models import Notice
from notifications.services import tell
from notifications.words import lower_first, moment
from sessions.events import SeriesCancelled, SeriesChanged, SeriesPlanned
from sessions.kinds import noun_of
from sessions.models import ModelSession, Participation, Series


@on(SeriesPlanned)
def invite_to_series(event: SeriesPlanned) -> None:
    """One notice for each person, however many sessions there are."""
    series = Series.objects.get(pk=event.series_id)
    first = _next_in(series)
    if first is None:
        return
    if first.teacher and first.teacher_id != event.actor_id:
        teaches = gettext_lazy("Bapak/Ibu menjadi guru model: %(series)s.")
        _tell_of_series([first.teacher], Notice.Kind.INVITED, teaches, first)
    parts = first.participations.exclude(user=event.actor_id).select_related("user")
    if first.leader and first.leader_id not in {event.actor_id, first.teacher_id}:
        leads = gettext_lazy("Bapak/Ibu memimpin %(kind)s: %(series)s.")
        _tell_of_series([first.leader], Notice.Kind.INVITED, leads, first)
        parts = parts.exclude(user=first.leader)
    for role in Participation.Role:
        people = [part.user for part in parts if part.role == role]
        words = gettext_lazy("Undangan sebagai %(role)s: %(series)s.")
        if not first.is_lesson and role == Participation.Role.PARTICIPANT:
            words = gettext_lazy("Undangan %(kind)s: %(series)s.")
        _tell_of_series(people, Notice.Kind.INVITED, words, first, role=role.label)


@on(SeriesChanged)
def tell_of_changed_series(event: SeriesChanged) -> None:
    series = Series.objects.get(pk=event.series_id)
    first = _next_in(series)
    if not event.is_told:
        return
    if first is None:
        # Its new rule has a place for cancelled sessions alone.
        _tell_of_cancelled(series, event.cancelled_ids, but=event.actor_id)
        return
    words = gettext_lazy("Rangkaian berubah: %(series)s.")
    if event.moved:
        words = gettext_lazy("Rangkaian pindah waktu: %(series)s. Mohon dijawab lagi.")
    people = everyone_in_any([*event.session_ids, *event.cancelled_ids], but=event.actor_id)
    _tell_of_series(people, Notice.Kind.CHANGED, words, first)


@on(SeriesCancelled)
def tell_of_cancelled_series(event: SeriesCancelled) -> None:
    series = Series.objects.get(pk=event.series_id)
    _tell_of_cancelled(series, event.session_ids, but=event.actor_id)


def _tell_of_cancelled(series: Series, sessions: list[int], *, but: int | None) -> None:
    first = ModelSession.objects.filter(pk__in=sessions).order_by("starts_at").first()
    if first is None:
        return
    count = len(sessions)

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

    people = everyone_in_any(sessions, but=but)
    tell(people, Notice.Kind.CHANGED, words, url=series.get_absolute_url(), series=series)


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
