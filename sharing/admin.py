"""That something was shared, not what a group said to itself."""

from django.contrib import admin

from activity.admin import ReadOnlyAdmin
from sharing.models import Attachment, Comment, Post


@admin.register(Post)
class PostAdmin(ReadOnlyAdmin):
    shown = ("title", "group", "author", "audience", "shared_at", "withdrawn_at", "comment_count")
    list_filter = ("audience", "group")


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    shown = ("post", "content_type", "size")


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    shown = ("post", "author", "at")
