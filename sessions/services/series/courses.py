"""A series as it is, with its sessions locked, and the change that is asked of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from sessions.models import ModelSession, Series
from sessions.plans import Point
from sessions.recurrence import Rule


@dataclass
class Change:
    """What is asked for."""

    plan: dict[str, Any]
    rule: Rule | None
    skip: Collection[date] | None
    agenda: Sequence[Point] | None
    despite: Collection[str]


@dataclass
class Course:
    """A series as it is, its rows locked, and the session from whose page it is changed."""

    series: Series
    rows: list[ModelSession]
    chosen: ModelSession
    now: datetime

    @classmethod
    def read(cls, series: Series, session: ModelSession) -> Course:
        locked = ModelSession.objects.select_for_update().filter(
            Q(series=series) | Q(pk=session.pk)
        )
        rows = list(locked.order_by("pk"))
        chosen = next(row for row in rows if row.pk == session.pk)
        for row in rows:
            row.group = series.group
        rows = [row for row in rows if row.series_id == series.pk]
        for row in rows:
            row.series = series
        rows.sort(key=lambda row: row.occurs_at or row.starts_at)
        return cls(series, rows, chosen, timezone.now())

    def is_open(self, row: ModelSession) -> bool:
        """Whether a change or the cancelling of many reaches that session."""
        return row.is_planned and (row.starts_at > self.now or row is self.chosen)

    def takes(self, row: ModelSession) -> bool:
        """Whether a change of many is written into that session: exceptions are kept."""
        return self.is_open(row) and (not row.deviates or row is self.chosen)


def occurs(row: ModelSession) -> datetime:
    """When the rule of its series has this session, whenever it really is."""
    if row.occurs_at is None:
        raise TypeError("A session of a series has its place in the rule.")
    return row.occurs_at
