"""The filters and tags of our templates: how things are written, and what components share."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template.base import FilterExpression, Parser, Token
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from frontend import times, widgets, words
from frontend.words import STAGES

register = template.Library()

for written in (
    *(times.clock, times.day, times.days, times.due, times.due_within),
    *(times.hour, times.iso, times.leaf),
    *(times.moment, times.short_day, times.span),
    *(words.initials, words.nbsp, words.number, words.share, words.size, words.stage_name),
):
    register.filter(written)
# What a template escaped already, such as {% firstof … as … %} does, stays so.
register.filter(words.tidy, is_safe=True)
register.filter("date", times.plain_date)


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
