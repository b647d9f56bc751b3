"""Whether people were told and mail went out, not what they were told."""

from django.contrib import admin

from activity.admin import ReadOnlyAdmin
from notifications.models import Letter, Notice


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    shown = ("recipient", "kind", "at", "read_at")
    list_filter = ("kind",)


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    shown = ("notice_id", "attempts", "retry_at", "sent_at", "given_up_at", "last_error")
