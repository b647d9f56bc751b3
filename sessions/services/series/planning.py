"""Sessions that recur are planned together."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.models import User
from activity.services import changing, record
from groups.models import Group
from sessions import recurrence, rules
from sessions.events import SeriesPlanned
from sessions.models import Series
from sessions.recurrence import Rule
from sessions.services import drafts
from sessions.services.series.occurrences import check_conflicts, make, occurrence
from sessions.services.series.schedules import as_words, chosen_moments
from sessions.services.submissions import made_before


def plan_series(
    group: Group,
    *,
    by: User,
    rule: Rule,
    submission: UUID,
    skip: Collection[date] = (),
    despite: Collection[str] = frozenset(),
    **plan: Any,
) -> Series:
    """Plan every session of the rule but those on the days of `skip`, and invite people once.

    Takes what `plan_session` takes; times are those of the first session, whose day is the first
    that fits the rule. A lesson plan is not taken: it belongs to one lesson. The same `submission`
    twice plans one series. People who are busy on one of the days refuse the whole.
    """
    with changing(group):
        rules.may_plan_session.require(by, group)
        own = {"group_id": group.pk, "made_by_id": by.pk}
        if made := made_before(Series.objects.all(), submission, **own):
            return made
        zone = ZoneInfo(by.time_zone)
        moments, made_at = chosen_moments(rule, plan["starts_at"], zone, skip)
        length = plan["ends_at"] - plan["starts_at"]
        times = {"starts_at": made_at[0], "ends_at": made_at[0] + length}
        draft = drafts.draft_session(group, planner=by, **(plan | times))
        series = Series(
            group=group,
            rule=recurrence.to_text(rule, zone),
            starts_at=moments[0],
            time_zone=zone.key,
            skipped=as_words(set(moments) - set(made_at)),
            made_by=by,
            submission=submission,
        )
        sessions = [occurrence(draft.session, series, at, length) for at in made_at]
        check_conflicts(sessions, draft.named, by=by, despite=despite)
        series.save()
        make(sessions, draft.items, draft.parts)
        record(SeriesPlanned(series_id=series.pk), by=by)
    return series
