import pytest
from django.core.management import call_command

from accounts.models import User
from demo.cast import SIGN_INS
from demo.district import load
from demo.people import invent
from groups.models import Cycle, Group, JoinRequest, Stage
from kesraku.models import Garden
from observations.models import Observation
from reinforcement.models import Feedback, FollowUp, Reflection
from schools.models import District, School
from sessions.models import ModelSession, Participation, Series
from thinkpair.models import Card, Thread
from thinkpair.queries.arranging import proposals_of


def test_the_same_people_are_invented_each_time():
    people = invent(60)

    assert people == invent(60)
    assert len({person.name for person in people}) == 60
    assert people != invent(60, seed=1)


@pytest.mark.django_db
def test_demo_district_has_a_finished_cycle_a_running_one_and_something_to_do_for_each():
    call_command("load_reference_data", verbosity=0)

    assert load() is True

    assert District.objects.filter(regency="73.22").count() == 15
    assert School.objects.count() == 351
    assert Group.objects.count() == 3
    assert User.objects.filter(is_guest=False).count() == 61
    assert [guest.institution for guest in User.objects.filter(is_guest=True)] == [
        "Balai Guru Penggerak Sulawesi Selatan"
    ]
    assert Garden.objects.count() == 2
    assert JoinRequest.objects.waiting().count() == 1
    finished = Cycle.objects.get(group__code="MGMP-IPA", number=1)
    assert finished.closed_at is not None
    assert all(finished.counts.values())
    running = Cycle.objects.get(group__code="MGMP-IPA", number=2)
    assert (running.closed_at, running.stage) == (None, Stage.THINK_AND_PAIRS)
    assert set(Cycle.objects.values_list("group__code", flat=True)) == {
        "MGMP-IPA", "MGMP-MTK", "KKG-SEKO",
    }  # fmt: skip
    assert Observation.objects.submitted().count() == 5
    assert Feedback.objects.given().count() == 5
    assert (Reflection.objects.count(), FollowUp.objects.open().count()) == (1, 1)
    assert set(Thread.objects.values_list("phase", flat=True)) == set(Thread.Phase)
    assert proposals_of(Thread.objects.get(phase="arrange"))
    sharing = Card.objects.on_wall().filter(pair__thread__phase="share")
    assert sorted(card.vote_count for card in sharing) == [0, 1, 3]
    assert set(ModelSession.objects.values_list("status", flat=True)) == {"planned", "held"}
    assert set(ModelSession.objects.values_list("kind", flat=True)) >= {
        "lesson", "visit", "workshop", "sharing", "reflection",
    }  # fmt: skip
    assert Series.objects.get().sessions.filter(deviates=True).count() == 1
    going_on = ModelSession.objects.get(kind="reflection")
    assert going_on.clock_started_at is not None
    assert going_on.questions.count() == 2
    assert Participation.objects.filter(queue_number__isnull=False).exists()
    assert Participation.objects.filter(lesson_hours__gt=0).exists()
    assert load() is False


@pytest.mark.django_db
def test_demo_says_who_can_sign_in(client, capsys):
    call_command("load_reference_data", verbosity=0)

    call_command("load_demo")

    said = capsys.readouterr().out
    assert all(username in said for username in SIGN_INS)
    assert client.login(username="ketua", password="belajar-bersama")
