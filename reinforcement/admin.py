"""That people reflected and fed back, never what they wrote."""

from django.contrib import admin

from activity.admin import ReadOnlyAdmin
from reinforcement.models import Feedback, FollowUp, Reflection


@admin.register(Reflection)
class ReflectionAdmin(ReadOnlyAdmin):
    shown = ("session", "written_at")


@admin.register(Feedback)
class FeedbackAdmin(ReadOnlyAdmin):
    shown = ("session", "author", "author_role", "given_at", "thanked_at")


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin):
    shown = ("session", "due_on", "promised_at", "state", "settled_at")
