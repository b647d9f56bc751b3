from django.contrib import admin

from activity.admin import ReadOnlyAdmin
from sessions.models import ModelSession, Participation


@admin.register(ModelSession)
class ModelSessionAdmin(ReadOnlyAdmin):
    shown = ("title", "group", "teacher", "starts_at", "ends_at", "status", "held_at")
    list_filter = ("status", "group")
    search_fields = ("title",)


@admin.register(Participation)
class ParticipationAdmin(ReadOnlyAdmin):
    """Without answers and their reasons."""

    shown = ("session", "user", "role")
