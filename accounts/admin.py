"""People and their duties, which the Dinas keeps here."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest  # noqa: TID251 -- Django hands it to every admin page
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.models import Appointment, User
from activity.admin import StaffAdmin

# What people may follows from memberships and appointments; a second factor is nobody else's.
admin.site.unregister([Group, Authenticator])


class NewPersonForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("username", "name")


@admin.register(User)
class PersonAdmin(StaffAdmin, UserAdmin):
    """Accounts. Who is not a superuser cannot make or change one."""

    add_form = NewPersonForm
    add_fieldsets = (
        (
            None,
            {"fields": ("username", "name", "school", "usable_password", "password1", "password2")},
        ),
    )
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "title_before", "title_after")}),
        (_("Sekolah dan nomor"), {"fields": ("school", "phone", "email", "nip", "nuptk")}),
        (_("Pilihan"), {"fields": ("language", "time_zone")}),
        (_("Akses"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Waktu"), {"fields": ("joined_at", "approved_at", "last_login")}),
    )
    list_display = ("name", "username", "school", "is_active", "is_staff", "approved_at")
    list_filter = ("is_active", "is_staff", ("approved_at", admin.EmptyFieldListFilter))
    list_select_related = ("school",)
    search_fields = ("name", "username", "email", "phone", "nip", "nuptk")
    ordering = ("name", "pk")
    autocomplete_fields = ("school",)
    filter_horizontal = ()
    actions = ("let_in",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed = ("joined_at", "approved_at", "last_login")
        is_over_all = getattr(request.user, "is_superuser", False)
        return fixed if is_over_all else (*fixed, "is_staff", "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        is_over_all = getattr(request.user, "is_superuser", False)
        return may and (is_over_all or not getattr(obj, "is_superuser", False))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        services.note_change(obj, by=_asker(request))

    @admin.action(description=_("Terima orang yang dipilih"), permissions=["change"])
    def let_in(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Open the platform to people who are in no group, such as supervisors."""
        for person in queryset:
            services.let_in(person, by=_asker(request))


@admin.register(Appointment)
class AppointmentAdmin(StaffAdmin):
    """Supervisors with their schools, principals, the Dinas; each is thereby let in."""

    list_display = ("user", "duty", "school", "starts_on", "ends_on", "decree")
    list_filter = ("duty",)
    list_select_related = ("user", "school")
    search_fields = ("user__name", "school__name", "decree")
    autocomplete_fields = ("user", "school")

    def save_model(self, request: HttpRequest, obj: Appointment, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        services.let_in(obj.user, by=_asker(request))


def _asker(request: HttpRequest) -> User:
    """Whoever is at the admin, whom Django has let in as staff."""
    user: Any = request.user
    asker: User = user
    return asker
