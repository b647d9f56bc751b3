"""The Django admin: what every page of it shares, and the log."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest  # noqa: TID251 -- Django hands it to every admin page

from activity.models import Entry


class StaffAdmin(admin.ModelAdmin):
    """A page for all staff: the platform has no permission strings."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_staff(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_staff(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_staff(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_staff(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: people are deactivated, and the rest belongs to what others wrote."""
        return False


class ReadOnlyAdmin(StaffAdmin):
    """A list to look at, of the fields in `shown`, without pages behind its rows.

    What people wrote in confidence is not among them, and a page would be headed by it.
    """

    shown: tuple[str, ...] = ()
    list_display_links = None

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return self.shown

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        fields = (self.opts.get_field(name) for name in self.shown)
        return [field.name for field in fields if isinstance(field, ForeignKey)]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and _is_staff(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _is_staff(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_staff)


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    # Without `data`: a reminder's line holds the words that its reader alone may see. Without
    # `actor`: who has thought, or talks in a room, nobody may know.
    shown = ("name", "at", "handled_at", "attempts", "retry_at")
    list_filter = ("name",)
