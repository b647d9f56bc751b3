"""How dates, times, sizes and names are written, and the small tags our components share.

Words follow the active language, times the active time zone. A no-break space keeps a number with
its unit.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template.base import FilterExpression, Parser, Token
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dateformat import format as spell
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _

from frontend import widgets

register = template.Library()

NBSP = "\u00a0"

# The three zones of Indonesia by their everyday names; others keep their own abbreviation.
ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}

STAGES = {
    "s": gettext_lazy("Berbagi"),
    "m": gettext_lazy("Pemodelan"),
    "a": gettext_lazy("Aksi"),
    "r": gettext_lazy("Penguatan"),
    "t": gettext_lazy("Berpikir & Berpasangan"),
}

UNITS = r"kB|MB|GB|JP|kg|WIB|WITA|WIT|orang|anggota|foto|menit|hari|sekolah|tanggapan"
BEFORE_A_NUMBER = (
    r"SDN|SMPN|SMAN|SMKN|SD|SMP|SMA|MI|MTs|MTsN|Satap|Fase|Siklus|siklus|Kelas|kelas|Menit|Pasal"
)


# Dates and times. What is missing is written as nothing.


@register.filter
def day(at: date | None) -> str:
    """Selasa, 24 November 2026."""
    return _spelled(at, "l, j F Y")


@register.filter
def short_day(at: date | None) -> str:
    """Sel, 24 Nov."""
    return _spelled(at, "D, j M")


@register.filter(name="date")
def plain_date(at: date | None, pattern: str = "j F Y") -> str:
    """24 November 2026; with an argument, in Django's own pattern."""
    return _spelled(at, pattern)


@register.filter
def clock(at: datetime | None) -> str:
    """10.42 WITA."""
    return f"{_time(at)}{NBSP}{_zone(at)}" if isinstance(at, datetime) else ""


@register.filter
def hour(at: datetime | time) -> str:
    """09.00, where the zone is said elsewhere."""
    return _time(at) if isinstance(at, datetime) else f"{at:%H{_hour_mark()}%M}"


@register.filter
def moment(at: datetime | None) -> str:
    """Selasa, 24 November 2026, 10.42 WITA."""
    return f"{day(at)}, {clock(at)}" if isinstance(at, datetime) else day(at)


@register.filter
def iso(at: date | None) -> str:
    """Write the moment for the `datetime` attribute of `<time>`."""
    if not isinstance(at, date):
        return ""
    local = _local(at)
    return local.isoformat(timespec="minutes") if isinstance(local, datetime) else local.isoformat()


@register.filter
def span(start: datetime, end: datetime | None) -> str:
    """09.00–10.20 WITA, with the days when they differ."""
    if not isinstance(end, datetime):
        return clock(start)
    if _day(start) == _day(end):
        return f"{_time(start)}–{clock(end)}"
    return f"{short_day(start)}, {clock(start)} – {short_day(end)}, {clock(end)}"


@register.filter
def days(start: date, end: date | None) -> str:
    """2 November – 11 Desember 2026."""
    if not isinstance(end, date) or _day(start) == _day(end):
        return plain_date(start)
    first, last = _day(start), _day(end)
    if first.year != last.year:
        return f"{plain_date(first)} – {plain_date(last)}"
    if first.month != last.month:
        return f"{plain_date(first, 'j F')} – {plain_date(last)}"
    return f"{first.day}–{plain_date(last)}"


@register.filter
def due(at: date | None) -> str:
    """Hari ini, 20.00 WITA; a weekday within a week; else the date. A plain date has no time."""
    if not isinstance(at, date):
        return ""
    words = _near_day(_day(at))
    return f"{words}, {clock(at)}" if isinstance(at, datetime) else words


@register.filter
def leaf(at: date | None) -> tuple[str, str, str]:
    """Return the three lines of a calendar leaf: Kam, 26, Nov."""
    return _spelled(at, "D"), _spelled(at, "j"), _spelled(at, "M")


