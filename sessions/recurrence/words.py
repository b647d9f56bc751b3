"""Rules in words, in the language of the reader."""

from __future__ import annotations

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions.recurrence.rule import LAST, MonthlyByDay, MonthlyByWeekday, Rule, Weekly

_NTH_WORDS: dict[int, Promise] = {
    1: gettext_lazy("%(weekday)s pertama"),
    2: gettext_lazy("%(weekday)s kedua"),
    3: gettext_lazy("%(weekday)s ketiga"),
    4: gettext_lazy("%(weekday)s keempat"),
    LAST: gettext_lazy("%(weekday)s terakhir"),
}


def _nth_words(nth: int, weekday: int) -> str:
    """E.g. “Kamis kedua”."""
    return str(_NTH_WORDS[nth]) % {"weekday": WEEKDAYS[weekday]}


def in_words(rule: Rule) -> str:
    """The rule in the reader's language, e.g. “Setiap Kamis kedua, 6 kali”."""
    return _("%(pattern)s, %(end)s") % {"pattern": _pattern_words(rule), "end": _end_words(rule)}


def _pattern_words(rule: Rule) -> str:
    match rule.pattern:
        case Weekly(weekdays):
            what = _listed([str(WEEKDAYS[day]) for day in weekdays])
            if rule.every == 1:
                return _("Setiap %(weekdays)s") % {"weekdays": what}
            words = _("Setiap %(count)s minggu, hari %(weekdays)s")
            return words % {"count": rule.every, "weekdays": what}
        case MonthlyByWeekday(nth, weekday):
            what = _nth_words(nth, weekday)
            if rule.every == 1:
                return _("Setiap %(nth_weekday)s") % {"nth_weekday": what}
            words = _("Setiap %(count)s bulan, %(nth_weekday)s")
            return words % {"count": rule.every, "nth_weekday": what}
        case MonthlyByDay(day):
            if day == LAST:
                words = _("Setiap hari terakhir bulan")
                longer = _("Setiap %(count)s bulan, hari terakhir")
            else:
                words = _("Setiap tanggal %(day)s")
                longer = _("Setiap %(count)s bulan, tanggal %(day)s")
            return (words if rule.every == 1 else longer) % {"count": rule.every, "day": day}


def _end_words(rule: Rule) -> str:
    if rule.until:
        return _("sampai %(day)s") % {"day": date_format(rule.until, "j F Y")}
    count = rule.count or 0
    return ngettext("%(count)s kali", "%(count)s kali", count) % {"count": count}


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("%(words)s dan %(last)s") % {"words": ", ".join(words[:-1]), "last": words[-1]}
