import pytest

from accounts import rules
from accounts.models import Appointment, User
from tests import make

pytestmark = pytest.mark.django_db


def _gone() -> User:
    gone = make.person()
    gone.is_active = False
    gone.save()
    return gone


@pytest.mark.parametrize(
    ("who", "reads_colleague", "reads_newcomer", "reads_gone"),
    [
        ("teacher", True, False, False),
        ("supervisor", True, False, False),
        ("officer", True, False, False),
        ("newcomer", False, False, False),
    ],
)
def test_who_reads_people(who: str, reads_colleague: bool, reads_newcomer: bool, reads_gone: bool):
    colleague, newcomer, gone = make.person(), make.newcomer(), _gone()
    reader = {
        "teacher": make.person,
        "supervisor": lambda: make.supervisor(make.school()),
        "officer": make.officer,
        "newcomer": make.newcomer,
    }[who]()

    visible = User.objects.visible_to(reader)

    assert visible.contains(colleague) is reads_colleague
    assert visible.contains(newcomer) is reads_newcomer
    assert visible.contains(gone) is reads_gone
    assert visible.contains(reader)


@pytest.mark.parametrize(("who", "may"), [("self", True), ("colleague", False), ("officer", False)])
def test_who_edits_a_profile(who: str, may: bool):
    person = make.person()
    asker = {"self": lambda: person, "colleague": make.person, "officer": make.officer}[who]()

    assert bool(rules.may_edit_profile(asker, person)) is may


def test_duties_hold_from_their_first_to_their_last_day(time_machine):
    school = make.school()
    supervisor = make.person()
    Appointment.objects.create(
        user=supervisor,
        duty="supervisor",
        school=school,
        starts_on="2026-11-10",
        ends_on="2026-11-20",
    )

    held = []
    for day in ("2026-11-09", "2026-11-10", "2026-11-20", "2026-11-21"):
        time_machine.move_to(f"{day}T12:00:00+08:00", tick=False)
        held.append(rules.supervised_schools(User.objects.get(pk=supervisor.pk)))

    assert held == [frozenset(), {school.pk}, {school.pk}, frozenset()]


def test_duties_are_told_apart():
    school = make.school()

    assert rules.led_schools(make.principal(school)) == {school.pk}
    assert rules.led_schools(make.supervisor(school)) == frozenset()
    assert rules.is_district_officer(make.officer())
    assert not rules.is_district_officer(make.supervisor(school))