def _near_day(on: date) -> str:
    today = timezone.localdate()
    distance = (on - today).days
    near = {-1: gettext_noop("Kemarin"), 0: gettext_noop("Hari ini"), 1: gettext_noop("Besok")}
    if distance in near:
        return _(near[distance])
    if 1 < distance < 7:  # noqa: PLR2004 -- within a week the weekday says it
        return _spelled(on, "l")
    return _spelled(on, "l, j F" if on.year == today.year else "l, j F Y")


def _local(at: date) -> date:
    return timezone.localtime(at) if isinstance(at, datetime) and timezone.is_aware(at) else at


def _day(at: date) -> date:
    local = _local(at)
    return local.date() if isinstance(local, datetime) else local


def _spelled(at: date | None, pattern: str) -> str:
    """Spell a day, not its time: a page has few days and names them often."""
    return _spelled_once(get_language(), _day(at), pattern) if isinstance(at, date) else ""


@lru_cache(maxsize=4096)
def _spelled_once(language: str | None, on: date, pattern: str) -> str:
    del language  # It is part of what is remembered; the names follow the active one.
    return spell(on, pattern)


def _time(at: datetime) -> str:
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    return f"{local:%H{_hour_mark()}%M}"


def _hour_mark() -> str:
    return "." if get_language() == "id" else ":"


def _zone(at: datetime) -> str:
    zone = timezone.get_current_timezone()
    known = ZONES.get(zone.key) if isinstance(zone, ZoneInfo) else None
    return known or spell(_local(at), "T")


# Numbers and words


@register.filter
def number(value: float) -> str:
    """1.240 or 4,5 in Indonesian; no needless zeros."""
    text = number_format(value, use_l10n=True, force_grouping=True)
    comma = "," if get_language() == "id" else "."
    return text.rstrip("0").rstrip(comma) if comma in text else text


@register.filter
def size(count: int | str) -> str:
    """210 kB: bytes in decimal units, as shops and phones count them."""
    count = int(count)
    for unit, power in (("GB", 9), ("MB", 6)):
        if count >= 10**power:
            return f"{number(round(count / 10**power, 1))}{NBSP}{unit}"
    return f"{max(1, round(count / 1000))}{NBSP}kB"


@register.filter
def nbsp(text: object) -> str:
    """Keep the words of a short text on one line."""
    return str(text).replace(" ", NBSP)


@register.filter
def tidy(text: object) -> str:
    """Keep a number with what it counts: SMPN 7, kelas VIII, 18 kB."""
    return _tidied(str(text))


@lru_cache(maxsize=4096)
def _tidied(text: str) -> str:
    kept = re.sub(rf"\b({BEFORE_A_NUMBER}) (?=\d|[IVX]+\b)", rf"\1{NBSP}", text)
    return re.sub(rf"(?<=\d) (?=({UNITS})\b)", NBSP, kept)


@register.filter
def initials(name: object) -> str:
    """BR for Besse Rosmiati, S.Pd.: the first and the last word before the titles."""
    return _initials_of(str(name))


@lru_cache(maxsize=4096)
def _initials_of(name: str) -> str:
    words = [
        word
        for word in name.split(",", maxsplit=1)[0].split()
        if word[0].isalnum() and not word.endswith(".")
    ]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def stage_name(letter: str) -> str:
    """Return the name of a SMART stage by its letter."""
    return str(STAGES.get(str(letter).lower(), ""))


@register.filter
def share(value: float, whole: float) -> float:
    """Return which part of the whole a value is, between 0 and 1."""
    return min(1.0, value / whole) if whole else 0.0


# What components share


@register.simple_tag
def icon(name: str, small: object = "", cls: str = "", label: str = "") -> SafeString:
    """Draw an icon of the sprite. Hidden from screen readers, unless it has a label of its own."""
    classes = " ".join(filter(None, ("icon", "icon-sm" if small else "", cls)))
    return _drawn(classes, name, str(label))


