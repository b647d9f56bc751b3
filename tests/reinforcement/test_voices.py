"""What all voices say about a lesson, by indicator, for whom and from when."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from groups.roles import Role
from observations.models import Indicator
from reinforcement import services
from reinforcement.voices import About, voices_on
from sessions.models import ModelSession
from tests import make

pytestmark = pytest.mark.django_db
WORDS = {
    "appreciation": "Meja 11 bicara lebih dulu.",
    "seen": "Empat murid menjawab berbeda.",
    "suggestion": "Beri nomor pada kartu peran.",
}


def heard(session: ModelSession, reader: User) -> list[About]:
    return voices_on(session, User.objects.get(pk=reader.pk))


def test_sheets_and_feedback_are_merged_by_indicator_and_the_whole_lesson_is_last():
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], held=True)
    whole = make.feedback(on=session)
    sheet = make.observation(of=session, observer=observer, submitted=True)
    focused = services.give_feedback(session, by=observer, **WORDS)
    other = Indicator.objects.filter(aspect=sheet.indicator.aspect).exclude(pk=sheet.indicator_id)
    guide = make.member(group, Role.INSTRUCTOR)
    elsewhere = services.give_feedback(session, by=guide, indicator=other.latest("pk"), **WORDS)
    make.reflection(on=session)

    parts = heard(session, session.model_teacher)

    by_indicator = {part.indicator: part for part in parts}
    assert by_indicator[sheet.indicator].feedback == [focused]
    assert by_indicator[other.latest("pk")].feedback == [elsewhere]
    assert by_indicator[None].feedback == [whole]
    assert parts[-1].indicator is None
    texts = {line.item.text for part in parts for line in part.lines}
    assert texts == {item.text for item in make.items(sheet)}
    for part in parts:
        assert all(line.item.indicator == part.indicator for line in part.lines)


# Of one sheet and two feedbacks, of an observer and of a pengawas: how many sheets and feedbacks
# each reads before the reflection, two days later, and after the reflection.
NOTHING = (0, 0)


@pytest.mark.parametrize(
    ("who", "waiting", "two_days_on", "reflected"),
    [
        ("guru model", NOTHING, (1, 2), (1, 2)),
        ("observer", (1, 1), (1, 1), (1, 1)),
        ("observer with a sheet", (1, 0), (1, 0), (1, 0)),
        ("observer with a draft", NOTHING, NOTHING, NOTHING),
        ("pengawas", (0, 1), (0, 1), (0, 1)),
        ("shared with", NOTHING, (0, 1), (0, 1)),
        ("coordinator", NOTHING, NOTHING, NOTHING),
        ("guru inti", NOTHING, NOTHING, NOTHING),
        ("member", NOTHING, NOTHING, NOTHING),
        ("kepala sekolah", NOTHING, NOTHING, NOTHING),
        ("Dinas", NOTHING, NOTHING, NOTHING),
        ("stranger", NOTHING, NOTHING, NOTHING),
    ],
)
def test_each_hears_what_the_rules_open(who, waiting, two_days_on, reflected):
    group = make.group()
    observer, second, third = (make.member(group) for _ in range(3))
    session = make.session(of=group, observers=[observer, second, third], held=True)
    make.observation(of=session, observer=observer, submitted=True)
    teacher, school = session.model_teacher, session.model_teacher.school
    pengawas = make.supervisor(school)
    services.give_feedback(session, by=observer, **WORDS)
    feedback = services.give_feedback(session, by=pengawas, **WORDS)
    people = {
        "guru model": teacher,
        "observer": observer,
        "observer with a sheet": second,
        "observer with a draft": third,
        "pengawas": pengawas,
        "shared with": make.member(group),
        "coordinator": make.chair(group),
        "guru inti": make.member(group, Role.CORE_TEACHER),
        "member": make.member(group),
        "kepala sekolah": make.principal(school),
        "Dinas": make.officer(),
        "stranger": make.person(),
    }
    if who == "observer with a sheet":
        make.observation(of=session, observer=second, submitted=True)
    if who == "observer with a draft":
        make.observation(of=session, observer=third)

    def counted() -> tuple[int, int]:
        parts = heard(session, people[who])
        sheets = {one.observation for part in parts for line in part.lines for one in line.seen} - {
            None
        }
        others = {sheet.pk for sheet in sheets if sheet.observer not in {second, third}}
        return len(others), sum(len(part.feedback) for part in parts)

    assert counted() == waiting
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        if who == "shared with":
            services.share_feedback(feedback, by=teacher, reader=people[who])
        assert counted() == two_days_on
    make.reflection(on=session)
    assert counted() == reflected
    assert sum(len(part.feedback) for part in heard(session, teacher)) == 2


def test_drafts_are_heard_by_nobody():
    session = make.session(held=True)
    draft = make.feedback(on=session, given=False)
    make.reflection(on=session)

    assert heard(session, draft.author) == heard(session, session.model_teacher) == []


@pytest.mark.parametrize("count", [1, 3])
def test_voices_cost_the_same_however_many_there_are(django_assert_max_num_queries, count):
    group = make.group()
    observers = [make.member(group) for _ in range(count)]
    session = make.session(of=group, observers=observers, held=True)
    for observer in observers:
        make.observation(of=session, observer=observer, submitted=True)
        services.give_feedback(session, by=observer, **WORDS)
    make.reflection(on=session)
    teacher = User.objects.get(pk=session.model_teacher.pk)

    with django_assert_max_num_queries(11):
        parts = voices_on(session, teacher)

    assert sum(len(part.feedback) for part in parts) == count
