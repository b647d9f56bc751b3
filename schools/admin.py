from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest  # noqa: TID251 -- Django hands it to every admin page

from activity.admin import ReadOnlyAdmin, StaffAdmin
from schools import services
from schools.models import District, Phase, Province, Regency, School, Subject


@admin.register(School)
class SchoolAdmin(StaffAdmin):
    """Schools may be corrected: the list is of 2019, and three kecamatan are newer."""

    list_display = ("name", "npsn", "level", "district", "is_corrected")
    list_filter = ("level", "is_corrected", "district__regency")
    list_select_related = ("district",)
    search_fields = ("name", "npsn")
    autocomplete_fields = ("district",)

    def save_model(self, request: HttpRequest, obj: School, form: Any, change: Any) -> None:
        """Save by the service, which keeps the correction when the files are loaded again."""
        services.correct_school(obj)


@admin.register(Subject)
class SubjectAdmin(StaffAdmin):
    list_display = ("code", "name")
    search_fields = ("name",)


@admin.register(Province)
class ProvinceAdmin(ReadOnlyAdmin):
    shown = ("code", "name")
    search_fields = ("name",)


@admin.register(Regency)
class RegencyAdmin(ReadOnlyAdmin):
    shown = ("code", "name", "province")
    search_fields = ("name",)


@admin.register(District)
class DistrictAdmin(ReadOnlyAdmin):
    shown = ("code", "name", "regency")
    search_fields = ("name",)


@admin.register(Phase)
class PhaseAdmin(ReadOnlyAdmin):
    shown = ("code", "first_grade", "last_grade")