@register.simple_tag
def glyph(name: str, small: object = "") -> SafeString:
    """Draw one of our own glyphs, which keep their colours, e.g. skala-belum."""
    return _drawn("glyph glyph-sm" if small else "glyph", name)


@register.simple_tag
@cache
def asset(name: str) -> str:
    """Return the address of a built file: app.css, app.js, icons.svg, mark.svg or preview.png."""
    return static(f"frontend/{name}")


@cache
def _drawn(classes: str, name: str, label: str = "") -> SafeString:
    side = 36 if classes.startswith("glyph") else 22
    spoken = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="{0}" width="{1}" height="{1}" {2}><use href="{3}#{4}"></use></svg>',
        classes,
        side,
        mark_safe(spoken),
        asset("icons.svg"),
        name,
    )


@register.simple_tag
def steps(now: str, done: str = "") -> list[dict[str, Any]]:
    """Return the five stages with their state, for a stepper at stage `now`.

    `done` names the letters that are done; without it, all before `now` are.
    """
    letters = "".join(STAGES)
    finished = done or letters[: max(letters.find(now), 0)] if now else done
    return [
        {
            "letter": letter,
            "name": name,
            "now": letter == now,
            "done": letter in finished and letter != now,
        }
        for letter, name in STAGES.items()
    ]


@register.filter
def kind(field: BoundField) -> str:
    """Say how a form field is laid out: hidden, tick, ticks, radios, file or line."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    for classes, name in (
        (forms.CheckboxSelectMultiple, "ticks"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "tick"),
        (forms.FileInput, "file"),
    ):
        if isinstance(widget, classes):
            return name
    return "line"


@register.filter
def options(field: BoundField) -> list[BoundWidget]:
    """Return the choices of a radio field without the empty one."""
    return [option for option in field if option.data["value"] not in ("", None)]


@register.filter
def fields_to_mend(form: forms.BaseForm) -> list[BoundField]:
    """Return the visible fields that need a second look."""
    return [field for field in form.visible_fields() if field.errors]


@register.filter
def step_states(total: int, now: int) -> list[str]:
    """Return the class of each step of a form: on, now, or empty for those to come."""
    return [
        "on" if step < int(now) else "now" if step == int(now) else ""
        for step in range(1, int(total) + 1)
    ]


@register.simple_tag
def new_submission() -> UUID:
    """Return a fresh mark for a form, so that sending it twice counts once."""
    return uuid4()


CLASSES: Sequence[tuple[type[forms.Widget], str]] = (
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Widget, "input"),
)


@register.simple_tag
def widget(field: BoundField, **attributes: str) -> SafeString:
    """Render a field's control with our class, the browser's pickers and the attributes given."""
    control = widgets.native(field.field.widget)
    own = control.attrs.get("class", "")
    cls = next(name for classes, name in CLASSES if isinstance(control, classes))
    given: dict[str, str | bool] = {"class": f"{cls} {own}".strip()}
    given |= {name.replace("_", "-"): value for name, value in attributes.items() if value}
    return field.as_widget(control, given)


# What is the same on every page

REMEMBERED_AT_MOST = 1000


class RememberedNode(template.Node):
    """Keeps what it rendered, by language and by the values given."""

    def __init__(self, nodelist: template.NodeList, values: Sequence[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.values = values
        self.known: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        key = (get_language(), *(value.resolve(context) for value in self.values))
        if key not in self.known:
            if len(self.known) >= REMEMBERED_AT_MOST:
                self.known.clear()
            self.known[key] = self.nodelist.render(context)
        return self.known[key]


@register.tag
def remembered(parser: Parser, token: Token) -> RememberedNode:
    """Render the content once for each language and each value of the arguments.

    `{% remembered now done %}…{% endremembered %}`: what is inside may depend on nothing else, not
    on the person nor on the request. For parts of the shell, which every page renders.
    """
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(nodelist, values)
