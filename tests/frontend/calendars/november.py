"""November 2026 in WITA, and what is on then."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import Client
from django.urls import reverse

from groups.models import Group
from sessions.models import ModelSession
from tests import make

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 24, 9, tzinfo=WITA)


def at(group: Group, *when: int, title: str = "Berbagi", hours: float = 2, **facts) -> ModelSession:
    """A meeting that begins then, in WITA."""
    start = datetime(*when, tzinfo=WITA)
    return ModelSession.objects.create(
        group=group,
        kind=facts.pop("kind", "sharing"),
        title=title,
        place="Aula",
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
        planned_by=make.chair(group),
        **facts,
    )


def main(response) -> str:
    page = response.text
    return page[page.index("<main") :]


def page(client: Client, **asked: object) -> str:
    return main(client.get(reverse("calendar"), asked))
