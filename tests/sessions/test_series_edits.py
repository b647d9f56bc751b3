"""Whatever is done to a series, in whatever order, its rule and its sessions say the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.models import Group
from sessions import recurrence, services
from sessions.conflicts import EVERYTHING
from sessions.models import ModelSession, Series
from sessions.recurrence import MonthlyByDay, MonthlyByWeekday, Rule, Weekly
from sessions.services.drafts import plan_fields
from tests import make

type Edit = tuple[int, tuple[str, str, Any]]

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")
HOURS = timedelta(hours=1)
OF_ITS_OWN = {"starts_at", "ends_at", "planned_by", "id"}

WEEKDAYS = st.sets(st.integers(0, 6), min_size=1, max_size=2)
PATTERNS = st.one_of(
    WEEKDAYS.map(lambda days: Weekly(tuple(sorted(days)))),
    st.builds(MonthlyByWeekday, st.sampled_from([1, 2, -1]), st.integers(0, 6)),
    st.builds(MonthlyByDay, st.sampled_from([1, 15, 28, -1])),
)
RULES = st.builds(Rule, PATTERNS, every=st.integers(1, 2), count=st.integers(1, 7))
SHIFTS = st.tuples(st.integers(-3, 9), st.integers(-3, 3)).map(
    lambda shift: timedelta(days=shift[0], hours=shift[1])
)
MANY = st.sampled_from(["following", "all"])
SCOPES = st.sampled_from(["one", "one", "following", "all"])
WORDS = st.text("abc", min_size=1, max_size=3)
CHANGE = [
    st.tuples(st.just("say"), SCOPES, WORDS),
    st.tuples(st.just("move"), SCOPES, SHIFTS),
    st.tuples(st.just("rule"), MANY, st.tuples(RULES, st.integers(0, 3))),
]
END = [
    st.tuples(st.just("cancel"), st.sampled_from(["one", "one", "following"]), st.none()),
    st.tuples(st.just("hold"), st.just("one"), st.none()),
]
EDITS = st.one_of(*CHANGE, *CHANGE, *END)
LAST = st.one_of(*CHANGE, st.tuples(st.just("cancel"), MANY, st.none()))
CHANGES: dict[str, Any] = {
    "one": services.change_session,
    "following": services.change_following,
    "all": services.change_all,
}
CANCELS: dict[str, Any] = {
    "one": services.cancel_session,
    "following": services.cancel_following,
    "all": services.cancel_all,
}


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.builds(Rule, PATTERNS, every=st.integers(1, 2), count=st.integers(4, 7)),
    st.integers(0, 2),
    st.lists(st.tuples(st.integers(0, 20), EDITS), min_size=2, max_size=7),
    st.tuples(st.integers(0, 20), LAST),
)
def test_rule_and_exceptions_are_always_the_sessions(
    rule: Rule, skipped: int, edits: list[Edit], last: Edit
):
    with undone():
        group = make.group()
        plan(group, rule, skipped)
        world = World(group)
        world.check()
        for index, (what, scope, how) in [*edits, last]:
            world.edit(index, what, scope, how)
            world.check()


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def plan(group: Group, rule: Rule, skipped: int) -> Series:
    """A series that began two weeks ago, without its first few sessions."""
    start = timezone.now().astimezone(WITA).replace(minute=17, second=0, microsecond=0)
    start -= timedelta(days=14)
    moments = recurrence.occurrences(rule, recurrence.first_of(rule, start, WITA), WITA)
    return services.plan_series(
        group,
        by=make.chair(group),
        rule=rule,
        submission=uuid4(),
        skip={moment.date() for moment in moments[: min(skipped, len(moments) - 1)]},
        kind="sharing",
        title="Berbagi",
        place="Aula",
        starts_at=start,
        ends_at=start + HOURS,
        despite=EVERYTHING,
    )


class World:
    """All series of a group, and what a naive model expects of them."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.revisions: dict[tuple[str, int], int] = {}
        self.held: dict[int, dict[str, Any]] = {}
        self.cancelled: dict[int, str] = {}
        self.count = ModelSession.objects.count()

    def edit(self, index: int, what: str, scope: str, how: Any) -> None:
        rows = list(ModelSession.objects.exclude(series=None).order_by("pk"))
        begun = [row for row in rows if row.is_planned and row.starts_at <= timezone.now()]
        coming = [row for row in rows if row.is_planned and row not in begun]
        # Most edits are of what can be edited, some are refused.
        among = (begun if what == "hold" else coming) if index % 5 else rows
        session = (among or rows)[index % len(among or rows)]
        exceptions = {
            row.pk: row for row in rows if row.deviates and row.is_planned and row != session
        }
        before, expected = self.state(), self.expected(session, what, scope, how)
        try:
            with transaction.atomic():
                self.act(session, what, scope, how)
        except (ValidationError, PermissionDenied):
            assert self.state() == before
            return
        self.count = expected
        if what in {"say", "move"}:
            for row in ModelSession.objects.filter(pk__in=exceptions):
                assert all(
                    getattr(row, name) == getattr(exceptions[row.pk], name)
                    for name in plan_fields()
                )

    def act(self, session: ModelSession, what: str, scope: str, how: Any) -> None:
        by = session.planned_by
        if what == "hold":
            services.hold_session(session, by=by)
        elif what == "cancel":
            CANCELS[scope](session, by=by, reason=f"Alasan {uuid4()}")
        elif what == "say":
            CHANGES[scope](session, by=by, title=how, despite=EVERYTHING)
        elif what == "move":
            start = session.starts_at + how
            times = {"starts_at": start, "ends_at": start + HOURS}
            CHANGES[scope](session, by=by, **times, despite=EVERYTHING)
        else:
            rule, skipped = how
            skip = {moment.date() for moment in self.coming(session, scope, rule)[:skipped]}
            CHANGES[scope](session, by=by, rule=rule, skip=skip, despite=EVERYTHING)

    def coming(self, session: ModelSession, scope: str, rule: Rule) -> list[datetime]:
        start = self.begins(session, scope)
        return recurrence.occurrences(rule, recurrence.first_of(rule, start, WITA), WITA)

    def begins(self, session: Any, scope: str) -> Any:
        if scope == "following":
            return session.occurs_at
        now = timezone.now()
        open_rows = [
            row.occurs_at
            for row in session.series.sessions.all()
            if row.is_planned and (row.starts_at > now or row == session)
        ]
        return min(open_rows, default=session.occurs_at)

    def expected(self, session: ModelSession, what: str, scope: str, how: Any) -> int:
        """How many sessions there are afterwards: none is ever lost, a rule may want more."""
        if what != "rule":
            return self.count
        rule, skipped = how
        wanted = len(self.coming(session, scope, rule)[skipped:])
        begins = self.begins(session, scope)
        there = session.series.sessions.filter(occurs_at__gte=begins).count()
        return self.count + max(wanted - there, 0)

    def state(self) -> list[Any]:
        sessions = ModelSession.objects.order_by("pk").values(
            *("pk", "series", "occurs_at", "starts_at", "title", "status", "revision", "deviates")
        )
        series = Series.objects.order_by("pk").values(
            "pk", "rule", "starts_at", "skipped", "revision"
        )
        return [*sessions, *series]

    def check(self) -> None:
        assert ModelSession.objects.count() == self.count
        for series in Series.objects.all():
            self.check_series(series)
            self.check_revision("series", series)
        for row in ModelSession.objects.all():
            self.check_revision("session", row)
            self.check_session(row)

    def check_series(self, series: Series) -> None:
        rows = list(series.sessions.order_by("occurs_at"))
        moments = [moment for moment in series.moments() if moment not in series.skipped_at]
        assert rows, "a series without sessions"
        assert series.moments()[0] == series.starts_at
        assert [row.occurs_at for row in rows] == moments
        regular = [row for row in rows if row.is_planned and not row.deviates]
        now = timezone.now()
        for row in regular:
            assert row.starts_at == row.occurs_at
            if row.starts_at > now:
                same = set(plan_fields()) - OF_ITS_OWN
                assert {name: getattr(row, name) for name in same} == {
                    name: getattr(regular[-1], name) for name in same
                }
                assert row.ends_at - row.starts_at == regular[-1].ends_at - regular[-1].starts_at

    def check_revision(self, kind: str, row: ModelSession | Series) -> None:
        assert row.revision >= self.revisions.get((kind, row.pk), 0)
        self.revisions[kind, row.pk] = row.revision

    def check_session(self, row: ModelSession) -> None:
        if row.series is None:
            assert row.is_cancelled or row.was_held or row.starts_at <= timezone.now()
        said = {name: getattr(row, name) for name in ("status", "held_at", *plan_fields())}
        if row.was_held:
            assert self.held.setdefault(row.pk, said) == said
        assert row.pk not in self.held or row.was_held
        if row.is_cancelled:
            assert self.cancelled.setdefault(row.pk, row.cancel_reason) == row.cancel_reason
        assert row.pk not in self.cancelled or row.is_cancelled
