"""A teacher's growth: what was seen of her over time, and whom she lets read it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from groups.models import Group
from observations.models import Observation
from observations.services import save_observation, submit_observation
from reinforcement.growth import growth_of
from reinforcement.models import GrowthLink
from reinforcement.services import revoke_growth_link, share_growth
from sessions.models import ModelSession
from tests import make

pytestmark = pytest.mark.django_db


def lesson(of: Group, teacher: User, *words: list[int], days_ago: int = 0) -> ModelSession:
    """A lesson held so long ago, open to its teacher, with one sheet for each list of words."""
    observers = [make.member(of) for _ in words]
    session = make.session(of=of, teacher=teacher, observers=observers, held=True)
    for observer, chosen in zip(observers, words, strict=True):
        _sheet(session, observer, chosen)
    past = timezone.now() - timedelta(days=days_ago)
    ModelSession.objects.filter(pk=session.pk).update(
        starts_at=past - timedelta(hours=2), ends_at=past - timedelta(hours=1), opens_at=past
    )
    session.refresh_from_db()
    return session


def _sheet(session: ModelSession, observer: User, chosen: list[int]) -> Observation:
    sheet = make.observation(of=session, observer=observer)
    scaled = [item for item in make.items(sheet) if item.scale]
    answers = {
        item.pk: {
            "point": item.scale.points.get(position=place).pk,
            "evidence": f"Meja {place} pada {item.code}.",
        }
        for item, place in zip(scaled, chosen, strict=True)
    }
    save_observation(sheet, by=observer, answers=answers)
    return submit_observation(sheet, by=observer)


def courses_of(teacher: User) -> list[list[int]]:
    """The places of the words of each item, oldest lesson first."""
    [courses] = growth_of(teacher, timezone.now()).indicators.values()
    return [[one.word.position for one in course.sightings] for course in courses]


def test_the_same_item_is_told_lesson_by_lesson_with_its_evidence():
    group = make.group()
    teacher = make.member(group)
    lesson(group, teacher, [1, 2, 3], days_ago=60)
    lesson(group, teacher, [2, 2, 3], days_ago=30)
    lesson(group, teacher, [3, 1, 3])

    found = growth_of(teacher, timezone.now())

    assert courses_of(teacher) == [[1, 2, 3], [2, 2, 1], [3, 3, 3]]
    assert found.lessons == 3
    [courses] = found.indicators.values()
    first = courses[0].item.code
    assert [one.answers[0].evidence for one in courses[0].sightings] == [
        f"Meja {place} pada {first}." for place in (1, 2, 3)
    ]


def test_word_is_that_of_most_and_the_earlier_of_two_as_frequent():
    group = make.group()
    teacher = make.member(group)
    lesson(group, teacher, [1, 3, 2], [3, 3, 3], [3, 1, 3], days_ago=30)
    lesson(group, teacher, [1, 2, 3], [2, 3, 3])

    [courses] = growth_of(teacher, timezone.now()).indicators.values()

    assert courses_of(teacher) == [[3, 1], [3, 2], [3, 3]]
    assert [one.is_shared for one in courses[2].sightings] == [False, True]
    assert [len(one.answers) for one in courses[0].sightings] == [3, 2]


def test_another_version_of_the_instrument_is_told_apart():
    group = make.group()
    teacher = make.member(group)
    old = lesson(group, teacher, [1, 1, 1], days_ago=30)
    new = lesson(group, teacher, [3, 3, 3])
    sheet = new.observations.get()
    indicator = sheet.answers.first().item.indicator
    again = type(indicator).objects.get(pk=indicator.pk)
    again.pk = None
    again.save()
    for answer in sheet.answers.select_related("item").filter(point__isnull=False):
        item = answer.item
        item.pk, item.indicator = None, again
        item.save()
        answer.item = item
        answer.save()

    found = growth_of(teacher, timezone.now())

    told = {
        indicator.pk: {one.session for course in courses for one in course.sightings}
        for indicator, courses in found.indicators.items()
    }
    assert told == {again.pk: {new}, indicator.pk: {old}}
    assert list(found.indicators) == [again, indicator]


def test_what_is_not_open_to_her_yet_is_not_told():
    group = make.group()
    teacher = make.member(group)
    session = lesson(group, teacher, [1, 2, 3])
    ModelSession.objects.filter(pk=session.pk).update(opens_at=timezone.now() + timedelta(hours=1))

    assert growth_of(teacher, timezone.now()).indicators == {}


def test_drafts_and_lessons_of_others_are_not_told():
    group = make.group()
    teacher, other = make.member(group), make.member(group)
    lesson(group, other, [1, 2, 3])
    draft = lesson(group, teacher, [1, 2, 3])
    draft.observations.update(submitted_at=None)

    assert growth_of(teacher, timezone.now()).indicators == {}


@pytest.mark.parametrize("count", [1, 4])
def test_growth_costs_the_same_however_long(count, django_assert_num_queries):
    group = make.group()
    teacher = make.member(group)
    for number in range(count):
        lesson(group, teacher, [1, 2, 3], days_ago=10 + number)

    with django_assert_num_queries(3):
        found = growth_of(teacher, timezone.now())
        words = [course.words for courses in found.indicators.values() for course in courses]

    assert [len(one) for one in words] == [3, 3, 3]


def test_a_link_is_made_and_revoked_by_her_alone():
    teacher, other = make.member(make.group()), make.member(make.group())
    last_day = timezone.localdate() + timedelta(days=7)

    link = share_growth(by=teacher, reader="Kepala sekolah", last_day=last_day)
    with pytest.raises(PermissionDenied):
        revoke_growth_link(link, by=other)
    was_open = GrowthLink.objects.get().is_open
    revoke_growth_link(link, by=teacher)

    assert (was_open, GrowthLink.objects.get().is_open) == (True, False)
    with pytest.raises(PermissionDenied):
        revoke_growth_link(link, by=teacher)


@pytest.mark.parametrize("days", [-1, 367])
def test_a_link_lasts_from_today_to_a_year(days):
    teacher = make.member(make.group())

    with pytest.raises(ValidationError):
        share_growth(
            by=teacher, reader="Kepsek", last_day=timezone.localdate() + timedelta(days=days)
        )

    assert not GrowthLink.objects.exists()


def test_twenty_links_are_enough():
    teacher = make.member(make.group())
    today = timezone.localdate()
    for number in range(20):
        link = share_growth(by=teacher, reader=f"Pembaca {number}", last_day=today)

    with pytest.raises(ValidationError):
        share_growth(by=teacher, reader="Satu lagi", last_day=today)
    revoke_growth_link(link, by=teacher)

    assert share_growth(by=teacher, reader="Satu lagi", last_day=today).is_open


def test_who_is_not_let_in_shares_nothing():
    newcomer = make.newcomer()

    with pytest.raises(PermissionDenied):
        share_growth(by=newcomer, reader="Kepsek", last_day=timezone.localdate())
