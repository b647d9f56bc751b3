"""In a meeting the page of a discussion counts down and moves on by itself."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make
from thinkpair import services
from thinkpair.models import Thread

pytestmark = pytest.mark.django_db
MINUTES = {"think_minutes": 3, "pair_minutes": 7, "share_minutes": 10}


@pytest.fixture
def meeting() -> Thread:
    group = make.group()
    return make.thread(of=group, thinkers=[make.member(group), make.member(group)], **MINUTES)


def test_the_page_counts_down_only_in_a_meeting(client: Client, meeting: Thread):
    over_days = make.thread(of=meeting.group)
    client.force_login(meeting.thoughts.earliest("pk").author)

    page = client.get(meeting.get_absolute_url()).text
    other = client.get(over_days.get_absolute_url()).text

    assert f'url="/threads/{meeting.pk}/clock/"' in page
    assert 'phase="think"' in page
    assert re.search(r"<b\s+data-left\s*>(3:00|2:\d\d)</b>", page)
    assert "mg-phase-clock" not in other


def test_the_clock_follows_added_time_and_each_phase_into_the_room(client: Client, meeting: Thread):
    chair, url = make.chair(meeting.group), reverse("thread-clock", args=[meeting.pk])
    client.force_login(meeting.thoughts.earliest("pk").author)
    first = client.get(url)

    services.add_time(meeting, by=chair)
    more = client.get(url).json()
    services.move_on(timezone.now() + timedelta(minutes=7))
    talking = client.get(url).json()
    room = client.get(meeting.pairs.get().get_absolute_url()).text
    services.begin_sharing(meeting, by=chair)
    services.close_thread(meeting, by=chair, conclusion="Beri waktu.")

    assert first["Cache-Control"] == "private, no-store"
    assert first.json()["phase"] == more["phase"] == "think"
    assert first.json()["left"] in range(170, 181)
    assert more["left"] in range(350, 361)
    assert talking["phase"] == "pair"
    assert talking["left"] in range(410, 421)
    assert 'phase="pair"' in room
    assert client.get(url).json() == {"phase": "closed", "left": None}


def test_what_is_over_is_never_less_than_nothing(client: Client, meeting: Thread):
    past = timezone.now() - timedelta(minutes=1)
    Thread.objects.filter(pk=meeting.pk).update(think_ends_at=past)
    client.force_login(meeting.thoughts.earliest("pk").author)

    assert client.get(reverse("thread-clock", args=[meeting.pk])).json()["left"] == 0
    assert 'left="0"' in client.get(meeting.get_absolute_url()).text


def test_the_clock_costs_three_queries(client: Client, meeting: Thread, django_assert_num_queries):
    client.force_login(meeting.thoughts.earliest("pk").author)
    url = reverse("thread-clock", args=[meeting.pk])

    with django_assert_num_queries(3):
        client.get(url)
