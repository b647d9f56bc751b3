"""Instruments whole; of observations only that they are, never what they say."""

from django.contrib import admin

from activity.admin import ReadOnlyAdmin
from observations.models import (
    Aspect,
    Focus,
    Indicator,
    Instrument,
    Item,
    Observation,
    Scale,
    ScalePoint,
)


@admin.register(Instrument)
class InstrumentAdmin(ReadOnlyAdmin):
    shown = ("code", "version", "name", "minutes", "source", "licence", "valid_from", "valid_to")


@admin.register(Aspect)
class AspectAdmin(ReadOnlyAdmin):
    shown = ("instrument", "position", "name", "pick_one")


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    shown = ("aspect", "position", "code", "name", "description")


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    shown = ("indicator", "position", "code", "text", "kind", "scale", "is_required", "allows_na")


@admin.register(Scale)
class ScaleAdmin(ReadOnlyAdmin):
    shown = ("code", "name")


@admin.register(ScalePoint)
class ScalePointAdmin(ReadOnlyAdmin):
    shown = ("scale", "position", "label", "meaning")


@admin.register(Focus)
class FocusAdmin(ReadOnlyAdmin):
    shown = ("session", "chosen_at")


@admin.register(Observation)
class ObservationAdmin(ReadOnlyAdmin):
    shown = ("session", "observer", "instrument", "started_at", "submitted_at")
