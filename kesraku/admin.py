from django.contrib import admin

from activity.admin import ReadOnlyAdmin, StaffAdmin
from kesraku.models import Crop, Garden, GardenLesson, Harvest


@admin.register(Crop)
class CropAdmin(StaffAdmin):
    list_display = ("name", "scientific_name", "days_min", "days_max")
    search_fields = ("name",)


@admin.register(Garden)
class GardenAdmin(ReadOnlyAdmin):
    shown = (
        "name",
        "school",
        "crop",
        "planted_on",
        "families",
        "started_by",
        "ended_at",
        "harvested_grams",
    )


@admin.register(Harvest)
class HarvestAdmin(ReadOnlyAdmin):
    shown = ("garden", "on", "grams", "recorded_by", "recorded_at")


@admin.register(GardenLesson)
class GardenLessonAdmin(ReadOnlyAdmin):
    shown = ("session", "garden", "linked_by", "linked_at")
