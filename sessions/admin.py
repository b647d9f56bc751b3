from django.contrib import admin

from activity.admin import ReadOnlyAdmin
from sessions.models import CheckIn, ModelSession, Participation, Series


@admin.register(ModelSession)
class ModelSessionAdmin(ReadOnlyAdmin):
    shown = ("title", "kind", "group", "teacher", "starts_at", "ends_at", "status", "held_at")
    list_filter = ("status", "kind", "group")
    search_fields = ("title",)


@admin.register(Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    """Without answers and their reasons."""

    shown = ("session", "user", "role")


@admin.register(Series)
class SeriesAdmin(ReadOnlyAdmin):
    shown = ("group", "rule", "starts_at", "made_by", "made_at")


@admin.register(CheckIn)
class CheckInAdmin(ReadOnlyAdmin):
    """How somebody's attendance came to be, for a board that asks."""

    shown = ("participation", "attendance", "method", "at", "arrived_at", "by")
