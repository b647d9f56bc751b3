"""One page about a teacher's growth, for her to hand to whom she likes, e.g. her principal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from documents.typesetting import typeset
from reinforcement.growth import Course, Growth, scales_of

# What fits on one page with room for the longest words.
MOST_INDICATORS = 3
MOST_LESSONS = 6
MOST_FOLLOW_UPS = 5
LONGEST = 160


def growth_paper(growth: Growth, *, hours: int, now: datetime) -> bytes:
    """Return the page as PDF in the active language: the newest indicators, lessons and promises.

    `hours` are her JP of this year. It names no observer and quotes no feedback.
    """
    today = timezone.localdate(now)
    shown = list(growth.indicators.items())[:MOST_INDICATORS]
    school = growth.teacher.school
    lede = [str(school)] if school else []
    return typeset(
        "growth",
        {
            "lang": get_language(),
            "title": _("Pertumbuhan %(teacher)s") % {"teacher": growth.teacher},
            "author": str(growth.teacher),
            "lede": ", ".join([*lede, date_format(today, "j F Y")]),
            "indicators": [
                {
                    "name": indicator.name,
                    "scales": [[word.label for word in words] for words in scales_of(courses)],
                    "items": [_item(course) for course in courses],
                }
                for indicator, courses in shown
            ],
            "follow_ups_heading": _("Jejak tindak lanjut"),
            "follow_ups": [
                {
                    "what": _short(one.commitment),
                    "when": date_format(timezone.localdate(one.promised_at), "j F Y"),
                    "state": one.get_state_display().lower(),
                    "result": _short(one.result),
                }
                for one in growth.follow_ups[:MOST_FOLLOW_UPS]
            ],
            "numbers_heading": _("Yang sudah dijalani"),
            "numbers": [
                ngettext(
                    "%(count)s pelajaran yang diamati",
                    "%(count)s pelajaran yang diamati",
                    growth.lessons,
                )
                % {"count": growth.lessons},
                _("%(hours)s JP tahun %(year)s") % {"hours": hours, "year": today.year},
            ],
            "note": _(
                "Dibuat oleh pemiliknya di Smart MGMP. Kata-kata skala adalah bahan belajar, "
                "bukan nilai; hanya instrumen yang sama yang dibandingkan."
            ),
        },
    )


def _item(course: Course) -> dict[str, Any]:
    places = {word.pk: place for place, word in enumerate(course.words)}
    seen = [
        {
            "when": date_format(timezone.localtime(one.session.starts_at), "M Y"),
            "place": places[one.word.pk],
            "word": one.word.label,
        }
        for one in course.sightings[-MOST_LESSONS:]
    ]
    words = _(", lalu ").join(str(one["word"]).lower() for one in seen)
    return {
        "text": _short(course.item.text),
        "words": len(course.words),
        "seen": seen,
        "spoken": _("%(title)s: %(words)s") % {"title": course.item.text, "words": words},
    }


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(LONGEST)
