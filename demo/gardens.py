"""Two school gardens: one in Seko, one near the garden lesson of MGMP IPA."""

from __future__ import annotations

from demo.acts import key
from demo.cast import Cast
from demo.clock import Calendar
from demo.story import gardens as story
from demo.story.others import SEKO_LESSON
from demo.story.running import GARDEN_LESSON
from kesraku import services as kesraku
from kesraku.models import Crop
from sessions.models import ModelSession


def play(cast: Cast, calendar: Calendar) -> None:
    """Plant, harvest, and link a lesson to each garden."""
    tenders = (cast.science[14], cast.seko[3])
    lessons = (GARDEN_LESSON, SEKO_LESSON)
    for told, tender, lesson in zip(story.GARDENS, tenders, lessons, strict=True):
        first = max(days for days, _grams in told.harvests)
        with calendar.on(-first - 30, 10):
            school = cast.get(tender).school
            garden = kesraku.start_garden(
                by=cast.get(tender),
                submission=key(told.name),
                name=f"{told.name} {school}",
                crop=Crop.objects.get(name=told.crop),
                planted_on=calendar.day(-first - 30),
                families=told.families,
                story=told.story,
            )
        for days, grams in told.harvests:
            with calendar.on(-days, 16):
                kesraku.record_harvest(
                    garden,
                    by=cast.get(tender),
                    on=calendar.day(-days),
                    grams=grams,
                    submission=key(f"{told.name} {days}"),
                )
        with calendar.on(-1, 17):
            session = ModelSession.objects.get(title=lesson.title)
            kesraku.link_garden(session, garden, by=cast.get(tender))
