"""Groups to look at; they are changed by their boards, on their pages."""

from django.contrib import admin

from activity.admin import ReadOnlyAdmin
from groups.models import Cycle, Group, Invitation, JoinRequest, Membership


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    shown = ("name", "kind", "code", "subject", "level", "regency", "district", "governing_body")
    search_fields = ("name", "code")


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    shown = ("user", "group", "role", "starts_on", "ends_on", "decree")
    list_filter = ("role", "group")
    search_fields = ("user__name",)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Without the token, which opens the group."""

    shown = ("group", "made_by", "made_at", "expires_at", "revoked_at", "uses")


@admin.register(JoinRequest)
class JoinRequestAdmin(ReadOnlyAdmin):
    shown = ("user", "group", "asked_at", "decided_at", "decided_by", "accepted")


@admin.register(Cycle)
class CycleAdmin(ReadOnlyAdmin):
    """Without the closing reflection, which is the group's."""

    shown = (
        "group",
        "number",
        "theme",
        "starts_on",
        "ends_on",
        "closed_at",
        "posts_shared",
        "sessions_held",
        "observations_submitted",
        "feedback_given",
        "talks_closed",
    )
