"""What observers saw side by side, and how far they agree."""

from datetime import timedelta

import pytest
from django.utils import timezone

from groups.roles import Role
from observations import rules
from observations.results import results_of
from observations.services import save_observation, start_observation, submit_observation
from sessions.models import ModelSession
from sessions.services import open_early
from tests import make

pytestmark = pytest.mark.django_db


def observed(*words: list[int]) -> ModelSession:
    """A held session whose observers chose these words, by place, on the items with a scale."""
    group = make.group()
    observers = [make.member(group) for _ in words]
    session = make.session(of=group, observers=observers, held=True)
    for observer, chosen in zip(observers, words, strict=True):
        sheet = make.observation(of=session, observer=observer)
        scaled = [item for item in make.items(sheet) if item.scale]
        answers = {
            item.pk: {
                "point": item.scale.points.get(position=place).pk,
                "evidence": f"Bukti dari {observer.name}.",
            }
            for item, place in zip(scaled, chosen, strict=True)
        }
        save_observation(sheet, by=observer, answers=answers)
        submit_observation(sheet, by=observer)
    return session


def read_by_teacher(session: ModelSession):
    open_early(session, timezone.now())
    [sheets] = results_of(session, session.teacher)
    return sheets


def test_each_item_shows_what_every_observer_saw_with_evidence_and_minutes():
    session = observed([1, 2, 3], [1, 3, 3])
    sheet = session.observations.latest("pk")
    tied = make.items(sheet)[0]
    sheet.notes.update(item=tied, minute=12)

    first, second, third, *questions = read_by_teacher(session).lines

    chosen = [[one.answer.point.position for one in line.seen] for line in (first, second, third)]
    assert chosen == [[1, 1], [2, 3], [3, 3]]
    assert [line.differs for line in (first, second, third)] == [False, True, False]
    assert [one.answer.evidence for one in second.seen] == [
        f"Bukti dari {one.observation.observer.name}." for one in second.seen
    ]
    assert [[note.minute for note in one.notes] for one in first.seen] == [[], [12]]
    assert [line.differs for line in questions] == [False, False, False]


def test_where_observers_differ_is_a_talking_point():
    sheets = read_by_teacher(observed([1, 2, 3], [1, 3, 1]))

    assert [line.item.position for line in sheets.talking_points] == [2, 3]


@pytest.mark.parametrize(
    ("words", "percent", "alpha"),
    [
        # Krippendorff (2011), ordinal data: one minus observed over expected disagreement.
        (([1, 2, 3], [1, 2, 3]), 100, 1.0),
        (([1, 1, 3], [1, 3, 3]), 67, 0.444),
        (([1, 3, 1], [3, 1, 3]), 0, -0.667),
        (([2, 2, 2], [2, 2, 2]), 100, None),
    ],
)
def test_agreement_of_two_observers(words, percent, alpha):
    [found] = read_by_teacher(observed(*words)).agreement()

    assert (found.observers, found.items, found.percent) == (2, 3, percent)
    assert found.alpha == (alpha and pytest.approx(alpha, abs=0.001))


def test_one_observer_agrees_with_nobody():
    assert read_by_teacher(observed([1, 2, 3])).agreement() == []


def test_sheets_of_two_instruments_never_mix():
    session = observed([1, 2, 3])
    other = make.member(session.group)
    session.participations.create(user=other, role="observer")
    sheet = start_observation(session, by=other)
    copy = sheet.instrument
    copy.pk, copy.code, copy.is_default = None, "lain", False
    copy.save()
    sheet.instrument = copy
    sheet.save()
    submit_observation(sheet, by=other)
    open_early(session, timezone.now())

    found = results_of(session, session.teacher)

    assert [len(sheets.observations) for sheets in found] == [1, 1]


def test_results_are_read_as_the_sheets_are():
    session = observed([1, 2, 3], [2, 2, 2])
    first, second = (sheet.observer for sheet in session.observations.order_by("pk"))
    late = make.member(session.group)
    session.participations.create(user=late, role="observer")
    people = [
        *(session.teacher, first, second, late, make.member(session.group)),
        *(make.chair(session.group), make.principal(session.teacher.school), make.officer()),
    ]

    before = [len(results_of(session, person)) for person in people]
    ModelSession.objects.filter(pk=session.pk).update(
        opens_at=timezone.now() - timedelta(minutes=1)
    )
    after = [len(results_of(session, person)) for person in people]

    assert before == [0, 1, 1, 0, 0, 0, 0, 0]
    assert after == [1, 1, 1, 0, 0, 0, 0, 0]


def test_agreement_is_for_who_guides_observers():
    session = make.session(held=True)
    guides = [
        make.member(session.group, Role.CORE_TEACHER),
        make.member(session.group, Role.INSTRUCTOR),
        make.supervisor(session.teacher.school),
    ]
    others = [
        *(session.teacher, make.member(session.group), make.chair(session.group)),
        *(make.supervisor(make.school()), make.officer()),
    ]

    assert [bool(rules.may_read_agreement(one, session)) for one in guides] == [True] * 3
    assert [bool(rules.may_read_agreement(one, session)) for one in others] == [False] * 5


@pytest.mark.parametrize("count", [1, 3])
def test_results_cost_the_same_however_many_observe(count, django_assert_num_queries):
    session = observed(*[[1, 2, 3]] * count)
    open_early(session, timezone.now())

    with django_assert_num_queries(8):
        [sheets] = results_of(session, session.teacher)
        agreement = sheets.agreement()

    assert (len(sheets.observations), len(agreement)) == (count, min(count - 1, 1))
